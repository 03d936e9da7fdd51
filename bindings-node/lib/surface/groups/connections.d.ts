// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type {
  Actor,
  BusinessId,
  Connected,
  Connection,
  ConnectionId,
  ConnectionStatus,
  ContractorRoleId,
  RequestId,
} from '../types/common.js'
import type { ClientsPage, Sort } from '../types/connections.js'
import type { CallOptions } from './options.js'

/** Operations of `connections`. */
export class Connections {
  private constructor()

  /**
   * Asks a business to be the acting client's contractor. It is Pending at once, until answered, and the
   * contractor is mailed.
   *
   * @param actor On whose behalf.
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
      /** A live contractor role of the client. */
      role: ContractorRoleId
    },
    options?: CallOptions,
  ): Promise<Connection>

  /**
   * Accepts a request, for the contractor. Each side is mailed once.
   *
   * @param actor On whose behalf.
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
   * Puts a connection under another contractor role, for the client.
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
   * The Clients page: the acting contractor's connections, a page at a time, and how many there are per
   * status.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   */
  clients(
    actor: Actor,
    args?: {
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
    },
  ): Promise<ClientsPage>
}
