"""The group `fees`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from datetime import datetime

from .._call import Group
from .._operations import fees as _operations
from ..types.common import Actor, BusinessId
from ..types.fees import FeePlan, FeeQuote, FeeStatement, PlanSet


class Fees(Group):
    """Operations of `fees`."""

    __slots__ = ()

    def set_plan(
        self,
        actor: Actor,
        *,
        client: BusinessId,
        plan: FeePlan,
        idempotency_key: str | None = None,
    ) -> PlanSet:
        """Sets a client's plan. The first one holds at once, another from the next period.

        Args:
            actor: On whose behalf.
            client: The client.
            plan: Its plan.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(
            _operations.SET_PLAN,
            actor=actor,
            client=client,
            plan=plan,
            idempotency_key=idempotency_key,
        )

    def quote(self, actor: Actor) -> FeeQuote:
        """What the running period costs the acting client as of now, and what it would cost with one
        connection more.

        Args:
            actor: On whose behalf.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.QUOTE, actor=actor)

    def statement(
        self,
        actor: Actor,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        period: datetime | None = None,
    ) -> FeeStatement:
        """What a period costs the acting client: a line per connection with its price and who pays, and the
        total.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the lines go on.
            limit: At most so many lines, from 1 to 1 000; 100 unless given.
            period: Any instant of the period; the running one, as of now, unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.STATEMENT, actor=actor, cursor=cursor, limit=limit, period=period)
