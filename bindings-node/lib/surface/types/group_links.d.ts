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
