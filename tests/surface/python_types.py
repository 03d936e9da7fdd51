"""The types and errors of the surface as Python modules."""

from __future__ import annotations

import prose
from layout import SHARED, homes, inputs
from python_names import (
    NOTICE,
    annotation,
    error_name,
    field_name,
    member_name,
    module_of,
    standard_imports,
    type_imports,
)
from surface import (
    Alias,
    AnyOf,
    Definition,
    Enumeration,
    ErrorCode,
    Field,
    Record,
    Ref,
    Surface,
    Union,
    definition_references,
    is_secret,
    references,
)


def type_modules(surface: Surface) -> dict[str, str]:
    """`types/`: a module per group of operations, one for what they share, and the package that shows them all."""
    modules = homes(surface)
    home, given = module_of(modules), inputs(surface)
    files = {}
    for module, definitions in sorted(modules.items()):
        shown = [found for found in definitions if found.name != "Timestamp"]
        body = "\n\n\n".join(definition(surface, found, found.name in given) for found in shown)
        wanted = set().union(*(definition_references(found) for found in shown)) - {"Timestamp"}
        doc = "What several groups of operations share." if module == SHARED else f"What `{module}` alone takes and answers."
        head = [f'"""{doc}"""', "", NOTICE, "", "from __future__ import annotations", ""]
        head += [*standard_imports(body), ""]
        head += type_imports(wanted, home, ".", but=module)
        files[f"types/{module}.py"] = "\n".join(head).rstrip() + "\n\n" + separated(body)
    files["types/__init__.py"] = package(home)
    return files


def separated(body: str) -> str:
    """Aliases stand together, classes apart."""
    return ("\n" if body.startswith(("class", "@")) else "") + body + "\n"


def package(home: dict[str, str]) -> str:
    shown = {name for name in home if name != "Timestamp"}
    lines = ['"""The values that operations take and answer."""', "", NOTICE, ""]
    lines += type_imports(shown, home, ".")
    lines += ["", "__all__ = [", *(f'    "{name}",' for name in sorted(shown)), "]"]
    return "\n".join(lines) + "\n"


def definition(surface: Surface, found: Definition, given: bool) -> str:
    if isinstance(found, Alias):
        return alias(found.name, annotation(found.type, given), found.doc)
    if isinstance(found, Enumeration):
        return enumeration(found)
    if isinstance(found, Record):
        return record(surface, found, given)
    assert isinstance(found, Union)
    classes = [record(surface, variant, given) for variant in found.variants]
    names = [variant.name for variant in found.variants]
    line = f"{found.name}: TypeAlias = {' | '.join(names)}"
    if len(line) > 110:
        line = f"{found.name}: TypeAlias = (\n    " + "\n    | ".join(names) + "\n)"
    return "\n\n\n".join([*classes, "\n".join([line, *docstring(found.doc, 0)])])


def alias(name: str, target: str, doc: str) -> str:
    return "\n".join([f"{name}: TypeAlias = {target}", *docstring(doc, 0)])


def enumeration(found: Enumeration) -> str:
    lines = [f"class {found.name}(Enum):", *docstring(found.doc or found.name, 4), ""]
    for value, doc in found.values:
        lines += [f'    {member_name(value)} = "{value}"', *docstring(doc, 4)]
    return "\n".join(lines)


def record(surface: Surface, found: Record, given: bool) -> str:
    lines = ["@dataclass(frozen=True, slots=True, kw_only=True)", f"class {found.name}:"]
    lines += [*docstring(found.doc or found.name, 4), ""]
    if found.kind is not None:
        lines.append(f'    kind: ClassVar[Literal["{found.kind}"]] = "{found.kind}"')
    for field in found.fields:
        hint = annotation(field.type, given)
        hint = hint if field.required else default_of(surface, field) or optional(hint, field.default)
        hint = hidden(hint) if is_secret(surface, field) else hint
        lines.append(f"    {field_name(field.name)}: {hint}")
        lines += docstring(field.doc, 4)
    return "\n".join(lines).rstrip()


def optional(hint: str, default: object) -> str:
    """What may be left out, with what then holds."""
    if default is not None:
        return f"{hint} = {default!r}"
    if hint.startswith("Sequence[") and not hint.endswith("| None"):
        return f"{hint} = ()"
    return f"{hint} = None" if hint.endswith("| None") or hint == "Any" else f"{hint} | None = None"


