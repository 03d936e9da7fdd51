"""The group `invites`, as coroutines."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence

from .._call import AsyncGroup
from .._operations import invites as _operations
from ..types.common import Actor, Connected, ContractorRoleId, InviteId, Link
from ..types.invites import Claim, Invite, InviteCreated, InviteStatus, InvitesPage, Opened, Preview


class AsyncInvites(AsyncGroup):
    """Operations of `invites`."""

    __slots__ = ()

    async def create(
        self,
        actor: Actor,
        *,
        role: ContractorRoleId,
        address: str | None = None,
        bind: bool = True,
        language: str | None = None,
        life: int | None = None,
        message: str | None = None,
        idempotency_key: str | None = None,
    ) -> InviteCreated:
        """Creates a personal invite and shows its link, this once. With an address it is mailed there and,
        unless `bind` is false, only somebody with that verified address can accept; another live invite
        for the same address and role is superseded.

        Args:
            actor: On whose behalf.
            role: The contractor role of the connection to be.
            address: Where to mail the link, as one bare e-mail address. Without it the answer's link is all
                there is.
            bind: Whether only somebody with that verified address can accept; so it is unless said otherwise.
            language: The language of the mail, as a BCP 47 tag.
            life: How long the link lives, in seconds: from 1 to 604 800, which is seven days and what it is
                unless said otherwise.
            message: A word to the invited, up to 2 000 graphemes, lines allowed.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
            RateLimitedError: Too much within 24 hours; nothing was sent.
        """
        return await self._run(
            _operations.CREATE,
            actor=actor,
            role=role,
            address=address,
            bind=bind,
            language=language,
            life=life,
            message=message,
            idempotency_key=idempotency_key,
        )

    async def send(
        self,
        actor: Actor,
        *,
        address: str,
        invite: InviteId,
        bind: bool = True,
        idempotency_key: str | None = None,
    ) -> Invite:
        """Mails a pending invite that is not bound to an address and, unless `bind` is false, binds it to
        this one; another live invite for the same address and role is superseded.

        Args:
            actor: On whose behalf.
            address: Where to mail it, as one bare e-mail address.
            invite: The invite.
            bind: Whether only somebody with that verified address can accept from now on; so it is unless
                said otherwise.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
            RateLimitedError: Too much within 24 hours; nothing was sent.
        """
        return await self._run(
            _operations.SEND,
            actor=actor,
            address=address,
            invite=invite,
            bind=bind,
            idempotency_key=idempotency_key,
        )

    async def resend(
        self,
        actor: Actor,
        *,
        invite: InviteId,
        idempotency_key: str | None = None,
    ) -> InviteCreated:
        """Puts a fresh invite of seven days in the place of a pending, opened or expired one, whose link and
        claim are dead when this returns. A bound one is mailed to its address again; one that anybody may
        use mails nobody.

        Args:
            actor: On whose behalf.
            invite: The invite.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
            WrongStateError: The state of the thing forbids this.
            RateLimitedError: Too much within 24 hours; nothing was sent.
        """
        return await self._run(
            _operations.RESEND,
            actor=actor,
            invite=invite,
            idempotency_key=idempotency_key,
        )

    async def revoke(self, actor: Actor, *, invite: InviteId, idempotency_key: str | None = None) -> Invite:
        """Ends a pending or opened invite; its link or claim is dead when this returns. An expired one stays
        as it is.

        Args:
            actor: On whose behalf.
            invite: The invite.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyDecidedError: What is answered or ended can't be answered or ended again.
        """
        return await self._run(
            _operations.REVOKE,
            actor=actor,
            invite=invite,
            idempotency_key=idempotency_key,
        )

    async def get(self, actor: Actor, *, invite: InviteId) -> Invite:
        """One personal invite of the acting client; its link is not shown again.

        Args:
            actor: On whose behalf.
            invite: The invite.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return await self._run(_operations.GET, actor=actor, invite=invite)

    async def list(
        self,
        actor: Actor,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        role: ContractorRoleId | None = None,
        statuses: Sequence[InviteStatus] | None = None,
    ) -> InvitesPage:
        """The personal invites of the acting client, the latest first, and how many there are per status.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.
            role: Only those for this contractor role.
            statuses: Only those that are this now; all, unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return await self._run(
            _operations.LIST,
            actor=actor,
            cursor=cursor,
            limit=limit,
            role=role,
            statuses=statuses,
        )

    async def preview(self, *, link_or_claim: str) -> Preview:
        """What a link or claim leads to. It changes nothing, for anybody, any number of times: answer a GET
        with it, since mail scanners follow links too.

        Args:
            link_or_claim: The link or the claim.

        Raises:
            InviteInvalidOrExpiredError: The link or claim opens nothing (any more).
        """
        return await self._run(_operations.PREVIEW, link_or_claim=link_or_claim)

    async def open(self, *, link: Link, idempotency_key: str | None = None) -> Opened:
        """The one click. It consumes a personal link, which is dead for everybody from then on, and answers
        with a claim for the visitor's session; a group link gives a claim and stays. Answer a POST with
        it.

        A lost answer is got again with the same idempotency key.

        Args:
            link: The link, or its secret part alone.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InviteInvalidOrExpiredError: The link or claim opens nothing (any more).
        """
        return await self._run(_operations.OPEN, link=link, idempotency_key=idempotency_key)

    async def decline(self, *, claim: Claim, idempotency_key: str | None = None) -> Preview:
        """Says no to a personal invite, with the claim that opening gave. Nobody is mailed. A claim of a
        group link has nothing to end, and nothing happens.

        Args:
            claim: The claim from the visitor's session.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InviteInvalidOrExpiredError: The link or claim opens nothing (any more).
        """
        return await self._run(_operations.DECLINE, claim=claim, idempotency_key=idempotency_key)

    async def accept(self, actor: Actor, *, claim: Claim, idempotency_key: str | None = None) -> Connected:
        """Connects the acting business, as contractor, by the claim that opening gave. Everything is checked
        again: role and client live, the inviter still able to invite, the address verified.

        Args:
            actor: On whose behalf.
            claim: The claim from the visitor's session.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            InviteInvalidOrExpiredError: The link or claim opens nothing (any more).
            EmailNotVerifiedError: The invite is bound to an address, and the host has verified none of the
                actor's.
            EmailMismatchError: The invite is bound to another address than those of the actor.
            AlreadyConnectedError: The two businesses are connected already.
            SelfActionForbiddenError: A business can't deal with itself, nor a person with their own request.
            LimitExceededError: A quota of the business is used up.
        """
        return await self._run(_operations.ACCEPT, actor=actor, claim=claim, idempotency_key=idempotency_key)

    async def redeem(self, actor: Actor, *, link: Link, idempotency_key: str | None = None) -> Connected:
        """Opens and accepts in one, for somebody signed in. Refused, it consumes nothing.

        Args:
            actor: On whose behalf.
            link: The link, or its secret part alone.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            InviteInvalidOrExpiredError: The link or claim opens nothing (any more).
            EmailNotVerifiedError: The invite is bound to an address, and the host has verified none of the
                actor's.
            EmailMismatchError: The invite is bound to another address than those of the actor.
            AlreadyConnectedError: The two businesses are connected already.
            SelfActionForbiddenError: A business can't deal with itself, nor a person with their own request.
            LimitExceededError: A quota of the business is used up.
        """
        return await self._run(_operations.REDEEM, actor=actor, link=link, idempotency_key=idempotency_key)
