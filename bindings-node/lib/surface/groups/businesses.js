'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { boolean, field, nullable, optional } = require('../../codec.js')
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

const SET_CLIENT_ACCOUNT = operation('businesses.set_client_account', {
  actor: common.Actor,
  changes: true,
  fields: {
    business: field('business', common.BusinessId),
    clientAccount: field('client_account', boolean),
  },
  answer: businesses.ClientAccount,
})

class Businesses {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async register(actor, args, options) {
    return await run(this.#handle, REGISTER, { actor, args, options })
  }

  async setClientAccount(actor, args, options) {
    return await run(this.#handle, SET_CLIENT_ACCOUNT, { actor, args, options })
  }
}

module.exports = { Businesses }
