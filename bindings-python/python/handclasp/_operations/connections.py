"""What the operations of `connections` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from collections.abc import Sequence

from .._call import Operation
from ..types.common import (
    Actor,
    BusinessId,
    CategoryId,
    Connected,
    Connection,
    ConnectionId,
    ConnectionStatus,
    ContractorRoleId,
    GivenReason,
    RequestId,
    RequirementId,
    WorkflowStatus,
)
from ..types.connections import CategoryChoice, ConnectionsPage, PendingPage, Sort, Verdict, WorkflowSummary

REQUEST: Operation[Connection] = Operation(
    "connections.request",
    arguments={
        "actor": Actor,
        "contractor": BusinessId,
        "role": ContractorRoleId | None,
        "idempotency_key": str | None,
    },
    answer=Connection,
)

ACCEPT: Operation[Connected] = Operation(
    "connections.accept",
    arguments={"actor": Actor, "request": RequestId, "idempotency_key": str | None},
    answer=Connected,
)

DECLINE: Operation[Connection] = Operation(
    "connections.decline",
    arguments={"actor": Actor, "request": RequestId, "idempotency_key": str | None},
    answer=Connection,
)

WITHDRAW: Operation[Connection] = Operation(
    "connections.withdraw",
    arguments={"actor": Actor, "request": RequestId, "idempotency_key": str | None},
    answer=Connection,
)

CHANGE_ROLE: Operation[Connected] = Operation(
    "connections.change_role",
    arguments={
        "actor": Actor,
        "connection": ConnectionId,
        "role": ContractorRoleId,
        "idempotency_key": str | None,
    },
    answer=Connected,
)

DISCONNECT: Operation[Connection] = Operation(
    "connections.disconnect",
    arguments={
        "actor": Actor,
        "connection": ConnectionId,
        "reason": GivenReason,
        "hide_reason": bool | None,
        "idempotency_key": str | None,
    },
    answer=Connection,
)

CLASSIFY: Operation[Connection] = Operation(
    "connections.classify",
    arguments={
        "actor": Actor,
        "categories": Sequence[CategoryChoice],
        "connection": ConnectionId,
        "idempotency_key": str | None,
    },
    answer=Connection,
)

SUBMIT_REQUIREMENT: Operation[Connection] = Operation(
    "connections.submit_requirement",
    arguments={
        "actor": Actor,
        "connection": ConnectionId,
        "requirement": RequirementId,
        "idempotency_key": str | None,
    },
    answer=Connection,
)

REVIEW_REQUIREMENT: Operation[Connection] = Operation(
    "connections.review_requirement",
    arguments={
        "actor": Actor,
        "connection": ConnectionId,
        "requirement": RequirementId,
        "verdict": Verdict,
        "idempotency_key": str | None,
    },
    answer=Connection,
)

GET: Operation[Connection] = Operation(
    "connections.get",
    arguments={"actor": Actor, "connection": ConnectionId},
    answer=Connection,
)

CLIENTS: Operation[ConnectionsPage] = Operation(
    "connections.clients",
    arguments={
        "actor": Actor,
        "category": CategoryId | None,
        "classification_required": bool | None,
        "contact": str | None,
        "cursor": str | None,
        "limit": int | None,
        "name": str | None,
        "role": ContractorRoleId | None,
        "sort": Sort | None,
        "statuses": Sequence[ConnectionStatus] | None,
        "workflow_status": WorkflowStatus | None,
    },
    answer=ConnectionsPage,
)

CONTRACTORS: Operation[ConnectionsPage] = Operation(
    "connections.contractors",
    arguments={
        "actor": Actor,
        "category": CategoryId | None,
        "classification_required": bool | None,
        "contact": str | None,
        "cursor": str | None,
        "limit": int | None,
        "name": str | None,
        "role": ContractorRoleId | None,
        "sort": Sort | None,
        "statuses": Sequence[ConnectionStatus] | None,
        "workflow_status": WorkflowStatus | None,
    },
    answer=ConnectionsPage,
)

PENDING: Operation[PendingPage] = Operation(
    "connections.pending",
    arguments={"actor": Actor, "cursor": str | None, "limit": int | None},
    answer=PendingPage,
)

WORKFLOW_SUMMARY: Operation[WorkflowSummary] = Operation(
    "connections.workflow_summary",
    arguments={"actor": Actor, "connection": ConnectionId},
    answer=WorkflowSummary,
)
