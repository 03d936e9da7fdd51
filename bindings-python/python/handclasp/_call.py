"""One operation, from its arguments to its answer or its exception."""

from __future__ import annotations

import json
import typing
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from . import _codec, errors
from ._codec import Refusal
from ._native import Handle

T = TypeVar("T")


class Operation(Generic[T]):
    """What the core calls an operation, what it takes and what it answers."""

    def __init__(self, name: str, *, arguments: Mapping[str, Any], answer: Any) -> None:
        self.name = name
        self._arguments = arguments
        self._answer = answer

    @cached_property
    def _encoders(self) -> dict[str, _codec.Encoder]:
        return {name: _codec.encoder(kind) for name, kind in self._arguments.items()}

    @cached_property
    def _decoder(self) -> _codec.Decoder:
        return _codec.decoder(self._answer)

    def request(self, arguments: Mapping[str, object]) -> str:
        """The arguments as JSON text; what is left out is not sent."""
        found: dict[str, Any] = {}
        try:
            for name, encode in self._encoders.items():
                wire = _codec.wire_name(name)
                value = encode(arguments[name], wire)
                if value is not None:
                    found[wire] = value
        except Refusal as refusal:
            raise invalid_argument(refusal) from None
        return json.dumps(found, allow_nan=False, separators=(",", ":"))

    def answer(self, text: str) -> T:
        """The value of an answer, or its exception."""
        answer = json.loads(text)
        if "error" in answer:
            raise exception(answer["error"])
        value: T = self._decoder(answer["ok"])
        return value


CLOSE: Operation[None] = Operation("close", arguments={}, answer=type(None))


class Group:
    """Operations that wait."""

    __slots__ = ("_handle",)

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    def _run(self, operation: Operation[T], **arguments: object) -> T:
        return operation.answer(self._handle.call(operation.name, operation.request(arguments)))


class AsyncGroup:
    """Operations that are awaited."""

    __slots__ = ("_handle",)

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    async def _run(self, operation: Operation[T], **arguments: object) -> T:
        return operation.answer(await self._handle.call_async(operation.name, operation.request(arguments)))


def exception(error: Mapping[str, Any]) -> errors.HandclaspError:
    """The exception for an error of the core."""
    kind = errors.BY_CODE.get(error["code"], errors.InternalError)
    hints = typing.get_type_hints(kind)
    given = error.get("fields") or {}
    fields = {name: _codec.decoder(hints[name])(given.get(name)) for name in kind.__match_args__}
    return kind(error["message"], **fields)


def invalid_argument(refusal: Refusal) -> errors.HandclaspError:
    """The exception for a value that could not be handed to the core."""
    fields = {"field": refusal.field, "reason": refusal.reason}
    return exception({"code": "invalid_argument", "message": str(refusal), "fields": fields})
