// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor } from '../types/common.js'
import type { ListedReason, ReasonKind, ReasonsListed } from '../types/reasons.js'
import type { CallOptions } from './options.js'

/** Operations of `reasons`. */
export class Reasons {
  private constructor()

  /**
   * Sets the acting business's reasons of one kind, in place of all that it had. What was given before stays
   * as it was.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {NameTakenError} Another thing of the same business has this name.
   */
  set(
    actor: Actor,
    args: {
      /** For what. */
      kind: ReasonKind
      /** The reasons, up to 100, in the order in which people read them. *Other* is always there beside them. */
      reasons: readonly ListedReason[]
    },
    options?: CallOptions,
  ): Promise<ReasonsListed>

  /**
   * The acting business's reasons of one kind, for any member.
   *
   * @param actor On whose behalf.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  list(
    actor: Actor,
    args: {
      /** For what. */
      kind: ReasonKind
    },
  ): Promise<ReasonsListed>
}
