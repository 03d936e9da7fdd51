"""What the operations of `access_requests` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from collections.abc import Sequence

from .._call import Operation
from ..types.common import AccessRequestId, Actor, BusinessId, GivenReason, UserRole
from ..types.access_requests import (
    AccessRequest,
    AccessRequestStatus,
    AccessRequestsPage,
    OwnAccessRequest,
    OwnAccessRequestsPage,
)

SUBMIT: Operation[OwnAccessRequest] = Operation(
    "access_requests.submit",
    arguments={
        "actor": Actor,
        "business": BusinessId,
        "email": str,
        "name": str,
        "job_title": str | None,
        "message": str | None,
        "phone": str | None,
        "role": UserRole | None,
        "idempotency_key": str | None,
    },
    answer=OwnAccessRequest,
)

WITHDRAW: Operation[OwnAccessRequest] = Operation(
    "access_requests.withdraw",
    arguments={"actor": Actor, "request": AccessRequestId, "idempotency_key": str | None},
    answer=OwnAccessRequest,
)

ACCEPT: Operation[AccessRequest] = Operation(
    "access_requests.accept",
    arguments={
        "actor": Actor,
        "request": AccessRequestId,
        "role": UserRole | None,
        "idempotency_key": str | None,
    },
    answer=AccessRequest,
)

DECLINE: Operation[AccessRequest] = Operation(
    "access_requests.decline",
    arguments={
        "actor": Actor,
        "reason": GivenReason,
        "request": AccessRequestId,
        "disclose": bool | None,
        "idempotency_key": str | None,
    },
    answer=AccessRequest,
)

MINE: Operation[OwnAccessRequestsPage] = Operation(
    "access_requests.mine",
    arguments={"actor": Actor, "cursor": str | None, "limit": int | None},
    answer=OwnAccessRequestsPage,
)

LIST: Operation[AccessRequestsPage] = Operation(
    "access_requests.list",
    arguments={
        "actor": Actor,
        "cursor": str | None,
        "limit": int | None,
        "statuses": Sequence[AccessRequestStatus] | None,
    },
    answer=AccessRequestsPage,
)

GET: Operation[AccessRequest] = Operation(
    "access_requests.get",
    arguments={"actor": Actor, "request": AccessRequestId},
    answer=AccessRequest,
)
