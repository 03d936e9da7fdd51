"""What the operations of `contractor_roles` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from collections.abc import Sequence

from .._call import Operation
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

CREATE: Operation[ContractorRole] = Operation(
    "contractor_roles.create",
    arguments={"actor": Actor, "name": str, "idempotency_key": str | None},
    answer=ContractorRole,
)

RENAME: Operation[ContractorRole] = Operation(
    "contractor_roles.rename",
    arguments={"actor": Actor, "name": str, "role": ContractorRoleId, "idempotency_key": str | None},
    answer=ContractorRole,
)

ARCHIVE: Operation[ContractorRole] = Operation(
    "contractor_roles.archive",
    arguments={"actor": Actor, "role": ContractorRoleId, "idempotency_key": str | None},
    answer=ContractorRole,
)

RESTORE: Operation[ContractorRole] = Operation(
    "contractor_roles.restore",
    arguments={"actor": Actor, "role": ContractorRoleId, "idempotency_key": str | None},
    answer=ContractorRole,
)

DEFINE_CATEGORY: Operation[Category] = Operation(
    "contractor_roles.define_category",
    arguments={
        "actor": Actor,
        "name": str,
        "role": ContractorRoleId,
        "mandatory": bool | None,
        "multiple": bool | None,
        "sub_categories": Sequence[DefineSubCategory] | None,
        "idempotency_key": str | None,
    },
    answer=Category,
)

REMOVE_CATEGORY: Operation[Category] = Operation(
    "contractor_roles.remove_category",
    arguments={"actor": Actor, "category": CategoryId, "idempotency_key": str | None},
    answer=Category,
)

DEFINE_REQUIREMENT: Operation[Requirement] = Operation(
    "contractor_roles.define_requirement",
    arguments={
        "actor": Actor,
        "name": str,
        "role": ContractorRoleId,
        "description": str | None,
        "target": RequirementTarget | None,
        "idempotency_key": str | None,
    },
    answer=Requirement,
)

REMOVE_REQUIREMENT: Operation[Requirement] = Operation(
    "contractor_roles.remove_requirement",
    arguments={"actor": Actor, "requirement": RequirementId, "idempotency_key": str | None},
    answer=Requirement,
)

LIST: Operation[ContractorRolesPage] = Operation(
    "contractor_roles.list",
    arguments={
        "actor": Actor,
        "cursor": str | None,
        "limit": int | None,
        "statuses": Sequence[ContractorRoleStatus] | None,
    },
    answer=ContractorRolesPage,
)

CATEGORIES: Operation[Categories] = Operation(
    "contractor_roles.categories",
    arguments={"actor": Actor, "role": ContractorRoleId},
    answer=Categories,
)

REQUIREMENTS: Operation[Requirements] = Operation(
    "contractor_roles.requirements",
    arguments={"actor": Actor, "role": ContractorRoleId},
    answer=Requirements,
)
