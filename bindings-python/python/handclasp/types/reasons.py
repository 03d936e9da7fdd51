"""What `reasons` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedReason:
    """One reason of a list."""

    code: str
    """A stable code of lower-case letters, digits and underscores, up to 64."""
    label: str
    """What people read, up to 200 graphemes."""


class ReasonKind(Enum):
    """What reasons are given for."""

    ACCESS_DECLINE = "access_decline"
    """Declining an access request."""
    DISCONNECT = "disconnect"
    """Disconnecting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsListed:
    """The reasons of a business."""

    kind: ReasonKind
    """For what."""
    reasons: tuple[ListedReason, ...]
    """The reasons; *Other* is always there beside them."""
