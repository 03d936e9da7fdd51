"""What `outbox` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias
from uuid import UUID

DeliveryId: TypeAlias = UUID
"""A notice on its way to one address."""


class DeliveryStatus(Enum):
    """Where a delivery stands."""

    DUE = "due"
    """It waits."""
    LEASED = "leased"
    """A worker is at it."""
    SENT = "sent"
    """A mailer took it."""
    PARKED = "parked"
    """No attempt can help any more; an operator decides."""
    DROPPED = "dropped"
    """Nobody is entitled to it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySeen:
    """A mail on its way; its text is made when it is sent."""

    address: str
    """Where it goes."""
    at: datetime
    """When the notice was made."""
    attempts: int
    """How often it was tried since it was last due anew."""
    id: DeliveryId
    """Its id."""
    kind: str
    """The name of the notice, as in `invite`."""
    status: DeliveryStatus
    """Where it stands."""
    status_at: datetime
    """When it is due, or when it was settled."""
    last_error: str | None = None
    """What the last attempt said, or why it was dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveriesPage:
    """One page of deliveries, the latest state first."""

    deliveries: tuple[DeliverySeen, ...]
    """The deliveries."""
    next: str | None = None
    """Where the list goes on, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What became of the mails that were due."""

    dropped: int
    """Their address was not entitled to them any more, or their link was dead. Whoever is reached instead is
    due at once.
    """
    failed: int
    """They failed and will be tried again."""
    lost: int
    """Their result came too late: another worker had taken them over."""
    parked: int
    """They failed for good, or too often; an operator decides."""
    sent: int
    """The mailer took them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What was cleared away."""

    records: int
    """So many records: deliveries, notices, and kept answers that nobody can ask for any more."""
