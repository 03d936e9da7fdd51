"""What several groups of operations share."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import ClassVar, Literal, TypeAlias
from uuid import UUID

AccessRequestId: TypeAlias = UUID
"""A person's claim that a business is their employer."""


PersonId: TypeAlias = UUID
"""A human, as the host's own user table names them. A host whose users have other ids makes a UUID of them
(version 5 of a namespace and its own id, for instance).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedReason:
    """A reason as it was given; it stays as it was when the list changes."""

    code: str
    """Its code; `other` for a text."""
    label: str
    """What people read."""
    text: str | None = None
    """The text that goes with `other`."""


class BuiltInRole(Enum):
    """The user roles that every business has."""

    ADMIN = "admin"
    """Everything."""
    MANAGER = "manager"
    """`see` and `classify`."""
    VIEWER = "viewer"
    """`see`."""
    WORKER = "worker"
    """Nothing."""


UserRoleId: TypeAlias = UUID
"""A user role that a business has defined."""


UserRole: TypeAlias = BuiltInRole | UserRoleId
"""Which user role: a built-in one by its name, or one that the business has defined, by its id."""


BusinessId: TypeAlias = UUID
"""A company."""


Email: TypeAlias = str
"""One bare e-mail address: local part as given, domain in its ASCII form.

Quoted local parts, comments, display names, lists, routes, address literals and dotless domains are
refused. Two addresses are the same if they differ by case alone.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonActor:
    """A signed-in person."""

    kind: ClassVar[Literal["person"]] = "person"
    id: PersonId
    """The host's id for them."""
    addresses: Sequence[Email] = ()
    """The e-mail addresses that the host has verified to be theirs."""
    business: BusinessId | None = None
    """The business they act for, where the operation needs one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemActor:
    """The host itself. It may do what an Admin of the business that it names may, and obeys every state rule."""

    kind: ClassVar[Literal["system"]] = "system"
    business: BusinessId | None = None
    """The business it acts for, where the operation needs one."""


Actor: TypeAlias = PersonActor | SystemActor
"""Who calls, for which business. Membership is looked up, never believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The public card of a business."""

    id: BusinessId
    """Its id."""
    name: str
    """Its name."""
    industry: str | None = None
    """What it does."""
    registration_number: str | None = None
    """Its number in a register of companies."""
    town: str | None = None
    """The town it is in."""
    trading_name: str | None = None
    """The name it trades under."""


CategoryId: TypeAlias = UUID
"""A category of a contractor role."""


ContractorRoleId: TypeAlias = UUID
"""A client's own name for a kind of contractor."""


SubCategoryId: TypeAlias = UUID
"""A sub-category of a category."""


class Classification(Enum):
    """Whether categories have to be chosen."""

    NOT_CONFIGURED = "not_configured"
    """No category was configured for the role."""
    REQUIRED = "required"
    """They have to be chosen."""
    CLASSIFIED = "classified"
    """They are chosen."""


