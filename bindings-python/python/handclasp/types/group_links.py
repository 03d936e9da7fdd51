"""What `group_links` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from .common import ContractorRoleId, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLink:
    """A contractor role's group link."""

    enabled: bool
    """Whether the link opens."""
    role: ContractorRoleId
    """The contractor role."""
    link: Link | None = dataclasses.field(default=None, repr=False)
    """The link, while it opens."""
