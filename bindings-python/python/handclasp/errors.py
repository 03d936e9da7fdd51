"""One exception per error code, under one base."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from .types.common import AccessRequestId, ConnectionId, Decided, LimitName, Reason


class HandclaspError(Exception):
    """Nothing has changed, `OutcomeUnknownError` aside. The text is safe to show."""

    code: ClassVar[str]
    """The stable code, the same in every language."""

    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        fields = {name: getattr(self, name) for name in self.__match_args__}
        return _restored, (type(self), str(self), fields)


def _restored(kind: type[HandclaspError], message: str, fields: dict[str, Any]) -> HandclaspError:
    """Unpickles an error: its fields can only be given by name."""
    return kind(message, **fields)


class InvalidArgumentError(HandclaspError):
    """An argument breaks a rule; mend it and call again."""

    code = "invalid_argument"
    __match_args__ = ("field", "reason")

    field: str
    """Which argument, dotted where it lies within another."""
    reason: Reason
    """Why."""

    def __init__(self, message: str, *, field: str, reason: Reason) -> None:
        super().__init__(message)
        self.field = field
        self.reason = reason


class ForbiddenError(HandclaspError):
    """The actor may know that the thing exists, and may not do this."""

    code = "forbidden"


class NotFoundError(HandclaspError):
    """The thing does not exist, or the actor may not know whether it does."""

    code = "not_found"


class InviteInvalidOrExpiredError(HandclaspError):
    """The link or claim opens nothing (any more). The cause is for the issuing client alone."""

    code = "invite_invalid_or_expired"


class EmailNotVerifiedError(HandclaspError):
    """The invite is bound to an address, or an access request is made, and the host has verified none of the
    actor's addresses.
    """

    code = "email_not_verified"


class EmailMismatchError(HandclaspError):
    """The invite is bound to another address, or the access request names another, than those that the host
    has verified to be the actor's.
    """

    code = "email_mismatch"


class AlreadyConnectedError(HandclaspError):
    """The two businesses are connected already."""

    code = "already_connected"
    __match_args__ = ("connection",)

    connection: ConnectionId
    """The connection."""

    def __init__(self, message: str, *, connection: ConnectionId) -> None:
        super().__init__(message)
        self.connection = connection


class AlreadyPendingError(HandclaspError):
    """A request waits for its answer already."""

    code = "already_pending"
    __match_args__ = ("access_request", "connection")

    access_request: AccessRequestId | None
    """The access request that is pending."""
    connection: ConnectionId | None
    """The connection whose request is pending."""

    def __init__(self, message: str, *, access_request: AccessRequestId | None = None, connection: ConnectionId | None = None) -> None:
        super().__init__(message)
        self.access_request = access_request
        self.connection = connection


class AlreadyMemberError(HandclaspError):
    """The person is a member of the business already, active or disabled."""

    code = "already_member"


class AlreadyDecidedError(HandclaspError):
    """What is answered or ended can't be answered or ended again."""

    code = "already_decided"
    __match_args__ = ("at", "decision")

    at: datetime
    """When it ended."""
    decision: Decided
    """How it ended."""

    def __init__(self, message: str, *, at: datetime, decision: Decided) -> None:
        super().__init__(message)
        self.at = at
        self.decision = decision


class WrongStateError(HandclaspError):
    """The state of the thing forbids this."""

    code = "wrong_state"
    __match_args__ = ("state",)

    state: str
    """The state that it is in."""

    def __init__(self, message: str, *, state: str) -> None:
        super().__init__(message)
        self.state = state


class NameTakenError(HandclaspError):
    """Another thing of the same business has this name."""

    code = "name_taken"
    __match_args__ = ("field",)

    field: str
    """Which argument."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class SelfActionForbiddenError(HandclaspError):
    """A business can't deal with itself, nor a person with their own request."""

    code = "self_action_forbidden"


class LastAdminError(HandclaspError):
    """The business would be left without an active Admin."""

    code = "last_admin"


class LimitExceededError(HandclaspError):
    """A quota of the business is used up."""

    code = "limit_exceeded"
    __match_args__ = ("limit",)

    limit: LimitName
    """Which quota."""

    def __init__(self, message: str, *, limit: LimitName) -> None:
        super().__init__(message)
        self.limit = limit


