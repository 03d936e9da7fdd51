"""What the operations of `history` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.


from .._call import Operation
from ..types.common import Actor
from ..types.history import HistoryFeed, HistoryPage, Subject

OF: Operation[HistoryPage] = Operation(
    "history.of",
    arguments={"actor": Actor, "subject": Subject, "cursor": str | None, "limit": int | None},
    answer=HistoryPage,
)

SINCE: Operation[HistoryFeed] = Operation(
    "history.since",
    arguments={"actor": Actor, "after": int | None, "limit": int | None},
    answer=HistoryFeed,
)
