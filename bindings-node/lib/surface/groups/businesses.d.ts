// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor, BusinessId } from '../types/common.js'
import type { Business, BusinessProfileInput, ClientAccount, PersonProfile } from '../types/businesses.js'
import type { CallOptions } from './options.js'

/** Operations of `businesses`. */
export class Businesses {
  private constructor()

  /**
   * Registers a business with its first Admin: the person who registers it, or whom System names.
   *
   * Names and registration numbers need not be unique.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   */
  register(
    actor: Actor,
    args: {
      /** What the business says of itself. */
      profile: BusinessProfileInput
      /**
       * Its first Admin. A person who registers is the Admin themselves and may leave it out once they are
       * known; System must say who it is. An unknown person is put, a known one stays as they are.
       */
      admin?: PersonProfile | null
    },
    options?: CallOptions,
  ): Promise<Business>

  /**
   * Lets a business invite and request, or no longer. A new client account starts with the contractor role
   * *Supplier*, which is in the answer.
   *
   * Taking it away kills the business's links and invites for good. What is set already, set again, changes
   * nothing.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  setClientAccount(
    actor: Actor,
    args: {
      /** The business. */
      business: BusinessId
      /** Whether it may. Taking it away kills its links and invites for good. */
      clientAccount: boolean
    },
    options?: CallOptions,
  ): Promise<ClientAccount>
}
