"""What `members` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .common import PersonId, UserRole, UserRoleId


class Permission(Enum):
    """One thing that a user role lets its holder do."""

    USERS = "users"
    """Members, user roles, access requests."""
    CONNECT = "connect"
    """Requests, answers, disconnecting, every link and invite."""
    CONFIGURE = "configure"
    """Profile, contractor roles, categories, requirements, reasons."""
    CLASSIFY = "classify"
    """Classify, submit and review requirements."""
    FEES = "fees"
    """Fees."""
    SEE = "see"
    """Every other read of the business's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedRole:
    """A user role that the business has defined."""

    id: UserRoleId
    """Its id."""
    name: str
    """Its name."""
    permissions: tuple[Permission, ...]
    """What it lets its holder do."""


class MemberStatus(Enum):
    """Whether a member counts."""

    ACTIVE = "active"
    """The member may do what their role says."""
    DISABLED = "disabled"
    """The member may do nothing and is told nothing until enabled."""
    REMOVED = "removed"
    """The person is no longer a member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the acting business."""

    email: str
    """Where they get mail."""
    name: str
    """Their name."""
    notifications: bool
    """Whether the business's notices reach them."""
    person: PersonId
    """The person."""
    role: UserRole
    """What they may do."""
    status: MemberStatus
    """Whether they may do it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersPage:
    """One page of members, in the order of their persons' ids."""

    members: tuple[Member, ...]
    """The members."""
    next: str | None = None
    """Where the list goes on, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """One page of the user roles that the business has defined, as they were defined; the built-in ones are
    in every business.
    """

    roles: tuple[DefinedRole, ...]
    """The roles."""
    next: str | None = None
    """Where the list goes on, if it does."""
