'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { field, integer, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const groupLinks = require('../shapes/group_links.js')

const ENABLE = operation('group_links.enable', {
  actor: common.Actor,
  changes: true,
  fields: {
    role: field('role', common.ContractorRoleId),
  },
  answer: groupLinks.GroupLink,
})

const DISABLE = operation('group_links.disable', {
  actor: common.Actor,
  changes: true,
  fields: {
    role: field('role', common.ContractorRoleId),
  },
  answer: groupLinks.GroupLink,
})

const REFRESH = operation('group_links.refresh', {
  actor: common.Actor,
  changes: true,
  fields: {
    role: field('role', common.ContractorRoleId),
  },
  answer: groupLinks.GroupLink,
})

const COPY = operation('group_links.copy', {
  actor: common.Actor,
  changes: false,
  fields: {
    role: field('role', common.ContractorRoleId),
  },
  answer: groupLinks.GroupLink,
})

const LIST = operation('group_links.list', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
  },
  answer: groupLinks.GroupLinksPage,
})

class GroupLinks {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async enable(actor, args, options) {
    return await run(this.#handle, ENABLE, { actor, args, options })
  }

  async disable(actor, args, options) {
    return await run(this.#handle, DISABLE, { actor, args, options })
  }

  async refresh(actor, args, options) {
    return await run(this.#handle, REFRESH, { actor, args, options })
  }

  async copy(actor, args) {
    return await run(this.#handle, COPY, { actor, args })
  }

  async list(actor, args) {
    return await run(this.#handle, LIST, { actor, args })
  }
}

module.exports = { GroupLinks }
