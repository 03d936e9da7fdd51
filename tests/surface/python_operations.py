"""The operations of the surface as Python classes, waiting and awaited, out of one description of each."""

from __future__ import annotations

import prose
from layout import homes
from python_names import NOTICE, annotation, error_name, field_name, module_of, standard_imports, type_imports
from python_types import default_of, optional
from surface import Field, Nullable, Operation, Ref, Scalar, Surface, pascal, references

ACTOR = Field("actor", Ref("Actor"), True, "On whose behalf.")
KEY = Field(
    "idempotency_key",
    Nullable(Scalar("string")),
    False,
    "Makes the call safe to repeat: within 24 hours, the same key and arguments give the same answer and no second effect.",
)


def operation_modules(surface: Surface) -> dict[str, str]:
    """`_operations/`, `blocking/` and `asynchronous/`, a module per group in each."""
    home = module_of(homes(surface))
    files = {"_operations/__init__.py": f'"""What each operation takes and answers, for both faces."""\n\n{NOTICE}\n'}
    for group, operations in surface.groups().items():
        files[f"_operations/{group}.py"] = descriptions(group, operations, home)
        for face in (BLOCKING, ASYNCHRONOUS):
            files[f"{face.package}/{group}.py"] = face.module(surface, group, operations, home)
    for face in (BLOCKING, ASYNCHRONOUS):
        files[f"{face.package}/__init__.py"] = face.front(list(surface.groups()))
    return files


def parameters(operation: Operation) -> list[Field]:
    """All that is sent: the actor, the arguments, the key."""
    actor = [ACTOR] if operation.actor else []
    return [*actor, *operation.arguments, *([KEY] if operation.changes else [])]


def hint_of(field: Field) -> str:
    hint = annotation(field.type, True)
    return hint if field.required or hint.endswith("| None") or hint == "Any" else f"{hint} | None"


def imports(operations: list[Operation], home: dict[str, str], surface: Surface | None = None) -> list[str]:
    """What the signatures name; with the surface, also what they name as defaults."""
    wanted: set[str] = set()
    for operation in operations:
        wanted |= references(operation.answer).union(*(references(field.type) for field in parameters(operation)))
        for field in operation.arguments if surface else ():
            _, _, default = (default_of(surface, field) or "").partition(" = ")
            wanted |= {default.split(".")[0].rstrip("()")} & home.keys()
    return type_imports(wanted - {"Timestamp"}, home, "..types.")


def descriptions(group: str, operations: list[Operation], home: dict[str, str]) -> str:
    blocks = []
    for operation in operations:
        answer = annotation(operation.answer, False)
        taken = [f'"{field_name(field.name)}": {hint_of(field)}' for field in parameters(operation)]
        lines = [f"{operation.name.upper()}: Operation[{answer}] = Operation("]
        lines += [f'    "{operation.group}.{operation.name}",', *bracketed("arguments={", taken, "},", 4)]
        lines += [f"    answer={'type(None)' if answer == 'None' else answer},", ")"]
        blocks.append("\n".join(lines))
    body = "\n\n".join(blocks) + "\n"
    head = [f'"""What the operations of `{group}` take and answer."""', "", NOTICE, "", *standard_imports(body), ""]
    head += ["from .._call import Operation", *imports(operations, home)]
    return "\n".join(head) + "\n\n" + body


def bracketed(head: str, items: list[str], tail: str, indent: int) -> list[str]:
    """A bracket on one line if it fits, else an item a line."""
    margin = " " * indent
    line = f"{margin}{head}{', '.join(items)}{tail}"
    if len(line) <= 110:
        return [line]
    return [f"{margin}{head}", *(f"{margin}    {item}," for item in items), f"{margin}{tail}"]


class Face:
    """One of the two ways to call."""

    def __init__(self, package: str, prefix: str, define: str, wait: str, doc: str) -> None:
        self.package, self.prefix, self.define, self.wait, self.doc = package, prefix, define, wait, doc

    def module(self, surface: Surface, group: str, operations: list[Operation], home: dict[str, str]) -> str:
        methods = "\n\n".join(self.method(surface, operation) for operation in operations)
        base = f"{self.prefix}Group"
        head = [f'"""The group `{group}`, {self.doc}."""', "", NOTICE, "", "from __future__ import annotations", ""]
        head += [*standard_imports(methods), ""] if standard_imports(methods) else []
        head += [f"from .._call import {base}", f"from .._operations import {group} as _operations"]
        head += imports(operations, home, surface)
        opening = [f"class {self.prefix}{pascal(group)}({base}):", f'    """Operations of `{group}`."""', ""]
        opening += ["    __slots__ = ()", ""]
        return "\n".join(head) + "\n\n\n" + "\n".join(opening) + "\n" + methods + "\n"

    def method(self, surface: Surface, operation: Operation) -> str:
        named = [field for field in parameters(operation) if field is not ACTOR]
        taken = ["self", *(["actor: Actor"] if operation.actor else []), *(["*"] if named else [])]
        taken += [parameter(surface, field) for field in named]
        handed = [f"_operations.{operation.name.upper()}"]
        handed += [f"{name}={name}" for name in (field_name(field.name) for field in parameters(operation))]
        answer = annotation(operation.answer, False)
        lines = bracketed(f"{self.define} {field_name(operation.name)}(", taken, f") -> {answer}:", 4)
        lines += [*method_doc(surface, operation), *bracketed(f"return {self.wait}self._run(", handed, ")", 8)]
        return "\n".join(lines)

    def front(self, groups: list[str]) -> str:
        """The package: all groups behind one handle."""
        lines = [f'"""All groups of operations, {self.doc}."""', "", NOTICE, "", "from __future__ import annotations"]
        lines += ["", "from .._native import Handle"]
        lines += [f"from .{group} import {self.prefix}{pascal(group)}" for group in sorted(groups)]
        lines += ["", "", f"class {self.prefix}Groups:", '    """The groups, as attributes."""', ""]
        lines += [f"    __slots__ = ({', '.join(repr(group) for group in groups)},)".replace("'", '"'), ""]
        lines.append("    def __init__(self, handle: Handle) -> None:")
        lines += [f"        self.{group} = {self.prefix}{pascal(group)}(handle)" for group in groups]
        return "\n".join(lines) + "\n"


def parameter(surface: Surface, field: Field) -> str:
    name, hint = field_name(field.name), annotation(field.type, True)
    if field.required:
        return f"{name}: {hint}"
    return f"{name}: {default_of(surface, field) or optional(hint, field.default)}"


def method_doc(surface: Surface, operation: Operation) -> list[str]:
    lines = prose.paragraphs(operation.doc.replace("\\", "\\\\"), 11)
    documented = [field for field in parameters(operation) if field.doc]
    if documented:
        lines += ["", "Args:"]
        for field in documented:
            lines += ["    " + line for line in prose.entry(f"{field_name(field.name)}:", field.doc, 12)]
    if operation.errors:
        lines += ["", "Raises:"]
    for code in operation.errors:
        doc = prose.first_sentence(surface.error(code).doc)
        lines += ["    " + line for line in prose.entry(f"{error_name(code)}:", doc, 12)]
    first, *rest = lines or [operation.name]
    if not rest:
        return [f'        """{first}"""']
    return [f'        """{first}', *(f"        {line}".rstrip() for line in rest), '        """']


BLOCKING = Face("blocking", "", "def", "", "waiting for each answer")
ASYNCHRONOUS = Face("asynchronous", "Async", "async def", "await ", "as coroutines")
