"""What `invites` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from .common import Card, ConnectionId, ContractorRoleId, InviteId, Link, PersonId

Claim: TypeAlias = str
"""A claim as text: the secret to keep in the visitor's session."""


class InviteStatus(Enum):
    """What an invite is at a moment."""

    PENDING = "pending"
    """Its link waits to be opened."""
    OPENED = "opened"
    """Its link is consumed; its claim waits to be accepted."""
    ACCEPTED = "accepted"
    """It has connected somebody."""
    DECLINED = "declined"
    """The invited have declined it."""
    REVOKED = "revoked"
    """Its client has revoked it, or its inviter's authority has ended."""
    SUPERSEDED = "superseded"
    """Another took its place."""
    EXPIRED = "expired"
    """Its time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A personal invite as its client sees it; its link is shown once, by `create` or `resend`."""

    bound: bool
    """Whether only somebody with that verified address can accept."""
    created_at: datetime
    """When it was made."""
    ends_at: datetime
    """When its link or, once opened, its claim ends."""
    id: InviteId
    """Its id."""
    role: ContractorRoleId
    """The contractor role of the connection to be."""
    status: InviteStatus
    """What it is now."""
    address: str | None = None
    """Where its mail goes."""
    connection: ConnectionId | None = None
    """The connection that it made."""
    inviter: PersonId | None = None
    """Who made it; none for System."""
    language: str | None = None
    """The language of its mail, as a BCP 47 tag."""
    message: str | None = None
    """A word from the inviter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteCounts:
    """How many invites there are per status."""

    accepted: int
    """They have connected somebody."""
    declined: int
    """The invited have declined them."""
    expired: int
    """Their time is over."""
    opened: int
    """Their claim waits to be accepted."""
    pending: int
    """Their link waits to be opened."""
    revoked: int
    """They were revoked, or lost their inviter's authority."""
    superseded: int
    """Others took their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteCreated:
    """What `invites.create` and `invites.resend` answer."""

    invite: Invite
    """The invite."""
    link: Link = dataclasses.field(repr=False)
    """Its link, shown this once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitesPage:
    """One page of invites, the latest first."""

    counts: InviteCounts
    """How many there are per status, whatever statuses are asked for."""
    invites: tuple[Invite, ...]
    """The invites."""
    next: str | None = None
    """Where the list goes on, if it does."""


class LinkKind(Enum):
    """Which kind of link."""

    PERSONAL = "personal"
    """Of a personal invite: one use."""
    GROUP = "group"
    """Of a contractor role: many uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What `open` answers."""

    claim: Claim = dataclasses.field(repr=False)
    """The secret to keep in the visitor's session until they accept."""
    until: datetime
    """Until when it lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a link or claim leads to, for anybody who has it."""

    client: Card
    """The client who invites."""
    kind: LinkKind
    """Which kind of link."""
    role: str
    """The name of the contractor role."""
    message: str | None = None
    """A word from the inviter."""
    until: datetime | None = None
    """Until when the link or claim lives; a group link lives until it is refreshed or disabled."""
