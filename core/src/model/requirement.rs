//! A requirement is a workflow step that the client demands of the contractors of a role: defined once, then removed.

use serde::{Deserialize, Serialize};

pub use super::category::Status;
use crate::error::Error;
use crate::id::{BusinessId, CategoryId, ContractorRoleId, RequirementId, SubCategoryId};

/// A workflow step that the client demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Requirement {
    /// Its id.
    pub id: RequirementId,
    /// The contractor role.
    pub role: ContractorRoleId,
    /// The client.
    pub client: BusinessId,
    /// What it is called.
    pub name: String,
    /// What has to be done.
    pub description: Option<String>,
    /// Whom it concerns.
    pub target: Target,
    /// Whether it is demanded.
    pub status: Status,
}

/// Which contractors of a role a requirement concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "RequirementTarget"))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[expect(clippy::exhaustive_enums, reason = "a new target must break every match")]
pub enum Target {
    /// All of them.
    Role,
    /// Those of this category.
    Category {
        /// The category.
        category: CategoryId,
    },
    /// Those of this sub-category.
    SubCategory {
        /// The category.
        category: CategoryId,
        /// The sub-category.
        sub_category: SubCategoryId,
    },
}

impl Target {
    /// The category that it lies in.
    #[must_use]
    pub const fn category(self) -> Option<CategoryId> {
        match self {
            Self::Role => None,
            Self::Category { category } | Self::SubCategory { category, .. } => Some(category),
        }
    }

    /// The sub-category that it is.
    #[must_use]
    pub const fn sub_category(self) -> Option<SubCategoryId> {
        match self {
            Self::Role | Self::Category { .. } => None,
            Self::SubCategory { sub_category, .. } => Some(sub_category),
        }
    }
}

/// What can be asked of a requirement.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Define it.
    Define(Requirement),
    /// Demand it no longer.
    Remove,
}

/// What happened to a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// It was defined.
    Defined(Box<Requirement>),
    /// It was removed.
    Removed,
}

/// The event that the command leads to, or none if all is as asked.
///
/// # Errors
/// `not_found` for one that does not exist, `wrong_state` for defining one that does.
pub fn decide(requirement: Option<&Requirement>, command: Command) -> Result<Option<Event>, Error> {
    match (requirement.map(|requirement| requirement.status), command) {
        (None, Command::Define(requirement)) => Ok(Some(Event::Defined(Box::new(requirement)))),
        (None, Command::Remove) => Err(Error::NotFound),
        (Some(Status::Defined), Command::Define(_)) => Err(Error::WrongState { state: "defined" }),
        (Some(Status::Removed), Command::Define(_)) => Err(Error::WrongState { state: "removed" }),
        (Some(Status::Defined), Command::Remove) => Ok(Some(Event::Removed)),
        (Some(Status::Removed), Command::Remove) => Ok(None),
    }
}

/// The requirement after the event.
#[must_use]
pub fn evolve(requirement: Option<&Requirement>, event: &Event) -> Option<Requirement> {
    match event {
        Event::Defined(requirement) => Some(requirement.as_ref().clone()),
        Event::Removed => requirement.map(|requirement| Requirement { status: Status::Removed, ..requirement.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_a_requirement_when_removed_twice_then_the_second_changes_nothing() {
        let id = uuid::Uuid::from_u128(1);
        let insurance = Requirement {
            id: RequirementId::from_uuid(id),
            role: ContractorRoleId::from_uuid(id),
            client: BusinessId::from_uuid(id),
            name: "Insurance".into(),
            description: None,
            target: Target::Category { category: CategoryId::from_uuid(id) },
            status: Status::Defined,
        };
        let defined = evolve(None, &decide(None, Command::Define(insurance)).unwrap().unwrap()).unwrap();
        let removed = evolve(Some(&defined), &decide(Some(&defined), Command::Remove).unwrap().unwrap()).unwrap();
        assert_eq!(removed.status, Status::Removed);
        assert_eq!(decide(Some(&removed), Command::Remove).unwrap(), None);
    }
}
