"""All groups of operations, waiting for each answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from .._native import Handle
from .access_requests import AccessRequests
from .businesses import Businesses
from .connections import Connections
from .contractor_roles import ContractorRoles
from .fees import Fees
from .group_links import GroupLinks
from .history import History
from .invites import Invites
from .members import Members
from .outbox import Outbox
from .people import People
from .reasons import Reasons


class Groups:
    """The groups, as attributes."""

    __slots__ = ("businesses", "people", "members", "contractor_roles", "group_links", "invites", "connections", "access_requests", "reasons", "fees", "outbox", "history",)

    def __init__(self, handle: Handle) -> None:
        self.businesses = Businesses(handle)
        self.people = People(handle)
        self.members = Members(handle)
        self.contractor_roles = ContractorRoles(handle)
        self.group_links = GroupLinks(handle)
        self.invites = Invites(handle)
        self.connections = Connections(handle)
        self.access_requests = AccessRequests(handle)
        self.reasons = Reasons(handle)
        self.fees = Fees(handle)
        self.outbox = Outbox(handle)
        self.history = History(handle)
