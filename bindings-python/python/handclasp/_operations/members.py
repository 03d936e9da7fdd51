"""What the operations of `members` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.


from .._call import Operation
from ..types.common import Actor, PersonId
from ..types.members import Member, UserRole

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
