'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { field, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const people = require('../shapes/people.js')

const PUT = operation('people.put', {
  actor: common.Actor,
  changes: true,
  fields: {
    email: field('email', string),
    id: field('id', common.PersonId),
    name: field('name', string),
    language: optional('language', nullable(string)),
  },
  answer: people.Person,
})

class People {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async put(actor, args, options) {
    return await run(this.#handle, PUT, { actor, args, options })
  }
}

module.exports = { People }
