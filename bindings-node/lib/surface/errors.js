'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

class HandclaspError extends Error {}
HandclaspError.prototype.name = 'HandclaspError'

class InvalidArgumentError extends HandclaspError {
  code = 'invalid_argument'

  constructor(message, { field, reason }) {
    super(message)
    this.field = field
    this.reason = reason
  }
}
InvalidArgumentError.prototype.name = 'InvalidArgumentError'

class ForbiddenError extends HandclaspError {
  code = 'forbidden'
}
ForbiddenError.prototype.name = 'ForbiddenError'

class NotFoundError extends HandclaspError {
  code = 'not_found'
}
NotFoundError.prototype.name = 'NotFoundError'

class InviteInvalidOrExpiredError extends HandclaspError {
  code = 'invite_invalid_or_expired'
}
InviteInvalidOrExpiredError.prototype.name = 'InviteInvalidOrExpiredError'

class EmailNotVerifiedError extends HandclaspError {
  code = 'email_not_verified'
}
EmailNotVerifiedError.prototype.name = 'EmailNotVerifiedError'

class EmailMismatchError extends HandclaspError {
  code = 'email_mismatch'
}
EmailMismatchError.prototype.name = 'EmailMismatchError'

class AlreadyConnectedError extends HandclaspError {
  code = 'already_connected'

  constructor(message, { connection }) {
    super(message)
    this.connection = connection
  }
}
AlreadyConnectedError.prototype.name = 'AlreadyConnectedError'

class AlreadyPendingError extends HandclaspError {
  code = 'already_pending'

  constructor(message, { accessRequest, connection }) {
    super(message)
    this.accessRequest = accessRequest
    this.connection = connection
  }
}
AlreadyPendingError.prototype.name = 'AlreadyPendingError'

class AlreadyMemberError extends HandclaspError {
  code = 'already_member'
}
AlreadyMemberError.prototype.name = 'AlreadyMemberError'

class AlreadyDecidedError extends HandclaspError {
  code = 'already_decided'

  constructor(message, { at, decision }) {
    super(message)
    this.at = at
    this.decision = decision
  }
}
AlreadyDecidedError.prototype.name = 'AlreadyDecidedError'

class WrongStateError extends HandclaspError {
  code = 'wrong_state'

  constructor(message, { state }) {
    super(message)
    this.state = state
  }
}
WrongStateError.prototype.name = 'WrongStateError'

class NameTakenError extends HandclaspError {
  code = 'name_taken'

  constructor(message, { field }) {
    super(message)
    this.field = field
  }
}
NameTakenError.prototype.name = 'NameTakenError'

class SelfActionForbiddenError extends HandclaspError {
  code = 'self_action_forbidden'
}
SelfActionForbiddenError.prototype.name = 'SelfActionForbiddenError'

class LastAdminError extends HandclaspError {
  code = 'last_admin'
}
LastAdminError.prototype.name = 'LastAdminError'

class LimitExceededError extends HandclaspError {
  code = 'limit_exceeded'

  constructor(message, { limit }) {
    super(message)
    this.limit = limit
  }
}
LimitExceededError.prototype.name = 'LimitExceededError'

class RateLimitedError extends HandclaspError {
  code = 'rate_limited'

  constructor(message, { retryAfter }) {
    super(message)
    this.retryAfter = retryAfter
  }
}
RateLimitedError.prototype.name = 'RateLimitedError'

class IdempotencyMismatchError extends HandclaspError {
  code = 'idempotency_mismatch'
}
IdempotencyMismatchError.prototype.name = 'IdempotencyMismatchError'

class ConflictError extends HandclaspError {
  code = 'conflict'
}
ConflictError.prototype.name = 'ConflictError'

class OutcomeUnknownError extends HandclaspError {
  code = 'outcome_unknown'
}
OutcomeUnknownError.prototype.name = 'OutcomeUnknownError'

class CancelledError extends HandclaspError {
  code = 'cancelled'
}
CancelledError.prototype.name = 'CancelledError'

