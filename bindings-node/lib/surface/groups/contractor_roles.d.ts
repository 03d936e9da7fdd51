// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor, ContractorRole, ContractorRoleId } from '../types/common.js'
import type { CallOptions } from './options.js'

/** Operations of `contractorRoles`. */
export class ContractorRoles {
  private constructor()

  /**
   * Creates a contractor role, with a group link that is disabled at first.
   *
   * @param actor On whose behalf.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NameTakenError} Another thing of the same business has this name.
   * @throws {LimitExceededError} A quota of the business is used up.
   */
  create(
    actor: Actor,
    args: {
      /** Its name, up to 200 graphemes, unique among the client's roles by what it looks like. */
      name: string
    },
    options?: CallOptions,
  ): Promise<ContractorRole>

  /**
   * Lets a contractor role take no new request, invite or acceptance, and disables its group link. Its
   * connections keep it. What is archived already stays so.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  archive(
    actor: Actor,
    args: {
      /** The role. */
      role: ContractorRoleId
    },
    options?: CallOptions,
  ): Promise<ContractorRole>
}
