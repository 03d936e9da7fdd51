"""What the operations of `connections` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from collections.abc import Sequence

from .._call import Operation
from ..types.common import (
    Actor,
    BusinessId,
    Connected,
    Connection,
    ConnectionId,
    ConnectionStatus,
    ContractorRoleId,
    RequestId,
)
from ..types.connections import ClientsPage, Sort

REQUEST: Operation[Connection] = Operation(
    "connections.request",
    arguments={
        "actor": Actor,
        "contractor": BusinessId,
        "role": ContractorRoleId,
        "idempotency_key": str | None,
    },
    answer=Connection,
)

ACCEPT: Operation[Connected] = Operation(
    "connections.accept",
    arguments={"actor": Actor, "request": RequestId, "idempotency_key": str | None},
    answer=Connected,
)

CHANGE_ROLE: Operation[Connected] = Operation(
    "connections.change_role",
    arguments={
        "actor": Actor,
        "connection": ConnectionId,
        "role": ContractorRoleId,
        "idempotency_key": str | None,
    },
    answer=Connected,
)

CLIENTS: Operation[ClientsPage] = Operation(
    "connections.clients",
    arguments={
        "actor": Actor,
        "contact": str | None,
        "cursor": str | None,
        "limit": int | None,
        "name": str | None,
        "role": ContractorRoleId | None,
        "sort": Sort | None,
        "statuses": Sequence[ConnectionStatus] | None,
    },
    answer=ClientsPage,
)
