// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Actor, PersonId } from '../types/common.js'
import type { Person } from '../types/people.js'
import type { CallOptions } from './options.js'

/** Operations of `people`. */
export class People {
  private constructor()

  /**
   * Takes or refreshes the copy of a person. The host authenticates people and verifies addresses; the
   * library never does.
   *
   * @param actor On whose behalf.
   * @throws {InvalidArgumentError} An argument breaks a rule; mend it and call again.
   * @throws {ForbiddenError} The actor may know that the thing exists, and may not do this.
   */
  put(
    actor: Actor,
    args: {
      /** Where they get mail, as one bare e-mail address. */
      email: string
      /** The host's id for them. */
      id: PersonId
      /** Their name, up to 200 graphemes. */
      name: string
      /** The language of their mails, as a BCP 47 tag. */
      language?: string | null
    },
    options?: CallOptions,
  ): Promise<Person>
}
