'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { field, list } = require('../../codec.js')
const common = require('../shapes/common.js')
const reasons = require('../shapes/reasons.js')

const SET = operation('reasons.set', {
  actor: common.Actor,
  changes: true,
  fields: {
    kind: field('kind', reasons.ReasonKind),
    reasons: field('reasons', list(reasons.ListedReason)),
  },
  answer: reasons.ReasonsListed,
})

const LIST = operation('reasons.list', {
  actor: common.Actor,
  changes: false,
  fields: {
    kind: field('kind', reasons.ReasonKind),
  },
  answer: reasons.ReasonsListed,
})

class Reasons {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async set(actor, args, options) {
    return await run(this.#handle, SET, { actor, args, options })
  }

  async list(actor, args) {
    return await run(this.#handle, LIST, { actor, args })
  }
}

module.exports = { Reasons }
