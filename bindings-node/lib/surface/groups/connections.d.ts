// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type {
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
} from '../types/common.js'
import type {
  CategoryChoice,
  ConnectionsPage,
  PendingPage,
  Sort,
  Verdict,
  WorkflowSummary,
} from '../types/connections.js'
import type { CallOptions } from './options.js'

/** Operations of `connections`. */
export class Connections {
  private constructor()

  /**
   * Asks a business to be the acting client's contractor. It is Pending at once, until answered, and the
   * contractor is mailed.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyConnectedError} The two businesses are connected already.
   * @throws {AlreadyPendingError} A request waits for its answer already.
   * @throws {WrongStateError} The state of the thing forbids this.
   * @throws {SelfActionForbiddenError} A business can't deal with itself, nor a person with their own
   *     request.
   * @throws {RateLimitedError} Too much within 24 hours; nothing was sent.
   */
  request(
    actor: Actor,
    args: {
      /** The business that is asked to be a contractor. */
      contractor: BusinessId
      /** A live contractor role of the client; after a disconnect it may be left out, for the earlier one. */
      role?: ContractorRoleId | null
    },
    options?: CallOptions,
  ): Promise<Connection>

  /**
   * Accepts a request, for the contractor. Each side is mailed once; the answer says whether categories must
   * now be chosen.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyDecidedError} What is answered or ended can't be answered or ended again.
   * @throws {WrongStateError} The state of the thing forbids this.
   * @throws {LimitExceededError} A quota of the business is used up.
   */
  accept(
    actor: Actor,
    args: {
      /** The request, so that a stale page can't answer a newer one. */
      request: RequestId
    },
    options?: CallOptions,
  ): Promise<Connected>

  /**
   * Declines a request, for the contractor. Nothing is connected and nobody is mailed; both sides see it in
   * their lists.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyDecidedError} What is answered or ended can't be answered or ended again.
   */
  decline(
    actor: Actor,
    args: {
      /** The request, so that a stale page can't answer a newer one. */
      request: RequestId
    },
    options?: CallOptions,
  ): Promise<Connection>

  /**
   * Takes a request back, for the client. Nobody is mailed; both sides see it in their lists.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyDecidedError} What is answered or ended can't be answered or ended again.
   */
  withdraw(
    actor: Actor,
    args: {
      /** The request, so that a stale page can't take back a newer one. */
      request: RequestId
    },
    options?: CallOptions,
  ): Promise<Connection>

  /**
   * Puts a connection under another contractor role, for the client. Its categories and what was done go with
   * the old role; the answer says whether categories must now be chosen.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  changeRole(
    actor: Actor,
    args: {
      /** The connection. */
      connection: ConnectionId
      /** A live contractor role of the client. */
      role: ContractorRoleId
    },
    options?: CallOptions,
  ): Promise<Connected>

  /**
   * Ends a connection, for either side. The other side is told; history is kept. What the client has ended is
   * connected again by a new request or a personal invite created afterwards alone.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyDecidedError} What is answered or ended can't be answered or ended again.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  disconnect(
    actor: Actor,
    args: {
      /** The connection. */
      connection: ConnectionId
      /** Why: one of the acting business's reasons for it, or `other` with a text. */
      reason: GivenReason
      /** Whether the reason is kept from the other side, in mail, lists and history. */
      hideReason?: boolean
    },
    options?: CallOptions,
  ): Promise<Connection>

  /**
   * Chooses the categories of a connection, for the contractor (`connect`) or the client (`classify`). It can
   * be done again later; what was done is kept while it still applies.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  classify(
    actor: Actor,
    args: {
      /**
       * One or more of the role's categories and, in each that has any, at least one sub-category. Mandatory
       * ones need not be named.
       */
      categories: readonly CategoryChoice[]
      /** The connection. */
      connection: ConnectionId
    },
    options?: CallOptions,
  ): Promise<Connection>

  /**
   * Says that a requirement is done, for the contractor. What waits for review already stays so.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  submitRequirement(
    actor: Actor,
    args: {
      /** The connection. */
      connection: ConnectionId
      /** The requirement. */
      requirement: RequirementId
    },
    options?: CallOptions,
  ): Promise<Connection>

  /**
   * Approves a submitted requirement or returns it, for the client. The same said again changes nothing.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  reviewRequirement(
    actor: Actor,
    args: {
      /** The connection. */
      connection: ConnectionId
      /** The requirement. */
      requirement: RequirementId
      /** What is said of it. */
      verdict: Verdict
    },
    options?: CallOptions,
  ): Promise<Connection>

  /**
   * One connection of the acting business.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  get(
    actor: Actor,
    args: {
      /** The connection. */
      connection: ConnectionId
    },
  ): Promise<Connection>

  /**
   * The Clients page: the acting contractor's connections, a page at a time, and how many there are per
   * status.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   */
  clients(
    actor: Actor,
    args?: {
      /** Only connections that are in this category. */
      category?: CategoryId | null
      /** Only connections whose categories have to be chosen, or only those whose have not. */
      classificationRequired?: boolean | null
      /** Only businesses, Pending or Connected, whose address, e-mail or phone contains this text. */
      contact?: string | null
      /** Where an earlier page said that the list goes on. */
      cursor?: string | null
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
      /** Only businesses whose name or trading name contains this text, whatever its case. */
      name?: string | null
      /** Only connections of this contractor role. */
      role?: ContractorRoleId | null
      /** In which order. */
      sort?: Sort
      /** Only these statuses; all, unless given. */
      statuses?: readonly ConnectionStatus[] | null
      /** Only connections whose requirements are so far. */
      workflowStatus?: WorkflowStatus | null
    },
  ): Promise<ConnectionsPage>

  /**
   * The Contractors page: the acting client's connections, a page at a time, and how many there are per
   * status.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   */
  contractors(
    actor: Actor,
    args?: {
      /** Only connections that are in this category. */
      category?: CategoryId | null
      /** Only connections whose categories have to be chosen, or only those whose have not. */
      classificationRequired?: boolean | null
      /** Only businesses, Pending or Connected, whose address, e-mail or phone contains this text. */
      contact?: string | null
      /** Where an earlier page said that the list goes on. */
      cursor?: string | null
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
      /** Only businesses whose name or trading name contains this text, whatever its case. */
      name?: string | null
      /** Only connections of this contractor role. */
      role?: ContractorRoleId | null
      /** In which order. */
      sort?: Sort
      /** Only these statuses; all, unless given. */
      statuses?: readonly ConnectionStatus[] | null
      /** Only connections whose requirements are so far. */
      workflowStatus?: WorkflowStatus | null
    },
  ): Promise<ConnectionsPage>

  /**
   * The dashboard: the requests that wait for the acting contractor's answer, the longest waiting first.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   */
  pending(
    actor: Actor,
    args?: {
      /** Where an earlier page said that the list goes on. */
      cursor?: string | null
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
    },
  ): Promise<PendingPage>

  /**
   * Both businesses, role, categories, each requirement with its state, and one workflow status, for either
   * side.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  workflowSummary(
    actor: Actor,
    args: {
      /** The connection. */
      connection: ConnectionId
    },
  ): Promise<WorkflowSummary>
}
