"""The group `access_requests`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence

from .._call import Group
from .._operations import access_requests as _operations
from ..types.common import AccessRequestId, Actor, BuiltInRole, BusinessId, GivenReason, UserRole
from ..types.access_requests import (
    AccessRequest,
    AccessRequestStatus,
    AccessRequestsPage,
    OwnAccessRequest,
    OwnAccessRequestsPage,
)


class AccessRequests(Group):
    """Operations of `access_requests`."""

    __slots__ = ()

    def submit(
        self,
        actor: Actor,
        *,
        business: BusinessId,
        email: str,
        name: str,
        job_title: str | None = None,
        message: str | None = None,
        phone: str | None = None,
        role: UserRole = BuiltInRole.WORKER,
        idempotency_key: str | None = None,
    ) -> OwnAccessRequest:
        """Claims a business as the acting person's employer. Its active holders of `users` with notifications
        on are mailed, one message each; that there are none is no error.

        Args:
            actor: On whose behalf.
            business: The business.
            email: One of the addresses that the host has verified to be theirs.
            name: Their name, up to 200 graphemes. An unknown person is put, a known one stays as they are.
            job_title: What they do there, up to 200 graphemes.
            message: A word to the Admins, up to 2 000 graphemes, lines allowed.
            phone: Where they are called, up to 64 graphemes.
            role: The user role that they ask for; `worker` unless given.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            EmailNotVerifiedError: The invite is bound to an address, and the host has verified none of the
                actor's.
            EmailMismatchError: The invite is bound to another address than those of the actor.
            AlreadyPendingError: A request waits for its answer already.
            AlreadyMemberError: The person is a member of the business already, active or disabled.
            LimitExceededError: A quota of the business is used up.
            RateLimitedError: Too much within 24 hours; nothing was sent.
        """
        return self._run(
            _operations.SUBMIT,
            actor=actor,
            business=business,
            email=email,
            name=name,
            job_title=job_title,
            message=message,
            phone=phone,
            role=role,
            idempotency_key=idempotency_key,
        )

    def withdraw(
        self,
        actor: Actor,
        *,
        request: AccessRequestId,
        idempotency_key: str | None = None,
    ) -> OwnAccessRequest:
        """Takes an access request back, for the requester.

        Args:
            actor: On whose behalf.
            request: The access request.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
        """
        return self._run(_operations.WITHDRAW, actor=actor, request=request, idempotency_key=idempotency_key)

    def accept(
        self,
        actor: Actor,
        *,
        request: AccessRequestId,
        role: UserRole | None = None,
        idempotency_key: str | None = None,
    ) -> AccessRequest:
        """Makes the requester an active member, with the role that they ask for or another. They are mailed.

        Args:
            actor: On whose behalf.
            request: The access request.
            role: The user role that the person gets; the one asked for unless given. Nobody grants a
                permission that they do not hold.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyMemberError: The person is a member of the business already, active or disabled.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
            SelfActionForbiddenError: A business can't deal with itself, nor a person with their own request.
            LimitExceededError: A quota of the business is used up.
        """
        return self._run(
            _operations.ACCEPT,
            actor=actor,
            request=request,
            role=role,
            idempotency_key=idempotency_key,
        )

    def decline(
        self,
        actor: Actor,
        *,
        reason: GivenReason,
        request: AccessRequestId,
        disclose: bool = False,
        idempotency_key: str | None = None,
    ) -> AccessRequest:
        """Declines an access request. The requester is mailed, with the reason only if it is disclosed.

        Args:
            actor: On whose behalf.
            reason: Why: one of the acting business's reasons for it, or `other` with a text.
            request: The access request.
            disclose: Whether the requester is told why.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
            SelfActionForbiddenError: A business can't deal with itself, nor a person with their own request.
        """
        return self._run(
            _operations.DECLINE,
            actor=actor,
            reason=reason,
            request=request,
            disclose=disclose,
            idempotency_key=idempotency_key,
        )

    def mine(
        self,
        actor: Actor,
        *,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> OwnAccessRequestsPage:
        """The acting person's own access requests and their outcomes, the latest first.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
        """
        return self._run(_operations.MINE, actor=actor, cursor=cursor, limit=limit)

    def list(
        self,
        actor: Actor,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        statuses: Sequence[AccessRequestStatus] | None = None,
    ) -> AccessRequestsPage:
        """The access requests to the acting business, the oldest first, for holders of `users`.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.
            statuses: Only these; all, unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return self._run(_operations.LIST, actor=actor, cursor=cursor, limit=limit, statuses=statuses)

    def get(self, actor: Actor, *, request: AccessRequestId) -> AccessRequest:
        """One access request to the acting business, for holders of `users`.

        Args:
            actor: On whose behalf.
            request: The access request.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.GET, actor=actor, request=request)
