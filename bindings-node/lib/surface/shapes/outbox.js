'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { field, integer, list, nullable, oneOf, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const DeliveryId = string

const DeliveryStatus = oneOf('due', 'leased', 'sent', 'parked', 'dropped')

const DeliverySeen = record({
  address: field('address', string),
  at: field('at', common.Timestamp),
  attempts: field('attempts', integer),
  id: field('id', DeliveryId),
  kind: field('kind', string),
  status: field('status', DeliveryStatus),
  statusAt: field('status_at', common.Timestamp),
  lastError: optional('last_error', nullable(string)),
})

const DeliveriesPage = record({
  deliveries: field('deliveries', list(DeliverySeen)),
  next: optional('next', nullable(string)),
})

const DeliveryReport = record({
  dropped: field('dropped', integer),
  failed: field('failed', integer),
  lost: field('lost', integer),
  parked: field('parked', integer),
  sent: field('sent', integer),
})

const Purged = record({
  records: field('records', integer),
})

module.exports = { DeliveriesPage, DeliveryId, DeliveryReport, DeliverySeen, DeliveryStatus, Purged }
