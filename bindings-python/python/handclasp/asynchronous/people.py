"""The group `people`, as coroutines."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._call import AsyncGroup
from .._operations import people as _operations
from ..types.common import Actor, PersonId
from ..types.people import Person


class AsyncPeople(AsyncGroup):
    """Operations of `people`."""

    __slots__ = ()

    async def put(
        self,
        actor: Actor,
        *,
        email: str,
        id: PersonId,
        name: str,
        language: str | None = None,
        idempotency_key: str | None = None,
    ) -> Person:
        """Takes or refreshes the copy of a person. The host authenticates people and verifies addresses; the
        library never does.

        Args:
            actor: On whose behalf.
            email: Where they get mail, as one bare e-mail address.
            id: The host's id for them.
            name: Their name, up to 200 graphemes.
            language: The language of their mails, as a BCP 47 tag.
            idempotency_key: Makes the call safe to repeat: within 24 hours, the same key and arguments give
                the same answer and no second effect.

        Raises:
            InvalidArgumentError: An argument breaks a rule; mend it and call again.
            ForbiddenError: The actor may know that the thing exists, and may not do this.
        """
        return await self._run(
            _operations.PUT,
            actor=actor,
            email=email,
            id=id,
            name=name,
            language=language,
            idempotency_key=idempotency_key,
        )
