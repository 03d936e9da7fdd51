"""What the operations of `group_links` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.


from .._call import Operation
from ..types.common import Actor, ContractorRoleId
from ..types.group_links import GroupLink, GroupLinksPage

ENABLE: Operation[GroupLink] = Operation(
    "group_links.enable",
    arguments={"actor": Actor, "role": ContractorRoleId, "idempotency_key": str | None},
    answer=GroupLink,
)

DISABLE: Operation[GroupLink] = Operation(
    "group_links.disable",
    arguments={"actor": Actor, "role": ContractorRoleId, "idempotency_key": str | None},
    answer=GroupLink,
)

REFRESH: Operation[GroupLink] = Operation(
    "group_links.refresh",
    arguments={"actor": Actor, "role": ContractorRoleId, "idempotency_key": str | None},
    answer=GroupLink,
)

COPY: Operation[GroupLink] = Operation(
    "group_links.copy",
    arguments={"actor": Actor, "role": ContractorRoleId},
    answer=GroupLink,
)

LIST: Operation[GroupLinksPage] = Operation(
    "group_links.list",
    arguments={"actor": Actor, "cursor": str | None, "limit": int | None},
    answer=GroupLinksPage,
)
