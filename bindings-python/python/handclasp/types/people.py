"""What `people` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass

from .common import Email, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A human in the host's own user table."""

    email: Email
    """Where they get mail."""
    id: PersonId
    """The host's id for them."""
    name: str
    """Their name."""
    language: str | None = None
    """The language of their mails, as a BCP 47 tag."""
