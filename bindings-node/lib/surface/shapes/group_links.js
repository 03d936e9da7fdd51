'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { boolean, field, nullable, optional, record, secret } = require('../../codec.js')
const common = require('./common.js')

const GroupLink = record({
  enabled: field('enabled', boolean),
  role: field('role', common.ContractorRoleId),
  link: secret(optional('link', nullable(common.Link))),
})

module.exports = { GroupLink }
