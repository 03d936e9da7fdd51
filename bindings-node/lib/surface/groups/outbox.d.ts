// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor } from '../types/common.js'
import type {
  DeliveriesPage,
  DeliveryId,
  DeliveryReport,
  DeliverySeen,
  DeliveryStatus,
  Purged,
} from '../types/outbox.js'
import type { CallOptions } from './options.js'

/** Operations of `outbox`. */
export class Outbox {
  private constructor()

  /**
   * Sends what is due, once each, and says what became of it. A failed mail is due again later, with growing
   * spans; several workers may do this at once.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   */
  deliverDue(
    actor: Actor,
    args?: {
      /** At most so many mails, from 1 to 10 000; 1 000 unless given. */
      limit?: number | null
    },
  ): Promise<DeliveryReport>

  /**
   * Sends what is due, and again after a pause, until a time or until the handle is closed; then says what
   * became of it all. Any number of workers may run at once, in any number of processes. A storage that fails
   * for a while is waited for.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {ClockOutOfRangeError} The clock shows a year that the library can't count in.
   */
  run(
    actor: Actor,
    args?: {
      /** The pause between two looks, in seconds, from 1 to 3 600; 1 unless given. */
      pause?: number | null
      /** Until when; until the handle is closed, unless given. */
      until?: Date | null
    },
  ): Promise<DeliveryReport>

  /**
   * The mails on their way and the settled ones, the latest state first. What is owed to members and
   * requesters appears once `deliverDue` or `run` has looked up their addresses.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   */
  list(
    actor: Actor,
    args?: {
      /** Where an earlier page said that the list goes on. */
      cursor?: string | null
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
      /** Only these; all, unless given. */
      statuses?: readonly DeliveryStatus[] | null
    },
  ): Promise<DeliveriesPage>

  /**
   * Puts a parked mail back among those that are due, with all its attempts before it.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  retry(
    actor: Actor,
    args: {
      /** A parked delivery. */
      delivery: DeliveryId
    },
    options?: CallOptions,
  ): Promise<DeliverySeen>

  /**
   * Clears away mails that were settled long ago, their notices, answers that are kept no longer, and the
   * counts of limits that nobody has come near for as long.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   */
  purge(
    actor: Actor,
    args: {
      /** What was settled longer ago than this, in seconds. */
      olderThan: number
      /** Parked deliveries too. */
      parked?: boolean
    },
  ): Promise<Purged>
}
