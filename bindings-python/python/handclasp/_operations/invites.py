"""What the operations of `invites` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from collections.abc import Sequence

from .._call import Operation
from ..types.common import Actor, Connected, ContractorRoleId, InviteId, Link
from ..types.invites import Claim, Invite, InviteCreated, InviteStatus, InvitesPage, Opened, Preview

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

SEND: Operation[Invite] = Operation(
    "invites.send",
    arguments={
        "actor": Actor,
        "address": str,
        "invite": InviteId,
        "bind": bool | None,
        "idempotency_key": str | None,
    },
    answer=Invite,
)

RESEND: Operation[InviteCreated] = Operation(
    "invites.resend",
    arguments={"actor": Actor, "invite": InviteId, "idempotency_key": str | None},
    answer=InviteCreated,
)

REVOKE: Operation[Invite] = Operation(
    "invites.revoke",
    arguments={"actor": Actor, "invite": InviteId, "idempotency_key": str | None},
    answer=Invite,
)

GET: Operation[Invite] = Operation(
    "invites.get",
    arguments={"actor": Actor, "invite": InviteId},
    answer=Invite,
)

LIST: Operation[InvitesPage] = Operation(
    "invites.list",
    arguments={
        "actor": Actor,
        "cursor": str | None,
        "limit": int | None,
        "role": ContractorRoleId | None,
        "statuses": Sequence[InviteStatus] | None,
    },
    answer=InvitesPage,
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

DECLINE: Operation[Preview] = Operation(
    "invites.decline",
    arguments={"claim": Claim, "idempotency_key": str | None},
    answer=Preview,
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
