"""Businesses connect by request or by invite link, and people claim their employer.

Open a `Handclasp` (it waits) or an `AsyncHandclasp` (it is awaited) and call its operations by group:
`handclasp.invites.create(actor, role=...)`. Every error is a `HandclaspError` with a stable `code`.
"""

from . import errors, types
from ._handle import AsyncHandclasp, Handclasp
from .configuration import (
    Configuration,
    Key,
    Limits,
    MemoryStorage,
    PostgresStorage,
    Quotas,
    SqliteStorage,
    Storage,
)
from .errors import *
from .mail import AnyMailer, AsyncMailer, CaptureMailer, FolderMailer, Mailer, Message, NotSent
from .types import *

__all__ = [
    "AnyMailer",
    "AsyncHandclasp",
    "AsyncMailer",
    "CaptureMailer",
    "Configuration",
    "FolderMailer",
    "Handclasp",
    "Key",
    "Limits",
    "Mailer",
    "MemoryStorage",
    "Message",
    "NotSent",
    "PostgresStorage",
    "Quotas",
    "SqliteStorage",
    "Storage",
]
__all__ += errors.__all__
__all__ += types.__all__
