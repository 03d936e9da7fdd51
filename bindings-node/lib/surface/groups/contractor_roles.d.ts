// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type {
  Actor,
  CategoryId,
  ContractorRole,
  ContractorRoleId,
  ContractorRoleStatus,
  Requirement,
  RequirementId,
  RequirementTarget,
} from '../types/common.js'
import type {
  Categories,
  Category,
  ContractorRolesPage,
  DefineSubCategory,
  Requirements,
} from '../types/contractor_roles.js'
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
   * Gives a contractor role another name. Its links, invites and connections stay as they are.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {NameTakenError} Another thing of the same business has this name.
   */
  rename(
    actor: Actor,
    args: {
      /** Its new name, up to 200 graphemes, unique among the client's roles by what it looks like. */
      name: string
      /** The role. */
      role: ContractorRoleId
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

  /**
   * Lets an archived contractor role take new requests, invites and acceptances again. Its group link stays
   * disabled until it is enabled anew. What is live already stays so.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {LimitExceededError} A quota of the business is used up.
   */
  restore(
    actor: Actor,
    args: {
      /** The role. */
      role: ContractorRoleId
    },
    options?: CallOptions,
  ): Promise<ContractorRole>

  /**
   * Defines a category of a contractor role. It is not edited later but removed and defined anew, and counts
   * from the next classification of a connection.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {NameTakenError} Another thing of the same business has this name.
   * @throws {LimitExceededError} A quota of the business is used up.
   */
  defineCategory(
    actor: Actor,
    args: {
      /** Its name, up to 200 graphemes, unique among the role's categories by what it looks like. */
      name: string
      /** The contractor role. */
      role: ContractorRoleId
      /** Whether every contractor of the role is in it. */
      mandatory?: boolean
      /**
       * Whether a contractor may be in several of its sub-categories beyond the mandatory ones; so it is
       * unless said otherwise.
       */
      multiple?: boolean
      /** Its sub-categories, up to 100. */
      subCategories?: readonly DefineSubCategory[]
    },
    options?: CallOptions,
  ): Promise<Category>

  /**
   * Lets nobody choose a category any more. It stays on the connections that have it; its requirements apply
   * no more. What is removed already stays so.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  removeCategory(
    actor: Actor,
    args: {
      /** The category. */
      category: CategoryId
    },
    options?: CallOptions,
  ): Promise<Category>

  /**
   * Demands a workflow step of a role's contractors, or of those in one of its categories. It is incomplete
   * for the connections that it concerns.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   * @throws {LimitExceededError} A quota of the business is used up.
   */
  defineRequirement(
    actor: Actor,
    args: {
      /** What it is called, up to 200 graphemes. */
      name: string
      /** The contractor role. */
      role: ContractorRoleId
      /** What has to be done, up to 2 000 graphemes, lines allowed. */
      description?: string | null
      /** Whom it concerns: all contractors of the role unless said otherwise. */
      target?: RequirementTarget
    },
    options?: CallOptions,
  ): Promise<Requirement>

  /**
   * Demands a workflow step no longer. It leaves every summary and stays in history. What is removed already
   * stays so.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  removeRequirement(
    actor: Actor,
    args: {
      /** The requirement. */
      requirement: RequirementId
    },
    options?: CallOptions,
  ): Promise<Requirement>

  /**
   * The acting client's contractor roles.
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
      /** Only these statuses; all, unless given. */
      statuses?: readonly ContractorRoleStatus[] | null
    },
  ): Promise<ContractorRolesPage>

  /**
   * The categories of a contractor role, for its client, and for a contractor that is Connected under it.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  categories(
    actor: Actor,
    args: {
      /** The role. */
      role: ContractorRoleId
    },
  ): Promise<Categories>

  /**
   * The requirements of a contractor role, for its client, and for a contractor that is Connected under it.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  requirements(
    actor: Actor,
    args: {
      /** The role. */
      role: ContractorRoleId
    },
  ): Promise<Requirements>
}
