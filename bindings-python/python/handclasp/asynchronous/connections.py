"""The group `connections`, as coroutines."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence

from .._call import AsyncGroup
from .._operations import connections as _operations
from ..types.common import (
    Actor,
    BusinessId,
    CategoryId,
    Connected,
    Connection,
    ConnectionId,
    ConnectionStatus,
    ContractorRoleId,
    GivenReason,
    RequestId,
    RequirementId,
    WorkflowStatus,
)
from ..types.connections import CategoryChoice, ConnectionsPage, PendingPage, Sort, Verdict, WorkflowSummary


class AsyncConnections(AsyncGroup):
    """Operations of `connections`."""

    __slots__ = ()

    async def request(
        self,
        actor: Actor,
        *,
        contractor: BusinessId,
        role: ContractorRoleId | None = None,
        idempotency_key: str | None = None,
    ) -> Connection:
        """Asks a business to be the acting client's contractor. It is Pending at once, until answered, and
        the contractor is mailed.

        Args:
            actor: On whose behalf.
            contractor: The business that is asked to be a contractor.
            role: A live contractor role of the client; after a disconnect it may be left out, for the earlier
                one.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyConnectedError: The two businesses are connected already.
            AlreadyPendingError: A request waits for its answer already.
            WrongStateError: The state of the thing forbids this.
            SelfActionForbiddenError: A business can't deal with itself, nor a person with their own request.
            RateLimitedError: Too much within 24 hours; nothing was sent.
        """
        return await self._run(
            _operations.REQUEST,
            actor=actor,
            contractor=contractor,
            role=role,
            idempotency_key=idempotency_key,
        )

    async def accept(
        self,
        actor: Actor,
        *,
        request: RequestId,
        idempotency_key: str | None = None,
    ) -> Connected:
        """Accepts a request, for the contractor. Each side is mailed once; the answer says whether categories
        must now be chosen.

        Args:
            actor: On whose behalf.
            request: The request, so that a stale page can't answer a newer one.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
            WrongStateError: The state of the thing forbids this.
            LimitExceededError: A quota of the business is used up.
        """
        return await self._run(
            _operations.ACCEPT,
            actor=actor,
            request=request,
            idempotency_key=idempotency_key,
        )

    async def decline(
        self,
        actor: Actor,
        *,
        request: RequestId,
        idempotency_key: str | None = None,
    ) -> Connection:
        """Declines a request, for the contractor. Nothing is connected and nobody is mailed; both sides see
        it in their lists.

        Args:
            actor: On whose behalf.
            request: The request, so that a stale page can't answer a newer one.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
        """
        return await self._run(
            _operations.DECLINE,
            actor=actor,
            request=request,
            idempotency_key=idempotency_key,
        )

    async def withdraw(
        self,
        actor: Actor,
        *,
        request: RequestId,
        idempotency_key: str | None = None,
    ) -> Connection:
        """Takes a request back, for the client. Nobody is mailed; both sides see it in their lists.

        Args:
            actor: On whose behalf.
            request: The request, so that a stale page can't take back a newer one.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
        """
        return await self._run(
            _operations.WITHDRAW,
            actor=actor,
            request=request,
            idempotency_key=idempotency_key,
        )

    async def change_role(
        self,
        actor: Actor,
        *,
        connection: ConnectionId,
        role: ContractorRoleId,
        idempotency_key: str | None = None,
    ) -> Connected:
        """Puts a connection under another contractor role, for the client. Its categories and what was done
        go with the old role; the answer says whether categories must now be chosen.

        Args:
            actor: On whose behalf.
            connection: The connection.
            role: A live contractor role of the client.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return await self._run(
            _operations.CHANGE_ROLE,
            actor=actor,
            connection=connection,
            role=role,
            idempotency_key=idempotency_key,
        )

    async def disconnect(
        self,
        actor: Actor,
        *,
        connection: ConnectionId,
        reason: GivenReason,
        hide_reason: bool = False,
        idempotency_key: str | None = None,
    ) -> Connection:
        """Ends a connection, for either side. The other side is told; history is kept. What the client has
        ended is connected again by a new request or a personal invite created afterwards alone.

        Args:
            actor: On whose behalf.
            connection: The connection.
            reason: Why: one of the acting business's reasons for it, or `other` with a text.
            hide_reason: Whether the reason is kept from the other side, in mail, lists and history.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
            WrongStateError: The state of the thing forbids this.
        """
        return await self._run(
            _operations.DISCONNECT,
            actor=actor,
            connection=connection,
            reason=reason,
            hide_reason=hide_reason,
            idempotency_key=idempotency_key,
        )

    async def classify(
        self,
        actor: Actor,
        *,
        categories: Sequence[CategoryChoice],
        connection: ConnectionId,
        idempotency_key: str | None = None,
    ) -> Connection:
        """Chooses the categories of a connection, for the contractor (`connect`) or the client (`classify`).
        It can be done again later; what was done is kept while it still applies.

        Args:
            actor: On whose behalf.
            categories: One or more of the role's categories and, in each that has any, at least one
                sub-category. Mandatory ones need not be named.
            connection: The connection.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return await self._run(
            _operations.CLASSIFY,
            actor=actor,
            categories=categories,
            connection=connection,
            idempotency_key=idempotency_key,
        )

    async def submit_requirement(
        self,
        actor: Actor,
        *,
        connection: ConnectionId,
        requirement: RequirementId,
        idempotency_key: str | None = None,
    ) -> Connection:
        """Says that a requirement is done, for the contractor. What waits for review already stays so.

        Args:
            actor: On whose behalf.
            connection: The connection.
            requirement: The requirement.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return await self._run(
            _operations.SUBMIT_REQUIREMENT,
            actor=actor,
            connection=connection,
            requirement=requirement,
            idempotency_key=idempotency_key,
        )

    async def review_requirement(
        self,
        actor: Actor,
        *,
        connection: ConnectionId,
        requirement: RequirementId,
        verdict: Verdict,
        idempotency_key: str | None = None,
    ) -> Connection:
        """Approves a submitted requirement or returns it, for the client. The same said again changes
        nothing.

        Args:
            actor: On whose behalf.
            connection: The connection.
            requirement: The requirement.
            verdict: What is said of it.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return await self._run(
            _operations.REVIEW_REQUIREMENT,
            actor=actor,
            connection=connection,
            requirement=requirement,
            verdict=verdict,
            idempotency_key=idempotency_key,
        )

    async def get(self, actor: Actor, *, connection: ConnectionId) -> Connection:
        """One connection of the acting business.

        Args:
            actor: On whose behalf.
            connection: The connection.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return await self._run(_operations.GET, actor=actor, connection=connection)

    async def clients(
        self,
        actor: Actor,
        *,
        category: CategoryId | None = None,
        classification_required: bool | None = None,
        contact: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        name: str | None = None,
        role: ContractorRoleId | None = None,
        sort: Sort = Sort.NAME,
        statuses: Sequence[ConnectionStatus] | None = None,
        workflow_status: WorkflowStatus | None = None,
    ) -> ConnectionsPage:
        """The Clients page: the acting contractor's connections, a page at a time, and how many there are per
        status.

        Args:
            actor: On whose behalf.
            category: Only connections that are in this category.
            classification_required: Only connections whose categories have to be chosen, or only those whose
                have not.
            contact: Only businesses, Pending or Connected, whose address, e-mail or phone contains this text.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.
            name: Only businesses whose name or trading name contains this text, whatever its case.
            role: Only connections of this contractor role.
            sort: In which order.
            statuses: Only these statuses; all, unless given.
            workflow_status: Only connections whose requirements are so far.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return await self._run(
            _operations.CLIENTS,
            actor=actor,
            category=category,
            classification_required=classification_required,
            contact=contact,
            cursor=cursor,
            limit=limit,
            name=name,
            role=role,
            sort=sort,
            statuses=statuses,
            workflow_status=workflow_status,
        )

    async def contractors(
        self,
        actor: Actor,
        *,
        category: CategoryId | None = None,
        classification_required: bool | None = None,
        contact: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        name: str | None = None,
        role: ContractorRoleId | None = None,
        sort: Sort = Sort.NAME,
        statuses: Sequence[ConnectionStatus] | None = None,
        workflow_status: WorkflowStatus | None = None,
    ) -> ConnectionsPage:
        """The Contractors page: the acting client's connections, a page at a time, and how many there are per
        status.

        Args:
            actor: On whose behalf.
            category: Only connections that are in this category.
            classification_required: Only connections whose categories have to be chosen, or only those whose
                have not.
            contact: Only businesses, Pending or Connected, whose address, e-mail or phone contains this text.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.
            name: Only businesses whose name or trading name contains this text, whatever its case.
            role: Only connections of this contractor role.
            sort: In which order.
            statuses: Only these statuses; all, unless given.
            workflow_status: Only connections whose requirements are so far.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return await self._run(
            _operations.CONTRACTORS,
            actor=actor,
            category=category,
            classification_required=classification_required,
            contact=contact,
            cursor=cursor,
            limit=limit,
            name=name,
            role=role,
            sort=sort,
            statuses=statuses,
            workflow_status=workflow_status,
        )

    async def pending(
        self,
        actor: Actor,
        *,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> PendingPage:
        """The dashboard: the requests that wait for the acting contractor's answer, the longest waiting
        first.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return await self._run(_operations.PENDING, actor=actor, cursor=cursor, limit=limit)

    async def workflow_summary(self, actor: Actor, *, connection: ConnectionId) -> WorkflowSummary:
        """Both businesses, role, categories, each requirement with its state, and one workflow status, for
        either side.

        Args:
            actor: On whose behalf.
            connection: The connection.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return await self._run(_operations.WORKFLOW_SUMMARY, actor=actor, connection=connection)
