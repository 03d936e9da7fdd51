'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { boolean, field, integer, list, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const connections = require('../shapes/connections.js')

const REQUEST = operation('connections.request', {
  actor: common.Actor,
  changes: true,
  fields: {
    contractor: field('contractor', common.BusinessId),
    role: optional('role', nullable(common.ContractorRoleId)),
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

const DECLINE = operation('connections.decline', {
  actor: common.Actor,
  changes: true,
  fields: {
    request: field('request', common.RequestId),
  },
  answer: common.Connection,
})

const WITHDRAW = operation('connections.withdraw', {
  actor: common.Actor,
  changes: true,
  fields: {
    request: field('request', common.RequestId),
  },
  answer: common.Connection,
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

const DISCONNECT = operation('connections.disconnect', {
  actor: common.Actor,
  changes: true,
  fields: {
    connection: field('connection', common.ConnectionId),
    reason: field('reason', common.GivenReason),
    hideReason: optional('hide_reason', boolean, false),
  },
  answer: common.Connection,
})

const CLASSIFY = operation('connections.classify', {
  actor: common.Actor,
  changes: true,
  fields: {
    categories: field('categories', list(connections.CategoryChoice)),
    connection: field('connection', common.ConnectionId),
  },
  answer: common.Connection,
})

const SUBMIT_REQUIREMENT = operation('connections.submit_requirement', {
  actor: common.Actor,
  changes: true,
  fields: {
    connection: field('connection', common.ConnectionId),
    requirement: field('requirement', common.RequirementId),
  },
  answer: common.Connection,
})

const REVIEW_REQUIREMENT = operation('connections.review_requirement', {
  actor: common.Actor,
  changes: true,
  fields: {
    connection: field('connection', common.ConnectionId),
    requirement: field('requirement', common.RequirementId),
    verdict: field('verdict', connections.Verdict),
  },
  answer: common.Connection,
})

const GET = operation('connections.get', {
  actor: common.Actor,
  changes: false,
  fields: {
    connection: field('connection', common.ConnectionId),
  },
  answer: common.Connection,
})

const CLIENTS = operation('connections.clients', {
  actor: common.Actor,
  changes: false,
  fields: {
    category: optional('category', nullable(common.CategoryId)),
    classificationRequired: optional('classification_required', nullable(boolean)),
    contact: optional('contact', nullable(string)),
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
    name: optional('name', nullable(string)),
    role: optional('role', nullable(common.ContractorRoleId)),
    sort: optional('sort', connections.Sort, 'name'),
    statuses: optional('statuses', nullable(list(common.ConnectionStatus))),
    workflowStatus: optional('workflow_status', nullable(common.WorkflowStatus)),
  },
  answer: connections.ConnectionsPage,
})

const CONTRACTORS = operation('connections.contractors', {
  actor: common.Actor,
  changes: false,
  fields: {
    category: optional('category', nullable(common.CategoryId)),
    classificationRequired: optional('classification_required', nullable(boolean)),
    contact: optional('contact', nullable(string)),
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
    name: optional('name', nullable(string)),
    role: optional('role', nullable(common.ContractorRoleId)),
    sort: optional('sort', connections.Sort, 'name'),
    statuses: optional('statuses', nullable(list(common.ConnectionStatus))),
    workflowStatus: optional('workflow_status', nullable(common.WorkflowStatus)),
  },
  answer: connections.ConnectionsPage,
})

const PENDING = operation('connections.pending', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
  },
  answer: connections.PendingPage,
})

const WORKFLOW_SUMMARY = operation('connections.workflow_summary', {
  actor: common.Actor,
  changes: false,
  fields: {
    connection: field('connection', common.ConnectionId),
  },
  answer: connections.WorkflowSummary,
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

  async decline(actor, args, options) {
    return await run(this.#handle, DECLINE, { actor, args, options })
  }

  async withdraw(actor, args, options) {
    return await run(this.#handle, WITHDRAW, { actor, args, options })
  }

  async changeRole(actor, args, options) {
    return await run(this.#handle, CHANGE_ROLE, { actor, args, options })
  }

  async disconnect(actor, args, options) {
    return await run(this.#handle, DISCONNECT, { actor, args, options })
  }

  async classify(actor, args, options) {
    return await run(this.#handle, CLASSIFY, { actor, args, options })
  }

  async submitRequirement(actor, args, options) {
    return await run(this.#handle, SUBMIT_REQUIREMENT, { actor, args, options })
  }

  async reviewRequirement(actor, args, options) {
    return await run(this.#handle, REVIEW_REQUIREMENT, { actor, args, options })
  }

  async get(actor, args) {
    return await run(this.#handle, GET, { actor, args })
  }

  async clients(actor, args) {
    return await run(this.#handle, CLIENTS, { actor, args })
  }

  async contractors(actor, args) {
    return await run(this.#handle, CONTRACTORS, { actor, args })
  }

  async pending(actor, args) {
    return await run(this.#handle, PENDING, { actor, args })
  }

  async workflowSummary(actor, args) {
    return await run(this.#handle, WORKFLOW_SUMMARY, { actor, args })
  }
}

module.exports = { Connections }
