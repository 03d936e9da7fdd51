"""What `connections` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from .common import (
    Card,
    CategoryId,
    Classification,
    Confusable,
    Connection,
    ConnectionId,
    ContractorRoleId,
    Requirement,
    SubCategoryId,
    WorkflowStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChoice:
    """A category that a connection is in, and its sub-categories."""

    category: CategoryId
    """The category."""
    sub_categories: Sequence[SubCategoryId] = ()
    """Its sub-categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSubCategory:
    """A sub-category that a connection is in."""

    name: str
    """Its name."""
    sub_category: SubCategoryId
    """The sub-category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenCategory:
    """A category that a connection is in."""

    category: CategoryId
    """The category."""
    name: str
    """Its name."""
    removed: bool
    """Whether the client has removed it since: nothing is demanded of it any more."""
    sub_categories: tuple[ChosenSubCategory, ...]
    """The sub-categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionCounts:
    """How many connections there are per status."""

    connected: int
    """Connected."""
    declined: int
    """Declined."""
    disconnected: int
    """Disconnected."""
    pending: int
    """Connection Pending."""
    withdrawn: int
    """Withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionsPage:
    """One page of connections."""

    confusable: tuple[Confusable, ...]
    """Those of the other businesses whose names can be taken for others'."""
    connections: tuple[Connection, ...]
    """The connections."""
    counts: ConnectionCounts
    """How many there are per status, whatever statuses are asked for."""
    next: str | None = None
    """Where the list goes on, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingPage:
    """One page of the requests that wait for the acting contractor's answer."""

    confusable: tuple[Confusable, ...]
    """Those of the clients whose names can be taken for others'."""
    connections: tuple[Connection, ...]
    """The connections, the longest waiting first; each names its request."""
    next: str | None = None
    """Where the list goes on, if it does."""


class RequirementState(Enum):
    """How far a requirement is."""

    INCOMPLETE = "incomplete"
    """The contractor has not begun."""
    SUBMITTED = "submitted"
    """The contractor has done it; the client looks at it."""
    APPROVED = "approved"
    """The client is content."""
    RETURNED = "returned"
    """The client wants it done again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementProgress:
    """A requirement and how far it is."""

    progress: RequirementState
    """How far it is."""
    requirement: Requirement
    """The requirement."""


class Sort(Enum):
    """The order of a list of connections."""

    NAME = "name"
    """By the other business's name."""
    LAST_CHANGE = "last_change"
    """The connection that changed last comes first."""


class Verdict(Enum):
    """What a client says of a submitted requirement."""

    APPROVE = "approve"
    """It is content."""
    RETURN = "return"
    """It wants it done again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowSummary:
    """Where a connection stands with all that is demanded."""

    categories: tuple[ChosenCategory, ...]
    """The categories that the connection is in."""
    classification: Classification
    """Whether categories have to be chosen."""
    client: Card
    """The client."""
    connection: ConnectionId
    """The connection."""
    contractor: Card
    """The contractor."""
    requirements: tuple[RequirementProgress, ...]
    """What is demanded, and how far each is."""
    role: ContractorRoleId
    """The contractor role."""
    role_name: str
    """The role's name."""
    status: WorkflowStatus
    """How far the whole is."""
