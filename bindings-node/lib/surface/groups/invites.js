'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { boolean, field, integer, nullable, optional, secret, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const invites = require('../shapes/invites.js')

const CREATE = operation('invites.create', {
  actor: common.Actor,
  changes: true,
  fields: {
    role: field('role', common.ContractorRoleId),
    address: optional('address', nullable(string)),
    bind: optional('bind', boolean, true),
    language: optional('language', nullable(string)),
    life: optional('life', nullable(integer)),
    message: optional('message', nullable(string)),
  },
  answer: invites.InviteCreated,
})

const PREVIEW = operation('invites.preview', {
  changes: false,
  fields: {
    linkOrClaim: secret(field('link_or_claim', string)),
  },
  answer: invites.Preview,
})

const OPEN = operation('invites.open', {
  changes: true,
  fields: {
    link: secret(field('link', common.Link)),
  },
  answer: invites.Opened,
})

const ACCEPT = operation('invites.accept', {
  actor: common.Actor,
  changes: true,
  fields: {
    claim: secret(field('claim', invites.Claim)),
  },
  answer: common.Connected,
})

const REDEEM = operation('invites.redeem', {
  actor: common.Actor,
  changes: true,
  fields: {
    link: secret(field('link', common.Link)),
  },
  answer: common.Connected,
})

const REVOKE = operation('invites.revoke', {
  actor: common.Actor,
  changes: true,
  fields: {
    invite: field('invite', common.InviteId),
  },
  answer: invites.Invite,
})

class Invites {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async create(actor, args, options) {
    return await run(this.#handle, CREATE, { actor, args, options })
  }

  async preview(args) {
    return await run(this.#handle, PREVIEW, { args })
  }

  async open(args, options) {
    return await run(this.#handle, OPEN, { args, options })
  }

  async accept(actor, args, options) {
    return await run(this.#handle, ACCEPT, { actor, args, options })
  }

  async redeem(actor, args, options) {
    return await run(this.#handle, REDEEM, { actor, args, options })
  }

  async revoke(actor, args, options) {
    return await run(this.#handle, REVOKE, { actor, args, options })
  }
}

module.exports = { Invites }
