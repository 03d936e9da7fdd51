"""What the operations of `invites` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.


from .._call import Operation
from ..types.common import Actor, Connected, ContractorRoleId, InviteId, Link
from ..types.invites import Claim, Invite, InviteCreated, Opened, Preview

CREATE: Operation[InviteCreated] = Operation(
    "invites.create",
    arguments={
        "actor": Actor,
        "role": ContractorRoleId,
        "address": str | None,
        "bind": bool | None,
        "language": str | None,
        "life": int | None,
        "message": str | None,
        "idempotency_key": str | None,
    },
    answer=InviteCreated,
)

PREVIEW: Operation[Preview] = Operation(
    "invites.preview",
    arguments={"link_or_claim": str},
    answer=Preview,
)

OPEN: Operation[Opened] = Operation(
    "invites.open",
    arguments={"link": Link, "idempotency_key": str | None},
    answer=Opened,
)

ACCEPT: Operation[Connected] = Operation(
    "invites.accept",
    arguments={"actor": Actor, "claim": Claim, "idempotency_key": str | None},
    answer=Connected,
)

REDEEM: Operation[Connected] = Operation(
    "invites.redeem",
    arguments={"actor": Actor, "link": Link, "idempotency_key": str | None},
    answer=Connected,
)

REVOKE: Operation[Invite] = Operation(
    "invites.revoke",
    arguments={"actor": Actor, "invite": InviteId, "idempotency_key": str | None},
    answer=Invite,
)
