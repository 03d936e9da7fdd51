'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { operation, run } = require('../../call.js')
const { boolean, field, integer, list, nullable, optional, string } = require('../../codec.js')
const common = require('../shapes/common.js')
const contractorRoles = require('../shapes/contractor_roles.js')

const CREATE = operation('contractor_roles.create', {
  actor: common.Actor,
  changes: true,
  fields: {
    name: field('name', string),
  },
  answer: common.ContractorRole,
})

const RENAME = operation('contractor_roles.rename', {
  actor: common.Actor,
  changes: true,
  fields: {
    name: field('name', string),
    role: field('role', common.ContractorRoleId),
  },
  answer: common.ContractorRole,
})

const ARCHIVE = operation('contractor_roles.archive', {
  actor: common.Actor,
  changes: true,
  fields: {
    role: field('role', common.ContractorRoleId),
  },
  answer: common.ContractorRole,
})

const RESTORE = operation('contractor_roles.restore', {
  actor: common.Actor,
  changes: true,
  fields: {
    role: field('role', common.ContractorRoleId),
  },
  answer: common.ContractorRole,
})

const DEFINE_CATEGORY = operation('contractor_roles.define_category', {
  actor: common.Actor,
  changes: true,
  fields: {
    name: field('name', string),
    role: field('role', common.ContractorRoleId),
    mandatory: optional('mandatory', boolean, false),
    multiple: optional('multiple', boolean, true),
    subCategories: optional('sub_categories', list(contractorRoles.DefineSubCategory), []),
  },
  answer: contractorRoles.Category,
})

const REMOVE_CATEGORY = operation('contractor_roles.remove_category', {
  actor: common.Actor,
  changes: true,
  fields: {
    category: field('category', common.CategoryId),
  },
  answer: contractorRoles.Category,
})

const DEFINE_REQUIREMENT = operation('contractor_roles.define_requirement', {
  actor: common.Actor,
  changes: true,
  fields: {
    name: field('name', string),
    role: field('role', common.ContractorRoleId),
    description: optional('description', nullable(string)),
    target: optional('target', common.RequirementTarget),
  },
  answer: common.Requirement,
})

const REMOVE_REQUIREMENT = operation('contractor_roles.remove_requirement', {
  actor: common.Actor,
  changes: true,
  fields: {
    requirement: field('requirement', common.RequirementId),
  },
  answer: common.Requirement,
})

const LIST = operation('contractor_roles.list', {
  actor: common.Actor,
  changes: false,
  fields: {
    cursor: optional('cursor', nullable(string)),
    limit: optional('limit', nullable(integer)),
    statuses: optional('statuses', nullable(list(common.ContractorRoleStatus))),
  },
  answer: contractorRoles.ContractorRolesPage,
})

const CATEGORIES = operation('contractor_roles.categories', {
  actor: common.Actor,
  changes: false,
  fields: {
    role: field('role', common.ContractorRoleId),
  },
  answer: contractorRoles.Categories,
})

const REQUIREMENTS = operation('contractor_roles.requirements', {
  actor: common.Actor,
  changes: false,
  fields: {
    role: field('role', common.ContractorRoleId),
  },
  answer: contractorRoles.Requirements,
})

class ContractorRoles {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  async create(actor, args, options) {
    return await run(this.#handle, CREATE, { actor, args, options })
  }

  async rename(actor, args, options) {
    return await run(this.#handle, RENAME, { actor, args, options })
  }

  async archive(actor, args, options) {
    return await run(this.#handle, ARCHIVE, { actor, args, options })
  }

  async restore(actor, args, options) {
    return await run(this.#handle, RESTORE, { actor, args, options })
  }

  async defineCategory(actor, args, options) {
    return await run(this.#handle, DEFINE_CATEGORY, { actor, args, options })
  }

  async removeCategory(actor, args, options) {
    return await run(this.#handle, REMOVE_CATEGORY, { actor, args, options })
  }

  async defineRequirement(actor, args, options) {
    return await run(this.#handle, DEFINE_REQUIREMENT, { actor, args, options })
  }

  async removeRequirement(actor, args, options) {
    return await run(this.#handle, REMOVE_REQUIREMENT, { actor, args, options })
  }

  async list(actor, args) {
    return await run(this.#handle, LIST, { actor, args })
  }

  async categories(actor, args) {
    return await run(this.#handle, CATEGORIES, { actor, args })
  }

  async requirements(actor, args) {
    return await run(this.#handle, REQUIREMENTS, { actor, args })
  }
}

module.exports = { ContractorRoles }
