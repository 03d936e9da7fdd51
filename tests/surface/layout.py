"""Where each type belongs: with the one group of operations that uses it, or with what several groups share."""

from __future__ import annotations

from surface import Definition, Surface, Union, definition_references, references

SHARED = "common"


def homes(surface: Surface) -> dict[str, list[Definition]]:
    """The definitions of each module, dependencies before what depends on them."""
    users: dict[str, set[str]] = {name: set() for name in surface.definitions}
    for operation in surface.operations:
        used = references(operation.answer).union(*(references(field.type) for field in operation.arguments))
        if operation.actor:
            used.add("Actor")
        for name in reach(surface, used):
            users[name].add(operation.group)
    for error in surface.errors:
        for name in reach(surface, set().union(*(references(field.type) for field in error.fields))):
            users[name] |= {"errors", SHARED}
    modules: dict[str, list[Definition]] = {}
    for name in in_order(surface):
        home = next(iter(users[name])) if len(users[name]) == 1 else SHARED
        modules.setdefault(home, []).append(surface.definitions[name])
    return modules


def inputs(surface: Surface) -> set[str]:
    """The definitions that a caller may have to build."""
    used: set[str] = {"Actor"} & set(surface.definitions)
    for operation in surface.operations:
        used = used.union(*(references(field.type) for field in operation.arguments))
    return reach(surface, used)


def outputs(surface: Surface) -> set[str]:
    """The definitions that an answer may hold."""
    used = set().union(*(references(operation.answer) for operation in surface.operations))
    for error in surface.errors:
        used = used.union(*(references(field.type) for field in error.fields))
    return reach(surface, used)


def two_sided(surface: Surface) -> set[str]:
    """The records whose answers say more than a caller has to: what may be left out is always there in an answer."""
    both = inputs(surface) & outputs(surface)
    found: set[str] = set()
    for name in in_order(surface):
        definition = surface.definitions[name]
        records = definition.variants if isinstance(definition, Union) else (definition,)
        leaves_out = any(not field.required for record in records for field in getattr(record, "fields", ()))
        if name in both and (leaves_out or definition_references(definition) & found):
            found.add(name)
    return found


def reach(surface: Surface, start: set[str]) -> set[str]:
    """Those names and everything that they lead to."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(definition_references(surface.definitions[name]))
    return found


def in_order(surface: Surface) -> list[str]:
    """All names, each after those that it leads to, and otherwise by the alphabet."""
    ordered: list[str] = []
    open_names: list[str] = []

    def visit(name: str) -> None:
        if name in ordered:
            return
        if name in open_names:
            raise SystemExit(f"types that lead back to themselves: {open_names[open_names.index(name):]}")
        open_names.append(name)
        for inner in sorted(definition_references(surface.definitions[name])):
            visit(inner)
        open_names.pop()
        ordered.append(name)

    for name in sorted(surface.definitions):
        visit(name)
    return ordered
