// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { AccessRequestId, ConnectionId, Decided, LimitName, Reason } from './types/common.js'

/** Nothing has changed, `OutcomeUnknownError` aside. The message is safe to show. */
export class HandclaspError extends Error {
  /** The stable code, the same in every language. */
  readonly code: string
}

/** An argument breaks a rule; mend it and call again. */
export class InvalidArgumentError extends HandclaspError {
  constructor(message: string, fields: { field: string; reason: Reason })
  readonly code: 'invalid_argument'
  /** Which argument, dotted where it lies within another. */
  readonly field: string
  /** Why. */
  readonly reason: Reason
}

/** The actor may know that the thing exists, and may not do this. */
export class ForbiddenError extends HandclaspError {
  constructor(message: string)
  readonly code: 'forbidden'
}

/** The thing does not exist, or the actor may not know whether it does. */
export class NotFoundError extends HandclaspError {
  constructor(message: string)
  readonly code: 'not_found'
}

/** The link or claim opens nothing (any more). The cause is for the issuing client alone. */
export class InviteInvalidOrExpiredError extends HandclaspError {
  constructor(message: string)
  readonly code: 'invite_invalid_or_expired'
}

/**
 * The invite is bound to an address, or an access request is made, and the host has verified none of the
 * actor's addresses.
 */
export class EmailNotVerifiedError extends HandclaspError {
  constructor(message: string)
  readonly code: 'email_not_verified'
}

/**
 * The invite is bound to another address, or the access request names another, than those that the host has
 * verified to be the actor's.
 */
export class EmailMismatchError extends HandclaspError {
  constructor(message: string)
  readonly code: 'email_mismatch'
}

/** The two businesses are connected already. */
export class AlreadyConnectedError extends HandclaspError {
  constructor(message: string, fields: { connection: ConnectionId })
  readonly code: 'already_connected'
  /** The connection. */
  readonly connection: ConnectionId
}

/** A request waits for its answer already. */
export class AlreadyPendingError extends HandclaspError {
  constructor(message: string, fields: { accessRequest: AccessRequestId | null; connection: ConnectionId | null })
  readonly code: 'already_pending'
  /** The access request that is pending. */
  readonly accessRequest: AccessRequestId | null
  /** The connection whose request is pending. */
  readonly connection: ConnectionId | null
}

/** The person is a member of the business already, active or disabled. */
export class AlreadyMemberError extends HandclaspError {
  constructor(message: string)
  readonly code: 'already_member'
}

/** What is answered or ended can't be answered or ended again. */
export class AlreadyDecidedError extends HandclaspError {
  constructor(message: string, fields: { at: Date; decision: Decided })
  readonly code: 'already_decided'
  /** When it ended. */
  readonly at: Date
  /** How it ended. */
  readonly decision: Decided
}

/** The state of the thing forbids this. */
export class WrongStateError extends HandclaspError {
  constructor(message: string, fields: { state: string })
  readonly code: 'wrong_state'
  /** The state that it is in. */
  readonly state: string
}

/** Another thing of the same business has this name. */
export class NameTakenError extends HandclaspError {
  constructor(message: string, fields: { field: string })
  readonly code: 'name_taken'
  /** Which argument. */
  readonly field: string
}

/** A business can't deal with itself, nor a person with their own request. */
export class SelfActionForbiddenError extends HandclaspError {
  constructor(message: string)
  readonly code: 'self_action_forbidden'
}

/** The business would be left without an active Admin. */
export class LastAdminError extends HandclaspError {
  constructor(message: string)
  readonly code: 'last_admin'
}

/** A quota of the business is used up. */
export class LimitExceededError extends HandclaspError {
  constructor(message: string, fields: { limit: LimitName })
  readonly code: 'limit_exceeded'
  /** Which quota. */
  readonly limit: LimitName
}

/** Too much within 24 hours; nothing was sent. */
export class RateLimitedError extends HandclaspError {
  constructor(message: string, fields: { retryAfter: number })
  readonly code: 'rate_limited'
  /**
   * Seconds until there is room again in the limit that refused the call. Another may be full then, and says
   * so.
   */
  readonly retryAfter: number
}

/** The idempotency key was used within 24 hours with other arguments. */
export class IdempotencyMismatchError extends HandclaspError {
  constructor(message: string)
  readonly code: 'idempotency_mismatch'
}

/** Others were faster, round after round; nothing has changed. */
export class ConflictError extends HandclaspError {
  constructor(message: string)
  readonly code: 'conflict'
}

/**
 * The commit was sent and its answer lost: the call may or may not have taken effect. Calling again with the
 * same idempotency key is safe.
 */
export class OutcomeUnknownError extends HandclaspError {
  constructor(message: string)
  readonly code: 'outcome_unknown'
}

/** The host gave up waiting. */
export class CancelledError extends HandclaspError {
  constructor(message: string)
  readonly code: 'cancelled'
}

/** The database can't be reached. */
export class StorageUnavailableError extends HandclaspError {
  constructor(message: string)
  readonly code: 'storage_unavailable'
}

/** A queue or a lock was not free within the deadline. */
export class StorageBusyError extends HandclaspError {
  constructor(message: string)
  readonly code: 'storage_busy'
}

/** No room left. */
export class StorageFullError extends HandclaspError {
  constructor(message: string)
  readonly code: 'storage_full'
}

/** The database takes no writes. */
export class StorageReadOnlyError extends HandclaspError {
  constructor(message: string)
  readonly code: 'storage_read_only'
}

/** A stored value makes no sense. */
export class StorageCorruptError extends HandclaspError {
  constructor(message: string)
  readonly code: 'storage_corrupt'
}

/** The database is missing, foreign, or of a newer version. */
export class SchemaMismatchError extends HandclaspError {
  constructor(message: string)
  readonly code: 'schema_mismatch'
}

/** The configuration can't be used, or its keys are not those of the database. */
export class ConfigInvalidError extends HandclaspError {
  constructor(message: string)
  readonly code: 'config_invalid'
}

/** The clock shows a year that the library can't count in. */
export class ClockOutOfRangeError extends HandclaspError {
  constructor(message: string)
  readonly code: 'clock_out_of_range'
}

/** The handle was closed. */
export class ClosedError extends HandclaspError {
  constructor(message: string)
  readonly code: 'closed'
}

/** The handle was made before a fork. */
export class ForkedError extends HandclaspError {
  constructor(message: string)
  readonly code: 'forked'
}

/** A fault of the library or of a part that the host brought. */
export class InternalError extends HandclaspError {
  constructor(message: string)
  readonly code: 'internal'
}

/** Any error of Handclasp, told apart by `code`. */
export type AnyHandclaspError =
  | InvalidArgumentError
  | ForbiddenError
  | NotFoundError
  | InviteInvalidOrExpiredError
  | EmailNotVerifiedError
  | EmailMismatchError
  | AlreadyConnectedError
  | AlreadyPendingError
  | AlreadyMemberError
  | AlreadyDecidedError
  | WrongStateError
  | NameTakenError
  | SelfActionForbiddenError
  | LastAdminError
  | LimitExceededError
  | RateLimitedError
  | IdempotencyMismatchError
  | ConflictError
  | OutcomeUnknownError
  | CancelledError
  | StorageUnavailableError
  | StorageBusyError
  | StorageFullError
  | StorageReadOnlyError
  | StorageCorruptError
  | SchemaMismatchError
  | ConfigInvalidError
  | ClockOutOfRangeError
  | ClosedError
  | ForkedError
  | InternalError
