'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { boolean, field, list, nullable, optional, record, secret, string } = require('../../codec.js')
const common = require('./common.js')

const GroupLink = record({
  enabled: field('enabled', boolean),
  role: field('role', common.ContractorRoleId),
  link: secret(optional('link', nullable(common.Link))),
})

const GroupLinkState = record({
  enabled: field('enabled', boolean),
  role: field('role', common.ContractorRoleId),
  roleName: field('role_name', string),
})

const GroupLinksPage = record({
  groupLinks: field('group_links', list(GroupLinkState)),
  next: optional('next', nullable(string)),
})

module.exports = { GroupLink, GroupLinkState, GroupLinksPage }
