'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { field, integer, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const history = require('../shapes/history.js')

const OF = operation('history.of', {
  actor: common.Actor,
  changes: false,
  fields: {
    subject: field('subject', history.Subject),
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
  },
  answer: history.HistoryPage,
})

const SINCE = operation('history.since', {
  actor: common.Actor,
  changes: false,
  fields: {
    after: optional('after', integer, 0),
    limit: optional('limit', nullable(integer)),
  },
  answer: history.HistoryFeed,
})

class History {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async of(actor, args) {
    return await run(this.#handle, OF, { actor, args })
  }

  async since(actor, args) {
    return await run(this.#handle, SINCE, { actor, args })
  }
}

module.exports = { History }
