'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { boolean, field, integer, list, nullable, oneOf, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const CategoryChoice = record({
  category: field('category', common.CategoryId),
  subCategories: optional('sub_categories', list(common.SubCategoryId), []),
})

const ChosenSubCategory = record({
  name: field('name', string),
  subCategory: field('sub_category', common.SubCategoryId),
})

const ChosenCategory = record({
  category: field('category', common.CategoryId),
  name: field('name', string),
  removed: field('removed', boolean),
  subCategories: field('sub_categories', list(ChosenSubCategory)),
})

const ConnectionCounts = record({
  connected: field('connected', integer),
  declined: field('declined', integer),
  disconnected: field('disconnected', integer),
  pending: field('pending', integer),
  withdrawn: field('withdrawn', integer),
})

const ConnectionsPage = record({
  confusable: field('confusable', list(common.Confusable)),
  connections: field('connections', list(common.Connection)),
  counts: field('counts', ConnectionCounts),
  next: optional('next', nullable(string)),
})

const PendingPage = record({
  confusable: field('confusable', list(common.Confusable)),
  connections: field('connections', list(common.Connection)),
  next: optional('next', nullable(string)),
})

const RequirementState = oneOf('incomplete', 'submitted', 'approved', 'returned')

const RequirementProgress = record({
  progress: field('progress', RequirementState),
  requirement: field('requirement', common.Requirement),
})

const Sort = oneOf('name', 'last_change')

const Verdict = oneOf('approve', 'return')

const WorkflowSummary = record({
  categories: field('categories', list(ChosenCategory)),
  classification: field('classification', common.Classification),
  client: field('client', common.Card),
  connection: field('connection', common.ConnectionId),
  contractor: field('contractor', common.Card),
  requirements: field('requirements', list(RequirementProgress)),
  role: field('role', common.ContractorRoleId),
  roleName: field('role_name', string),
  status: field('status', common.WorkflowStatus),
})

module.exports = {
  CategoryChoice,
  ChosenCategory,
  ChosenSubCategory,
  ConnectionCounts,
  ConnectionsPage,
  PendingPage,
  RequirementProgress,
  RequirementState,
  Sort,
  Verdict,
  WorkflowSummary,
}
