"""The group `businesses`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._call import Group
from .._operations import businesses as _operations
from ..types.common import Actor, BusinessId
from ..types.businesses import (
    Business,
    BusinessProfile,
    BusinessSeen,
    ClientAccount,
    Overrides,
    PersonProfile,
    SearchPage,
)


class Businesses(Group):
    """Operations of `businesses`."""

    __slots__ = ()

    def register(
        self,
        actor: Actor,
        *,
        profile: BusinessProfile,
        admin: PersonProfile | None = None,
        idempotency_key: str | None = None,
    ) -> Business:
        """Registers a business with its first Admin: the person who registers it, or whom System names.

        Names and registration numbers need not be unique. A name that can be taken for another's is marked
        where people see it, see `Confusable`.

        Args:
            actor: On whose behalf.
            profile: What the business says of itself.
            admin: Its first Admin. A person who registers is the Admin themselves and may leave it out once
                they are known; System must say who it is. An unknown person is put, a known one stays as they
                are.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return self._run(
            _operations.REGISTER,
            actor=actor,
            profile=profile,
            admin=admin,
            idempotency_key=idempotency_key,
        )

    def update(
        self,
        actor: Actor,
        *,
        profile: BusinessProfile,
        idempotency_key: str | None = None,
    ) -> Business:
        """Changes what the acting business says of itself, in all lists that show it too.

        Args:
            actor: On whose behalf.
            profile: All of it: what is left out is gone. Take what `get` shows, change it, hand it in.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return self._run(_operations.UPDATE, actor=actor, profile=profile, idempotency_key=idempotency_key)

    def archive(self, actor: Actor, *, business: BusinessId, idempotency_key: str | None = None) -> Business:
        """Freezes a business: it can't act, isn't found and gets no notices; requests to it wait, its
        personal invites are revoked and its group links disabled, for good. What is archived already stays
        so.

        Args:
            actor: On whose behalf.
            business: The business.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.ARCHIVE, actor=actor, business=business, idempotency_key=idempotency_key)

    def restore(self, actor: Actor, *, business: BusinessId, idempotency_key: str | None = None) -> Business:
        """Lets an archived business act again. What it had issued stays dead. What is active already stays
        so.

        Args:
            actor: On whose behalf.
            business: The business.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.RESTORE, actor=actor, business=business, idempotency_key=idempotency_key)

    def set_client_account(
        self,
        actor: Actor,
        *,
        business: BusinessId,
        client_account: bool,
        idempotency_key: str | None = None,
    ) -> ClientAccount:
        """Lets a business invite and request, or no longer. A new client account starts with the contractor
        role *Supplier*, which is in the answer.

        Taking it away kills the business's links and invites for good. What is set already, set again,
        changes nothing.

        Args:
            actor: On whose behalf.
            business: The business.
            client_account: Whether it may. Taking it away kills its links and invites for good.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return self._run(
            _operations.SET_CLIENT_ACCOUNT,
            actor=actor,
            business=business,
            client_account=client_account,
            idempotency_key=idempotency_key,
        )

    def set_limits(
        self,
        actor: Actor,
        *,
        business: BusinessId,
        overrides: Overrides,
        idempotency_key: str | None = None,
    ) -> Business:
        """Sets a business's own limits and quotas.

        Args:
            actor: On whose behalf.
            business: The business.
            overrides: All of them: for what is left out, the configuration holds. A quota below what there is
                already stops increases alone.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(
            _operations.SET_LIMITS,
            actor=actor,
            business=business,
            overrides=overrides,
            idempotency_key=idempotency_key,
        )

    def get(self, actor: Actor, *, business: BusinessId) -> BusinessSeen:
        """The public card of an active, listed business for any signed-in person; its address and contacts
        for businesses Pending or Connected with it; all of it for its own members and System.

        Args:
            actor: On whose behalf.
            business: The business.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.GET, actor=actor, business=business)

    def search(
        self,
        actor: Actor,
        *,
        text: str,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> SearchPage:
        """Finds active, listed businesses by the beginnings of words, for any signed-in person.

        Args:
            actor: On whose behalf.
            text: The beginnings of one or more words of the name, the trading name or the registration
                number, whatever their case; up to 200 graphemes and 10 words.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return self._run(_operations.SEARCH, actor=actor, text=text, cursor=cursor, limit=limit)
