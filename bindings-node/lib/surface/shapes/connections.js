'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { field, integer, list, nullable, oneOf, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const ConnectionCounts = record({
  connected: field('connected', integer),
  pending: field('pending', integer),
})

const ClientsPage = record({
  connections: field('connections', list(common.Connection)),
  counts: field('counts', ConnectionCounts),
  next: optional('next', nullable(string)),
})

const Sort = oneOf('name', 'last_change')

module.exports = { ClientsPage, ConnectionCounts, Sort }
