'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { field, list, nullable, oneOf, optional, record, string, timestamp, union } = require('../../codec.js')

const BusinessId = string

const Email = string

const PersonId = string

const Actor = union(
  record({
    id: field('id', PersonId),
    addresses: optional('addresses', list(Email), []),
    business: optional('business', nullable(BusinessId)),
  }, 'person'),
  record({
    business: optional('business', nullable(BusinessId)),
  }, 'system'),
)

const Card = record({
  id: field('id', BusinessId),
  name: field('name', string),
  industry: optional('industry', nullable(string)),
  registrationNumber: optional('registration_number', nullable(string)),
  town: optional('town', nullable(string)),
  tradingName: optional('trading_name', nullable(string)),
})

const Classification = oneOf('not_configured')

const ContractorRoleId = string

const ContractorRoleStatus = oneOf('live', 'archived')

const ContractorRole = record({
  id: field('id', ContractorRoleId),
  name: field('name', string),
  status: field('status', ContractorRoleStatus),
})

const ConnectionId = string

const ConnectionStatus = oneOf('pending', 'connected')

const RequestId = string

const Side = oneOf('client', 'contractor')

const Timestamp = timestamp

const Connection = record({
  changedAt: field('changed_at', Timestamp),
  id: field('id', ConnectionId),
  other: field('other', Card),
  role: field('role', ContractorRoleId),
  roleName: field('role_name', string),
  side: field('side', Side),
  status: field('status', ConnectionStatus),
  connectedSince: optional('connected_since', nullable(Timestamp)),
  request: optional('request', nullable(RequestId)),
})

const Connected = record({
  classification: field('classification', Classification),
  connection: field('connection', Connection),
})

const Decided = oneOf('accepted', 'declined', 'withdrawn', 'revoked', 'superseded')

const Link = string

const InviteId = string

const LimitName = oneOf('members', 'contractor_roles', 'connections')

const Reason = oneOf(
  'empty',
  'blank',
  'too_long',
  'control',
  'bidi',
  'invisible',
  'noncharacter',
  'format',
  'out_of_range',
  'unknown_value',
  'unknown_field',
  'missing',
  'not_allowed_here',
)

module.exports = {
  Actor,
  BusinessId,
  Card,
  Classification,
  Connected,
  Connection,
  ConnectionId,
  ConnectionStatus,
  ContractorRole,
  ContractorRoleId,
  ContractorRoleStatus,
  Decided,
  Email,
  InviteId,
  LimitName,
  Link,
  PersonId,
  Reason,
  RequestId,
  Side,
  Timestamp,
}
