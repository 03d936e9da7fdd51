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


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLinkState:
    """A contractor role's group link in a list, without the link."""

    enabled: bool
    """Whether the link opens."""
    role: ContractorRoleId
    """The contractor role."""
    role_name: str
    """Its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLinksPage:
    """One page of group links, without the links."""

    group_links: tuple[GroupLinkState, ...]
    """Every live contractor role with the state of its link."""
    next: str | None = None
    """Where the list goes on, if it does."""
