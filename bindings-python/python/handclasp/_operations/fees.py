"""What the operations of `fees` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from datetime import datetime

from .._call import Operation
from ..types.common import Actor, BusinessId
from ..types.fees import FeePlan, FeeQuote, FeeStatement, PlanSet

SET_PLAN: Operation[PlanSet] = Operation(
    "fees.set_plan",
    arguments={"actor": Actor, "client": BusinessId, "plan": FeePlan, "idempotency_key": str | None},
    answer=PlanSet,
)

QUOTE: Operation[FeeQuote] = Operation(
    "fees.quote",
    arguments={"actor": Actor},
    answer=FeeQuote,
)

STATEMENT: Operation[FeeStatement] = Operation(
    "fees.statement",
    arguments={"actor": Actor, "cursor": str | None, "limit": int | None, "period": datetime | None},
    answer=FeeStatement,
)
