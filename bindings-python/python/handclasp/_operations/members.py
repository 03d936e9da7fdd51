"""What the operations of `members` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from collections.abc import Sequence

from .._call import Operation
from ..types.common import Actor, PersonId, UserRole
from ..types.members import DefinedRole, Member, MembersPage, Permission, Roles

ADD: Operation[Member] = Operation(
    "members.add",
    arguments={"actor": Actor, "person": PersonId, "role": UserRole, "idempotency_key": str | None},
    answer=Member,
)

CHANGE_ROLE: Operation[Member] = Operation(
    "members.change_role",
    arguments={"actor": Actor, "person": PersonId, "role": UserRole, "idempotency_key": str | None},
    answer=Member,
)

DISABLE: Operation[Member] = Operation(
    "members.disable",
    arguments={"actor": Actor, "person": PersonId, "idempotency_key": str | None},
    answer=Member,
)

ENABLE: Operation[Member] = Operation(
    "members.enable",
    arguments={"actor": Actor, "person": PersonId, "idempotency_key": str | None},
    answer=Member,
)

REMOVE: Operation[Member] = Operation(
    "members.remove",
    arguments={"actor": Actor, "person": PersonId, "idempotency_key": str | None},
    answer=Member,
)

SET_NOTIFICATIONS: Operation[Member] = Operation(
    "members.set_notifications",
    arguments={"actor": Actor, "notifications": bool, "person": PersonId, "idempotency_key": str | None},
    answer=Member,
)

DEFINE_ROLE: Operation[DefinedRole] = Operation(
    "members.define_role",
    arguments={
        "actor": Actor,
        "name": str,
        "permissions": Sequence[Permission],
        "idempotency_key": str | None,
    },
    answer=DefinedRole,
)

ROLES: Operation[Roles] = Operation(
    "members.roles",
    arguments={"actor": Actor, "cursor": str | None, "limit": int | None},
    answer=Roles,
)

GET: Operation[Member] = Operation(
    "members.get",
    arguments={"actor": Actor, "person": PersonId},
    answer=Member,
)

LIST: Operation[MembersPage] = Operation(
    "members.list",
    arguments={"actor": Actor, "cursor": str | None, "disabled": bool | None, "limit": int | None},
    answer=MembersPage,
)
