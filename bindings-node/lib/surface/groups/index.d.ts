// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { AccessRequests } from './access_requests.js'
import type { Businesses } from './businesses.js'
import type { Connections } from './connections.js'
import type { ContractorRoles } from './contractor_roles.js'
import type { Fees } from './fees.js'
import type { GroupLinks } from './group_links.js'
import type { History } from './history.js'
import type { Invites } from './invites.js'
import type { Members } from './members.js'
import type { Outbox } from './outbox.js'
import type { People } from './people.js'
import type { Reasons } from './reasons.js'

/** All groups of operations of one handle. */
export class Groups {
  protected constructor()
  readonly businesses: Businesses
  readonly people: People
  readonly members: Members
  readonly contractorRoles: ContractorRoles
  readonly groupLinks: GroupLinks
  readonly invites: Invites
  readonly connections: Connections
  readonly accessRequests: AccessRequests
  readonly reasons: Reasons
  readonly fees: Fees
  readonly outbox: Outbox
  readonly history: History
}
