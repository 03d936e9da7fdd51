// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { CategoryId, ContractorRole, ContractorRoleId, Requirement, SubCategoryId } from './common.js'

/** A sub-category. */
export interface SubCategory {
  /** Its id. */
  id: SubCategoryId
  /** Whether every contractor of the category is in it. */
  mandatory: boolean
  /** Its name, unique within the category by what it looks like. */
  name: string
}

/** A category of a contractor role. */
export interface Category {
  /** Its id. */
  id: CategoryId
  /** Whether every contractor of the role is in it. */
  mandatory: boolean
  /** Whether a contractor may be in several of its sub-categories beyond the mandatory ones. */
  multiple: boolean
  /** Its name. */
  name: string
  /** The contractor role. */
  role: ContractorRoleId
  /** Its sub-categories. */
  subCategories: SubCategory[]
}

/** The categories of a contractor role. */
export interface Categories {
  /** Those that can be chosen, in the order in which they were defined. */
  categories: Category[]
}

/** One page of contractor roles: *Supplier* where its id falls, the others as they were created. */
export interface ContractorRolesPage {
  /** The roles. */
  roles: ContractorRole[]
  /** Where the list goes on, if it does. */
  next: string | null
}

/** A sub-category to define. */
export interface DefineSubCategory {
  /** Its name, up to 200 graphemes, unique within the category by what it looks like. */
  name: string
  /** Whether every contractor of the category is in it. */
  mandatory?: boolean
}

/** The requirements of a contractor role. */
export interface Requirements {
  /** Those that are demanded, in the order in which they were defined. */
  requirements: Requirement[]
}
