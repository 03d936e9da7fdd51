'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const {
  field,
  integer,
  json,
  list,
  map,
  nullable,
  optional,
  record,
  string,
  union,
} = require('../../codec.js')
const common = require('./common.js')

const HistoryEntry = record({
  at: field('at', common.Timestamp),
  details: field('details', map(json)),
  event: field('event', string),
  subject: field('subject', string),
  version: field('version', integer),
  acting: optional('acting', nullable(common.BusinessId)),
  person: optional('person', nullable(common.PersonId)),
})

const FeedEntry = record({
  entry: field('entry', HistoryEntry),
  position: field('position', integer),
  counterpart: optional('counterpart', nullable(common.BusinessId)),
  owner: optional('owner', nullable(common.BusinessId)),
})

const HistoryFeed = record({
  entries: field('entries', list(FeedEntry)),
  next: field('next', integer),
})

const HistoryPage = record({
  entries: field('entries', list(HistoryEntry)),
  next: optional('next', nullable(string)),
})

const Subject = union(
  record({
    id: field('id', common.BusinessId),
  }, 'business'),
  record({
    id: field('id', common.PersonId),
  }, 'person'),
  record({
    business: field('business', common.BusinessId),
    person: field('person', common.PersonId),
  }, 'member'),
  record({
    id: field('id', common.ContractorRoleId),
  }, 'contractor_role'),
  record({
    id: field('id', common.UserRoleId),
  }, 'user_role'),
  record({
    id: field('id', common.CategoryId),
  }, 'category'),
  record({
    id: field('id', common.RequirementId),
  }, 'requirement'),
  record({
    id: field('id', common.AccessRequestId),
  }, 'access_request'),
  record({
    business: field('business', common.BusinessId),
  }, 'reasons'),
  record({
    client: field('client', common.BusinessId),
  }, 'fee_plans'),
  record({
    role: field('role', common.ContractorRoleId),
  }, 'group_link'),
  record({
    id: field('id', common.InviteId),
  }, 'invite'),
  record({
    id: field('id', common.ConnectionId),
  }, 'connection'),
)

module.exports = { FeedEntry, HistoryEntry, HistoryFeed, HistoryPage, Subject }
