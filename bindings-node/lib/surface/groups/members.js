'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { field } = require('../../codec.js')
const common = require('../shapes/common.js')
const members = require('../shapes/members.js')

const ADD = operation('members.add', {
  actor: common.Actor,
  changes: true,
  fields: {
    person: field('person', common.PersonId),
    role: field('role', members.UserRole),
  },
  answer: members.Member,
})

const CHANGE_ROLE = operation('members.change_role', {
  actor: common.Actor,
  changes: true,
  fields: {
    person: field('person', common.PersonId),
    role: field('role', members.UserRole),
  },
  answer: members.Member,
})

const DISABLE = operation('members.disable', {
  actor: common.Actor,
  changes: true,
  fields: {
    person: field('person', common.PersonId),
  },
  answer: members.Member,
})

class Members {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async add(actor, args, options) {
    return await run(this.#handle, ADD, { actor, args, options })
  }

  async changeRole(actor, args, options) {
    return await run(this.#handle, CHANGE_ROLE, { actor, args, options })
  }

  async disable(actor, args, options) {
    return await run(this.#handle, DISABLE, { actor, args, options })
  }
}

module.exports = { Members }
