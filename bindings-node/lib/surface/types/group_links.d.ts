// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { ContractorRoleId, Link } from './common.js'

/** A contractor role's group link. */
export interface GroupLink {
  /** Whether the link opens. */
  enabled: boolean
  /** The contractor role. */
  role: ContractorRoleId
  /** The link, while it opens. */
  link: Link | null
}

/** A contractor role's group link in a list, without the link. */
export interface GroupLinkState {
  /** Whether the link opens. */
  enabled: boolean
  /** The contractor role. */
  role: ContractorRoleId
  /** Its name. */
  roleName: string
}

/** One page of group links, without the links. */
export interface GroupLinksPage {
  /** Every live contractor role with the state of its link. */
  groupLinks: GroupLinkState[]
  /** Where the list goes on, if it does. */
  next: string | null
}