class StorageUnavailableError extends HandclaspError {
  code = 'storage_unavailable'
}
StorageUnavailableError.prototype.name = 'StorageUnavailableError'

class StorageBusyError extends HandclaspError {
  code = 'storage_busy'
}
StorageBusyError.prototype.name = 'StorageBusyError'

class StorageFullError extends HandclaspError {
  code = 'storage_full'
}
StorageFullError.prototype.name = 'StorageFullError'

class StorageReadOnlyError extends HandclaspError {
  code = 'storage_read_only'
}
StorageReadOnlyError.prototype.name = 'StorageReadOnlyError'

class StorageCorruptError extends HandclaspError {
  code = 'storage_corrupt'
}
StorageCorruptError.prototype.name = 'StorageCorruptError'

class SchemaMismatchError extends HandclaspError {
  code = 'schema_mismatch'
}
SchemaMismatchError.prototype.name = 'SchemaMismatchError'

class ConfigInvalidError extends HandclaspError {
  code = 'config_invalid'
}
ConfigInvalidError.prototype.name = 'ConfigInvalidError'

class ClockOutOfRangeError extends HandclaspError {
  code = 'clock_out_of_range'
}
ClockOutOfRangeError.prototype.name = 'ClockOutOfRangeError'

class ClosedError extends HandclaspError {
  code = 'closed'
}
ClosedError.prototype.name = 'ClosedError'

class ForkedError extends HandclaspError {
  code = 'forked'
}
ForkedError.prototype.name = 'ForkedError'

class InternalError extends HandclaspError {
  code = 'internal'
}
InternalError.prototype.name = 'InternalError'

/** The class of each code. */
const byCode = {
  invalid_argument: InvalidArgumentError,
  forbidden: ForbiddenError,
  not_found: NotFoundError,
  invite_invalid_or_expired: InviteInvalidOrExpiredError,
  email_not_verified: EmailNotVerifiedError,
  email_mismatch: EmailMismatchError,
  already_connected: AlreadyConnectedError,
  already_pending: AlreadyPendingError,
  already_member: AlreadyMemberError,
  already_decided: AlreadyDecidedError,
  wrong_state: WrongStateError,
  name_taken: NameTakenError,
  self_action_forbidden: SelfActionForbiddenError,
  last_admin: LastAdminError,
  limit_exceeded: LimitExceededError,
  rate_limited: RateLimitedError,
  idempotency_mismatch: IdempotencyMismatchError,
  conflict: ConflictError,
  outcome_unknown: OutcomeUnknownError,
  cancelled: CancelledError,
  storage_unavailable: StorageUnavailableError,
  storage_busy: StorageBusyError,
  storage_full: StorageFullError,
  storage_read_only: StorageReadOnlyError,
  storage_corrupt: StorageCorruptError,
  schema_mismatch: SchemaMismatchError,
  config_invalid: ConfigInvalidError,
  clock_out_of_range: ClockOutOfRangeError,
  closed: ClosedError,
  forked: ForkedError,
  internal: InternalError,
}

module.exports = {
  HandclaspError,
  InvalidArgumentError,
  ForbiddenError,
  NotFoundError,
  InviteInvalidOrExpiredError,
  EmailNotVerifiedError,
  EmailMismatchError,
  AlreadyConnectedError,
  AlreadyPendingError,
  AlreadyMemberError,
  AlreadyDecidedError,
  WrongStateError,
  NameTakenError,
  SelfActionForbiddenError,
  LastAdminError,
  LimitExceededError,
  RateLimitedError,
  IdempotencyMismatchError,
  ConflictError,
  OutcomeUnknownError,
  CancelledError,
  StorageUnavailableError,
  StorageBusyError,
  StorageFullError,
  StorageReadOnlyError,
  StorageCorruptError,
  SchemaMismatchError,
  ConfigInvalidError,
  ClockOutOfRangeError,
  ClosedError,
  ForkedError,
  InternalError,
  byCode,
}
