// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor, Connected, ContractorRoleId, InviteId, Link } from '../types/common.js'
import type {
  Claim,
  Invite,
  InviteCreated,
  InviteStatus,
  InvitesPage,
  Opened,
  Preview,
} from '../types/invites.js'
import type { CallOptions } from './options.js'

/** Operations of `invites`. */
export class Invites {
  private constructor()

  /**
   * Creates a personal invite and shows its link, this once. With an address it is mailed there and, unless
   * `bind` is false, only somebody with that verified address can accept; another live invite for the same
   * address and role is superseded.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   * @throws {RateLimitedError} Too much within 24 hours; nothing was sent.
   */
  create(
    actor: Actor,
    args: {
      /** The contractor role of the connection to be. */
      role: ContractorRoleId
      /** Where to mail the link, as one bare e-mail address. Without it the answer's link is all there is. */
      address?: string | null
      /** Whether only somebody with that verified address can accept; so it is unless said otherwise. */
      bind?: boolean
      /** The language of the mail, as a BCP 47 tag. */
      language?: string | null
      /**
       * How long the link lives, in seconds: from 1 to 604 800, which is seven days and what it is unless
       * said otherwise.
       */
      life?: number | null
      /** A word to the invited, up to 2 000 graphemes, lines allowed. */
      message?: string | null
    },
    options?: CallOptions,
  ): Promise<InviteCreated>

  /**
   * Mails a pending invite that is not bound to an address and, unless `bind` is false, binds it to this one;
   * another live invite for the same address and role is superseded.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   * @throws {RateLimitedError} Too much within 24 hours; nothing was sent.
   */
  send(
    actor: Actor,
    args: {
      /** Where to mail it, as one bare e-mail address. */
      address: string
      /** The invite. */
      invite: InviteId
      /**
       * Whether only somebody with that verified address can accept from now on; so it is unless said
       * otherwise.
       */
      bind?: boolean
    },
    options?: CallOptions,
  ): Promise<Invite>

  /**
   * Puts a fresh invite of seven days in the place of a pending, opened or expired one, whose link and claim
   * are dead when this returns. A bound one is mailed to its address again; one that anybody may use mails
   * nobody.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyDecidedError} What is answered or ended can't be answered or ended again.
   * @throws {WrongStateError} The state of the thing forbids this.
   * @throws {RateLimitedError} Too much within 24 hours; nothing was sent.
   */
  resend(
    actor: Actor,
    args: {
      /** The invite. */
      invite: InviteId
    },
    options?: CallOptions,
  ): Promise<InviteCreated>

  /**
   * Ends a pending or opened invite; its link or claim is dead when this returns. An expired one stays as it
   * is.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyDecidedError} What is answered or ended can't be answered or ended again.
   */
  revoke(
    actor: Actor,
    args: {
      /** The invite. */
      invite: InviteId
    },
    options?: CallOptions,
  ): Promise<Invite>

  /**
   * One personal invite of the acting client; its link is not shown again.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  get(
    actor: Actor,
    args: {
      /** The invite. */
      invite: InviteId
    },
  ): Promise<Invite>

  /**
   * The personal invites of the acting client, the latest first, and how many there are per status.
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
      /** Only those for this contractor role. */
      role?: ContractorRoleId | null
      /** Only those that are this now; all, unless given. */
      statuses?: readonly InviteStatus[] | null
    },
  ): Promise<InvitesPage>

  /**
   * What a link or claim leads to. It changes nothing, for anybody, any number of times: answer a GET with
   * it, since mail scanners follow links too.
   *
   * @throws {InviteInvalidOrExpiredError} The link or claim opens nothing (any more).
   */
  preview(
    args: {
      /** The link or the claim. */
      linkOrClaim: string
    },
  ): Promise<Preview>

  /**
   * The one click. It consumes a personal link, which is dead for everybody from then on, and answers with a
   * claim for the visitor's session; a group link gives a claim and stays. Answer a POST with it.
   *
   * A lost answer is got again with the same idempotency key.
   *
   * @throws {InviteInvalidOrExpiredError} The link or claim opens nothing (any more).
   */
  open(
    args: {
      /** The link, or its secret part alone. */
      link: Link
    },
    options?: CallOptions,
  ): Promise<Opened>

  /**
   * Says no to a personal invite, with the claim that opening gave. Nobody is mailed. A claim of a group link
   * has nothing to end, and nothing happens.
   *
   * @throws {InviteInvalidOrExpiredError} The link or claim opens nothing (any more).
   */
  decline(
    args: {
      /** The claim from the visitor's session. */
      claim: Claim
    },
    options?: CallOptions,
  ): Promise<Preview>

  /**
   * Connects the acting business, as contractor, by the claim that opening gave. Everything is checked again:
   * role and client live, the inviter still able to invite, the address verified.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {InviteInvalidOrExpiredError} The link or claim opens nothing (any more).
   * @throws {EmailNotVerifiedError} The invite is bound to an address, and the host has verified none of the
   *     actor's.
   * @throws {EmailMismatchError} The invite is bound to another address than those of the actor.
   * @throws {AlreadyConnectedError} The two businesses are connected already.
   * @throws {SelfActionForbiddenError} A business can't deal with itself, nor a person with their own
   *     request.
   * @throws {LimitExceededError} A quota of the business is used up.
   */
  accept(
    actor: Actor,
    args: {
      /** The claim from the visitor's session. */
      claim: Claim
    },
    options?: CallOptions,
  ): Promise<Connected>

  /**
   * Opens and accepts in one, for somebody signed in. Refused, it consumes nothing.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {InviteInvalidOrExpiredError} The link or claim opens nothing (any more).
   * @throws {EmailNotVerifiedError} The invite is bound to an address, and the host has verified none of the
   *     actor's.
   * @throws {EmailMismatchError} The invite is bound to another address than those of the actor.
   * @throws {AlreadyConnectedError} The two businesses are connected already.
   * @throws {SelfActionForbiddenError} A business can't deal with itself, nor a person with their own
   *     request.
   * @throws {LimitExceededError} A quota of the business is used up.
   */
  redeem(
    actor: Actor,
    args: {
      /** The link, or its secret part alone. */
      link: Link
    },
    options?: CallOptions,
  ): Promise<Connected>
}
