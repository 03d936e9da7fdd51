// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor } from '../types/common.js'
import type { HistoryFeed, HistoryPage, Subject } from '../types/history.js'

/** Operations of `history`. */
export class History {
  private constructor()

  /**
   * The history of one record of the acting business, or of a connection of it, the earliest first. Members
   * who are disabled or gone are for holders of `users`, as in `members.list`.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   * @throws {NotFoundError} The thing does not exist, or the actor may not know whether it does.
   */
  of(
    actor: Actor,
    args: {
      /** Of what. */
      subject: Subject
      /** Where an earlier page said that the list goes on. */
      cursor?: string | null
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
    },
  ): Promise<HistoryPage>

  /**
   * Everything that happened after a position, for the host's projections and webhooks. Keep `next` and ask
   * again: nothing is shown twice, and nothing comes in before a position that was shown.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   */
  since(
    actor: Actor,
    args?: {
      /** The last position that was seen; 0 for everything. */
      after?: number
      /** At most so many, from 1 to 1 000; 100 unless given. */
      limit?: number | null
    },
  ): Promise<HistoryFeed>
}
