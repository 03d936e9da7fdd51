'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { boolean, field, integer, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const businesses = require('../shapes/businesses.js')

const REGISTER = operation('businesses.register', {
  actor: common.Actor,
  changes: true,
  fields: {
    profile: field('profile', businesses.BusinessProfile),
    admin: optional('admin', nullable(businesses.PersonProfile)),
  },
  answer: businesses.Business,
})

const UPDATE = operation('businesses.update', {
  actor: common.Actor,
  changes: true,
  fields: {
    profile: field('profile', businesses.BusinessProfile),
  },
  answer: businesses.Business,
})

const ARCHIVE = operation('businesses.archive', {
  actor: common.Actor,
  changes: true,
  fields: {
    business: field('business', common.BusinessId),
  },
  answer: businesses.Business,
})

const RESTORE = operation('businesses.restore', {
  actor: common.Actor,
  changes: true,
  fields: {
    business: field('business', common.BusinessId),
  },
  answer: businesses.Business,
})

const SET_CLIENT_ACCOUNT = operation('businesses.set_client_account', {
  actor: common.Actor,
  changes: true,
  fields: {
    business: field('business', common.BusinessId),
    clientAccount: field('client_account', boolean),
  },
  answer: businesses.ClientAccount,
})

const SET_LIMITS = operation('businesses.set_limits', {
  actor: common.Actor,
  changes: true,
  fields: {
    business: field('business', common.BusinessId),
    overrides: field('overrides', businesses.Overrides),
  },
  answer: businesses.Business,
})

const GET = operation('businesses.get', {
  actor: common.Actor,
  changes: false,
  fields: {
    business: field('business', common.BusinessId),
  },
  answer: businesses.BusinessSeen,
})

const SEARCH = operation('businesses.search', {
  actor: common.Actor,
  changes: false,
  fields: {
    text: field('text', string),
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
  },
  answer: businesses.SearchPage,
})

class Businesses {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async register(actor, args, options) {
    return await run(this.#handle, REGISTER, { actor, args, options })
  }

  async update(actor, args, options) {
    return await run(this.#handle, UPDATE, { actor, args, options })
  }

  async archive(actor, args, options) {
    return await run(this.#handle, ARCHIVE, { actor, args, options })
  }

  async restore(actor, args, options) {
    return await run(this.#handle, RESTORE, { actor, args, options })
  }

  async setClientAccount(actor, args, options) {
    return await run(this.#handle, SET_CLIENT_ACCOUNT, { actor, args, options })
  }

  async setLimits(actor, args, options) {
    return await run(this.#handle, SET_LIMITS, { actor, args, options })
  }

  async get(actor, args) {
    return await run(this.#handle, GET, { actor, args })
  }

  async search(actor, args) {
    return await run(this.#handle, SEARCH, { actor, args })
  }
}

module.exports = { Businesses }
