// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { BusinessId, ConnectionId } from './common.js'

/** Who pays for a connection. */
export type Payer =
  /** The client. */
  | 'client'
  /** The contractor. */
  | 'contractor'

/** What one connection costs. */
export interface FeeLine {
  /** The connection. */
  connection: ConnectionId
  /** The contractor. */
  contractor: BusinessId
  /** The contractor's name. */
  contractorName: string
  /** When it first counted in the period. */
  firstCounted: Date
  /** Who pays. */
  payer: Payer
  /** Its place, from 1. */
  place: number
  /** What it costs, in minor units. */
  price: number
}

/** What connections cost up to a place. */
export interface FeeTier {
  /** What each of them costs, in minor units. */
  price: number
  /** The last place of the tier; none for the last tier. */
  upTo: number | null
}

/** What connections cost up to a place. */
export interface FeeTierInput {
  /** What each of them costs, in minor units. */
  price: number
  /** The last place of the tier; none for the last tier. */
  upTo?: number | null
}

/** What a client's connections cost. */
export interface FeePlan {
  /**
   * The day of the month on which a period begins, at 00:00 UTC, from 1 to 31; in shorter months the last
   * day.
   */
  anchorDay: number
  /** The currency, as an ISO 4217 code of three capital letters. */
  currency: string
  /** Who pays. */
  payer: Payer
  /** What a connection costs by its place in the period; the last tier has no end. */
  tiers: FeeTier[]
  /** The first so many connections of a period cost nothing. */
  freeAllowance: number
}

/** What a client's connections cost. */
export interface FeePlanInput {
  /**
   * The day of the month on which a period begins, at 00:00 UTC, from 1 to 31; in shorter months the last
   * day.
   */
  anchorDay: number
  /** The currency, as an ISO 4217 code of three capital letters. */
  currency: string
  /** Who pays. */
  payer: Payer
  /** What a connection costs by its place in the period; the last tier has no end. */
  tiers: readonly FeeTierInput[]
  /** The first so many connections of a period cost nothing. */
  freeAllowance?: number
}

/** What the running period costs. */
export interface FeeQuote {
  /** How many connections count as of now. */
  count: number
  /** The currency. */
  currency: string
  /** The first instant of the period. */
  from: Date
  /** Who pays. */
  payer: Payer
  /** The first instant after it. */
  to: Date
  /** What they cost, in minor units. */
  total: number
  /** What they would cost with one more. */
  totalWithOneMore: number
}

/** What a period costs: a line per connection, and the total of all. */
export interface FeeStatement {
  /** How many connections count. */
  count: number
  /** The currency. */
  currency: string
  /** The first instant of the period. */
  from: Date
  /** One page of the lines, in the order in which the connections first counted. */
  lines: FeeLine[]
  /** The first instant after it. */
  to: Date
  /** What they cost together, in minor units. */
  total: number
  /** Where the lines go on, if they do. */
  next: string | null
}

/** A plan that was set. */
export interface PlanSet {
  /** The client. */
  client: BusinessId
  /**
   * Since when it holds: the first one since the beginning of the running period, another from the next one
   * on.
   */
  from: Date
  /** Its plan. */
  plan: FeePlan
}
