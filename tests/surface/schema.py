"""Reads the description of the surface: JSON Schema, as the `schemars` crate writes it.

Whatever this reader does not know, it refuses: a construct that slipped through unread would be a hole in two languages.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Union as Either

from surface import (
    Alias,
    AnyOf,
    Definition,
    Enumeration,
    ErrorCode,
    Field,
    ListOf,
    MapOf,
    Nullable,
    Operation,
    Record,
    Ref,
    Scalar,
    Surface,
    Type,
    Union,
    definition_references,
    pascal,
    references,
)

Schema = dict[str, Any]

SECRET = "secret"
"""The format of text that opens something."""


class Unreadable(Exception):
    """The description holds something that no rule here covers."""


def read(path: Path) -> Surface:
    """Reads a whole description."""
    text = json.loads(path.read_text("utf-8"))
    definitions = {identifier(name): definition(identifier(name), schema) for name, schema in text["types"].items()}
    surface = Surface(
        operations=tuple(operation(entry) for entry in text["operations"]),
        definitions=definitions,
        errors=tuple(
            ErrorCode(entry["code"], entry.get("doc", ""), error_fields(entry)) for entry in text["errors"]
        ),
    )
    check_references(surface)
    return surface


def operation(entry: Schema) -> Operation:
    where = f"{entry['group']}.{entry['name']}"
    answer = entry.get("answer")
    return Operation(
        group=entry["group"],
        name=entry["name"],
        doc=entry.get("doc", ""),
        actor=entry["actor"],
        changes=entry["changes"],
        arguments=fields(entry.get("arguments") or {}, where),
        answer=None if answer in (None, {"type": "null"}) else type_of(answer, where),
        errors=tuple(entry.get("errors", ())),
    )


def error_fields(entry: Schema) -> tuple[Field, ...]:
    """The fields of an error, all of which are always there unless they may be null."""
    found = []
    for name, schema in entry.get("fields", {}).items():
        kind = type_of(schema, f"error {entry['code']}.{name}")
        found.append(Field(name, kind, not isinstance(kind, Nullable), schema.get("description", "")))
    return tuple(found)


def definition(name: str, schema: Schema) -> Definition:
    """One named type."""
    doc = schema.get("description", "")
    if "enum" in schema:
        return Enumeration(name, doc, tuple((value, "") for value in schema["enum"]))
    if "oneOf" in schema:
        return one_of(name, doc, schema["oneOf"])
    if "properties" in schema:
        return Record(name, doc, fields(schema, name))
    described = {key: value for key, value in schema.items() if key != "description"} if "anyOf" in schema else schema
    return Alias(name, doc, type_of(described, name), schema.get("format") == SECRET)


def one_of(name: str, doc: str, branches: list[Schema]) -> Definition:
    """Either an enumeration whose values are documented one by one, or a union told apart by `kind`."""
    values: list[tuple[str, str]] = []
    variants: list[Record] = []
    for branch in branches:
        if "const" in branch:
            values.append((branch["const"], branch.get("description", "")))
        elif "enum" in branch:
            values.extend((value, "") for value in branch["enum"])
        elif "const" in branch.get("properties", {}).get("kind", {}):
            variants.append(variant(name, branch))
        else:
            raise Unreadable(f"{name}: neither a value nor a variant with a `kind`: {branch}")
    if values and variants:
        raise Unreadable(f"{name}: values and variants together")
    return Enumeration(name, doc, tuple(values)) if values else Union(name, doc, tuple(variants))


def variant(union: str, branch: Schema) -> Record:
    kind = branch["properties"]["kind"]["const"]
    rest = {**branch, "properties": {key: value for key, value in branch["properties"].items() if key != "kind"}}
    if "$ref" in branch or "allOf" in branch:
        raise Unreadable(f"{union}.{kind}: give the variant fields of its own instead of a whole type")
    return Record(pascal(kind) + union, branch.get("description", ""), fields(rest, f"{union}.{kind}"), kind)


def fields(schema: Schema, where: str) -> tuple[Field, ...]:
    """The properties of an object: required ones first, otherwise as they come."""
    required = set(schema.get("required", ()))
    found = []
    for name, inner in schema.get("properties", {}).items():
        kind = type_of(inner, f"{where}.{name}")
        default = inner.get("default") if isinstance(inner, dict) else None
        if not isinstance(default, (bool, int, str)):
            default = None
        # What must be there but may be null can as well be left out.
        needed = name in required and not isinstance(kind, Nullable)
        doc = inner.get("description", "") if isinstance(inner, dict) else ""
        secret = isinstance(inner, dict) and inner.get("format") == SECRET
        found.append(Field(name, kind, needed, doc, default, secret))
    return tuple(sorted(found, key=lambda field: not field.required))


def type_of(schema: Either[Schema, bool], where: str) -> Type:
    """The type that a schema stands for."""
    if schema is True or schema == {}:
        return Scalar("json")
    if not isinstance(schema, dict):
        raise Unreadable(f"{where}: {schema}")
    if "$ref" in schema:
        return Ref(identifier(schema["$ref"].rsplit("/", 1)[-1]))
    if "anyOf" in schema:
        return any_of(schema["anyOf"], where)
    kind = schema.get("type")
    if isinstance(kind, list):
        if len(kind) == 2 and "null" in kind:
            rest = [name for name in kind if name != "null"][0]
            return Nullable(type_of({**schema, "type": rest}, where))
        raise Unreadable(f"{where}: one of {kind}")
    if kind == "array":
        return ListOf(type_of(schema.get("items", True), f"{where}[]"))
    if kind == "object" and "properties" not in schema:
        return MapOf(type_of(schema.get("additionalProperties", True), f"{where}{{}}"))
    return scalar(schema, where)


def any_of(branches: list[Schema], where: str) -> Type:
    rest = [branch for branch in branches if branch != {"type": "null"}]
    if len(rest) == 1 and len(branches) == 2:
        return Nullable(type_of(rest[0], where))
    if len(rest) == len(branches) and all("$ref" in branch for branch in rest):
        return AnyOf(tuple(type_of(branch, where) for branch in rest))
    raise Unreadable(f"{where}: any of {branches}")


def scalar(schema: Schema, where: str) -> Scalar:
    if "enum" in schema or "const" in schema:
        raise Unreadable(f"{where}: an enumeration without a name")
    formats = {"uuid": "uuid", "date-time": "timestamp"}
    kind = schema.get("type")
    if kind == "string":
        return Scalar(formats.get(schema.get("format", ""), "string"))
    if kind in ("integer", "number", "boolean"):
        return Scalar(kind)
    if kind is None and set(schema) <= {"description", "title", "default"}:
        return Scalar("json")
    raise Unreadable(f"{where}: {schema}")


def check_references(surface: Surface) -> None:
    """Every name leads somewhere, and no two things have one name."""
    wanted = set().union(*(definition_references(found) for found in surface.definitions.values()))
    for entry in surface.operations:
        wanted |= references(entry.answer).union(*(references(field.type) for field in entry.arguments))
        unknown = set(entry.errors) - {error.code for error in surface.errors}
        if unknown:
            raise Unreadable(f"{entry.group}.{entry.name}: no such error {sorted(unknown)}")
    for error in surface.errors:
        wanted = wanted.union(*(references(field.type) for field in error.fields))
    missing = wanted - set(surface.definitions)
    if missing:
        raise Unreadable(f"types named but not described: {sorted(missing)}")
    variants = [
        record.name for found in surface.definitions.values() if isinstance(found, Union) for record in found.variants
    ]
    twice = {name for name in variants if name in surface.definitions or variants.count(name) > 1}
    if twice:
        raise Unreadable(f"two types of one name: {sorted(twice)}")


def identifier(name: str) -> str:
    """A type's name without what generics leave in it: `Page_for_Invite` is `InvitePage`."""
    generic = re.fullmatch(r"([A-Za-z0-9]+)_(?:for|of)_([A-Za-z0-9]+)", name, re.IGNORECASE)
    if generic:
        return generic[2] + generic[1]
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name):
        raise Unreadable(f"`{name}` is no name for a type")
    return name
