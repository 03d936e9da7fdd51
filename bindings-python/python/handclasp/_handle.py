"""The two handles: one that waits and one that is awaited."""

from __future__ import annotations

import json
from types import TracebackType

from . import _call, _codec, _opening
from ._native import Handle, Refused
from .asynchronous import AsyncGroups
from .blocking import Groups
from .configuration import Configuration
from .errors import ConfigInvalidError
from .mail import Message


class Handclasp(Groups):
    """An open Handclasp whose operations wait for their answers.

    Any number of threads may share it. Waiting releases the GIL and hears Ctrl-C.
    """

    __slots__ = ("_handle",)

    def __init__(self, handle: Handle) -> None:
        """Not for users: see `open`."""
        super().__init__(handle)
        self._handle = handle

    @staticmethod
    def open(configuration: Configuration) -> Handclasp:
        """Opens a handle.

        Raises:
            ConfigInvalidError: The configuration can't be used, or its keys are not those of the database.
            SchemaMismatchError: The database is missing, foreign, or of a newer version.
        """
        text, bridge = _opening.request(configuration)
        try:
            return Handclasp(Handle.open(text, bridge))
        except Refused as refused:
            raise _call.exception(json.loads(refused.args[0])) from None

    def sent(self) -> tuple[Message, ...]:
        """The messages that the `CaptureMailer` holds, oldest first."""
        return _sent(self._handle)

    def close(self) -> None:
        """Finishes what is under way and lets go of the database: later calls raise `ClosedError`."""
        _call.CLOSE.answer(self._handle.close())

    def __enter__(self) -> Handclasp:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncHandclasp(AsyncGroups):
    """An open Handclasp whose operations are coroutines, for any asyncio event loop."""

    __slots__ = ("_handle",)

    def __init__(self, handle: Handle) -> None:
        """Not for users: see `open`."""
        super().__init__(handle)
        self._handle = handle

    @staticmethod
    async def open(configuration: Configuration) -> AsyncHandclasp:
        """Opens a handle; its errors are those of `Handclasp.open`."""
        text, bridge = _opening.request(configuration)
        try:
            return AsyncHandclasp(await Handle.open_async(text, bridge))
        except Refused as refused:
            raise _call.exception(json.loads(refused.args[0])) from None

    def sent(self) -> tuple[Message, ...]:
        """The messages that the `CaptureMailer` holds, oldest first."""
        return _sent(self._handle)

    async def close(self) -> None:
        """Finishes what is under way and lets go of the database: later calls raise `ClosedError`."""
        _call.CLOSE.answer(await self._handle.close_async())

    async def __aenter__(self) -> AsyncHandclasp:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _sent(handle: Handle) -> tuple[Message, ...]:
    text = handle.sent()
    if text is None:
        raise ConfigInvalidError("`sent` needs a handle that was opened with the `CaptureMailer`")
    decode = _codec.decoder(Message)
    return tuple(decode(message) for message in json.loads(text))
