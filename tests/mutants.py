#!/usr/bin/env python3
"""Breaks the library in one place after the other, and asks the tests: every mutant is caught, or explained.

    python3 tests/mutants.py [ARGUMENT...]      (such as --re core/src/token, or --shard 1/4)

Whatever the --re, cargo-mutants also takes the fields of structs, some fifty in all files.

A mutant meets the quick tests first; what they let pass meets the next, and the slow ones come last. What survives them
all, and is not explained in tests/mutants.md, fails; so does, where all were met, what is explained and survives no more.
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = ROOT / ".tools" / "mutants" / "bin" / "cargo-mutants"
OUT = ROOT / "target" / "mutants"
# Side by side, each in a copy of the tree: most of a mutant's time is one thread of the compiler's.
JOBS = str(os.cpu_count() or 1)
EXPLAINED = ROOT / "tests" / "mutants.md"
# A line of the list: - `core/src/file.rs: replace a with b in c`: why nobody can tell the difference.
LINE = re.compile(r"^- `([^`]+)`: \S")

# For tests that have to be built from nothing first.
BUILDING = 1800


class Pass(NamedTuple):
    """Which tests a mutant meets."""

    package: str
    # What of it is built: all else would be built for every mutant, too.
    build: list[str]
    tests: list[str] = []
    # Who takes longer hangs, and is caught by that: many times what the tests take.
    seconds: int = 240


UNITS = ["--features", "testing", "--lib"]
PASSES = {
    "handclasp": [
        Pass("handclasp", UNITS, ["--skip", "suite"], seconds=60),
        # What needs a database of its own is left to `make test`.
        Pass(
            "handclasp-tests",
            ["--test=golden", "--test=scenarios", "--test=surface"],
            ["--skip", "sqlite", "--skip", "postgres"],
        ),
        # What the log is told of a refusal.
        Pass("handclasp-tests", ["--test=cases"], ["az_12"]),
        # STORAGE_SUITE on the store in memory.
        Pass("handclasp", UNITS, ["suite"]),
    ],
    # STORAGE_SUITE on SQLite, and what else its own tests ask.
    "handclasp-sqlite": [Pass("handclasp-sqlite", ["--lib", "--tests"])],
}


def place_free(mutant: str) -> str:
    """Without line and column, which move with every edit."""
    return re.sub(r"^([^:]+):\d+:\d+: ", r"\1: ", mutant.strip())


def run(command: list[str | Path]) -> int:
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode


def passes_unbroken(tests: Pass) -> None:
    """cargo-mutants would look for these tests in the package that it breaks."""
    if run(["cargo", "test", "--profile=mutants", "--package", tests.package, *tests.build, "--", *tests.tests]) != 0:
        sys.exit("the tests fail though nothing is broken")


def only(mutants: set[str]) -> list[str]:
    """Exactly these, whatever was asked for: of a shard of what is left, each pass would take others."""
    return [f"--re=^{re.escape(mutant)}$" for mutant in sorted(mutants)]


def missed(package: str, passes: list[Pass]) -> Counter[str]:
    """What survives all passes; a later one meets only what those before have let pass. Some share their words."""
    out = OUT / package
    shutil.rmtree(out, ignore_errors=True)
    # cargo-mutants makes the last folder of a path alone.
    OUT.mkdir(parents=True, exist_ok=True)
    survivors: set[str] | None = None
    for tests in passes:
        passes_unbroken(tests)
        command = [MUTANTS, "mutants", "--dir", ROOT, "--package", package, "--output", out, "--jobs", JOBS]
        command += ["--iterate"] * out.exists() + ["--test-package", tests.package, "--baseline=skip"]
        command += [f"--timeout={tests.seconds}", f"--build-timeout={BUILDING}"]
        command += sys.argv[1:] if survivors is None else only(survivors)
        command += [f"--cargo-arg={argument}" for argument in tests.build] + ["--", "--", *tests.tests]
        # 2: some were missed; 3: some made the tests hang, which is caught too.
        code = run(command)
        if code not in (0, 2, 3):
            sys.exit(f"cargo-mutants failed with exit code {code}")
        missed_file = out / "mutants.out" / "missed.txt"
        # It writes none if there was nothing to break.
        lines = set(missed_file.read_text(encoding="utf-8").splitlines()) if missed_file.exists() else set()
        survivors = lines if survivors is None else survivors & lines
        if not survivors:
            break
    return Counter(place_free(line) for line in survivors or set())


def main() -> None:
    lines = EXPLAINED.read_text(encoding="utf-8").splitlines()
    explained = Counter(match[1] for match in map(LINE.match, lines) if match)
    survivors = sum((missed(package, passes) for package, passes in PASSES.items()), Counter[str]())
    # One line explains one mutant.
    unexplained = survivors - explained
    stale = Counter[str]() if sys.argv[1:] else explained - survivors
    for mutant in sorted(unexplained.elements()):
        print(f"survives, and is not explained: {mutant}")
    for mutant in sorted(stale.elements()):
        print(f"is explained, and does not survive: {mutant}")
    if unexplained or stale:
        sys.exit(1)


if __name__ == "__main__":
    main()
