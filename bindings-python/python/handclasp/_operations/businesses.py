"""What the operations of `businesses` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.


from .._call import Operation
from ..types.common import Actor, BusinessId
from ..types.businesses import Business, BusinessProfile, ClientAccount, PersonProfile

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

SET_CLIENT_ACCOUNT: Operation[ClientAccount] = Operation(
    "businesses.set_client_account",
    arguments={"actor": Actor, "business": BusinessId, "client_account": bool, "idempotency_key": str | None},
    answer=ClientAccount,
)
