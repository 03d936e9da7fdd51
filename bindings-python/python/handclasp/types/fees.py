"""What `fees` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .common import BusinessId, ConnectionId


class Payer(Enum):
    """Who pays for a connection."""

    CLIENT = "client"
    """The client."""
    CONTRACTOR = "contractor"
    """The contractor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """What one connection costs."""

    connection: ConnectionId
    """The connection."""
    contractor: BusinessId
    """The contractor."""
    contractor_name: str
    """The contractor's name."""
    first_counted: datetime
    """When it first counted in the period."""
    payer: Payer
    """Who pays."""
    place: int
    """Its place, from 1."""
    price: int
    """What it costs, in minor units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTier:
    """What connections cost up to a place."""

    price: int
    """What each of them costs, in minor units."""
    up_to: int | None = None
    """The last place of the tier; none for the last tier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePlan:
    """What a client's connections cost."""

    anchor_day: int
    """The day of the month on which a period begins, at 00:00 UTC, from 1 to 31; in shorter months the last
    day.
    """
    currency: str
    """The currency, as an ISO 4217 code of three capital letters."""
    payer: Payer
    """Who pays."""
    tiers: Sequence[FeeTier]
    """What a connection costs by its place in the period; the last tier has no end."""
    free_allowance: int = 0
    """The first so many connections of a period cost nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeQuote:
    """What the running period costs."""

    count: int
    """How many connections count as of now."""
    currency: str
    """The currency."""
    from_: datetime
    """The first instant of the period."""
    payer: Payer
    """Who pays."""
    to: datetime
    """The first instant after it."""
    total: int
    """What they cost, in minor units."""
    total_with_one_more: int
    """What they would cost with one more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeStatement:
    """What a period costs: a line per connection, and the total of all."""

    count: int
    """How many connections count."""
    currency: str
    """The currency."""
    from_: datetime
    """The first instant of the period."""
    lines: tuple[FeeLine, ...]
    """One page of the lines, in the order in which the connections first counted."""
    to: datetime
    """The first instant after it."""
    total: int
    """What they cost together, in minor units."""
    next: str | None = None
    """Where the lines go on, if they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSet:
    """A plan that was set."""

    client: BusinessId
    """The client."""
    from_: datetime
    """Since when it holds: the first one since the beginning of the running period, another from the next one
    on.
    """
    plan: FeePlan
    """Its plan."""
