// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Connection } from './common.js'

/** How many connections there are per status. */
export interface ConnectionCounts {
  /** Connected. */
  connected: number
  /** Connection Pending. */
  pending: number
}

/** One page of connections. */
export interface ClientsPage {
  /** The connections. */
  connections: Connection[]
  /** How many there are per status, whatever statuses are asked for. */
  counts: ConnectionCounts
  /** Where the list goes on, if it does. */
  next: string | null
}

/** The order of a list of connections. */
export type Sort =
  /** By the other business's name. */
  | 'name'
  /** The connection that changed last comes first. */
  | 'last_change'
