// Written by tests/surface/generate.py from tests/surface.json: change neither here.

/** A notice on its way to one address. */
export type DeliveryId = string

/** Where a delivery stands. */
export type DeliveryStatus =
  /** It waits. */
  | 'due'
  /** A worker is at it. */
  | 'leased'
  /** A mailer took it. */
  | 'sent'
  /** No attempt can help any more; an operator decides. */
  | 'parked'
  /** Nobody is entitled to it any more. */
  | 'dropped'

/** A mail on its way; its text is made when it is sent. */
export interface DeliverySeen {
  /** Where it goes. */
  address: string
  /** When the notice was made. */
  at: Date
  /** How often it was tried since it was last due anew. */
  attempts: number
  /** Its id. */
  id: DeliveryId
  /** The name of the notice, as in `invite`. */
  kind: string
  /** Where it stands. */
  status: DeliveryStatus
  /** When it is due, or when it was settled. */
  statusAt: Date
  /** What the last attempt said, or why it was dropped. */
  lastError: string | null
}

/** One page of deliveries, the latest state first. */
export interface DeliveriesPage {
  /** The deliveries. */
  deliveries: DeliverySeen[]
  /** Where the list goes on, if it does. */
  next: string | null
}

/** What became of the mails that were due. */
export interface DeliveryReport {
  /**
   * Their address was not entitled to them any more, or their link was dead. Whoever is reached instead is
   * due at once.
   */
  dropped: number
  /** They failed and will be tried again. */
  failed: number
  /** Their result came too late: another worker had taken them over. */
  lost: number
  /** They failed for good, or too often; an operator decides. */
  parked: number
  /** The mailer took them. */
  sent: number
}

/** What was cleared away. */
export interface Purged {
  /** So many records: deliveries, notices, and kept answers that nobody can ask for any more. */
  records: number
}
