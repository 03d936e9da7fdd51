"""The package as type checkers see it, and the generated source as it should be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import handclasp

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "python" / "handclasp"
GENERATOR = HERE.parents[1] / "tests" / "surface" / "generate.py"


def passes(*command: str | Path) -> None:
    ended = subprocess.run([sys.executable, *command], cwd=HERE.parent, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("what", [[PACKAGE], [HERE]], ids=["package", "tests and a user"])
def test_mypy_strict(what: list[Path]) -> None:
    passes("-m", "mypy", "--strict", *what)


def test_the_stub_of_the_native_half_is_true() -> None:
    passes("-m", "mypy.stubtest", "handclasp._native")


def test_the_generated_source_is_up_to_date() -> None:
    passes(GENERATOR, "--check")


def test_the_generator_itself() -> None:
    passes(GENERATOR.with_name("test_generate.py"))


def test_every_name_is_exported() -> None:
    assert [name for name in handclasp.__all__ if not hasattr(handclasp, name)] == []
    assert len(handclasp.errors.BY_CODE) == len(set(handclasp.errors.BY_CODE.values()))
