"""What `access_requests` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .common import AccessRequestId, Card, PersonId, StatedReason, UserRole


class AccessRequestStatus(Enum):
    """The label of an access request."""

    REQUESTED = "requested"
    """Access requested."""
    ACCEPTED = "accepted"
    """Access request accepted."""
    DECLINED = "declined"
    """Access request declined."""
    WITHDRAWN = "withdrawn"
    """Access request withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """An access request as those see it who decide."""

    asked_at: datetime
    """When it was made."""
    email: str
    """Their verified address."""
    id: AccessRequestId
    """Its id."""
    name: str
    """Their name."""
    person: PersonId
    """The person."""
    role: UserRole
    """The user role that they ask for or, once accepted, the one that they were given."""
    status: AccessRequestStatus
    """Its label."""
    decided_at: datetime | None = None
    """When it was decided or withdrawn."""
    disclosed: bool | None = None
    """Whether the requester was told why."""
    job_title: str | None = None
    """What they do there."""
    message: str | None = None
    """A word to the Admins."""
    phone: str | None = None
    """Where they are called."""
    reason: StatedReason | None = None
    """Why it was declined. Who asked themselves, and decides now, reads it here if it was disclosed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequestsPage:
    """One page of access requests, the oldest first."""

    requests: tuple[AccessRequest, ...]
    """The access requests."""
    next: str | None = None
    """Where the list goes on, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccessRequest:
    """An access request as the requester sees it: never who decided, nor a reason that was not disclosed."""

    asked_at: datetime
    """When it was made."""
    business: Card
    """The business."""
    id: AccessRequestId
    """Its id."""
    role: UserRole
    """The user role that was asked for or, once accepted, the one that was given."""
    status: AccessRequestStatus
    """Its label."""
    decided_at: datetime | None = None
    """When it was decided or withdrawn."""
    reason: StatedReason | None = None
    """Why it was declined, if that was disclosed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccessRequestsPage:
    """One page of a person's own access requests, the latest first."""

    requests: tuple[OwnAccessRequest, ...]
    """The access requests."""
    next: str | None = None
    """Where the list goes on, if it does."""
