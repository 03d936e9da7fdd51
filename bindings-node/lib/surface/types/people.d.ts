// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Email, PersonId } from './common.js'

/** A human in the host's own user table. */
export interface Person {
  /** Where they get mail. */
  email: Email
  /** The host's id for them. */
  id: PersonId
  /** Their name. */
  name: string
  /** The language of their mails, as a BCP 47 tag. */
  language: string | null
}
