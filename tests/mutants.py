#!/usr/bin/env python3
"""Breaks the library in one place after the other, and asks the tests: every mutant is caught, or explained.

    python3 tests/mutants.py [ARGUMENT...]      (such as --file core/src/token.rs, or --shard 1/4)

A mutant first meets the unit tests of the core, with STORAGE_SUITE among them; what they let pass meets the stories
and tables on the memory store. What survives both, and is not explained in tests/mutants.md, fails.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = ROOT / ".tools" / "mutants" / "bin" / "cargo-mutants"
OUT = ROOT / "target" / "mutants"
EXPLAINED = ROOT / "tests" / "mutants.md"
# A line of the list: - `core/src/file.rs: replace a with b in c`: why nobody can tell the difference.
LINE = re.compile(r"^- `([^`]+)`: \S")

PASSES = [
    ["--features", "testing", "--test-package", "handclasp", "--", "--lib"],
    # What needs a database of its own is left to `make test`.
    ["--iterate", "--test-package", "handclasp-tests",
     "--", "--test", "golden", "--test", "scenarios", "--", "--skip", "sqlite", "--skip", "postgres"],
]


def place_free(mutant: str) -> str:
    """Without line and column, which move with every edit."""
    return re.sub(r"^([^:]+):\d+:\d+: ", r"\1: ", mutant.strip())


def main() -> None:
    for arguments in PASSES:
        command = [MUTANTS, "mutants", "--dir", ROOT, "--output", OUT, *sys.argv[1:], *arguments]
        # 2: some were missed, 3: some ran out of time; both are told below.
        code = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode
        if code not in (0, 2, 3):
            sys.exit(f"cargo-mutants failed with exit code {code}")
    lines = EXPLAINED.read_text(encoding="utf-8").splitlines()
    explained = {match[1] for match in map(LINE.match, lines) if match}
    missed_file = OUT / "mutants.out" / "missed.txt"
    # The second pass writes none if the first has left it nothing.
    found = missed_file.read_text(encoding="utf-8").splitlines() if missed_file.exists() else []
    missed = {place_free(mutant) for mutant in found}
    for mutant in sorted(missed - explained):
        print(f"survives, and is not explained: {mutant}")
    if missed - explained:
        sys.exit(1)


if __name__ == "__main__":
    main()
