// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor, BusinessId } from '../types/common.js'
import type { FeePlanInput, FeeQuote, FeeStatement, PlanSet } from '../types/fees.js'
import type { CallOptions } from './options.js'

/** Operations of `fees`. */
export class Fees {
  private constructor()

  /**
   * Sets a client's plan. The first one holds at once, another from the next period.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  setPlan(
    actor: Actor,
    args: {
      /** The client. */
      client: BusinessId
      /** Its plan. */
      plan: FeePlanInput
    },
    options?: CallOptions,
  ): Promise<PlanSet>

  /**
   * What the running period costs the acting client as of now, and what it would cost with one connection
   * more.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  quote(actor: Actor): Promise<FeeQuote>

  /**
   * What a period costs the acting client: a line per connection with its price and who pays, and the total.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  statement(
    actor: Actor,
    args?: {
      /** Where an earlier page said that the lines go on. */
      cursor?: string | null
      /** At most so many lines, from 1 to 1 000; 100 unless given. */
      limit?: number | null
      /** Any instant of the period; the running one, as of now, unless given. */
      period?: Date | null
    },
  ): Promise<FeeStatement>
}
