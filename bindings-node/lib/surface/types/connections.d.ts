// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type {
  Card,
  CategoryId,
  Classification,
  Confusable,
  Connection,
  ConnectionId,
  ContractorRoleId,
  Requirement,
  SubCategoryId,
  WorkflowStatus,
} from './common.js'

/** A category that a connection is in, and its sub-categories. */
export interface CategoryChoice {
  /** The category. */
  category: CategoryId
  /** Its sub-categories. */
  subCategories?: readonly SubCategoryId[]
}

/** A sub-category that a connection is in. */
export interface ChosenSubCategory {
  /** Its name. */
  name: string
  /** The sub-category. */
  subCategory: SubCategoryId
}

/** A category that a connection is in. */
export interface ChosenCategory {
  /** The category. */
  category: CategoryId
  /** Its name. */
  name: string
  /** Whether the client has removed it since: nothing is demanded of it any more. */
  removed: boolean
  /** The sub-categories. */
  subCategories: ChosenSubCategory[]
}

/** How many connections there are per status. */
export interface ConnectionCounts {
  /** Connected. */
  connected: number
  /** Declined. */
  declined: number
  /** Disconnected. */
  disconnected: number
  /** Connection Pending. */
  pending: number
  /** Withdrawn. */
  withdrawn: number
}

/** One page of connections. */
export interface ConnectionsPage {
  /** Those of the other businesses whose names can be taken for others'. */
  confusable: Confusable[]
  /** The connections. */
  connections: Connection[]
  /** How many there are per status, whatever statuses are asked for. */
  counts: ConnectionCounts
  /** Where the list goes on, if it does. */
  next: string | null
}

/** One page of the requests that wait for the acting contractor's answer. */
export interface PendingPage {
  /** Those of the clients whose names can be taken for others'. */
  confusable: Confusable[]
  /** The connections, the longest waiting first; each names its request. */
  connections: Connection[]
  /** Where the list goes on, if it does. */
  next: string | null
}

/** How far a requirement is. */
export type RequirementState =
  /** The contractor has not begun. */
  | 'incomplete'
  /** The contractor has done it; the client looks at it. */
  | 'submitted'
  /** The client is content. */
  | 'approved'
  /** The client wants it done again. */
  | 'returned'

/** A requirement and how far it is. */
export interface RequirementProgress {
  /** How far it is. */
  progress: RequirementState
  /** The requirement. */
  requirement: Requirement
}

/** The order of a list of connections. */
export type Sort =
  /** By the other business's name. */
  | 'name'
  /** The connection that changed last comes first. */
  | 'last_change'

/** What a client says of a submitted requirement. */
export type Verdict =
  /** It is content. */
  | 'approve'
  /** It wants it done again. */
  | 'return'

/** Where a connection stands with all that is demanded. */
export interface WorkflowSummary {
  /** The categories that the connection is in. */
  categories: ChosenCategory[]
  /** Whether categories have to be chosen. */
  classification: Classification
  /** The client. */
  client: Card
  /** The connection. */
  connection: ConnectionId
  /** The contractor. */
  contractor: Card
  /** What is demanded, and how far each is. */
  requirements: RequirementProgress[]
  /** The contractor role. */
  role: ContractorRoleId
  /** The role's name. */
  roleName: string
  /** How far the whole is. */
  status: WorkflowStatus
}
