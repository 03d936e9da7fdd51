'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { boolean, field, list, nullable, oneOf, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const Permission = oneOf('users', 'connect', 'configure', 'classify', 'fees', 'see')

const DefinedRole = record({
  id: field('id', common.UserRoleId),
  name: field('name', string),
  permissions: field('permissions', list(Permission)),
})

const MemberStatus = oneOf('active', 'disabled', 'removed')

const Member = record({
  email: field('email', string),
  name: field('name', string),
  notifications: field('notifications', boolean),
  person: field('person', common.PersonId),
  role: field('role', common.UserRole),
  status: field('status', MemberStatus),
})

const MembersPage = record({
  members: field('members', list(Member)),
  next: optional('next', nullable(string)),
})

const Roles = record({
  roles: field('roles', list(DefinedRole)),
  next: optional('next', nullable(string)),
})

module.exports = { DefinedRole, Member, MemberStatus, MembersPage, Permission, Roles }
