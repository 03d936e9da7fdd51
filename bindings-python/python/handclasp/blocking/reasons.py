"""The group `reasons`, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from collections.abc import Sequence

from .._call import Group
from .._operations import reasons as _operations
from ..types.common import Actor
from ..types.reasons import ListedReason, ReasonKind, ReasonsListed


class Reasons(Group):
    """Operations of `reasons`."""

    __slots__ = ()

    def set(
        self,
        actor: Actor,
        *,
        kind: ReasonKind,
        reasons: Sequence[ListedReason],
        idempotency_key: str | None = None,
    ) -> ReasonsListed:
        """Sets the acting business's reasons of one kind, in place of all that it had. What was given before
        stays as it was.

        Args:
            actor: On whose behalf.
            kind: For what.
            reasons: The reasons, up to 100, in the order in which people read them. *Other* is always there
                beside them.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            NameTakenError: Another thing of the same business has this name.
        """
        return self._run(
            _operations.SET,
            actor=actor,
            kind=kind,
            reasons=reasons,
            idempotency_key=idempotency_key,
        )

    def list(self, actor: Actor, *, kind: ReasonKind) -> ReasonsListed:
        """The acting business's reasons of one kind, for any member.

        Args:
            actor: On whose behalf.
            kind: For what.

        Raises:
            NotFoundError: The thing does not exist, or the actor may not know whether it does.
        """
        return self._run(_operations.LIST, actor=actor, kind=kind)
