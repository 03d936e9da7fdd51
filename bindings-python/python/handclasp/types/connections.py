"""What `connections` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .common import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionCounts:
    """How many connections there are per status."""

    connected: int
    """Connected."""
    pending: int
    """Connection Pending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientsPage:
    """One page of connections."""

    connections: tuple[Connection, ...]
    """The connections."""
    counts: ConnectionCounts
    """How many there are per status, whatever statuses are asked for."""
    next: str | None = None
    """Where the list goes on, if it does."""


class Sort(Enum):
    """The order of a list of connections."""

    NAME = "name"
    """By the other business's name."""
    LAST_CHANGE = "last_change"
    """The connection that changed last comes first."""
