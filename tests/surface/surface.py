"""The surface as a small model that both languages are written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union as Either


@dataclass(frozen=True)
class Scalar:
    """`uuid`, `timestamp`, `string`, `integer`, `number`, `boolean`, or `json` for anything at all."""

    name: str


@dataclass(frozen=True)
class Ref:
    """A definition, by its name."""

    name: str


@dataclass(frozen=True)
class ListOf:
    item: "Type"


@dataclass(frozen=True)
class MapOf:
    """An object used as a dictionary: the keys are data, or the values of an enumeration."""

    value: "Type"


@dataclass(frozen=True)
class Nullable:
    item: "Type"


@dataclass(frozen=True)
class AnyOf:
    """A value of an enumeration, or an id: texts that can't be taken for each other."""

    items: tuple["Type", ...]


Type = Either[Scalar, Ref, ListOf, MapOf, Nullable, AnyOf]


@dataclass(frozen=True)
class Field:
    name: str
    type: Type
    required: bool
    doc: str
    default: Either[bool, int, str, None] = None
    secret: bool = False


@dataclass(frozen=True)
class Alias:
    name: str
    doc: str
    type: Type
    secret: bool = False
    """Whether its values must not be shown: links, claims."""


@dataclass(frozen=True)
class Enumeration:
    name: str
    doc: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Record:
    name: str
    doc: str
    fields: tuple[Field, ...]
    kind: Either[str, None] = None
    """What tells it from the other variants, if it is one of a union."""


@dataclass(frozen=True)
class Union:
    name: str
    doc: str
    variants: tuple[Record, ...]


Definition = Either[Alias, Enumeration, Record, Union]


@dataclass(frozen=True)
class Operation:
    group: str
    name: str
    doc: str
    actor: bool
    changes: bool
    arguments: tuple[Field, ...]
    answer: Either[Type, None]
    errors: tuple[str, ...]


@dataclass(frozen=True)
class ErrorCode:
    code: str
    doc: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Surface:
    operations: tuple[Operation, ...]
    definitions: dict[str, Definition]
    errors: tuple[ErrorCode, ...]

    def error(self, code: str) -> ErrorCode:
        return next(error for error in self.errors if error.code == code)

    def groups(self) -> dict[str, list[Operation]]:
        """The operations of each group, in the order of the description."""
        groups: dict[str, list[Operation]] = {}
        for operation in self.operations:
            groups.setdefault(operation.group, []).append(operation)
        return groups


def is_secret(surface: Surface, field: Field) -> bool:
    """Whether a field must not be shown where values are printed."""
    kind = field.type.item if isinstance(field.type, Nullable) else field.type
    if not isinstance(kind, Ref):
        return field.secret
    found = surface.definitions[kind.name]
    return isinstance(found, Alias) and found.secret


def references(kind: Either[Type, None]) -> set[str]:
    """The definitions that a type names."""
    if isinstance(kind, Ref):
        return {kind.name}
    if isinstance(kind, (ListOf, Nullable)):
        return references(kind.item)
    if isinstance(kind, MapOf):
        return references(kind.value)
    if isinstance(kind, AnyOf):
        return set().union(*(references(item) for item in kind.items))
    return set()


def definition_references(found: Definition) -> set[str]:
    """The definitions that a definition names."""
    if isinstance(found, Alias):
        return references(found.type)
    if isinstance(found, Enumeration):
        return set()
    records = found.variants if isinstance(found, Union) else (found,)
    return set().union(*(references(field.type) for record in records for field in record.fields))


def pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)
