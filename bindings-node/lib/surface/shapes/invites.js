'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const {
  boolean,
  field,
  integer,
  list,
  nullable,
  oneOf,
  optional,
  record,
  secret,
  string,
} = require('../../codec.js')
const common = require('./common.js')

const Claim = string

const InviteStatus = oneOf(
  'pending',
  'opened',
  'accepted',
  'declined',
  'revoked',
  'superseded',
  'expired',
)

const Invite = record({
  bound: field('bound', boolean),
  createdAt: field('created_at', common.Timestamp),
  endsAt: field('ends_at', common.Timestamp),
  id: field('id', common.InviteId),
  role: field('role', common.ContractorRoleId),
  status: field('status', InviteStatus),
  address: optional('address', nullable(string)),
  connection: optional('connection', nullable(common.ConnectionId)),
  inviter: optional('inviter', nullable(common.PersonId)),
  language: optional('language', nullable(string)),
  message: optional('message', nullable(string)),
})

const InviteCounts = record({
  accepted: field('accepted', integer),
  declined: field('declined', integer),
  expired: field('expired', integer),
  opened: field('opened', integer),
  pending: field('pending', integer),
  revoked: field('revoked', integer),
  superseded: field('superseded', integer),
})

const InviteCreated = record({
  invite: field('invite', Invite),
  link: secret(field('link', common.Link)),
})

const InvitesPage = record({
  counts: field('counts', InviteCounts),
  invites: field('invites', list(Invite)),
  next: optional('next', nullable(string)),
})

const LinkKind = oneOf('personal', 'group')

const Opened = record({
  claim: secret(field('claim', Claim)),
  until: field('until', common.Timestamp),
})

const Preview = record({
  client: field('client', common.Card),
  kind: field('kind', LinkKind),
  role: field('role', string),
  message: optional('message', nullable(string)),
  until: optional('until', nullable(common.Timestamp)),
})

module.exports = {
  Claim,
  Invite,
  InviteCounts,
  InviteCreated,
  InviteStatus,
  InvitesPage,
  LinkKind,
  Opened,
  Preview,
}
