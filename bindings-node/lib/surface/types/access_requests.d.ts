// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { AccessRequestId, Card, PersonId, StatedReason, UserRole } from './common.js'

/** The label of an access request. */
export type AccessRequestStatus =
  /** Access requested. */
  | 'requested'
  /** Access request accepted. */
  | 'accepted'
  /** Access request declined. */
  | 'declined'
  /** Access request withdrawn. */
  | 'withdrawn'

/** An access request as those see it who decide. */
export interface AccessRequest {
  /** When it was made. */
  askedAt: Date
  /** Their verified address. */
  email: string
  /** Its id. */
  id: AccessRequestId
  /** Their name. */
  name: string
  /** The person. */
  person: PersonId
  /** The user role that they ask for or, once accepted, the one that they were given. */
  role: UserRole
  /** Its label. */
  status: AccessRequestStatus
  /** When it was decided or withdrawn. */
  decidedAt: Date | null
  /** Whether the requester was told why. */
  disclosed: boolean | null
  /** What they do there. */
  jobTitle: string | null
  /** A word to the Admins. */
  message: string | null
  /** Where they are called. */
  phone: string | null
  /** Why it was declined. Who asked themselves, and decides now, reads it here if it was disclosed. */
  reason: StatedReason | null
}

/** One page of access requests, the oldest first. */
export interface AccessRequestsPage {
  /** The access requests. */
  requests: AccessRequest[]
  /** Where the list goes on, if it does. */
  next: string | null
}

/** An access request as the requester sees it: never who decided, nor a reason that was not disclosed. */
export interface OwnAccessRequest {
  /** When it was made. */
  askedAt: Date
  /** The business. */
  business: Card
  /** Its id. */
  id: AccessRequestId
  /** The user role that was asked for or, once accepted, the one that was given. */
  role: UserRole
  /** Its label. */
  status: AccessRequestStatus
  /** When it was decided or withdrawn. */
  decidedAt: Date | null
  /** Why it was declined, if that was disclosed. */
  reason: StatedReason | null
}

/** One page of a person's own access requests, the latest first. */
export interface OwnAccessRequestsPage {
  /** The access requests. */
  requests: OwnAccessRequest[]
  /** Where the list goes on, if it does. */
  next: string | null
}
