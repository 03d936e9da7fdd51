"""The group `group_links`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._call import Group
from .._operations import group_links as _operations
from ..types.common import Actor, ContractorRoleId
from ..types.group_links import GroupLink, GroupLinksPage


class GroupLinks(Group):
    """Operations of `group_links`."""

    __slots__ = ()

    def enable(
        self,
        actor: Actor,
        *,
        role: ContractorRoleId,
        idempotency_key: str | None = None,
    ) -> GroupLink:
        """Lets the role's group link open. It is the same link as before it was disabled. What is enabled
        stays so.

        Args:
            actor: On whose behalf.
            role: The contractor role.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return self._run(_operations.ENABLE, actor=actor, role=role, idempotency_key=idempotency_key)

    def disable(
        self,
        actor: Actor,
        *,
        role: ContractorRoleId,
        idempotency_key: str | None = None,
    ) -> GroupLink:
        """Lets the role's group link open nothing, and kills the claims that it gave. What is disabled stays
        so.

        Args:
            actor: On whose behalf.
            role: The contractor role.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.DISABLE, actor=actor, role=role, idempotency_key=idempotency_key)

    def refresh(
        self,
        actor: Actor,
        *,
        role: ContractorRoleId,
        idempotency_key: str | None = None,
    ) -> GroupLink:
        """Makes a new link; the old one and its claims are dead from the moment that this returns. A disabled
        link stays disabled.

        Args:
            actor: On whose behalf.
            role: The contractor role.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return self._run(_operations.REFRESH, actor=actor, role=role, idempotency_key=idempotency_key)

    def copy(self, actor: Actor, *, role: ContractorRoleId) -> GroupLink:
        """Shows the role's group link: the same link any number of times, until somebody refreshes it.

        Args:
            actor: On whose behalf.
            role: The contractor role.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            WrongStateError: The state of the thing forbids this.
        """
        return self._run(_operations.COPY, actor=actor, role=role)

    def list(self, actor: Actor, *, cursor: str | None = None, limit: int | None = None) -> GroupLinksPage:
        """Every live contractor role of the acting client with the state of its group link; no links.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return self._run(_operations.LIST, actor=actor, cursor=cursor, limit=limit)
