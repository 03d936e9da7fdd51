#!/usr/bin/env python3
"""Installs Python packages that only this project's tests need.

    python3 tests/tools.py NAME REQUIREMENT...

makes `.tools/NAME`, a virtual environment holding the requirements (anything that `pip install`
takes, so also `-r FILE`). Nothing happens if it already holds them.
"""

import fcntl
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parent.parent / ".tools"


def environment(name: str, *requirements: str) -> Path:
    """The folder `.tools/NAME` with `requirements` installed."""
    folder = TOOLS / name
    stamp = folder / "installed"
    files = [Path(named).read_text(encoding="utf-8") for named in requirements if Path(named).is_file()]
    wanted = "\n".join([sys.version, str(folder), *requirements, *files])
    TOOLS.mkdir(exist_ok=True)
    with open(TOOLS / f"{name}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            print(f"installing {' '.join(requirements)} into {folder}", file=sys.stderr)
            shutil.rmtree(folder, ignore_errors=True)
            _create(folder)
            _run(folder / "bin" / "python", "-m", "pip", "install", *_QUIET, *requirements)
            # Written last: an interrupted installation starts anew.
            stamp.write_text(wanted, encoding="utf-8")
    return folder


def _create(folder: Path) -> None:
    if importlib.util.find_spec("ensurepip"):
        _run(sys.executable, "-m", "venv", folder)
        return
    # Debian's Python leaves ensurepip to a package of its own, and one may have pip without it.
    if not importlib.util.find_spec("pip"):
        sys.exit(f"{sys.executable} has neither ensurepip nor pip (Debian: apt install python3-venv)")
    _run(sys.executable, "-m", "venv", "--without-pip", folder)
    # `--target` because older pips have no `--python`, and refuse Debian's own environment.
    purelib = "import sysconfig; print(sysconfig.get_path('purelib'))"
    target = subprocess.check_output([folder / "bin" / "python", "-c", purelib], text=True).strip()
    _run(sys.executable, "-m", "pip", "install", *_QUIET, "--target", target, "pip")


_QUIET = ["--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]


def _run(*command: str | Path) -> None:
    # Standard output belongs to whoever asked for the environment.
    code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode
    if code != 0:
        sys.exit(f"failed with exit code {code}: {' '.join(map(str, command))}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    environment(*sys.argv[1:])
