"""The group `connections`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence

from .._call import Group
from .._operations import connections as _operations
from ..types.common import (
    Actor,
    BusinessId,
    Connected,
    Connection,
    ConnectionId,
    ConnectionStatus,
    ContractorRoleId,
    RequestId,
)
from ..types.connections import ClientsPage, Sort


class Connections(Group):
    """Operations of `connections`."""

    __slots__ = ()

    def request(
        self,
        actor: Actor,
        *,
        contractor: BusinessId,
        role: ContractorRoleId,
        idempotency_key: str | None = None,
    ) -> Connection:
        """Asks a business to be the acting client's contractor. It is Pending at once, until answered, and
        the contractor is mailed.

        Args:
            actor: On whose behalf.
            contractor: The business that is asked to be a contractor.
            role: A live contractor role of the client.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyConnectedError: The two businesses are connected already.
            AlreadyPendingError: A request waits for its answer already.
            WrongStateError: The state of the thing forbids this.
            SelfActionForbiddenError: A business can't deal with itself, nor a person with their own request.
            RateLimitedError: Too much within 24 hours; nothing was sent.
        """
        return self._run(
            _operations.REQUEST,
            actor=actor,
            contractor=contractor,
            role=role,
            idempotency_key=idempotency_key,
        )

    def accept(self, actor: Actor, *, request: RequestId, idempotency_key: str | None = None) -> Connected:
        """Accepts a request, for the contractor. Each side is mailed once.

        Args:
            actor: On whose behalf.
            request: The request, so that a stale page can't answer a newer one.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
            WrongStateError: The state of the thing forbids this.
            LimitExceededError: A quota of the business is used up.
        """
        return self._run(_operations.ACCEPT, actor=actor, request=request, idempotency_key=idempotency_key)

    def change_role(
        self,
        actor: Actor,
        *,
        connection: ConnectionId,
        role: ContractorRoleId,
        idempotency_key: str | None = None,
    ) -> Connected:
        """Puts a connection under another contractor role, for the client.

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
        return self._run(
            _operations.CHANGE_ROLE,
            actor=actor,
            connection=connection,
            role=role,
            idempotency_key=idempotency_key,
        )

    def clients(
        self,
        actor: Actor,
        *,
        contact: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        name: str | None = None,
        role: ContractorRoleId | None = None,
        sort: Sort = Sort.NAME,
        statuses: Sequence[ConnectionStatus] | None = None,
    ) -> ClientsPage:
        """The Clients page: the acting contractor's connections, a page at a time, and how many there are per
        status.

        Args:
            actor: On whose behalf.
            contact: Only businesses, Pending or Connected, whose address, e-mail or phone contains this text.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.
            name: Only businesses whose name or trading name contains this text, whatever its case.
            role: Only connections of this contractor role.
            sort: In which order.
            statuses: Only these statuses; all, unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return self._run(
            _operations.CLIENTS,
            actor=actor,
            contact=contact,
            cursor=cursor,
            limit=limit,
            name=name,
            role=role,
            sort=sort,
            statuses=statuses,
        )
