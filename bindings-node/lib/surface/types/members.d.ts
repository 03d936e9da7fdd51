// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { PersonId } from './common.js'

/** Whether a member counts. */
export type MemberStatus =
  /** The member may do what their role says. */
  | 'active'
  /** The member may do nothing and is told nothing until enabled. */
  | 'disabled'
  /** The person is no longer a member. */
  | 'removed'

/** A named set of permissions. */
export type UserRole =
  /** Everything. */
  | 'admin'
  /** `see` and `classify`. */
  | 'manager'
  /** `see`. */
  | 'viewer'
  /** Nothing. */
  | 'worker'

/** A member of the acting business. */
export interface Member {
  /** Whether the business's notices reach them. */
  notifications: boolean
  /** The person. */
  person: PersonId
  /** What they may do. */
  role: UserRole
  /** Whether they may do it now. */
  status: MemberStatus
}
