// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor, BusinessId } from '../types/common.js'
import type {
  Business,
  BusinessProfileInput,
  BusinessSeen,
  ClientAccount,
  OverridesInput,
  PersonProfile,
  SearchPage,
} from '../types/businesses.js'
import type { CallOptions } from './options.js'

/** Operations of `businesses`. */
export class Businesses {
  private constructor()

  /**
   * Registers a business with its first Admin: the person who registers it, or whom System names.
   *
   * Names and registration numbers need not be unique. A name that can be taken for another's is marked where
   * people see it, see `Confusable`.
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
   * Changes what the acting business says of itself, in all lists that show it too.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   */
  update(
    actor: Actor,
    args: {
      /** All of it: what is left out is gone. Take what `get` shows, change it, hand it in. */
      profile: BusinessProfileInput
    },
    options?: CallOptions,
  ): Promise<Business>

  /**
   * Freezes a business: it can't act, isn't found and gets no notices; requests to it wait, its personal
   * invites are revoked and its group links disabled, for good. What is archived already stays so.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  archive(
    actor: Actor,
    args: {
      /** The business. */
      business: BusinessId
    },
    options?: CallOptions,
  ): Promise<Business>

  /**
   * Lets an archived business act again. What it had issued stays dead. What is active already stays so.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  restore(
    actor: Actor,
    args: {
      /** The business. */
      business: BusinessId
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

  /**
   * Sets a business's own limits and quotas.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  setLimits(
    actor: Actor,
    args: {
      /** The business. */
      business: BusinessId
      /**
       * All of them: for what is left out, the configuration holds. A quota below what there is already stops
       * increases alone.
       */
      overrides: OverridesInput
    },
    options?: CallOptions,
  ): Promise<Business>

  /**
   * The public card of an active, listed business for any signed-in person; its address and contacts for
   * businesses Pending or Connected with it; all of it for its own members and System.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  get(
    actor: Actor,
    args: {
      /** The business. */
      business: BusinessId
    },
  ): Promise<BusinessSeen>

  /**
   * Finds active, listed businesses by the beginnings of words, for any signed-in person.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   */
  search(
    actor: Actor,
    args: {
      /**
       * The beginnings of one or more words of the name, the trading name or the registration number,
       * whatever their case; up to 200 graphemes and 10 words.
       */
      text: string
      /** Where an earlier page said that the list goes on. */
      cursor?: string | null
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
    },
  ): Promise<SearchPage>
}
