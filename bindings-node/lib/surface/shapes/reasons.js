'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { field, list, oneOf, record, string } = require('../../codec.js')

const ListedReason = record({
  code: field('code', string),
  label: field('label', string),
})

const ReasonKind = oneOf('access_decline', 'disconnect')

const ReasonsListed = record({
  kind: field('kind', ReasonKind),
  reasons: field('reasons', list(ListedReason)),
})

module.exports = { ListedReason, ReasonKind, ReasonsListed }
