'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { boolean, field, list, nullable, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const SubCategory = record({
  id: field('id', common.SubCategoryId),
  mandatory: field('mandatory', boolean),
  name: field('name', string),
})

const Category = record({
  id: field('id', common.CategoryId),
  mandatory: field('mandatory', boolean),
  multiple: field('multiple', boolean),
  name: field('name', string),
  role: field('role', common.ContractorRoleId),
  subCategories: field('sub_categories', list(SubCategory)),
})

const Categories = record({
  categories: field('categories', list(Category)),
})

const ContractorRolesPage = record({
  roles: field('roles', list(common.ContractorRole)),
  next: optional('next', nullable(string)),
})

const DefineSubCategory = record({
  name: field('name', string),
  mandatory: optional('mandatory', boolean, false),
})

const Requirements = record({
  requirements: field('requirements', list(common.Requirement)),
})

module.exports = {
  Categories,
  Category,
  ContractorRolesPage,
  DefineSubCategory,
  Requirements,
  SubCategory,
}
