'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { boolean, field, integer, list, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const outbox = require('../shapes/outbox.js')

const DELIVER_DUE = operation('outbox.deliver_due', {
  actor: common.Actor,
  changes: false,
  fields: {
    limit: optional('limit', nullable(integer)),
  },
  answer: outbox.DeliveryReport,
})

const RUN = operation('outbox.run', {
  actor: common.Actor,
  changes: false,
  fields: {
    pause: optional('pause', nullable(integer)),
    until: optional('until', nullable(common.Timestamp)),
  },
  answer: outbox.DeliveryReport,
})

const LIST = operation('outbox.list', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
    statuses: optional('statuses', nullable(list(outbox.DeliveryStatus))),
  },
  answer: outbox.DeliveriesPage,
})

const RETRY = operation('outbox.retry', {
  actor: common.Actor,
  changes: true,
  fields: {
    delivery: field('delivery', outbox.DeliveryId),
  },
  answer: outbox.DeliverySeen,
})

const PURGE = operation('outbox.purge', {
  actor: common.Actor,
  changes: false,
  fields: {
    olderThan: field('older_than', integer),
    parked: optional('parked', boolean, false),
  },
  answer: outbox.Purged,
})

class Outbox {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async deliverDue(actor, args) {
    return await run(this.#handle, DELIVER_DUE, { actor, args })
  }

  async run(actor, args) {
    return await run(this.#handle, RUN, { actor, args })
  }

  async list(actor, args) {
    return await run(this.#handle, LIST, { actor, args })
  }

  async retry(actor, args, options) {
    return await run(this.#handle, RETRY, { actor, args, options })
  }

  async purge(actor, args) {
    return await run(this.#handle, PURGE, { actor, args })
  }
}

module.exports = { Outbox }
