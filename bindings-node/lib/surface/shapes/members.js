'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { boolean, field, oneOf, record } = require('../../codec.js')
const common = require('./common.js')

const MemberStatus = oneOf('active', 'disabled', 'removed')

const UserRole = oneOf('admin', 'manager', 'viewer', 'worker')

const Member = record({
  notifications: field('notifications', boolean),
  person: field('person', common.PersonId),
  role: field('role', UserRole),
  status: field('status', MemberStatus),
})

module.exports = { Member, MemberStatus, UserRole }
