"""What the documentation shows works."""

from __future__ import annotations

import doctest
from pathlib import Path

import handclasp.configuration


def test_the_readme() -> None:
    readme = Path(__file__).parents[1] / "README.md"
    assert doctest.testfile(str(readme), module_relative=False).failed == 0


def test_the_docstrings() -> None:
    outcome = doctest.testmod(handclasp.configuration)
    assert (outcome.failed, outcome.attempted > 0) == (0, True)
