// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor } from '../types/common.js'
import type { DeliveryReport } from '../types/outbox.js'

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
}
