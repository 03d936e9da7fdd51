"""How things of the surface are called in JavaScript."""

from __future__ import annotations

import re

import prose
from layout import SHARED
from surface import AnyOf, ListOf, MapOf, Nullable, Ref, Scalar, Surface, Type, Union, camel, pascal

NOTICE = "// Written by tests/surface/generate.py from tests/surface.json: change neither here."

SCALARS = {
    "uuid": "string",
    "timestamp": "Date",
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "json": "unknown",
}

SHAPES = {**{name: name for name in SCALARS}, "uuid": "string"}


def error_name(code: str) -> str:
    return f"{pascal(code)}Error"


INPUT = "Input"
"""Ends the name of a record that a caller builds, where the answered one of the same name has more to it."""


def annotation(kind: Type | None, given: bool, two_sided: set[str] = frozenset()) -> str:
    """A type as TypeScript writes it; a list that a caller gives may be a read-only one."""
    if kind is None:
        return "void"
    if isinstance(kind, Scalar):
        return SCALARS[kind.name]
    if isinstance(kind, Ref):
        return ("Date" if kind.name == "Timestamp" else kind.name) + (INPUT if given and kind.name in two_sided else "")
    if isinstance(kind, ListOf):
        item = annotation(kind.item, given, two_sided)
        item = f"({item})" if "|" in item else item
        return f"readonly {item}[]" if given else f"{item}[]"
    if isinstance(kind, MapOf):
        return f"{{ [key: string]: {annotation(kind.value, given, two_sided)} }}"
    if isinstance(kind, AnyOf):
        return " | ".join(annotation(item, given, two_sided) for item in kind.items)
    assert isinstance(kind, Nullable)
    return f"{annotation(kind.item, given, two_sided)} | null"


def shape(kind: Type, homes: dict[str, str], here: str) -> str:
    """A type as the tables of shapes write it."""
    if isinstance(kind, Scalar):
        return SHAPES[kind.name]
    if isinstance(kind, Ref):
        return kind.name if homes[kind.name] == here else f"{camel(homes[kind.name])}.{kind.name}"
    if isinstance(kind, ListOf):
        return f"list({shape(kind.item, homes, here)})"
    if isinstance(kind, MapOf):
        return f"map({shape(kind.value, homes, here)})"
    if isinstance(kind, AnyOf):
        return f"either({', '.join(shape(item, homes, here) for item in kind.items)})"
    assert isinstance(kind, Nullable)
    return f"nullable({shape(kind.item, homes, here)})"


CODEC = "boolean either field integer json list map nullable number oneOf optional record secret string timestamp union".split()


def requires(body: str, modules: set[str], here: str, up: str) -> list[str]:
    """The modules that a table needs: the words of the codec, and the tables of others."""
    words = [word for word in CODEC if re.search(rf"(?<![\w.'])\b{word}\b(?!:)", body)]
    lines = [f"const {{ {', '.join(words)} }} = require('{up}codec.js')"] if words else []
    if len(lines) == 1 and len(lines[0]) > 110:
        lines = [f"const {{\n{''.join(f'  {word},' + chr(10) for word in words)}}} = require('{up}codec.js')"]
    for module in sorted(modules, key=lambda name: (name != SHARED, name)):
        if module != here and re.search(rf"(?<![\w.'])\b{camel(module)}\.", body):
            folder = "./" if up == "../../" and here else "./surface/shapes/"
            lines.append(f"const {camel(module)} = require('{folder}{module}.js')")
    return lines


class Prose:
    """Docs in the spelling of JavaScript: arguments and operations in backticks are written in camel case."""

    def __init__(self, surface: Surface) -> None:
        kept = {error.code for error in surface.errors}
        names = {operation.name for operation in surface.operations} | {operation.group for operation in surface.operations}
        for operation in surface.operations:
            names |= {field.name for field in operation.arguments} | {"idempotency_key"}
        for found in surface.definitions.values():
            records = found.variants if isinstance(found, Union) else (found,)
            for record in records:
                names |= {field.name for field in getattr(record, "fields", ())}
        self._names = {name for name in names if "_" in name} - kept

    def spelled(self, doc: str) -> str:
        def code(match: re.Match[str]) -> str:
            return "`" + re.sub(r"[a-z0-9_]+", lambda word: self._word(word[0]), match[1]) + "`"

        return re.sub(r"`([^`]+)`", code, doc)

    def _word(self, word: str) -> str:
        return camel(word) if word in self._names else word

    def comment(self, doc: str, indent: int, tags: list[tuple[str, str]] | None = None) -> list[str]:
        """A JSDoc comment, or nothing."""
        lines = prose.paragraphs(self.spelled(doc), indent + 3)
        entries = [line for head, text in tags or [] for line in prose.entry(head, self.spelled(text), indent + 3)]
        lines += ([""] if lines and entries else []) + entries
        lines = [line.replace("*/", "*\\/") for line in lines]
        margin = " " * indent
        if not lines:
            return []
        if len(lines) == 1 and not entries:
            return [f"{margin}/** {lines[0]} */"]
        return [f"{margin}/**", *(f"{margin} * {line}".rstrip() for line in lines), f"{margin} */"]


def type_imports(body: str, homes: dict[str, str], folder: str, but: str = "") -> list[str]:
    """The imports of the types that a module's text names, from the modules where they are declared."""
    words = set(re.findall(r"\w+", re.sub(r"/\*\*[\s\S]*?\*/", "", body)))
    wanted: dict[str, list[str]] = {}
    for name in sorted(words & homes.keys()):
        if homes[name] != but:
            wanted.setdefault(homes[name], []).append(name)
    lines = []
    for module, found in sorted(wanted.items(), key=lambda item: (item[0] != SHARED, item[0])):
        line = f"import type {{ {', '.join(found)} }} from '{folder}{module}.js'"
        if len(line) > 110:
            line = "import type {\n" + "".join(f"  {name},\n" for name in found) + f"}} from '{folder}{module}.js'"
        lines.append(line)
    return lines
