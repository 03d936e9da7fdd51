'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { field, integer, list, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const connections = require('../shapes/connections.js')

const REQUEST = operation('connections.request', {
  actor: common.Actor,
  changes: true,
  fields: {
    contractor: field('contractor', common.BusinessId),
    role: field('role', common.ContractorRoleId),
  },
  answer: common.Connection,
})

const ACCEPT = operation('connections.accept', {
  actor: common.Actor,
  changes: true,
  fields: {
    request: field('request', common.RequestId),
  },
  answer: common.Connected,
})

const CHANGE_ROLE = operation('connections.change_role', {
  actor: common.Actor,
  changes: true,
  fields: {
    connection: field('connection', common.ConnectionId),
    role: field('role', common.ContractorRoleId),
  },
  answer: common.Connected,
})

const CLIENTS = operation('connections.clients', {
  actor: common.Actor,
  changes: false,
  fields: {
    contact: optional('contact', nullable(string)),
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
    name: optional('name', nullable(string)),
    role: optional('role', nullable(common.ContractorRoleId)),
    sort: optional('sort', connections.Sort, 'name'),
    statuses: optional('statuses', nullable(list(common.ConnectionStatus))),
  },
  answer: connections.ClientsPage,
})

class Connections {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async request(actor, args, options) {
    return await run(this.#handle, REQUEST, { actor, args, options })
  }

  async accept(actor, args, options) {
    return await run(this.#handle, ACCEPT, { actor, args, options })
  }

  async changeRole(actor, args, options) {
    return await run(this.#handle, CHANGE_ROLE, { actor, args, options })
  }

  async clients(actor, args) {
    return await run(this.#handle, CLIENTS, { actor, args })
  }
}

module.exports = { Connections }
