"""What the operations of `reasons` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from collections.abc import Sequence

from .._call import Operation
from ..types.common import Actor
from ..types.reasons import ListedReason, ReasonKind, ReasonsListed

SET: Operation[ReasonsListed] = Operation(
    "reasons.set",
    arguments={
        "actor": Actor,
        "kind": ReasonKind,
        "reasons": Sequence[ListedReason],
        "idempotency_key": str | None,
    },
    answer=ReasonsListed,
)

LIST: Operation[ReasonsListed] = Operation(
    "reasons.list",
    arguments={"actor": Actor, "kind": ReasonKind},
    answer=ReasonsListed,
)
