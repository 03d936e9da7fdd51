"""The group `contractor_roles`, as coroutines."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._call import AsyncGroup
from .._operations import contractor_roles as _operations
from ..types.common import Actor, ContractorRole, ContractorRoleId


class AsyncContractorRoles(AsyncGroup):
    """Operations of `contractor_roles`."""

    __slots__ = ()

    async def create(self, actor: Actor, *, name: str, idempotency_key: str | None = None) -> ContractorRole:
        """Creates a contractor role, with a group link that is disabled at first.

        Args:
            actor: On whose behalf.
            name: Its name, up to 200 graphemes, unique among the client's roles by what it looks like.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NameTakenError: Another thing of the same business has this name.
            LimitExceededError: A quota of the business is used up.
        """
        return await self._run(_operations.CREATE, actor=actor, name=name, idempotency_key=idempotency_key)

    async def archive(
        self,
        actor: Actor,
        *,
        role: ContractorRoleId,
        idempotency_key: str | None = None,
    ) -> ContractorRole:
        """Lets a contractor role take no new request, invite or acceptance, and disables its group link. Its
        connections keep it. What is archived already stays so.

        Args:
            actor: On whose behalf.
            role: The role.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return await self._run(_operations.ARCHIVE, actor=actor, role=role, idempotency_key=idempotency_key)
