"""What the operations of `businesses` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.


from .._call import Operation
from ..types.common import Actor, BusinessId
from ..types.businesses import (
    Business,
    BusinessProfile,
    BusinessSeen,
    ClientAccount,
    Overrides,
    PersonProfile,
    SearchPage,
)

REGISTER: Operation[Business] = Operation(
    "businesses.register",
    arguments={
        "actor": Actor,
        "profile": BusinessProfile,
        "admin": PersonProfile | None,
        "idempotency_key": str | None,
    },
    answer=Business,
)

UPDATE: Operation[Business] = Operation(
    "businesses.update",
    arguments={"actor": Actor, "profile": BusinessProfile, "idempotency_key": str | None},
    answer=Business,
)

ARCHIVE: Operation[Business] = Operation(
    "businesses.archive",
    arguments={"actor": Actor, "business": BusinessId, "idempotency_key": str | None},
    answer=Business,
)

RESTORE: Operation[Business] = Operation(
    "businesses.restore",
    arguments={"actor": Actor, "business": BusinessId, "idempotency_key": str | None},
    answer=Business,
)

SET_CLIENT_ACCOUNT: Operation[ClientAccount] = Operation(
    "businesses.set_client_account",
    arguments={"actor": Actor, "business": BusinessId, "client_account": bool, "idempotency_key": str | None},
    answer=ClientAccount,
)

SET_LIMITS: Operation[Business] = Operation(
    "businesses.set_limits",
    arguments={"actor": Actor, "business": BusinessId, "overrides": Overrides, "idempotency_key": str | None},
    answer=Business,
)

GET: Operation[BusinessSeen] = Operation(
    "businesses.get",
    arguments={"actor": Actor, "business": BusinessId},
    answer=BusinessSeen,
)

SEARCH: Operation[SearchPage] = Operation(
    "businesses.search",
    arguments={"actor": Actor, "text": str, "cursor": str | None, "limit": int | None},
    answer=SearchPage,
)
