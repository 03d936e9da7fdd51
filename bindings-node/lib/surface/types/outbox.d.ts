// Written by tests/surface/generate.py from tests/surface.json: change neither here.

/** What became of the mails that were due. */
export interface DeliveryReport {
  /** Nobody was entitled to them any more, or their link was dead. */
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
