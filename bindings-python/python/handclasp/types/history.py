"""What `history` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, TypeAlias
from uuid import UUID

from .common import (
    AccessRequestId,
    BusinessId,
    CategoryId,
    ConnectionId,
    ContractorRoleId,
    InviteId,
    PersonId,
    RequirementId,
    UserRoleId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One thing that happened."""

    at: datetime
    """When."""
    details: Mapping[str, Any]
    """More about it."""
    event: str
    """What, as in `invite.opened`."""
    subject: UUID
    """To which record, by its id; a group link has its contractor role's, a membership one of its own."""
    version: int
    """Which change of the record this was, from 1."""
    acting: BusinessId | None = None
    """The business that they acted for."""
    person: PersonId | None = None
    """The person who did it; none for System, for visitors, and for people of the other side. Nobody learns
    who decided on their own access request, nor who let them in.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One thing that happened, in the feed."""

    entry: HistoryEntry
    """What happened."""
    position: int
    """Its place in the feed."""
    counterpart: BusinessId | None = None
    """The business at the other end of a connection."""
    owner: BusinessId | None = None
    """The business whose record it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFeed:
    """What happened after a position."""

    entries: tuple[FeedEntry, ...]
    """What happened, in the order of positions."""
    next: int
    """The position to go on after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """One page of a history."""

    entries: tuple[HistoryEntry, ...]
    """What happened, the earliest first."""
    next: str | None = None
    """Where the list goes on, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessSubject:
    """A business."""

    kind: ClassVar[Literal["business"]] = "business"
    id: BusinessId
    """Its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSubject:
    """A person; their history is the host's alone."""

    kind: ClassVar[Literal["person"]] = "person"
    id: PersonId
    """Their id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSubject:
    """A membership."""

    kind: ClassVar[Literal["member"]] = "member"
    business: BusinessId
    """Of this business."""
    person: PersonId
    """This person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorRoleSubject:
    """A contractor role."""

    kind: ClassVar[Literal["contractor_role"]] = "contractor_role"
    id: ContractorRoleId
    """Its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRoleSubject:
    """A user role that the business has defined."""

    kind: ClassVar[Literal["user_role"]] = "user_role"
    id: UserRoleId
    """Its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySubject:
    """A category of a contractor role."""

    kind: ClassVar[Literal["category"]] = "category"
    id: CategoryId
    """Its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementSubject:
    """A requirement of a contractor role."""

    kind: ClassVar[Literal["requirement"]] = "requirement"
    id: RequirementId
    """Its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequestSubject:
    """An access request; for holders of `users`."""

    kind: ClassVar[Literal["access_request"]] = "access_request"
    id: AccessRequestId
    """Its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsSubject:
    """A business's reasons."""

    kind: ClassVar[Literal["reasons"]] = "reasons"
    business: BusinessId
    """Whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePlansSubject:
    """A client's fee plans; for holders of `fees`."""

    kind: ClassVar[Literal["fee_plans"]] = "fee_plans"
    client: BusinessId
    """Whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLinkSubject:
    """A contractor role's group link."""

    kind: ClassVar[Literal["group_link"]] = "group_link"
    role: ContractorRoleId
    """The contractor role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteSubject:
    """A personal invite."""

    kind: ClassVar[Literal["invite"]] = "invite"
    id: InviteId
    """Its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionSubject:
    """A connection."""

    kind: ClassVar[Literal["connection"]] = "connection"
    id: ConnectionId
    """Its id."""


Subject: TypeAlias = (
    BusinessSubject
    | PersonSubject
    | MemberSubject
    | ContractorRoleSubject
    | UserRoleSubject
    | CategorySubject
    | RequirementSubject
    | AccessRequestSubject
    | ReasonsSubject
    | FeePlansSubject
    | GroupLinkSubject
    | InviteSubject
    | ConnectionSubject
)
"""Of what the history is asked."""
