'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { field, integer, list, nullable, oneOf, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const Payer = oneOf('client', 'contractor')

const FeeLine = record({
  connection: field('connection', common.ConnectionId),
  contractor: field('contractor', common.BusinessId),
  contractorName: field('contractor_name', string),
  firstCounted: field('first_counted', common.Timestamp),
  payer: field('payer', Payer),
  place: field('place', integer),
  price: field('price', integer),
})

const FeeTier = record({
  price: field('price', integer),
  upTo: optional('up_to', nullable(integer)),
})

const FeePlan = record({
  anchorDay: field('anchor_day', integer),
  currency: field('currency', string),
  payer: field('payer', Payer),
  tiers: field('tiers', list(FeeTier)),
  freeAllowance: optional('free_allowance', integer, 0),
})

const FeeQuote = record({
  count: field('count', integer),
  currency: field('currency', string),
  from: field('from', common.Timestamp),
  payer: field('payer', Payer),
  to: field('to', common.Timestamp),
  total: field('total', integer),
  totalWithOneMore: field('total_with_one_more', integer),
})

const FeeStatement = record({
  count: field('count', integer),
  currency: field('currency', string),
  from: field('from', common.Timestamp),
  lines: field('lines', list(FeeLine)),
  to: field('to', common.Timestamp),
  total: field('total', integer),
  next: optional('next', nullable(string)),
})

const PlanSet = record({
  client: field('client', common.BusinessId),
  from: field('from', common.Timestamp),
  plan: field('plan', FeePlan),
})

module.exports = { FeeLine, FeePlan, FeeQuote, FeeStatement, FeeTier, Payer, PlanSet }
