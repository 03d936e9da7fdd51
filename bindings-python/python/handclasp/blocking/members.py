"""The group `members`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence

from .._call import Group
from .._operations import members as _operations
from ..types.common import Actor, PersonId, UserRole
from ..types.members import DefinedRole, Member, MembersPage, Permission, Roles


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

    def enable(self, actor: Actor, *, person: PersonId, idempotency_key: str | None = None) -> Member:
        """Lets a disabled member act again. What they issued before stays dead. What is enabled already stays
        so.

        Args:
            actor: On whose behalf.
            person: The member.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.ENABLE, actor=actor, person=person, idempotency_key=idempotency_key)

    def remove(self, actor: Actor, *, person: PersonId, idempotency_key: str | None = None) -> Member:
        """Ends a membership. The person counts nowhere any more and may ask for access again; every personal
        invite that they made is dead. The answer is the member as they were.

        Args:
            actor: On whose behalf.
            person: The member.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            LastAdminError: The business would be left without an active Admin.
        """
        return self._run(_operations.REMOVE, actor=actor, person=person, idempotency_key=idempotency_key)

    def set_notifications(
        self,
        actor: Actor,
        *,
        notifications: bool,
        person: PersonId,
        idempotency_key: str | None = None,
    ) -> Member:
        """Lets the business's notices reach a member, or no longer; for oneself, or with `users`.

        Args:
            actor: On whose behalf.
            notifications: Whether the business's notices reach them.
            person: The member.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(
            _operations.SET_NOTIFICATIONS,
            actor=actor,
            notifications=notifications,
            person=person,
            idempotency_key=idempotency_key,
        )

    def define_role(
        self,
        actor: Actor,
        *,
        name: str,
        permissions: Sequence[Permission],
        idempotency_key: str | None = None,
    ) -> DefinedRole:
        """Defines a user role. It never changes; members are moved to another.

        Args:
            actor: On whose behalf.
            name: Its name, up to 200 graphemes, unique among the business's user roles by what it looks like.
            permissions: What it lets its holder do. Nobody defines a permission that they do not hold.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
            NameTakenError: Another thing of the same business has this name.
        """
        return self._run(
            _operations.DEFINE_ROLE,
            actor=actor,
            name=name,
            permissions=permissions,
            idempotency_key=idempotency_key,
        )

    def roles(self, actor: Actor, *, cursor: str | None = None, limit: int | None = None) -> Roles:
        """The user roles that the acting business has defined.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return self._run(_operations.ROLES, actor=actor, cursor=cursor, limit=limit)

    def get(self, actor: Actor, *, person: PersonId) -> Member:
        """One member of the acting business; a disabled one for holders of `users` alone.

        Args:
            actor: On whose behalf.
            person: The member.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.GET, actor=actor, person=person)

    def list(
        self,
        actor: Actor,
        *,
        cursor: str | None = None,
        disabled: bool = False,
        limit: int | None = None,
    ) -> MembersPage:
        """The active members of the acting business and, on request of a holder of `users`, the disabled
        ones.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the list goes on.
            disabled: Also those who are disabled; for holders of `users`.
            limit: At most so many, from 1 to 1 000; 100 unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
        """
        return self._run(_operations.LIST, actor=actor, cursor=cursor, disabled=disabled, limit=limit)
