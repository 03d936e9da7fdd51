"""The group `outbox`, as coroutines."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .._call import AsyncGroup
from .._operations import outbox as _operations
from ..types.common import Actor
from ..types.outbox import DeliveriesPage, DeliveryId, DeliveryReport, DeliverySeen, DeliveryStatus, Purged


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

    async def run(
        self,
        actor: Actor,
        *,
        pause: int | None = None,
        until: datetime | None = None,
    ) -> DeliveryReport:
        """Sends what is due, and again after a pause, until a time or until the handle is closed; then says
        what became of it all. Any number of workers may run at once, in any number of processes. A storage
        that fails for a while is waited for.

        Args:
            actor: On whose behalf.
            pause: The pause between two looks, in seconds, from 1 to 3 600; 1 unless given.
            until: Until when; until the handle is closed, unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            ClockOutOfRangeError: The clock shows a year that the library can't count in.
        """
        return await self._run(_operations.RUN, actor=actor, pause=pause, until=until)

    async def list(
        self,
        actor: Actor,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        statuses: Sequence[DeliveryStatus] | None = None,
    ) -> DeliveriesPage:
        """The mails on their way and the settled ones, the latest state first. What is owed to members and
        requesters appears once `deliver_due` or `run` has looked up their addresses.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.
            statuses: Only these; all, unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
        """
        return await self._run(_operations.LIST, actor=actor, cursor=cursor, limit=limit, statuses=statuses)

    async def retry(
        self,
        actor: Actor,
        *,
        delivery: DeliveryId,
        idempotency_key: str | None = None,
    ) -> DeliverySeen:
        """Puts a parked mail back among those that are due, with all its attempts before it.

        Args:
            actor: On whose behalf.
            delivery: A parked delivery.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return await self._run(
            _operations.RETRY,
            actor=actor,
            delivery=delivery,
            idempotency_key=idempotency_key,
        )

    async def purge(self, actor: Actor, *, older_than: int, parked: bool = False) -> Purged:
        """Clears away mails that were settled long ago, their notices, answers that are kept no longer, and
        the counts of limits that nobody has come near for as long.

        Args:
            actor: On whose behalf.
            older_than: What was settled longer ago than this, in seconds.
            parked: Parked deliveries too.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
        """
        return await self._run(_operations.PURGE, actor=actor, older_than=older_than, parked=parked)
