//! Contractor roles, their categories and requirements, as they are shown.

use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, ContractorRoleId, RequirementId};
use crate::model::category::{self, SubCategory};
use crate::model::contractor_role;
use crate::model::requirement::{self, Target};

/// A client's own name for a kind of contractor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ContractorRole {
    /// Its id.
    pub id: ContractorRoleId,
    /// Its name, as it was typed.
    pub name: String,
    /// Whether it takes anything new.
    pub status: contractor_role::Status,
}

/// A category of a contractor role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// The contractor role.
    pub role: ContractorRoleId,
    /// Its name.
    pub name: String,
    /// Whether every contractor of the role is in it.
    pub mandatory: bool,
    /// Whether a contractor may be in several of its sub-categories beyond the mandatory ones.
    pub multiple: bool,
    /// Its sub-categories.
    pub sub_categories: Vec<SubCategory>,
}

/// A requirement of a contractor role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Requirement {
    /// Its id.
    pub id: RequirementId,
    /// The contractor role.
    pub role: ContractorRoleId,
    /// What it is called.
    pub name: String,
    /// What has to be done.
    pub description: Option<String>,
    /// Whom it concerns.
    pub target: Target,
}

impl ContractorRole {
    pub(crate) fn of(role: &contractor_role::ContractorRole) -> Self {
        Self { id: role.id, name: role.name.clone(), status: role.status }
    }
}

impl Category {
    pub(crate) fn of(category: &category::Category) -> Self {
        Self {
            id: category.id,
            role: category.role,
            name: category.name.clone(),
            mandatory: category.mandatory,
            multiple: category.multiple,
            sub_categories: category.sub_categories.clone(),
        }
    }
}

impl Requirement {
    pub(crate) fn of(requirement: &requirement::Requirement) -> Self {
        Self {
            id: requirement.id,
            role: requirement.role,
            name: requirement.name.clone(),
            description: requirement.description.clone(),
            target: requirement.target,
        }
    }
}
