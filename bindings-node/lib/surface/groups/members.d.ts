// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor, PersonId, UserRole } from '../types/common.js'
import type { DefinedRole, Member, MembersPage, Permission, Roles } from '../types/members.js'
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

  /**
   * Lets a disabled member act again. What they issued before stays dead. What is enabled already stays so.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  enable(
    actor: Actor,
    args: {
      /** The member. */
      person: PersonId
    },
    options?: CallOptions,
  ): Promise<Member>

  /**
   * Ends a membership. The person counts nowhere any more and may ask for access again; every personal invite
   * that they made is dead. The answer is the member as they were.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {LastAdminError} The business would be left without an active Admin.
   */
  remove(
    actor: Actor,
    args: {
      /** The member. */
      person: PersonId
    },
    options?: CallOptions,
  ): Promise<Member>

  /**
   * Lets the business's notices reach a member, or no longer; for oneself, or with `users`.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  setNotifications(
    actor: Actor,
    args: {
      /** Whether the business's notices reach them. */
      notifications: boolean
      /** The member. */
      person: PersonId
    },
    options?: CallOptions,
  ): Promise<Member>

  /**
   * Defines a user role. It never changes; members are moved to another.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NameTakenError} Another thing of the same business has this name.
   */
  defineRole(
    actor: Actor,
    args: {
      /** Its name, up to 200 graphemes, unique among the business's user roles by what it looks like. */
      name: string
      /** What it lets its holder do. Nobody defines a permission that they do not hold. */
      permissions: readonly Permission[]
    },
    options?: CallOptions,
  ): Promise<DefinedRole>

  /**
   * The user roles that the acting business has defined.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   */
  roles(
    actor: Actor,
    args?: {
      /** Where an earlier page said that the list goes on. */
      cursor?: string | null
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
    },
  ): Promise<Roles>

  /**
   * One member of the acting business; a disabled one for holders of `users` alone.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  get(
    actor: Actor,
    args: {
      /** The member. */
      person: PersonId
    },
  ): Promise<Member>

  /**
   * The active members of the acting business and, on request of a holder of `users`, the disabled ones.
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
      /** Also those who are disabled; for holders of `users`. */
      disabled?: boolean
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
    },
  ): Promise<MembersPage>
}
