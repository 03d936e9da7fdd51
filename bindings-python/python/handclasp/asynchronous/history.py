"""The group `history`, as coroutines."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._call import AsyncGroup
from .._operations import history as _operations
from ..types.common import Actor
from ..types.history import HistoryFeed, HistoryPage, Subject


class AsyncHistory(AsyncGroup):
    """Operations of `history`."""

    __slots__ = ()

    async def of(
        self,
        actor: Actor,
        *,
        subject: Subject,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> HistoryPage:
        """The history of one record of the acting business, or of a connection of it, the earliest first.
        Members who are disabled or gone are for holders of `users`, as in `members.list`.

        Args:
            actor: On whose behalf.
            subject: Of what.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return await self._run(_operations.OF, actor=actor, subject=subject, cursor=cursor, limit=limit)

    async def since(self, actor: Actor, *, after: int = 0, limit: int | None = None) -> HistoryFeed:
        """Everything that happened after a position, for the host's projections and webhooks. Keep `next` and
        ask again: nothing is shown twice, and nothing comes in before a position that was shown.

        Args:
            actor: On whose behalf.
            after: The last position that was seen; 0 for everything.
            limit: At most so many, from 1 to 1 000; 100 unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
        """
        return await self._run(_operations.SINCE, actor=actor, after=after, limit=limit)
