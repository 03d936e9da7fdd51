"""The group `businesses`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._call import Group
from .._operations import businesses as _operations
from ..types.common import Actor, BusinessId
from ..types.businesses import Business, BusinessProfile, ClientAccount, PersonProfile


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

        Names and registration numbers need not be unique.

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
