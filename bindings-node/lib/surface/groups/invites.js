'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { boolean, field, integer, list, nullable, optional, secret, string } = require('../../codec.js')
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

const SEND = operation('invites.send', {
  actor: common.Actor,
  changes: true,
  fields: {
    address: field('address', string),
    invite: field('invite', common.InviteId),
    bind: optional('bind', boolean, true),
  },
  answer: invites.Invite,
})

const RESEND = operation('invites.resend', {
  actor: common.Actor,
  changes: true,
  fields: {
    invite: field('invite', common.InviteId),
  },
  answer: invites.InviteCreated,
})

const REVOKE = operation('invites.revoke', {
  actor: common.Actor,
  changes: true,
  fields: {
    invite: field('invite', common.InviteId),
  },
  answer: invites.Invite,
})

const GET = operation('invites.get', {
  actor: common.Actor,
  changes: false,
  fields: {
    invite: field('invite', common.InviteId),
  },
  answer: invites.Invite,
})

const LIST = operation('invites.list', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
    role: optional('role', nullable(common.ContractorRoleId)),
    statuses: optional('statuses', nullable(list(invites.InviteStatus))),
  },
  answer: invites.InvitesPage,
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

const DECLINE = operation('invites.decline', {
  changes: true,
  fields: {
    claim: secret(field('claim', invites.Claim)),
  },
  answer: invites.Preview,
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

class Invites {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async create(actor, args, options) {
    return await run(this.#handle, CREATE, { actor, args, options })
  }

  async send(actor, args, options) {
    return await run(this.#handle, SEND, { actor, args, options })
  }

  async resend(actor, args, options) {
    return await run(this.#handle, RESEND, { actor, args, options })
  }

  async revoke(actor, args, options) {
    return await run(this.#handle, REVOKE, { actor, args, options })
  }

  async get(actor, args) {
    return await run(this.#handle, GET, { actor, args })
  }

  async list(actor, args) {
    return await run(this.#handle, LIST, { actor, args })
  }

  async preview(args) {
    return await run(this.#handle, PREVIEW, { args })
  }

  async open(args, options) {
    return await run(this.#handle, OPEN, { args, options })
  }

  async decline(args, options) {
    return await run(this.#handle, DECLINE, { args, options })
  }

  async accept(actor, args, options) {
    return await run(this.#handle, ACCEPT, { actor, args, options })
  }

  async redeem(actor, args, options) {
    return await run(this.#handle, REDEEM, { actor, args, options })
  }
}

module.exports = { Invites }