class ContractorRoleStatus(Enum):
    """Whether a contractor role takes new requests, invites and acceptances."""

    LIVE = "live"
    """It does."""
    ARCHIVED = "archived"
    """It takes nothing new; its connections keep it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorRole:
    """A client's own name for a kind of contractor."""

    id: ContractorRoleId
    """Its id."""
    name: str
    """Its name, as it was typed."""
    status: ContractorRoleStatus
    """Whether it takes anything new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusable:
    """A business whose name or trading name looks like that of another listed business, though it is written
    otherwise, as `Аcme` with a Cyrillic А looks like `Acme`. It is no proof of anything: people should
    look twice.

    What looks alike is told by the skeletons of [UTS
    #39](https://www.unicode.org/reports/tr39/#Confusable_Detection), whatever the case.
    """

    business: BusinessId
    """The business."""
    confusable_with: tuple[str, ...]
    """The names that its own can be taken for, up to three."""


ConnectionId: TypeAlias = UUID
"""The directed edge client → contractor."""


class ConnectionStatus(Enum):
    """A connection's label."""

    PENDING = "pending"
    """Connection Pending."""
    CONNECTED = "connected"
    """Connected."""
    DECLINED = "declined"
    """Declined."""
    WITHDRAWN = "withdrawn"
    """Withdrawn."""
    DISCONNECTED = "disconnected"
    """Disconnected."""


class Side(Enum):
    """The two ends of a connection."""

    CLIENT = "client"
    """The business that asks contractors to work for it."""
    CONTRACTOR = "contractor"
    """The business that works for clients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a connection was ended."""

    at: datetime
    """When."""
    by: Side
    """By which side."""
    reason: StatedReason | None = None
    """Why; not for the other side if it is hidden from them."""


RequestId: TypeAlias = UUID
"""One request within a connection."""


class WorkflowStatus(Enum):
    """How far a connection is as a whole."""

    INCOMPLETE = "incomplete"
    """It is not classified yet, or something is incomplete or returned."""
    SUBMITTED = "submitted"
    """Everything is submitted or approved, and something is not approved yet."""
    APPROVED = "approved"
    """Everything is approved, or nothing is demanded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A connection as one of its two businesses sees it."""

    changed_at: datetime
    """When it last changed."""
    id: ConnectionId
    """Its id."""
    other: Card
    """The business at the other end; no more than its name once the two are apart, unless anybody sees more."""
    role: ContractorRoleId
    """The contractor role that it is about."""
    role_name: str
    """The role's name."""
    side: Side
    """Which end the acting business is."""
    status: ConnectionStatus
    """Where it stands."""
    classification: Classification | None = None
    """Whether categories have to be chosen; while Connected."""
    connected_since: datetime | None = None
    """Since when the two are connected."""
    ended: Ended | None = None
    """How it was ended; while Disconnected."""
    request: RequestId | None = None
    """The request that waits for an answer."""
    workflow_status: WorkflowStatus | None = None
    """How far its requirements are; while Connected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """What connecting answers."""

    classification: Classification
    """Whether the contractor must now choose categories."""
    connection: Connection
    """The connection."""


class Decided(Enum):
    """How a request, an invite, an access request or a connection ended."""

    ACCEPTED = "accepted"
    """It was accepted."""
    DECLINED = "declined"
    """It was declined."""
    WITHDRAWN = "withdrawn"
    """It was withdrawn by who had made it."""
    REVOKED = "revoked"
    """It was revoked by its client, or with its inviter's authority."""
    SUPERSEDED = "superseded"
    """Another took its place."""
    DISCONNECTED = "disconnected"
    """It was disconnected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReason:
    """A reason as it is given."""

    code: str
    """The code of a listed reason, or `other`."""
    text: str | None = None
    """The text that goes with `other`, up to 500 graphemes, lines allowed; a listed reason takes none."""


Link: TypeAlias = str
"""A link as text: who has it may open what it leads to."""


InviteId: TypeAlias = UUID
"""A personal invite. It is drawn at random, and its link is derived from it."""


class LimitName(Enum):
    """A quota of a business."""

    MEMBERS = "members"
    """Members, active or disabled."""
    CONTRACTOR_ROLES = "contractor_roles"
    """Contractor roles that are not archived."""
    CONNECTIONS = "connections"
    """Connections that are Connected, on either side."""
    ACCESS_REQUESTS = "access_requests"
    """Access requests that are open."""
    CATEGORIES = "categories"
    """Categories of one contractor role."""
    REQUIREMENTS = "requirements"
    """Requirements of one contractor role."""


class Reason(Enum):
    """Why an argument is refused."""

    EMPTY = "empty"
    """Nothing was given."""
    BLANK = "blank"
    """Nothing visible was given."""
    TOO_LONG = "too_long"
    """More bytes or more graphemes than allowed, or a grapheme of too many marks."""
    CONTROL = "control"
    """A control character, or a line break where one line is asked for."""
    BIDI = "bidi"
    """A character that turns the direction of writing."""
    INVISIBLE = "invisible"
    """An invisible character that joins nothing."""
    NONCHARACTER = "noncharacter"
    """A code point that Unicode keeps out of text."""
    FORMAT = "format"
    """Not of the form that is asked for."""
    OUT_OF_RANGE = "out_of_range"
    """Not within the bounds."""
    UNKNOWN_VALUE = "unknown_value"
    """Not one of the values that exist."""
    UNKNOWN_FIELD = "unknown_field"
    """No such argument."""
    MISSING = "missing"
    """It is needed here."""
    NOT_ALLOWED_HERE = "not_allowed_here"
    """It does not go with the other arguments."""


RequirementId: TypeAlias = UUID
"""A workflow step that a client demands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRequirementTarget:
    """All of them."""

    kind: ClassVar[Literal["role"]] = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRequirementTarget:
    """Those of this category."""

    kind: ClassVar[Literal["category"]] = "category"
    category: CategoryId
    """The category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubCategoryRequirementTarget:
    """Those of this sub-category."""

    kind: ClassVar[Literal["sub_category"]] = "sub_category"
    category: CategoryId
    """The category."""
    sub_category: SubCategoryId
    """The sub-category."""


RequirementTarget: TypeAlias = (
    RoleRequirementTarget
    | CategoryRequirementTarget
    | SubCategoryRequirementTarget
)
"""Which contractors of a role a requirement concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A requirement of a contractor role."""

    id: RequirementId
    """Its id."""
    name: str
    """What it is called."""
    role: ContractorRoleId
    """The contractor role."""
    target: RequirementTarget
    """Whom it concerns."""
    description: str | None = None
    """What has to be done."""
