"""The operations of the surface as JavaScript classes with their declarations."""

from __future__ import annotations

import prose
from layout import homes, two_sided
from node_names import NOTICE, Prose, annotation, error_name, requires, shape, type_imports
from node_types import declared_in, field_table, member
from surface import Field, Operation, Ref, Surface, camel, pascal

ACTOR = "On whose behalf."
KEY = (
    "Makes the call safe to repeat: within 24 hours, the same key and arguments give the same answer and no second effect."
)


def operation_modules(surface: Surface) -> dict[str, str]:
    """`groups/`, a module per group with its declarations, and one that puts them together."""
    home, writer = declared_in(surface, homes(surface)), Declarations(surface)
    files = {}
    for group, operations in surface.groups().items():
        files[f"groups/{group}.js"] = module(surface, group, operations, home)
        files[f"groups/{group}.d.ts"] = writer.group(group, operations, home)
    groups = list(surface.groups())
    files["groups/index.js"] = front(groups)
    files["groups/index.d.ts"] = front_declarations(groups)
    files["groups/options.d.ts"] = f"{NOTICE}\n\n" + "\n".join(writer.options()) + "\n"
    return files


def handed(operation: Operation) -> list[str]:
    """The parameters of a method, by name."""
    names = ["actor"] if operation.actor else []
    names += ["args"] if operation.arguments else []
    return [*names, *(["options"] if operation.changes else [])]


def module(surface: Surface, group: str, operations: list[Operation], home: dict[str, str]) -> str:
    tables = "\n\n".join(table(surface, operation, home) for operation in operations)
    words = requires(tables, set(home.values()), "", "../../")
    words = [line.replace("./surface/shapes/", "../shapes/") for line in words]
    lines = ["'use strict'", "", NOTICE, "", "const { operation, run } = require('../../call.js')", *words, "", tables, ""]
    lines += [f"class {pascal(group)} {{", "  #handle", "", "  constructor(handle) {", "    this.#handle = handle", "  }"]
    for operation in operations:
        names = handed(operation)
        given = f"{{ {', '.join(names)} }}" if names else "{}"
        lines += ["", f"  async {camel(operation.name)}({', '.join(names)}) {{"]
        lines += [f"    return await run(this.#handle, {constant(operation)}, {given})", "  }"]
    return "\n".join([*lines, "}", "", f"module.exports = {{ {pascal(group)} }}"]) + "\n"


def constant(operation: Operation) -> str:
    return operation.name.upper()


def table(surface: Surface, operation: Operation, home: dict[str, str]) -> str:
    lines = [f"const {constant(operation)} = operation('{operation.group}.{operation.name}', {{"]
    if operation.actor:
        lines.append(f"  actor: {shape(Ref('Actor'), home, '')},")
    lines.append(f"  changes: {str(operation.changes).lower()},")
    lines.append(f"  fields: {field_table(surface, operation.arguments, home, '', '  ')},")
    if operation.answer is not None:
        lines.append(f"  answer: {shape(operation.answer, home, '')},")
    return "\n".join([*lines, "})"])


class Declarations:
    """Groups of operations in TypeScript."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._prose = Prose(surface)
        self._two_sided = two_sided(surface)

    def options(self) -> list[str]:
        lines = ["/** What goes with any operation that changes something. */", "export interface CallOptions {"]
        return [*lines, *self._prose.comment(KEY, 2), "  idempotencyKey?: string", "}"]

    def group(self, group: str, operations: list[Operation], home: dict[str, str]) -> str:
        body = [f"/** Operations of `{camel(group)}`. */", f"export class {pascal(group)} {{", "  private constructor()"]
        for operation in operations:
            body += ["", *self._method(operation)]
        lines = [NOTICE, "", *type_imports("\n".join(body), home, "../types/")]
        if any(operation.changes for operation in operations):
            lines.append("import type { CallOptions } from './options.js'")
        return "\n".join([*lines, "", *body, "}"]) + "\n"

    def _method(self, operation: Operation) -> list[str]:
        tags = [("@param actor", ACTOR)] if operation.actor else []
        for code in operation.errors:
            tags.append((f"@throws {{{error_name(code)}}}", prose.first_sentence(self._surface.error(code).doc)))
        lines = self._prose.comment(operation.doc, 2, tags)
        head = f"  {camel(operation.name)}("
        parameters = [f"actor: {annotation(Ref('Actor'), True, self._two_sided)}"] if operation.actor else []
        if operation.arguments:
            parameters.append(self._arguments(operation.arguments))
        if operation.changes:
            parameters.append("options?: CallOptions")
        tail = f"): Promise<{annotation(operation.answer, False)}>"
        if operation.arguments:
            inner = "".join(f"    {parameter},\n" for parameter in parameters)
            return [*lines, f"{head}\n{inner}  {tail}"]
        return [*lines, f"{head}{', '.join(parameters)}{tail}"]

    def _arguments(self, fields: tuple[Field, ...]) -> str:
        """The object of named arguments, written out where it is read."""
        needed = any(field.required for field in fields)
        lines = [f"args{'' if needed else '?'}: {{"]
        for field in fields:
            lines += [*self._prose.comment(field.doc, 6), f"      {member(field, True, self._two_sided)}"]
        return "\n".join([*lines, "    }"])


def front(groups: list[str]) -> str:
    lines = ["'use strict'", "", NOTICE, ""]
    lines += [f"const {{ {pascal(group)} }} = require('./{group}.js')" for group in sorted(groups)]
    lines += ["", "/** All groups of operations of one handle. */", "class Groups {", "  constructor(handle) {"]
    lines += [f"    this.{camel(group)} = new {pascal(group)}(handle)" for group in groups]
    return "\n".join([*lines, "  }", "}", "", "module.exports = { Groups }"]) + "\n"


def front_declarations(groups: list[str]) -> str:
    lines = [NOTICE, "", *(f"import type {{ {pascal(group)} }} from './{group}.js'" for group in sorted(groups))]
    lines += ["", "/** All groups of operations of one handle. */", "export class Groups {", "  protected constructor()"]
    lines += [f"  readonly {camel(group)}: {pascal(group)}" for group in groups]
    return "\n".join([*lines, "}"]) + "\n"
