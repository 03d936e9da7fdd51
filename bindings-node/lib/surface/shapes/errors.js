'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { field, integer, nullable, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const invalid_argument = record({
  field: field('field', string),
  reason: field('reason', common.Reason),
})

const already_connected = record({
  connection: field('connection', common.ConnectionId),
})

const already_pending = record({
  accessRequest: optional('access_request', nullable(common.AccessRequestId)),
  connection: optional('connection', nullable(common.ConnectionId)),
})

const already_decided = record({
  at: field('at', common.Timestamp),
  decision: field('decision', common.Decided),
})

const wrong_state = record({
  state: field('state', string),
})

const name_taken = record({
  field: field('field', string),
})

const limit_exceeded = record({
  limit: field('limit', common.LimitName),
})

const rate_limited = record({
  retryAfter: field('retry_after', integer),
})

module.exports = {
  invalid_argument,
  already_connected,
  already_pending,
  already_decided,
  wrong_state,
  name_taken,
  limit_exceeded,
  rate_limited,
}
