// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { AccessRequestId, Actor, BusinessId, GivenReason, UserRole } from '../types/common.js'
import type {
  AccessRequest,
  AccessRequestStatus,
  AccessRequestsPage,
  OwnAccessRequest,
  OwnAccessRequestsPage,
} from '../types/access_requests.js'
import type { CallOptions } from './options.js'

/** Operations of `accessRequests`. */
export class AccessRequests {
  private constructor()

  /**
   * Claims a business as the acting person's employer. Its active holders of `users` with notifications on
   * are mailed, one message each; that there are none is no error.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {EmailNotVerifiedError} The invite is bound to an address, and the host has verified none of the
   *     actor's.
   * @throws {EmailMismatchError} The invite is bound to another address than those of the actor.
   * @throws {AlreadyPendingError} A request waits for its answer already.
   * @throws {AlreadyMemberError} The person is a member of the business already, active or disabled.
   * @throws {LimitExceededError} A quota of the business is used up.
   * @throws {RateLimitedError} Too much within 24 hours; nothing was sent.
   */
  submit(
    actor: Actor,
    args: {
      /** The business. */
      business: BusinessId
      /** One of the addresses that the host has verified to be theirs. */
      email: string
      /** Their name, up to 200 graphemes. An unknown person is put, a known one stays as they are. */
      name: string
      /** What they do there, up to 200 graphemes. */
      jobTitle?: string | null
      /** A word to the Admins, up to 2 000 graphemes, lines allowed. */
      message?: string | null
      /** Where they are called, up to 64 graphemes. */
      phone?: string | null
      /** The user role that they ask for; `worker` unless given. */
      role?: UserRole
    },
    options?: CallOptions,
  ): Promise<OwnAccessRequest>

  /**
   * Takes an access request back, for the requester.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyDecidedError} What is answered or ended can't be answered or ended again.
   */
  withdraw(
    actor: Actor,
    args: {
      /** The access request. */
      request: AccessRequestId
    },
    options?: CallOptions,
  ): Promise<OwnAccessRequest>

  /**
   * Makes the requester an active member, with the role that they ask for or another. They are mailed.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyMemberError} The person is a member of the business already, active or disabled.
   * @throws {AlreadyDecidedError} What is answered or ended can't be answered or ended again.
   * @throws {SelfActionForbiddenError} A business can't deal with itself, nor a person with their own
   *     request.
   * @throws {LimitExceededError} A quota of the business is used up.
   */
  accept(
    actor: Actor,
    args: {
      /** The access request. */
      request: AccessRequestId
      /**
       * The user role that the person gets; the one asked for unless given. Nobody grants a permission that
       * they do not hold.
       */
      role?: UserRole | null
    },
    options?: CallOptions,
  ): Promise<AccessRequest>

  /**
   * Declines an access request. The requester is mailed, with the reason only if it is disclosed.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyDecidedError} What is answered or ended can't be answered or ended again.
   * @throws {SelfActionForbiddenError} A business can't deal with itself, nor a person with their own
   *     request.
   */
  decline(
    actor: Actor,
    args: {
      /** Why: one of the acting business's reasons for it, or `other` with a text. */
      reason: GivenReason
      /** The access request. */
      request: AccessRequestId
      /** Whether the requester is told why. */
      disclose?: boolean
    },
    options?: CallOptions,
  ): Promise<AccessRequest>

  /**
   * The acting person's own access requests and their outcomes, the latest first.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   */
  mine(
    actor: Actor,
    args?: {
      /** Where an earlier page said that the list goes on. */
      cursor?: string | null
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
    },
  ): Promise<OwnAccessRequestsPage>

  /**
   * The access requests to the acting business, the oldest first, for holders of `users`.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   */
  list(
    actor: Actor,
    args?: {
      /** Where an earlier page said that the list goes on. */
      cursor?: string | null
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
      /** Only these; all, unless given. */
      statuses?: readonly AccessRequestStatus[] | null
    },
  ): Promise<AccessRequestsPage>

  /**
   * One access request to the acting business, for holders of `users`.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  get(
    actor: Actor,
    args: {
      /** The access request. */
      request: AccessRequestId
    },
  ): Promise<AccessRequest>
}
