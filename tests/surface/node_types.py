"""The types and errors of the surface for Node: declarations, and the tables by which values are checked."""

from __future__ import annotations

from layout import homes, inputs, two_sided
from node_names import INPUT, NOTICE, Prose, annotation, error_name, requires, shape, type_imports
from python_names import module_of
from surface import (
    Alias,
    Definition,
    Enumeration,
    ErrorCode,
    Field,
    ListOf,
    Record,
    Surface,
    Union,
    camel,
    is_secret,
)


def type_modules(surface: Surface) -> dict[str, str]:
    """`types/` (declarations) and `shapes/` (tables), a module per group and one for what groups share."""
    modules = homes(surface)
    home, writer = declared_in(surface, modules), Declarations(surface)
    files = {}
    for module, definitions in sorted(modules.items()):
        shown = [found for found in definitions if found.name != "Timestamp"]
        body = "\n\n".join(text for found in shown for text in writer.of(found))
        head = [NOTICE, "", *type_imports(body, home, "./", but=module)]
        files[f"types/{module}.d.ts"] = "\n".join(head).rstrip() + "\n\n" + body + "\n"
        files[f"shapes/{module}.js"] = shapes_module(surface, module, definitions, home)
    index = [f"export type * from './{module}.js'" for module in sorted(modules)]
    files["types/index.d.ts"] = "\n".join([NOTICE, "", *index]) + "\n"
    return files


def shapes_module(surface: Surface, module: str, definitions: list[Definition], home: dict[str, str]) -> str:
    body = "\n\n".join(f"const {found.name} = {table(surface, found, home, module)}" for found in definitions)
    lines = ["'use strict'", "", NOTICE, "", *requires(body, set(home.values()), module, "../../"), "", body, ""]
    names = sorted(found.name for found in definitions)
    return "\n".join(lines) + f"\nmodule.exports = {braced(names)}\n"


def braced(names: list[str]) -> str:
    line = f"{{ {', '.join(names)} }}"
    return line if len(line) < 90 else "{\n" + "".join(f"  {name},\n" for name in names) + "}"


def table(surface: Surface, found: Definition, home: dict[str, str], here: str) -> str:
    """The shape of a definition."""
    if isinstance(found, Alias):
        return "timestamp" if found.name == "Timestamp" else shape(found.type, home, here)
    if isinstance(found, Enumeration):
        values = [f"'{value}'" for value, _ in found.values]
        line = f"oneOf({', '.join(values)})"
        return line if len(line) < 80 else "oneOf(\n" + "".join(f"  {value},\n" for value in values) + ")"
    if isinstance(found, Record):
        return f"record({field_table(surface, found.fields, home, here, '')})"
    variants = [
        f"  record({field_table(surface, variant.fields, home, here, '  ')}, '{variant.kind}'),\n"
        for variant in found.variants
    ]
    return "union(\n" + "".join(variants) + ")"


def field_table(surface: Surface, fields: tuple[Field, ...], home: dict[str, str], here: str, margin: str) -> str:
    if not fields:
        return "{}"
    lines = []
    for field in fields:
        kind = shape(field.type, home, here)
        entry = f"field('{field.name}', {kind})" if field.required else f"optional('{field.name}', {kind}{otherwise(field)})"
        entry = f"secret({entry})" if is_secret(surface, field) else entry
        lines.append(f"{margin}  {camel(field.name)}: {entry},\n")
    return "{\n" + "".join(lines) + margin + "}"


def otherwise(field: Field) -> str:
    """What an optional field reads as when the core leaves it out, if that is not `null`."""
    if field.default is not None:
        return f", {literal(field.default)}"
    return ", []" if isinstance(field.type, ListOf) else ""


