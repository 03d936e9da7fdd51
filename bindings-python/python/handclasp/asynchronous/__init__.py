"""All groups of operations, as coroutines."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._native import Handle
from .access_requests import AsyncAccessRequests
from .businesses import AsyncBusinesses
from .connections import AsyncConnections
from .contractor_roles import AsyncContractorRoles
from .fees import AsyncFees
from .group_links import AsyncGroupLinks
from .history import AsyncHistory
from .invites import AsyncInvites
from .members import AsyncMembers
from .outbox import AsyncOutbox
from .people import AsyncPeople
from .reasons import AsyncReasons


class AsyncGroups:
    """The groups, as attributes."""

    __slots__ = ("businesses", "people", "members", "contractor_roles", "group_links", "invites", "connections", "access_requests", "reasons", "fees", "outbox", "history",)

    def __init__(self, handle: Handle) -> None:
        self.businesses = AsyncBusinesses(handle)
        self.people = AsyncPeople(handle)
        self.members = AsyncMembers(handle)
        self.contractor_roles = AsyncContractorRoles(handle)
        self.group_links = AsyncGroupLinks(handle)
        self.invites = AsyncInvites(handle)
        self.connections = AsyncConnections(handle)
        self.access_requests = AsyncAccessRequests(handle)
        self.reasons = AsyncReasons(handle)
        self.fees = AsyncFees(handle)
        self.outbox = AsyncOutbox(handle)
        self.history = AsyncHistory(handle)
