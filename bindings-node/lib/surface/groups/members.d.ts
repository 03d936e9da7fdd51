// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor, PersonId } from '../types/common.js'
import type { Member, UserRole } from '../types/members.js'
import type { CallOptions } from './options.js'

/** Operations of `members`. */
export class Members {
  private constructor()

  /**
   * Makes a known person an active member. A person added again continues their old membership; what they
   * issued before stays dead.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {AlreadyMemberError} The person is a member of the business already, active or disabled.
   * @throws {LimitExceededError} A quota of the business is used up.
   */
  add(
    actor: Actor,
    args: {
      /** The person, known to the library by `people.put`, `register` or an earlier membership. */
      person: PersonId
      /** What they may do. Nobody grants a permission that they do not hold. */
      role: UserRole
    },
    options?: CallOptions,
  ): Promise<Member>

  /**
   * Gives a member another user role. Whoever loses `connect` by it loses every personal invite that they
   * made.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {LastAdminError} The business would be left without an active Admin.
   */
  changeRole(
    actor: Actor,
    args: {
      /** The member. */
      person: PersonId
      /** What they may do from now on. Nobody grants a permission that they do not hold. */
      role: UserRole
    },
    options?: CallOptions,
  ): Promise<Member>

  /**
   * Lets a member do nothing, and be told nothing. Every personal invite that they made is dead. What is
   * disabled already stays so.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {LastAdminError} The business would be left without an active Admin.
   */
  disable(
    actor: Actor,
    args: {
      /** The member. */
      person: PersonId
    },
    options?: CallOptions,
  ): Promise<Member>
}
