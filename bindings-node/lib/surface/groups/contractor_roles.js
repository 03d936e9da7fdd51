'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { field, string } = require('../../codec.js')
const common = require('../shapes/common.js')

const CREATE = operation('contractor_roles.create', {
  actor: common.Actor,
  changes: true,
  fields: {
    name: field('name', string),
  },
  answer: common.ContractorRole,
})

const ARCHIVE = operation('contractor_roles.archive', {
  actor: common.Actor,
  changes: true,
  fields: {
    role: field('role', common.ContractorRoleId),
  },
  answer: common.ContractorRole,
})

class ContractorRoles {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async create(actor, args, options) {
    return await run(this.#handle, CREATE, { actor, args, options })
  }

  async archive(actor, args, options) {
    return await run(this.#handle, ARCHIVE, { actor, args, options })
  }
}

module.exports = { ContractorRoles }
