'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { integer, nullable, optional } = require('../../codec.js')
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

class Outbox {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async deliverDue(actor, args) {
    return await run(this.#handle, DELIVER_DUE, { actor, args })
  }
}

module.exports = { Outbox }
