"""From a mail of the core to the `send` of the host's own mailer, plain or asynchronous."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
import json
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from . import _codec
from .mail import AsyncMailer, Mailer, Message, NotSent

Bridge: TypeAlias = Callable[[str, object], str]
"""Takes a message as JSON text and the event loop of the caller, if it has one; says as JSON text how it went."""

SLICE = 0.1
"""How long to wait for an asynchronous mailer before looking whether its event loop still runs."""


def to(mailer: Mailer | AsyncMailer) -> Bridge:
    """What the native half calls, from a thread of its own, with the message and the caller's event loop."""
    decode = _codec.decoder(Message)

    def bridge(text: str, caller: object) -> str:
        try:
            outcome: object = mailer.send(decode(json.loads(text)))
            if inspect.iscoroutine(outcome):
                _wait(outcome, caller if isinstance(caller, asyncio.AbstractEventLoop) else _background())
            elif inspect.isawaitable(outcome):
                raise TypeError("`send` of an asynchronous mailer must be an `async def`")
        except Exception as error:
            permanent = isinstance(error, NotSent) and error.permanent
            return json.dumps({"sent": False, "permanent": permanent, "reason": _reason(error)})
        return json.dumps({"sent": True})

    return bridge


def _reason(error: Exception) -> str:
    """For an operator; the core takes out whatever links it may hold."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _wait(sending: Coroutine[Any, Any, object], loop: asyncio.AbstractEventLoop) -> None:
    """Runs the coroutine on that loop and waits for it from this thread."""
    if loop.is_closed():
        sending.close()
        raise NotSent("the event loop of the caller has been closed")
    future = asyncio.run_coroutine_threadsafe(sending, loop)
    while True:
        try:
            future.result(timeout=SLICE)
            return
        except concurrent.futures.TimeoutError:
            # The mailer's own TimeoutError looks the same, but then the future is done.
            if future.done():
                raise
            if not loop.is_running():
                future.cancel()
                raise NotSent("the event loop of the caller has ended") from None


_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def _background() -> asyncio.AbstractEventLoop:
    """The event loop for asynchronous mailers of callers that have none; started when first needed."""
    global _loop
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="handclasp-mail", daemon=True).start()
        return _loop
