'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { boolean, field, list, nullable, oneOf, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const AccessRequestStatus = oneOf('requested', 'accepted', 'declined', 'withdrawn')

const AccessRequest = record({
  askedAt: field('asked_at', common.Timestamp),
  email: field('email', string),
  id: field('id', common.AccessRequestId),
  name: field('name', string),
  person: field('person', common.PersonId),
  role: field('role', common.UserRole),
  status: field('status', AccessRequestStatus),
  decidedAt: optional('decided_at', nullable(common.Timestamp)),
  disclosed: optional('disclosed', nullable(boolean)),
  jobTitle: optional('job_title', nullable(string)),
  message: optional('message', nullable(string)),
  phone: optional('phone', nullable(string)),
  reason: optional('reason', nullable(common.StatedReason)),
})

const AccessRequestsPage = record({
  requests: field('requests', list(AccessRequest)),
  next: optional('next', nullable(string)),
})

const OwnAccessRequest = record({
  askedAt: field('asked_at', common.Timestamp),
  business: field('business', common.Card),
  id: field('id', common.AccessRequestId),
  role: field('role', common.UserRole),
  status: field('status', AccessRequestStatus),
  decidedAt: optional('decided_at', nullable(common.Timestamp)),
  reason: optional('reason', nullable(common.StatedReason)),
})

const OwnAccessRequestsPage = record({
  requests: field('requests', list(OwnAccessRequest)),
  next: optional('next', nullable(string)),
})

module.exports = {
  AccessRequest,
  AccessRequestStatus,
  AccessRequestsPage,
  OwnAccessRequest,
  OwnAccessRequestsPage,
}
