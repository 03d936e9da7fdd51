'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { boolean, field, integer, list, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const accessRequests = require('../shapes/access_requests.js')

const SUBMIT = operation('access_requests.submit', {
  actor: common.Actor,
  changes: true,
  fields: {
    business: field('business', common.BusinessId),
    email: field('email', string),
    name: field('name', string),
    jobTitle: optional('job_title', nullable(string)),
    message: optional('message', nullable(string)),
    phone: optional('phone', nullable(string)),
    role: optional('role', common.UserRole, 'worker'),
  },
  answer: accessRequests.OwnAccessRequest,
})

const WITHDRAW = operation('access_requests.withdraw', {
  actor: common.Actor,
  changes: true,
  fields: {
    request: field('request', common.AccessRequestId),
  },
  answer: accessRequests.OwnAccessRequest,
})

const ACCEPT = operation('access_requests.accept', {
  actor: common.Actor,
  changes: true,
  fields: {
    request: field('request', common.AccessRequestId),
    role: optional('role', nullable(common.UserRole)),
  },
  answer: accessRequests.AccessRequest,
})

const DECLINE = operation('access_requests.decline', {
  actor: common.Actor,
  changes: true,
  fields: {
    reason: field('reason', common.GivenReason),
    request: field('request', common.AccessRequestId),
    disclose: optional('disclose', boolean, false),
  },
  answer: accessRequests.AccessRequest,
})

const MINE = operation('access_requests.mine', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
  },
  answer: accessRequests.OwnAccessRequestsPage,
})

const LIST = operation('access_requests.list', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
    statuses: optional('statuses', nullable(list(accessRequests.AccessRequestStatus))),
  },
  answer: accessRequests.AccessRequestsPage,
})

const GET = operation('access_requests.get', {
  actor: common.Actor,
  changes: false,
  fields: {
    request: field('request', common.AccessRequestId),
  },
  answer: accessRequests.AccessRequest,
})

class AccessRequests {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async submit(actor, args, options) {
    return await run(this.#handle, SUBMIT, { actor, args, options })
  }

  async withdraw(actor, args, options) {
    return await run(this.#handle, WITHDRAW, { actor, args, options })
  }

  async accept(actor, args, options) {
    return await run(this.#handle, ACCEPT, { actor, args, options })
  }

  async decline(actor, args, options) {
    return await run(this.#handle, DECLINE, { actor, args, options })
  }

  async mine(actor, args) {
    return await run(this.#handle, MINE, { actor, args })
  }

  async list(actor, args) {
    return await run(this.#handle, LIST, { actor, args })
  }

  async get(actor, args) {
    return await run(this.#handle, GET, { actor, args })
  }
}

module.exports = { AccessRequests }
