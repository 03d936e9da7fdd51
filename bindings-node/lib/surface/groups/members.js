'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { boolean, field, integer, list, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const members = require('../shapes/members.js')

const ADD = operation('members.add', {
  actor: common.Actor,
  changes: true,
  fields: {
    person: field('person', common.PersonId),
    role: field('role', common.UserRole),
  },
  answer: members.Member,
})

const CHANGE_ROLE = operation('members.change_role', {
  actor: common.Actor,
  changes: true,
  fields: {
    person: field('person', common.PersonId),
    role: field('role', common.UserRole),
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

const ENABLE = operation('members.enable', {
  actor: common.Actor,
  changes: true,
  fields: {
    person: field('person', common.PersonId),
  },
  answer: members.Member,
})

const REMOVE = operation('members.remove', {
  actor: common.Actor,
  changes: true,
  fields: {
    person: field('person', common.PersonId),
  },
  answer: members.Member,
})

const SET_NOTIFICATIONS = operation('members.set_notifications', {
  actor: common.Actor,
  changes: true,
  fields: {
    notifications: field('notifications', boolean),
    person: field('person', common.PersonId),
  },
  answer: members.Member,
})

const DEFINE_ROLE = operation('members.define_role', {
  actor: common.Actor,
  changes: true,
  fields: {
    name: field('name', string),
    permissions: field('permissions', list(members.Permission)),
  },
  answer: members.DefinedRole,
})

const ROLES = operation('members.roles', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
  },
  answer: members.Roles,
})

const GET = operation('members.get', {
  actor: common.Actor,
  changes: false,
  fields: {
    person: field('person', common.PersonId),
  },
  answer: members.Member,
})

const LIST = operation('members.list', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    disabled: optional('disabled', boolean, false),
    limit: optional('limit', nullable(integer)),
  },
  answer: members.MembersPage,
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

  async enable(actor, args, options) {
    return await run(this.#handle, ENABLE, { actor, args, options })
  }

  async remove(actor, args, options) {
    return await run(this.#handle, REMOVE, { actor, args, options })
  }

  async setNotifications(actor, args, options) {
    return await run(this.#handle, SET_NOTIFICATIONS, { actor, args, options })
  }

  async defineRole(actor, args, options) {
    return await run(this.#handle, DEFINE_ROLE, { actor, args, options })
  }

  async roles(actor, args) {
    return await run(this.#handle, ROLES, { actor, args })
  }

  async get(actor, args) {
    return await run(this.#handle, GET, { actor, args })
  }

  async list(actor, args) {
    return await run(this.#handle, LIST, { actor, args })
  }
}

module.exports = { Members }
