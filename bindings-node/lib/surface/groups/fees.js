'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { field, integer, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const fees = require('../shapes/fees.js')

const SET_PLAN = operation('fees.set_plan', {
  actor: common.Actor,
  changes: true,
  fields: {
    client: field('client', common.BusinessId),
    plan: field('plan', fees.FeePlan),
  },
  answer: fees.PlanSet,
})

const QUOTE = operation('fees.quote', {
  actor: common.Actor,
  changes: false,
  fields: {},
  answer: fees.FeeQuote,
})

const STATEMENT = operation('fees.statement', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
    period: optional('period', nullable(common.Timestamp)),
  },
  answer: fees.FeeStatement,
})

class Fees {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async setPlan(actor, args, options) {
    return await run(this.#handle, SET_PLAN, { actor, args, options })
  }

  async quote(actor) {
    return await run(this.#handle, QUOTE, { actor })
  }

  async statement(actor, args) {
    return await run(this.#handle, STATEMENT, { actor, args })
  }
}

module.exports = { Fees }
