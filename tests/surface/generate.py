#!/usr/bin/env python3
"""Writes the Python and Node surfaces from their one description, `tests/surface.json`.

    python3 tests/surface/generate.py           writes what has changed
    python3 tests/surface/generate.py --check   fails if anything on disk differs from what would be written

What is written is ordinary source, checked in and reviewed as a diff. Python 3.10 or later, standard library alone.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

import node_operations
import node_types
import schema
from python_operations import operation_modules
from python_types import errors_module, type_modules
from surface import Surface

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "bindings-python/python/handclasp"
NODE = "bindings-node/lib"

OWNED = [f"{PYTHON}/{name}" for name in ("types", "_operations", "blocking", "asynchronous")] + [f"{NODE}/surface"]
"""Folders in which everything is written here, so that what is no longer written is removed."""


def wanted(described: Surface) -> dict[str, str]:
    """Every file, by its path from the root of the project."""
    files = {f"{PYTHON}/errors.py": errors_module(described)}
    files |= {f"{PYTHON}/{name}": text for name, text in type_modules(described).items()}
    files |= {f"{PYTHON}/{name}": text for name, text in operation_modules(described).items()}
    for part in (node_types.errors_modules, node_types.type_modules, node_operations.operation_modules):
        files |= {f"{NODE}/surface/{name}": text for name, text in part(described).items()}
    files[f"{NODE}/index.mjs"] = node_types.esm_front(described)
    return files


def present(root: Path) -> dict[str, str]:
    """The files that stand in the owned folders now."""
    found = {}
    for folder in OWNED:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found[path.relative_to(root).as_posix()] = path.read_text("utf-8")
    return found


def check(root: Path, files: dict[str, str]) -> int:
    """Shows how the disk differs; the number of files that do."""
    now = {name: (root / name).read_text("utf-8") for name in files if (root / name).is_file()} | present(root)
    differing = sorted(name for name in files.keys() | now.keys() if files.get(name) != now.get(name))
    for name in differing:
        lines = difflib.unified_diff(
            now.get(name, "").splitlines(), files.get(name, "").splitlines(), f"{name} on disk", f"{name} wanted", lineterm=""
        )
        print("\n".join(list(lines)[:20]))
    return len(differing)


def write(root: Path, files: dict[str, str]) -> None:
    for name in present(root).keys() - files.keys():
        (root / name).unlink()
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", action="store_true", help="change nothing, fail on a difference")
    arguments.add_argument("--surface", type=Path, default=ROOT / "tests/surface.json", help="the description")
    arguments.add_argument("--root", type=Path, default=ROOT, help="where the project lies")
    options = arguments.parse_args()
    files = wanted(schema.read(options.surface))
    if not options.check:
        write(options.root, files)
    elif check(options.root, files):
        sys.exit("the surfaces differ from tests/surface.json: run tests/surface/generate.py and review the diff")


if __name__ == "__main__":
    main()
