"""The group `outbox`, as coroutines."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._call import AsyncGroup
from .._operations import outbox as _operations
from ..types.common import Actor
from ..types.outbox import DeliveryReport


class AsyncOutbox(AsyncGroup):
    """Operations of `outbox`."""

    __slots__ = ()

    async def deliver_due(self, actor: Actor, *, limit: int | None = None) -> DeliveryReport:
        """Sends what is due, once each, and says what became of it. A failed mail is due again later, with
        growing spans; several workers may do this at once.

        Args:
            actor: On whose behalf.
            limit: At most so many mails, from 1 to 10 000; 1 000 unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
        """
        return await self._run(_operations.DELIVER_DUE, actor=actor, limit=limit)
