"""What `members` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .common import PersonId


class MemberStatus(Enum):
    """Whether a member counts."""

    ACTIVE = "active"
    """The member may do what their role says."""
    DISABLED = "disabled"
    """The member may do nothing and is told nothing until enabled."""
    REMOVED = "removed"
    """The person is no longer a member."""


class UserRole(Enum):
    """A named set of permissions."""

    ADMIN = "admin"
    """Everything."""
    MANAGER = "manager"
    """`see` and `classify`."""
    VIEWER = "viewer"
    """`see`."""
    WORKER = "worker"
    """Nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the acting business."""

    notifications: bool
    """Whether the business's notices reach them."""
    person: PersonId
    """The person."""
    role: UserRole
    """What they may do."""
    status: MemberStatus
    """Whether they may do it now."""