class RateLimitedError(HandclaspError):
    """Too much within 24 hours; nothing was sent."""

    code = "rate_limited"
    __match_args__ = ("retry_after",)

    retry_after: int
    """Seconds until there is room again in the limit that refused the call. Another may be full then, and
    says so.
    """

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class IdempotencyMismatchError(HandclaspError):
    """The idempotency key was used within 24 hours with other arguments."""

    code = "idempotency_mismatch"


class ConflictError(HandclaspError):
    """Others were faster, round after round; nothing has changed."""

    code = "conflict"


class OutcomeUnknownError(HandclaspError):
    """The commit was sent and its answer lost: the call may or may not have taken effect. Calling again with
    the same idempotency key is safe.
    """

    code = "outcome_unknown"


class CancelledError(HandclaspError):
    """The host gave up waiting."""

    code = "cancelled"


class StorageUnavailableError(HandclaspError):
    """The database can't be reached."""

    code = "storage_unavailable"


class StorageBusyError(HandclaspError):
    """A queue or a lock was not free within the deadline."""

    code = "storage_busy"


class StorageFullError(HandclaspError):
    """No room left."""

    code = "storage_full"


class StorageReadOnlyError(HandclaspError):
    """The database takes no writes."""

    code = "storage_read_only"


class StorageCorruptError(HandclaspError):
    """A stored value makes no sense."""

    code = "storage_corrupt"


class SchemaMismatchError(HandclaspError):
    """The database is missing, foreign, or of a newer version."""

    code = "schema_mismatch"


class ConfigInvalidError(HandclaspError):
    """The configuration can't be used, or its keys are not those of the database."""

    code = "config_invalid"


class ClockOutOfRangeError(HandclaspError):
    """The clock shows a year that the library can't count in."""

    code = "clock_out_of_range"


class ClosedError(HandclaspError):
    """The handle was closed."""

    code = "closed"


class ForkedError(HandclaspError):
    """The handle was made before a fork."""

    code = "forked"


class InternalError(HandclaspError):
    """A fault of the library or of a part that the host brought."""

    code = "internal"


BY_CODE: dict[str, type[HandclaspError]] = {
    "invalid_argument": InvalidArgumentError,
    "forbidden": ForbiddenError,
    "not_found": NotFoundError,
    "invite_invalid_or_expired": InviteInvalidOrExpiredError,
    "email_not_verified": EmailNotVerifiedError,
    "email_mismatch": EmailMismatchError,
    "already_connected": AlreadyConnectedError,
    "already_pending": AlreadyPendingError,
    "already_member": AlreadyMemberError,
    "already_decided": AlreadyDecidedError,
    "wrong_state": WrongStateError,
    "name_taken": NameTakenError,
    "self_action_forbidden": SelfActionForbiddenError,
    "last_admin": LastAdminError,
    "limit_exceeded": LimitExceededError,
    "rate_limited": RateLimitedError,
    "idempotency_mismatch": IdempotencyMismatchError,
    "conflict": ConflictError,
    "outcome_unknown": OutcomeUnknownError,
    "cancelled": CancelledError,
    "storage_unavailable": StorageUnavailableError,
    "storage_busy": StorageBusyError,
    "storage_full": StorageFullError,
    "storage_read_only": StorageReadOnlyError,
    "storage_corrupt": StorageCorruptError,
    "schema_mismatch": SchemaMismatchError,
    "config_invalid": ConfigInvalidError,
    "clock_out_of_range": ClockOutOfRangeError,
    "closed": ClosedError,
    "forked": ForkedError,
    "internal": InternalError,
}
"""The class of each code."""

__all__ = [
    "AlreadyConnectedError",
    "AlreadyDecidedError",
    "AlreadyMemberError",
    "AlreadyPendingError",
    "CancelledError",
    "ClockOutOfRangeError",
    "ClosedError",
    "ConfigInvalidError",
    "ConflictError",
    "EmailMismatchError",
    "EmailNotVerifiedError",
    "ForbiddenError",
    "ForkedError",
    "HandclaspError",
    "IdempotencyMismatchError",
    "InternalError",
    "InvalidArgumentError",
    "InviteInvalidOrExpiredError",
    "LastAdminError",
    "LimitExceededError",
    "NameTakenError",
    "NotFoundError",
    "OutcomeUnknownError",
    "RateLimitedError",
    "SchemaMismatchError",
    "SelfActionForbiddenError",
    "StorageBusyError",
    "StorageCorruptError",
    "StorageFullError",
    "StorageReadOnlyError",
    "StorageUnavailableError",
    "WrongStateError",
]
