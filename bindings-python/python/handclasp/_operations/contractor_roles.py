"""What the operations of `contractor_roles` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.


from .._call import Operation
from ..types.common import Actor, ContractorRole, ContractorRoleId

CREATE: Operation[ContractorRole] = Operation(
    "contractor_roles.create",
    arguments={"actor": Actor, "name": str, "idempotency_key": str | None},
    answer=ContractorRole,
)

ARCHIVE: Operation[ContractorRole] = Operation(
    "contractor_roles.archive",
    arguments={"actor": Actor, "role": ContractorRoleId, "idempotency_key": str | None},
    answer=ContractorRole,
)
