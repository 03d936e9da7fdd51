"""Python values to the JSON that the core reads, and back.

A coder is made once per type out of the type's own annotations, so that what a type checker sees and what is sent can't
differ. Nothing is coerced on the way in: a value of another type than the annotated one is refused by field and reason.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

Encoder = Callable[[Any, str], Any]
"""Takes a value and where it stands."""

Decoder = Callable[[Any], Any]

INTEGERS = range(-(2**63), 2**64)
"""What the core can read as a whole number at all; narrower bounds are its own business."""


class Refusal(Exception):
    """A value that can't be handed to the core, before it is made an error that callers see."""

    def __init__(self, field: str, reason: str, detail: str) -> None:
        super().__init__(f"`{field}` is not acceptable: {detail}")
        self.field = field
        self.reason = reason


def wrong_type(field: str, expected: str, value: object) -> Refusal:
    """The refusal of a value of another type; it names the type alone, since the value may be a secret."""
    return Refusal(field, "format", f"expected {expected}, got {type(value).__name__}")


@lru_cache(maxsize=None)
def encoder(kind: Any) -> Encoder:
    """What turns a value of that type into JSON."""
    simple = _SIMPLE_ENCODERS.get(kind)
    if simple is not None:
        return simple
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _encode_union(arguments)
    if origin in (Sequence, tuple):
        return _encode_sequence(encoder(arguments[0]))
    if origin is Mapping:
        return _encode_mapping(encoder(arguments[1]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _encode_enum(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _encode_record(kind)
    raise TypeError(f"no way to encode {kind!r}")


@lru_cache(maxsize=None)
def decoder(kind: Any) -> Decoder:
    """What turns JSON from the core into a value of that type."""
    simple = _SIMPLE_DECODERS.get(kind)
    if simple is not None:
        return simple
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _decode_union(arguments)
    if origin in (Sequence, tuple):
        item = decoder(arguments[0])
        return lambda values: tuple([item(value) for value in values])
    if origin is Mapping:
        entry = decoder(arguments[1])
        return lambda values: {key: entry(value) for key, value in values.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _decode_record(kind)
    raise TypeError(f"no way to decode {kind!r}")


def wire_name(name: str) -> str:
    """The name of a field in JSON: a Python keyword carries an underscore."""
    return name.rstrip("_")


def _encode_text(value: Any, field: str) -> str:
    if not isinstance(value, str):
        raise wrong_type(field, "str", value)
    # A subclass is asked for its text alone, not for how it likes to be shown.
    text = str.__str__(value)
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise Refusal(field, "noncharacter", "it holds a lone surrogate, which is no character") from None
    return text


def _encode_boolean(value: Any, field: str) -> bool:
    if not isinstance(value, bool):
        raise wrong_type(field, "bool", value)
    return value


def _encode_integer(value: Any, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong_type(field, "int", value)
    number = int(value)
    if number not in INTEGERS:
        raise Refusal(field, "out_of_range", "it is out of range")
    return number


def _encode_number(value: Any, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise wrong_type(field, "float", value)
    number = float(value)
    if number - number != 0:
        raise Refusal(field, "out_of_range", "it is not a finite number")
    return number


def _encode_uuid(value: Any, field: str) -> str:
    if not isinstance(value, UUID):
        raise wrong_type(field, "UUID", value)
    return str(value)


def _encode_timestamp(value: Any, field: str) -> str:
    if not isinstance(value, datetime):
        raise wrong_type(field, "datetime", value)
    if value.utcoffset() is None:
        raise Refusal(field, "format", "a datetime needs a time zone, this one is naive")
    try:
        utc = value.astimezone(timezone.utc)
    except (OverflowError, ValueError):
        raise Refusal(field, "out_of_range", "it is out of range") from None
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _encode_enum(kind: type[Enum]) -> Encoder:
    def encode(value: Any, field: str) -> Any:
        if not isinstance(value, kind):
            raise wrong_type(field, kind.__name__, value)
        return value.value

    return encode


def _encode_sequence(item: Encoder) -> Encoder:
    def encode(values: Any, field: str) -> list[Any]:
        # A str is a sequence of str: to take one for a list of addresses would send its letters.
        if isinstance(values, (str, bytes, bytearray)) or not isinstance(values, Sequence):
            raise wrong_type(field, "a list or tuple", values)
        return [item(value, f"{field}[{place}]") for place, value in enumerate(values)]

    return encode


def _encode_mapping(entry: Encoder) -> Encoder:
    def encode(values: Any, field: str) -> dict[str, Any]:
        if not isinstance(values, Mapping):
            raise wrong_type(field, "a mapping", values)
        return {_encode_text(key, field): entry(value, f"{field}.{key}") for key, value in values.items()}

    return encode


def _encode_union(kinds: tuple[Any, ...]) -> Encoder:
    present = [kind for kind in kinds if kind is not type(None)]
    nullable = len(present) < len(kinds)
    if len(present) == 1:
        only = encoder(present[0])
        return lambda value, field: None if value is None else only(value, field)
    coders = [(kind, encoder(kind)) for kind in present]
    expected = " or ".join(kind.__name__ for kind in present)

    def encode(value: Any, field: str) -> Any:
        if value is None and nullable:
            return None
        for kind, coder in coders:
            if isinstance(value, kind):
                return coder(value, field)
        raise wrong_type(field, expected, value)

    return encode


def _encode_record(kind: type[Any]) -> Encoder:
    hints = _fields_of(kind)
    coders: dict[str, Encoder] | None = None
    constant = {"kind": kind.kind} if hasattr(kind, "kind") and "kind" not in hints else {}

    def encode(value: Any, field: str) -> dict[str, Any]:
        nonlocal coders
        if not isinstance(value, kind):
            raise wrong_type(field, kind.__name__, value)
        if coders is None:
            coders = {name: encoder(hint) for name, hint in hints.items()}
        found: dict[str, Any] = dict(constant)
        for name, coder in coders.items():
            inner = getattr(value, name)
            encoded = coder(inner, f"{field}.{wire_name(name)}" if field else wire_name(name))
            if encoded is not None:
                found[wire_name(name)] = encoded
        return found

    return encode


def _decode_record(kind: type[Any]) -> Decoder:
    hints = _fields_of(kind)
    coders: list[tuple[str, str, Decoder]] | None = None

    def decode(values: Any) -> Any:
        nonlocal coders
        if coders is None:
            coders = [(name, wire_name(name), decoder(hint)) for name, hint in hints.items()]
        return kind(**{name: coder(values[wire]) for name, wire, coder in coders if wire in values})

    return decode


def _decode_union(kinds: tuple[Any, ...]) -> Decoder:
    present = [kind for kind in kinds if kind is not type(None)]
    if len(present) == 1:
        only = decoder(present[0])
        return lambda value: None if value is None else only(value)
    if any(issubclass(kind, Enum) for kind in present):
        return _decode_either(present)
    coders = {kind.kind: decoder(kind) for kind in present}
    return lambda value: None if value is None else coders[value["kind"]](value)


def _decode_either(kinds: list[Any]) -> Decoder:
    """A value of an enumeration, or else a text of another kind."""
    named = {member.value: member for kind in kinds if issubclass(kind, Enum) for member in kind}
    other = decoder(next(kind for kind in kinds if not issubclass(kind, Enum)))
    return lambda value: None if value is None else named[value] if value in named else other(value)


def _fields_of(kind: type[Any]) -> dict[str, Any]:
    """The annotations of a dataclass, resolved, without what belongs to the class."""
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _decode_timestamp(value: str) -> datetime:
    # Python 3.10 reads no `Z`.
    return datetime.fromisoformat(value[:-1] + "+00:00")


def _as_is(value: Any) -> Any:
    return value


_SIMPLE_ENCODERS: dict[Any, Encoder] = {
    str: _encode_text,
    bool: _encode_boolean,
    int: _encode_integer,
    float: _encode_number,
    UUID: _encode_uuid,
    datetime: _encode_timestamp,
}

_SIMPLE_DECODERS: dict[Any, Decoder] = {
    str: _as_is,
    bool: _as_is,
    int: _as_is,
    float: float,
    UUID: UUID,
    datetime: _decode_timestamp,
    type(None): _as_is,
    Any: _as_is,
}
