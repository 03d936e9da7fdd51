"""The group `contractor_roles`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence

from .._call import Group
from .._operations import contractor_roles as _operations
from ..types.common import (
    Actor,
    CategoryId,
    ContractorRole,
    ContractorRoleId,
    ContractorRoleStatus,
    Requirement,
    RequirementId,
    RequirementTarget,
)
from ..types.contractor_roles import (
    Categories,
    Category,
    ContractorRolesPage,
    DefineSubCategory,
    Requirements,
)


class ContractorRoles(Group):
    """Operations of `contractor_roles`."""

    __slots__ = ()

    def create(self, actor: Actor, *, name: str, idempotency_key: str | None = None) -> ContractorRole:
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
        return self._run(_operations.CREATE, actor=actor, name=name, idempotency_key=idempotency_key)

    def rename(
        self,
        actor: Actor,
        *,
        name: str,
        role: ContractorRoleId,
        idempotency_key: str | None = None,
    ) -> ContractorRole:
        """Gives a contractor role another name. Its links, invites and connections stay as they are.

        Args:
            actor: On whose behalf.
            name: Its new name, up to 200 graphemes, unique among the client's roles by what it looks like.
            role: The role.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            NameTakenError: Another thing of the same business has this name.
        """
        return self._run(
            _operations.RENAME,
            actor=actor,
            name=name,
            role=role,
            idempotency_key=idempotency_key,
        )

    def archive(
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
        return self._run(_operations.ARCHIVE, actor=actor, role=role, idempotency_key=idempotency_key)

    def restore(
        self,
        actor: Actor,
        *,
        role: ContractorRoleId,
        idempotency_key: str | None = None,
    ) -> ContractorRole:
        """Lets an archived contractor role take new requests, invites and acceptances again. Its group link
        stays disabled until it is enabled anew. What is live already stays so.

        Args:
            actor: On whose behalf.
            role: The role.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            LimitExceededError: A quota of the business is used up.
        """
        return self._run(_operations.RESTORE, actor=actor, role=role, idempotency_key=idempotency_key)

    def define_category(
        self,
        actor: Actor,
        *,
        name: str,
        role: ContractorRoleId,
        mandatory: bool = False,
        multiple: bool = True,
        sub_categories: Sequence[DefineSubCategory] = (),
        idempotency_key: str | None = None,
    ) -> Category:
        """Defines a category of a contractor role. It is not edited later but removed and defined anew, and
        counts from the next classification of a connection.

        Args:
            actor: On whose behalf.
            name: Its name, up to 200 graphemes, unique among the role's categories by what it looks like.
            role: The contractor role.
            mandatory: Whether every contractor of the role is in it.
            multiple: Whether a contractor may be in several of its sub-categories beyond the mandatory ones;
                so it is unless said otherwise.
            sub_categories: Its sub-categories, up to 100.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            NameTakenError: Another thing of the same business has this name.
            LimitExceededError: A quota of the business is used up.
        """
        return self._run(
            _operations.DEFINE_CATEGORY,
            actor=actor,
            name=name,
            role=role,
            mandatory=mandatory,
            multiple=multiple,
            sub_categories=sub_categories,
            idempotency_key=idempotency_key,
        )

    def remove_category(
        self,
        actor: Actor,
        *,
        category: CategoryId,
        idempotency_key: str | None = None,
    ) -> Category:
        """Lets nobody choose a category any more. It stays on the connections that have it; its requirements
        apply no more. What is removed already stays so.

        Args:
            actor: On whose behalf.
            category: The category.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(
            _operations.REMOVE_CATEGORY,
            actor=actor,
            category=category,
            idempotency_key=idempotency_key,
        )

    def define_requirement(
        self,
        actor: Actor,
        *,
        name: str,
        role: ContractorRoleId,
        description: str | None = None,
        target: RequirementTarget | None = None,
        idempotency_key: str | None = None,
    ) -> Requirement:
        """Demands a workflow step of a role's contractors, or of those in one of its categories. It is
        incomplete for the connections that it concerns.

        Args:
            actor: On whose behalf.
            name: What it is called, up to 200 graphemes.
            role: The contractor role.
            description: What has to be done, up to 2 000 graphemes, lines allowed.
            target: Whom it concerns: all contractors of the role unless said otherwise.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
            LimitExceededError: A quota of the business is used up.
        """
        return self._run(
            _operations.DEFINE_REQUIREMENT,
            actor=actor,
            name=name,
            role=role,
            description=description,
            target=target,
            idempotency_key=idempotency_key,
        )

    def remove_requirement(
        self,
        actor: Actor,
        *,
        requirement: RequirementId,
        idempotency_key: str | None = None,
    ) -> Requirement:
        """Demands a workflow step no longer. It leaves every summary and stays in history. What is removed
        already stays so.

        Args:
            actor: On whose behalf.
            requirement: The requirement.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(
            _operations.REMOVE_REQUIREMENT,
            actor=actor,
            requirement=requirement,
            idempotency_key=idempotency_key,
        )

    def list(
        self,
        actor: Actor,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        statuses: Sequence[ContractorRoleStatus] | None = None,
    ) -> ContractorRolesPage:
        """The acting client's contractor roles.

        Args:
            actor: On whose behalf.
            cursor: Where an earlier page said that the list goes on.
            limit: At most so many, from 1 to 1 000; 100 unless given.
            statuses: Only these statuses; all, unless given.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
        """
        return self._run(_operations.LIST, actor=actor, cursor=cursor, limit=limit, statuses=statuses)

    def categories(self, actor: Actor, *, role: ContractorRoleId) -> Categories:
        """The categories of a contractor role, for its client, and for a contractor that is Connected under
        it.

        Args:
            actor: On whose behalf.
            role: The role.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.CATEGORIES, actor=actor, role=role)

    def requirements(self, actor: Actor, *, role: ContractorRoleId) -> Requirements:
        """The requirements of a contractor role, for its client, and for a contractor that is Connected under
        it.

        Args:
            actor: On whose behalf.
            role: The role.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.REQUIREMENTS, actor=actor, role=role)
