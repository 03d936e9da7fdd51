"""What the operations of `outbox` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.


from .._call import Operation
from ..types.common import Actor
from ..types.outbox import DeliveryReport

DELIVER_DUE: Operation[DeliveryReport] = Operation(
    "outbox.deliver_due",
    arguments={"actor": Actor, "limit": int | None},
    answer=DeliveryReport,
)
