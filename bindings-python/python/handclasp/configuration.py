"""Where a handle keeps its records, what it makes links with, how it sends mail: all that it is opened with."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .mail import AnyMailer


@dataclass(frozen=True, slots=True)
class MemoryStorage:
    """Keeps everything in memory, until the handle is closed: for tests."""


@dataclass(frozen=True, slots=True)
class SqliteStorage:
    """Keeps everything in one SQLite file, which several processes may share."""

    path: str | os.PathLike[str]
    """Where the file lies."""
    create: bool = False
    """Whether to make the file if there is none; without it, a missing file is `SchemaMismatchError`."""


@dataclass(frozen=True, slots=True)
class PostgresStorage:
    """Keeps everything in a PostgreSQL database."""

    url: str = field(repr=False)
    """A connection URL; it may name several hosts, with `target_session_attrs=read-write`."""
    create: bool = False
    """Whether to make the tables if there are none."""
    ca_file: str | os.PathLike[str] | None = None
    """The certificate authorities that the server's certificate may come from, in PEM; else those of the machine."""


Storage: TypeAlias = MemoryStorage | SqliteStorage | PostgresStorage


@dataclass(frozen=True, slots=True)
class Key:
    """A secret that links are made with. Keep it out of the database that it protects."""

    number: int
    """Its number, once given for ever."""
    secret: bytes = field(repr=False)
    """At least 32 random bytes, as `secrets.token_bytes(32)` makes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may be sent within 24 hours; what is left out stays as usual."""

    per_inviter: int | None = None
    """By one person; 100 if left out."""
    per_client: int | None = None
    """By one client; 500 if left out."""
    per_address: int | None = None
    """To one address; 5 if left out."""
    per_pair: int | None = None
    """From one client to one contractor; 3 if left out."""
    per_requester: int | None = None
    """Access requests of one person; 5 if left out."""
    per_requester_pair: int | None = None
    """Access requests of one person to one business; 3 if left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """How much a business may have; what is left out stays as usual."""

    members: int | None = None
    """Members, active or disabled; 10 000 if left out."""
    contractor_roles: int | None = None
    """Contractor roles that are not archived; 1 000 if left out."""
    access_requests: int | None = None
    """Access requests that are open; 1 000 if left out."""
    connections: int | None = None
    """Connected contractors, and as many connected clients; 1 000 000 if left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What a handle is opened with.

    >>> import secrets
    >>> from handclasp import CaptureMailer, Configuration, Handclasp, Key, MemoryStorage
    >>> configuration = Configuration(
    ...     storage=MemoryStorage(),
    ...     keys=[Key(1, secrets.token_bytes(32))],
    ...     base_url="https://app.example.com",
    ...     sender="network@app.example.com",
    ...     mailer=CaptureMailer(),
    ... )
    >>> with Handclasp.open(configuration) as handclasp:
    ...     handclasp.sent()
    ()
    """

    storage: Storage
    """Where the records lie."""
    keys: Sequence[Key] = field(repr=False)
    """The secrets that links are made and checked with, each with its number."""
    base_url: str
    """Where the host's pages are, to which links and mails lead: a plain https address."""
    sender: str
    """The address that mails come from."""
    mailer: AnyMailer
    """How mail is sent."""
    sender_name: str | None = None
    """The name shown beside the sender's address."""
    signing_key: int | None = None
    """The number of the key that new links are made with; if there is only one key, its own."""
    limits: Limits | None = None
    """How much may be sent within 24 hours."""
    quotas: Quotas | None = None
    """How much a business may have."""