def literal(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def declared_in(surface: Surface, modules: dict[str, list[Definition]]) -> dict[str, str]:
    """The module in which each declared name is found."""
    home = module_of(modules)
    return home | {name + INPUT: home[name] for name in two_sided(surface)}


class Declarations:
    """Definitions in TypeScript."""

    def __init__(self, surface: Surface) -> None:
        self.two_sided = two_sided(surface)
        self._given = inputs(surface)
        self._prose = Prose(surface)

    def of(self, found: Definition) -> list[str]:
        """The declarations of a definition: one, or one for each side."""
        if found.name not in self.two_sided:
            return [self._declaration(found, found.name in self._given, "")]
        return [self._declaration(found, False, ""), self._declaration(found, True, INPUT)]

    def _declaration(self, found: Definition, given: bool, ending: str) -> str:
        doc = self._prose.comment(found.doc, 0)
        if isinstance(found, Alias):
            return "\n".join([*doc, f"export type {found.name} = {annotation(found.type, given)}"])
        if isinstance(found, Enumeration):
            values = [line for value, text in found.values for line in [*self._prose.comment(text, 2), f"  | '{value}'"]]
            return "\n".join([*doc, f"export type {found.name} =", *values])
        if isinstance(found, Record):
            return self._interface(found, given, ending)
        parts = [self._interface(variant, given, ending) for variant in found.variants]
        names = [variant.name + ending for variant in found.variants]
        line = f"export type {found.name}{ending} = {' | '.join(names)}"
        if len(line) > 110:
            line = f"export type {found.name}{ending} =\n" + "\n".join(f"  | {name}" for name in names)
        return "\n\n".join([*parts, "\n".join([*doc, line])])

    def _interface(self, found: Record, given: bool, ending: str) -> str:
        lines = [*self._prose.comment(found.doc, 0), f"export interface {found.name}{ending} {{"]
        if found.kind is not None:
            lines.append(f"  kind: '{found.kind}'")
        for field in found.fields:
            lines += [*self._prose.comment(field.doc, 2), f"  {member(field, given, self.two_sided)}"]
        return "\n".join([*lines, "}"])


def member(field: Field, given: bool, two_sided: set[str] = frozenset()) -> str:
    """A field: what a caller gives may be left out, what they get is there or null."""
    hint = annotation(field.type, given, two_sided)
    return f"{camel(field.name)}{'' if field.required or not given else '?'}: {hint}"


def errors_modules(surface: Surface) -> dict[str, str]:
    """`errors.js`, its declarations, and the table of the fields of errors."""
    home, prose = declared_in(surface, homes(surface)), Prose(surface)
    body = [BASE_DECLARATION, *("\n" + error_declaration(found, prose) for found in surface.errors)]
    declarations = [NOTICE, "", *type_imports("\n".join(body), home, "./types/"), "", *body]
    names = [error_name(found.code) for found in surface.errors]
    declarations += ["\n/** Any error of Handclasp, told apart by `code`. */", "export type AnyHandclaspError ="]
    declarations += [f"  | {name}" for name in names]
    lines = ["'use strict'", "", NOTICE, "", BASE]
    lines += [error_class(found) for found in surface.errors]
    lines += ["/** The class of each code. */", "const byCode = {"]
    lines += [f"  {found.code}: {error_name(found.code)}," for found in surface.errors]
    lines += ["}", "", f"module.exports = {braced(['HandclaspError', *names, 'byCode'])}"]
    with_fields = [found for found in surface.errors if found.fields]
    body = "\n\n".join(
        f"const {found.code} = record({field_table(surface, found.fields, home, 'errors', '')})" for found in with_fields
    )
    head = ["'use strict'", "", NOTICE, "", *requires(body, set(home.values()), "errors", "../../")]
    exported = braced([found.code for found in with_fields])
    return {
        "errors.d.ts": "\n".join(declarations) + "\n",
        "errors.js": "\n".join(lines) + "\n",
        "shapes/errors.js": "\n".join([*head, "", body, "", f"module.exports = {exported}"]) + "\n",
    }


BASE = """class HandclaspError extends Error {}
HandclaspError.prototype.name = 'HandclaspError'
"""

BASE_DECLARATION = """/** Nothing has changed, `OutcomeUnknownError` aside. The message is safe to show. */
export class HandclaspError extends Error {
  /** The stable code, the same in every language. */
  readonly code: string
}"""


def error_class(found: ErrorCode) -> str:
    name = error_name(found.code)
    lines = [f"class {name} extends HandclaspError {{", f"  code = '{found.code}'"]
    if found.fields:
        names = [camel(field.name) for field in found.fields]
        lines += ["", f"  constructor(message, {{ {', '.join(names)} }}) {{", "    super(message)"]
        lines += [*(f"    this.{field} = {field}" for field in names), "  }"]
    return "\n".join([*lines, "}", f"{name}.prototype.name = '{name}'", ""])


def error_declaration(found: ErrorCode, prose: Prose) -> str:
    name = error_name(found.code)
    lines = [*prose.comment(found.doc, 0), f"export class {name} extends HandclaspError {{"]
    members = [f"{camel(field.name)}: {annotation(field.type, False)}" for field in found.fields]
    fields = f", fields: {{ {'; '.join(members)} }}" if members else ""
    lines += [f"  constructor(message: string{fields})", f"  readonly code: '{found.code}'"]
    for field, line in zip(found.fields, members):
        lines += [*prose.comment(field.doc, 2), f"  readonly {line}"]
    return "\n".join([*lines, "}"])


def esm_front(surface: Surface) -> str:
    """`index.mjs`: the names of the CommonJS package for `import`, so that both share one set of classes."""
    names = ["Handclasp", "HandclaspError", "NotSent", *(error_name(found.code) for found in surface.errors)]
    return f"{NOTICE}\n\nimport handclasp from './index.js'\n\nexport const {braced(names)} = handclasp\n"
