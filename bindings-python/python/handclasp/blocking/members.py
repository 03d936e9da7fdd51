"""The group `members`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._call import Group
from .._operations import members as _operations
from ..types.common import Actor, PersonId
from ..types.members import Member, UserRole


class Members(Group):
    """Operations of `members`."""

    __slots__ = ()

    def add(
        self,
        actor: Actor,
        *,
        person: PersonId,
        role: UserRole,
        idempotency_key: str | None = None,
    ) -> Member:
        """Makes a known person an active member. A person added again continues their old membership; what
        they issued before stays dead.

        Args:
            actor: On whose behalf.
            person: The person, known to the library by `people.put`, `register` or an earlier membership.
            role: What they may do. Nobody grants a permission that they do not hold.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            AlreadyMemberError: The person is a member of the business already, active or disabled.
            LimitExceededError: A quota of the business is used up.
        """
        return self._run(
            _operations.ADD,
            actor=actor,
            person=person,
            role=role,
            idempotency_key=idempotency_key,
        )

    def change_role(
        self,
        actor: Actor,
        *,
        person: PersonId,
        role: UserRole,
        idempotency_key: str | None = None,
    ) -> Member:
        """Gives a member another user role. Whoever loses `connect` by it loses every personal invite that
        they made.

        Args:
            actor: On whose behalf.
            person: The member.
            role: What they may do from now on. Nobody grants a permission that they do not hold.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            LastAdminError: The business would be left without an active Admin.
        """
        return self._run(
            _operations.CHANGE_ROLE,
            actor=actor,
            person=person,
            role=role,
            idempotency_key=idempotency_key,
        )

    def disable(self, actor: Actor, *, person: PersonId, idempotency_key: str | None = None) -> Member:
        """Lets a member do nothing, and be told nothing. Every personal invite that they made is dead. What
        is disabled already stays so.

        Args:
            actor: On whose behalf.
            person: The member.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            LastAdminError: The business would be left without an active Admin.
        """
        return self._run(_operations.DISABLE, actor=actor, person=person, idempotency_key=idempotency_key)
