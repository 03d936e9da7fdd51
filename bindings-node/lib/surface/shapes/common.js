'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const {
  either,
  field,
  list,
  nullable,
  oneOf,
  optional,
  record,
  string,
  timestamp,
  union,
} = require('../../codec.js')

const AccessRequestId = string

const PersonId = string

const StatedReason = record({
  code: field('code', string),
  label: field('label', string),
  text: optional('text', nullable(string)),
})

const Timestamp = timestamp

const BuiltInRole = oneOf('admin', 'manager', 'viewer', 'worker')

const UserRoleId = string

const UserRole = either(BuiltInRole, UserRoleId)

const BusinessId = string

const Email = string

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

const CategoryId = string

const ContractorRoleId = string

const SubCategoryId = string

const Classification = oneOf('not_configured', 'required', 'classified')

const ContractorRoleStatus = oneOf('live', 'archived')

const ContractorRole = record({
  id: field('id', ContractorRoleId),
  name: field('name', string),
  status: field('status', ContractorRoleStatus),
})

const Confusable = record({
  business: field('business', BusinessId),
  confusableWith: field('confusable_with', list(string)),
})

const ConnectionId = string

const ConnectionStatus = oneOf('pending', 'connected', 'declined', 'withdrawn', 'disconnected')

const Side = oneOf('client', 'contractor')

const Ended = record({
  at: field('at', Timestamp),
  by: field('by', Side),
  reason: optional('reason', nullable(StatedReason)),
})

const RequestId = string

const WorkflowStatus = oneOf('incomplete', 'submitted', 'approved')

const Connection = record({
  changedAt: field('changed_at', Timestamp),
  id: field('id', ConnectionId),
  other: field('other', Card),
  role: field('role', ContractorRoleId),
  roleName: field('role_name', string),
  side: field('side', Side),
  status: field('status', ConnectionStatus),
  classification: optional('classification', nullable(Classification)),
  connectedSince: optional('connected_since', nullable(Timestamp)),
  ended: optional('ended', nullable(Ended)),
  request: optional('request', nullable(RequestId)),
  workflowStatus: optional('workflow_status', nullable(WorkflowStatus)),
})

const Connected = record({
  classification: field('classification', Classification),
  connection: field('connection', Connection),
})

const Decided = oneOf(
  'accepted',
  'declined',
  'withdrawn',
  'revoked',
  'superseded',
  'disconnected',
)

const GivenReason = record({
  code: field('code', string),
  text: optional('text', nullable(string)),
})

const Link = string

const InviteId = string

const LimitName = oneOf(
  'members',
  'contractor_roles',
  'connections',
  'access_requests',
  'categories',
  'requirements',
)

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

const RequirementId = string

const RequirementTarget = union(
  record({}, 'role'),
  record({
    category: field('category', CategoryId),
  }, 'category'),
  record({
    category: field('category', CategoryId),
    subCategory: field('sub_category', SubCategoryId),
  }, 'sub_category'),
)

const Requirement = record({
  id: field('id', RequirementId),
  name: field('name', string),
  role: field('role', ContractorRoleId),
  target: field('target', RequirementTarget),
  description: optional('description', nullable(string)),
})

module.exports = {
  AccessRequestId,
  Actor,
  BuiltInRole,
  BusinessId,
  Card,
  CategoryId,
  Classification,
  Confusable,
  Connected,
  Connection,
  ConnectionId,
  ConnectionStatus,
  ContractorRole,
  ContractorRoleId,
  ContractorRoleStatus,
  Decided,
  Email,
  Ended,
  GivenReason,
  InviteId,
  LimitName,
  Link,
  PersonId,
  Reason,
  RequestId,
  Requirement,
  RequirementId,
  RequirementTarget,
  Side,
  StatedReason,
  SubCategoryId,
  Timestamp,
  UserRole,
  UserRoleId,
  WorkflowStatus,
}
