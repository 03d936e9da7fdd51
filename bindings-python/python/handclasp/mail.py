"""Messages, and the port through which a host sends them itself."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias, runtime_checkable
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One mail to one address."""

    delivery: UUID
    """The delivery that it is the message of, as `outbox` names it."""
    kind: str
    """The name of the notice, as in `invite`."""
    message_id: str
    """The Message-ID without its angle brackets, the same at every attempt: a receiver can tell a repetition."""
    date: datetime
    """When the notice was made."""
    sender: str
    """The address that it comes from."""
    to: str
    """The address that it goes to."""
    subject: str
    text: str = field(repr=False)
    """The text, with LF line ends. That of an invite holds its link: keep it out of logs."""
    sender_name: str | None = None
    """The name shown beside the sender's address."""
    reply_to: str | None = None
    """The address that answers go to."""


@dataclass(frozen=True, slots=True)
class CaptureMailer:
    """Sends nothing and keeps the messages for `sent()`: for tests."""


@dataclass(frozen=True, slots=True)
class FolderMailer:
    """Writes each message as an `.eml` file into a folder."""

    path: str | os.PathLike[str]
    """The folder."""


class NotSent(Exception):
    """Raise it in a mailer to say why a message was not sent.

    Any other exception says that it may be tried again.
    """

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent
        """Whether trying again is of no use: the address does not exist, for instance."""


@runtime_checkable
class Mailer(Protocol):
    """Anything with a `send`; returning from it means that the message was taken over."""

    def send(self, message: Message, /) -> None: ...


@runtime_checkable
class AsyncMailer(Protocol):
    """Anything with an asynchronous `send`; it runs on the event loop of the caller, or on one of its own."""

    async def send(self, message: Message, /) -> None: ...


AnyMailer: TypeAlias = CaptureMailer | FolderMailer | Mailer | AsyncMailer
