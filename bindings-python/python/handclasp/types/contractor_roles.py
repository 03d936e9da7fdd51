"""What `contractor_roles` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass

from .common import CategoryId, ContractorRole, ContractorRoleId, Requirement, SubCategoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class SubCategory:
    """A sub-category."""

    id: SubCategoryId
    """Its id."""
    mandatory: bool
    """Whether every contractor of the category is in it."""
    name: str
    """Its name, unique within the category by what it looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of a contractor role."""

    id: CategoryId
    """Its id."""
    mandatory: bool
    """Whether every contractor of the role is in it."""
    multiple: bool
    """Whether a contractor may be in several of its sub-categories beyond the mandatory ones."""
    name: str
    """Its name."""
    role: ContractorRoleId
    """The contractor role."""
    sub_categories: tuple[SubCategory, ...]
    """Its sub-categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """The categories of a contractor role."""

    categories: tuple[Category, ...]
    """Those that can be chosen, in the order in which they were defined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorRolesPage:
    """One page of contractor roles: *Supplier* where its id falls, the others as they were created."""

    roles: tuple[ContractorRole, ...]
    """The roles."""
    next: str | None = None
    """Where the list goes on, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineSubCategory:
    """A sub-category to define."""

    name: str
    """Its name, up to 200 graphemes, unique within the category by what it looks like."""
    mandatory: bool = False
    """Whether every contractor of the category is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """The requirements of a contractor role."""

    requirements: tuple[Requirement, ...]
    """Those that are demanded, in the order in which they were defined."""
