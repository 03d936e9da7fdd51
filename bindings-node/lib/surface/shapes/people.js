'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { field, nullable, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const Person = record({
  email: field('email', common.Email),
  id: field('id', common.PersonId),
  name: field('name', string),
  language: optional('language', nullable(string)),
})

module.exports = { Person }
