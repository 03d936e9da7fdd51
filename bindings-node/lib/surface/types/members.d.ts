// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { PersonId, UserRole, UserRoleId } from './common.js'

/** One thing that a user role lets its holder do. */
export type Permission =
  /** Members, user roles, access requests. */
  | 'users'
  /** Requests, answers, disconnecting, every link and invite. */
  | 'connect'
  /** Profile, contractor roles, categories, requirements, reasons. */
  | 'configure'
  /** Classify, submit and review requirements. */
  | 'classify'
  /** Fees. */
  | 'fees'
  /** Every other read of the business's own. */
  | 'see'

/** A user role that the business has defined. */
export interface DefinedRole {
  /** Its id. */
  id: UserRoleId
  /** Its name. */
  name: string
  /** What it lets its holder do. */
  permissions: Permission[]
}

/** Whether a member counts. */
export type MemberStatus =
  /** The member may do what their role says. */
  | 'active'
  /** The member may do nothing and is told nothing until enabled. */
  | 'disabled'
  /** The person is no longer a member. */
  | 'removed'

/** A member of the acting business. */
export interface Member {
  /** Where they get mail. */
  email: string
  /** Their name. */
  name: string
  /** Whether the business's notices reach them. */
  notifications: boolean
  /** The person. */
  person: PersonId
  /** What they may do. */
  role: UserRole
  /** Whether they may do it now. */
  status: MemberStatus
}

/** One page of members, in the order of their persons' ids. */
export interface MembersPage {
  /** The members. */
  members: Member[]
  /** Where the list goes on, if it does. */
  next: string | null
}

/**
 * One page of the user roles that the business has defined, as they were defined; the built-in ones are in
 * every business.
 */
export interface Roles {
  /** The roles. */
  roles: DefinedRole[]
  /** Where the list goes on, if it does. */
  next: string | null
}
