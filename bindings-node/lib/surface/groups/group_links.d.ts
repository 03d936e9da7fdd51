// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor, ContractorRoleId } from '../types/common.js'
import type { GroupLink, GroupLinksPage } from '../types/group_links.js'
import type { CallOptions } from './options.js'

/** Operations of `groupLinks`. */
export class GroupLinks {
  private constructor()

  /**
   * Lets the role's group link open. It is the same link as before it was disabled. What is enabled stays so.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  enable(
    actor: Actor,
    args: {
      /** The contractor role. */
      role: ContractorRoleId
    },
    options?: CallOptions,
  ): Promise<GroupLink>

  /**
   * Lets the role's group link open nothing, and kills the claims that it gave. What is disabled stays so.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  disable(
    actor: Actor,
    args: {
      /** The contractor role. */
      role: ContractorRoleId
    },
    options?: CallOptions,
  ): Promise<GroupLink>

  /**
   * Makes a new link; the old one and its claims are dead from the moment that this returns. A disabled link
   * stays disabled.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  refresh(
    actor: Actor,
    args: {
      /** The contractor role. */
      role: ContractorRoleId
    },
    options?: CallOptions,
  ): Promise<GroupLink>

  /**
   * Shows the role's group link: the same link any number of times, until somebody refreshes it.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {WrongStateError} The state of the thing forbids this.
   */
  copy(
    actor: Actor,
    args: {
      /** The contractor role. */
      role: ContractorRoleId
    },
  ): Promise<GroupLink>

  /**
   * Every live contractor role of the acting client with the state of its group link; no links.
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
    },
  ): Promise<GroupLinksPage>
}
