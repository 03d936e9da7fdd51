"""What the operations of `outbox` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from collections.abc import Sequence
from datetime import datetime

from .._call import Operation
from ..types.common import Actor
from ..types.outbox import DeliveriesPage, DeliveryId, DeliveryReport, DeliverySeen, DeliveryStatus, Purged

DELIVER_DUE: Operation[DeliveryReport] = Operation(
    "outbox.deliver_due",
    arguments={"actor": Actor, "limit": int | None},
    answer=DeliveryReport,
)

RUN: Operation[DeliveryReport] = Operation(
    "outbox.run",
    arguments={"actor": Actor, "pause": int | None, "until": datetime | None},
    answer=DeliveryReport,
)

LIST: Operation[DeliveriesPage] = Operation(
    "outbox.list",
    arguments={
        "actor": Actor,
        "cursor": str | None,
        "limit": int | None,
        "statuses": Sequence[DeliveryStatus] | None,
    },
    answer=DeliveriesPage,
)

RETRY: Operation[DeliverySeen] = Operation(
    "outbox.retry",
    arguments={"actor": Actor, "delivery": DeliveryId, "idempotency_key": str | None},
    answer=DeliverySeen,
)

PURGE: Operation[Purged] = Operation(
    "outbox.purge",
    arguments={"actor": Actor, "older_than": int, "parked": bool | None},
    answer=Purged,
)