def default_of(surface: Surface, field: Field) -> str | None:
    """What is left out reads as a member, or as an empty record if that can be; `None` if neither is so."""
    found = surface.definitions.get(field.type.name) if isinstance(field.type, Ref) else None
    if isinstance(found, Alias) and isinstance(found.type, AnyOf):
        for item in found.type.items:
            inner = surface.definitions[item.name] if isinstance(item, Ref) else None
            if isinstance(inner, Enumeration) and field.default in dict(inner.values):
                return f"{found.name} = {inner.name}.{member_name(str(field.default))}"
    if isinstance(found, Enumeration) and isinstance(field.default, str):
        return f"{found.name} = {found.name}.{member_name(field.default)}"
    if isinstance(found, Record) and not any(inner.required for inner in found.fields):
        return f"{found.name} = {found.name}()"
    return None


def hidden(hint: str) -> str:
    """A field that `repr`, and so a log, leaves out."""
    kind, _, default = hint.partition(" = ")
    return f"{kind} = dataclasses.field({f'default={default}, ' if default else ''}repr=False)"


def docstring(doc: str, indent: int) -> list[str]:
    """A doc as a string of its own, or nothing."""
    lines = prose.paragraphs(doc.replace("\\", "\\\\"), indent + 3)
    if not lines:
        return []
    margin = " " * indent
    if len(lines) == 1:
        return [f'{margin}"""{lines[0]}"""']
    return [f'{margin}"""{lines[0]}', *(f"{margin}{line}".rstrip() for line in lines[1:]), f'{margin}"""']


ERRORS_HEAD = '''"""One exception per error code, under one base."""

{notice}

from __future__ import annotations

{imports}


class HandclaspError(Exception):
    """Nothing has changed, `OutcomeUnknownError` aside. The text is safe to show."""

    code: ClassVar[str]
    """The stable code, the same in every language."""

    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        fields = {{name: getattr(self, name) for name in self.__match_args__}}
        return _restored, (type(self), str(self), fields)


def _restored(kind: type[HandclaspError], message: str, fields: dict[str, Any]) -> HandclaspError:
    """Unpickles an error: its fields can only be given by name."""
    return kind(message, **fields)
'''


def errors_module(surface: Surface) -> str:
    """`errors.py`."""
    home = module_of(homes(surface))
    classes = "".join("\n\n" + error(found) + "\n" for found in surface.errors)
    wanted = set().union(*(references(field.type) for found in surface.errors for field in found.fields))
    imports = standard_imports(ERRORS_HEAD + classes) + ["", *type_imports(wanted - {"Timestamp"}, home, ".types.")]
    names = sorted(["HandclaspError", *(error_name(found.code) for found in surface.errors)])
    parts = [ERRORS_HEAD.format(notice=NOTICE, imports="\n".join(imports).rstrip()), classes]
    parts += ["\n\nBY_CODE: dict[str, type[HandclaspError]] = {\n"]
    parts += [f'    "{found.code}": {error_name(found.code)},\n' for found in surface.errors]
    parts += ["}\n", '"""The class of each code."""\n', "\n__all__ = [\n", *(f'    "{name}",\n' for name in names), "]\n"]
    return "".join(parts)


def error(found: ErrorCode) -> str:
    lines = [f"class {error_name(found.code)}(HandclaspError):"]
    lines += [*docstring(found.doc or found.code, 4), "", f'    code = "{found.code}"']
    if not found.fields:
        return "\n".join(lines)
    hints = {field_name(field.name): annotation(field.type, False) for field in found.fields}
    names = "".join(f'"{name}", ' for name in hints).strip()
    names = names if len(hints) == 1 else names.rstrip(",")
    lines += [f"    __match_args__ = ({names})", ""]
    for field in found.fields:
        lines += [f"    {field_name(field.name)}: {annotation(field.type, False)}", *docstring(field.doc, 4)]
    parameters = ", ".join(
        f"{name}: {hint}" + (" = None" if hint.endswith("| None") else "") for name, hint in hints.items()
    )
    lines += ["", f"    def __init__(self, message: str, *, {parameters}) -> None:"]
    lines += ["        super().__init__(message)", *(f"        self.{name} = {name}" for name in hints)]
    return "\n".join(lines)
