"""How things of the surface are called in Python."""

from __future__ import annotations

import keyword
import re

from layout import SHARED
from surface import AnyOf, ListOf, MapOf, Nullable, Ref, Scalar, Type, Union, pascal

NOTICE = "# Written by tests/surface/generate.py from tests/surface.json: change neither here."

SCALARS = {
    "uuid": "UUID",
    "timestamp": "datetime",
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "json": "Any",
}

IMPORTS = {
    "Any": "from typing import Any",
    "ClassVar": "from typing import ClassVar",
    "Enum": "from enum import Enum",
    "Literal": "from typing import Literal",
    "Mapping": "from collections.abc import Mapping",
    "Sequence": "from collections.abc import Sequence",
    "TypeAlias": "from typing import TypeAlias",
    "UUID": "from uuid import UUID",
    "dataclass": "from dataclasses import dataclass",
    "datetime": "from datetime import datetime",
}


def field_name(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def member_name(value: str) -> str:
    return value.upper()


def error_name(code: str) -> str:
    return f"{pascal(code)}Error"


def annotation(kind: Type | None, given: bool) -> str:
    """A type as Python writes it; what a caller gives may be any sequence, what they get is a tuple."""
    if kind is None:
        return "None"
    if isinstance(kind, Scalar):
        return SCALARS[kind.name]
    if isinstance(kind, Ref):
        return kind.name if kind.name != "Timestamp" else "datetime"
    if isinstance(kind, ListOf):
        item = annotation(kind.item, given)
        return f"Sequence[{item}]" if given else f"tuple[{item}, ...]"
    if isinstance(kind, MapOf):
        return f"Mapping[str, {annotation(kind.value, given)}]"
    if isinstance(kind, AnyOf):
        return " | ".join(annotation(item, given) for item in kind.items)
    assert isinstance(kind, Nullable)
    return f"{annotation(kind.item, given)} | None"


def module_of(modules: dict[str, list]) -> dict[str, str]:
    """The module under `types` in which each name is found."""
    found = {}
    for module, definitions in modules.items():
        for definition in definitions:
            found[definition.name] = module
            if isinstance(definition, Union):
                found.update({record.name: module for record in definition.variants})
    return found


def standard_imports(body: str) -> list[str]:
    """The imports from the standard library that a module's text needs."""
    words = set(re.findall(r"\b[A-Za-z]+\b", re.sub(r'"""[\s\S]*?"""', "", body)))
    wanted: dict[str, list[str]] = {}
    for name in sorted(words & set(IMPORTS)):
        source, _, _ = IMPORTS[name].partition(" import ")
        wanted.setdefault(source, []).append(name)
    plain = ["import dataclasses"] if "dataclasses" in words else []
    return plain + [f"{source} import {', '.join(names)}" for source, names in sorted(wanted.items())]


def type_imports(names: set[str], homes: dict[str, str], prefix: str, but: str = "") -> list[str]:
    """The imports of those types from the modules where they are at home."""
    wanted: dict[str, list[str]] = {}
    for name in sorted(names):
        if homes[name] != but:
            wanted.setdefault(homes[name], []).append(name)
    lines = []
    for module, found in sorted(wanted.items(), key=lambda item: (item[0] != SHARED, item[0])):
        line = f"from {prefix}{module} import {', '.join(found)}"
        if len(line) > 110:
            line = f"from {prefix}{module} import (\n" + "".join(f"    {name},\n" for name in found) + ")"
        lines.append(line)
    return lines
