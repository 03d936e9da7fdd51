'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { field, integer, record } = require('../../codec.js')

const DeliveryReport = record({
  dropped: field('dropped', integer),
  failed: field('failed', integer),
  lost: field('lost', integer),
  parked: field('parked', integer),
  sent: field('sent', integer),
})

module.exports = { DeliveryReport }
