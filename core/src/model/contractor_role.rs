//! A contractor role is a client's own name for a kind of contractor: live ⇄ archived, with categories and
//! requirements to choose from and to meet.

use serde::{Deserialize, Serialize};

use super::requirement::Target;
use crate::error::{Error, LimitName};
use crate::id::{BusinessId, CategoryId, ContractorRoleId, RequirementId};

/// The name of the role that every client account starts with.
pub const SUPPLIER: &str = "Supplier";
/// The most categories that a role can have: whoever classifies looks at them all.
pub const CATEGORIES: usize = 100;
/// The most requirements that a role can have.
pub const REQUIREMENTS: usize = 500;

/// A client's own name for a kind of contractor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct ContractorRole {
    /// Its id.
    pub id: ContractorRoleId,
    /// The client.
    pub client: BusinessId,
    /// Its name, unique among the client's roles by what it looks like.
    pub name: String,
    /// Whether it takes anything new.
    pub status: Status,
    /// The categories that can be chosen, in the order in which they were defined.
    pub categories: Vec<CategoryId>,
    /// The requirements that are demanded, in the order in which they were defined.
    pub requirements: Vec<Demand>,
}

/// A requirement that is demanded, and of whom: enough to tell where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Demand {
    /// The requirement.
    pub requirement: RequirementId,
    /// Whom it concerns.
    pub target: Target,
}

/// Whether a contractor role takes new requests, invites and acceptances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ContractorRoleStatus"))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Status {
    /// It does.
    Live,
    /// It takes nothing new; its connections keep it.
    Archived,
}

/// What can be asked of a contractor role.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Create it.
    Create(ContractorRoleId, BusinessId, String),
    /// Give it another name.
    Rename(String),
    /// Let it take nothing new.
    Archive,
    /// Let an archived one take new things again.
    Restore,
    /// Have this category.
    AddCategory(CategoryId),
    /// Have this category no longer, nor what is demanded of it.
    RemoveCategory(CategoryId),
    /// Demand this.
    Demand(Demand),
    /// Demand this no longer.
    Waive(RequirementId),
}

/// What happened to a contractor role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// It was created.
    Created {
        /// Its id.
        id: ContractorRoleId,
        /// The client.
        client: BusinessId,
        /// Its name.
        name: String,
    },
    /// It has another name.
    Renamed {
        /// The new name.
        name: String,
    },
    /// It was archived.
    Archived,
    /// It takes new things again.
    Restored,
    /// It has a category more.
    CategoryAdded {
        /// The category.
        category: CategoryId,
    },
    /// It has a category less, and demands nothing of it.
    CategoryRemoved {
        /// The category.
        category: CategoryId,
    },
    /// It demands something more.
    Demanded(Demand),
    /// It demands something no longer.
    Waived {
        /// The requirement.
        requirement: RequirementId,
    },
}

/// The event that the command leads to, or none if all is as asked. What is archived can still be configured: its
/// connections keep it.
///
/// # Errors
/// `not_found` for a role that does not exist, `wrong_state` for creating one that does, `limit_exceeded` for too many
/// categories or requirements.
pub fn decide(role: Option<&ContractorRole>, command: Command) -> Result<Option<Event>, Error> {
    let Some(role) = role else {
        return match command {
            Command::Create(id, client, name) => Ok(Some(Event::Created { id, client, name })),
            Command::Rename(_)
            | Command::Archive
            | Command::Restore
            | Command::AddCategory(_)
            | Command::RemoveCategory(_)
            | Command::Demand(_)
            | Command::Waive(_) => Err(Error::NotFound),
        };
    };
    match command {
        Command::Create(..) => Err(Error::WrongState { state: role.status.word() }),
        Command::Rename(name) => Ok((role.name != name).then_some(Event::Renamed { name })),
        Command::Archive => Ok((role.status == Status::Live).then_some(Event::Archived)),
        Command::Restore => Ok((role.status == Status::Archived).then_some(Event::Restored)),
        Command::AddCategory(_) if role.categories.len() >= CATEGORIES => {
            Err(Error::LimitExceeded { limit: LimitName::Categories })
        }
        Command::AddCategory(category) => Ok(Some(Event::CategoryAdded { category })),
        Command::RemoveCategory(category) => {
            Ok(role.categories.contains(&category).then_some(Event::CategoryRemoved { category }))
        }
        Command::Demand(_) if role.requirements.len() >= REQUIREMENTS => {
            Err(Error::LimitExceeded { limit: LimitName::Requirements })
        }
        Command::Demand(demand) => Ok(Some(Event::Demanded(demand))),
        Command::Waive(requirement) => Ok(role.demands(requirement).then_some(Event::Waived { requirement })),
    }
}

/// The role after the event.
#[must_use]
pub fn evolve(role: Option<&ContractorRole>, event: &Event) -> Option<ContractorRole> {
    if let Event::Created { id, client, name } = event {
        let (categories, requirements) = (Vec::new(), Vec::new());
        let (id, client, name) = (*id, *client, name.clone());
        return Some(ContractorRole { id, client, name, status: Status::Live, categories, requirements });
    }
    let mut role = role?.clone();
    match event {
        Event::Created { .. } => return None,
        Event::Renamed { name } => role.name.clone_from(name),
        Event::Archived => role.status = Status::Archived,
        Event::Restored => role.status = Status::Live,
        Event::CategoryAdded { category } => role.categories.push(*category),
        Event::CategoryRemoved { category } => {
            role.categories.retain(|kept| kept != category);
            role.requirements.retain(|demand| demand.target.category() != Some(*category));
        }
        Event::Demanded(demand) => role.requirements.push(*demand),
        Event::Waived { requirement } => role.requirements.retain(|demand| demand.requirement != *requirement),
    }
    Some(role)
}

impl Status {
    /// Its name as texts and codes have it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Archived => "archived",
        }
    }
}

impl ContractorRole {
    /// Whether it takes new requests, invites and acceptances.
    pub(crate) fn live(&self) -> Result<(), Error> {
        match self.status {
            Status::Live => Ok(()),
            Status::Archived => Err(Error::WrongState { state: "archived" }),
        }
    }

    /// Whether it demands this.
    pub(crate) fn demands(&self, requirement: RequirementId) -> bool {
        self.requirements.iter().any(|demand| demand.requirement == requirement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live() -> ContractorRole {
        let (id, client) = (uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
        let create =
            Command::Create(ContractorRoleId::from_uuid(id), BusinessId::from_uuid(client), "Electrician".into());
        evolve(None, &decide(None, create).unwrap().unwrap()).unwrap()
    }

    fn after(role: &ContractorRole, command: Command) -> ContractorRole {
        evolve(Some(role), &decide(Some(role), command).unwrap().unwrap()).unwrap()
    }

    fn category(number: u128) -> CategoryId {
        CategoryId::from_uuid(uuid::Uuid::from_u128(number))
    }

    fn demand(number: u128, target: Target) -> Demand {
        Demand { requirement: RequirementId::from_uuid(uuid::Uuid::from_u128(number)), target }
    }

    #[test]
    fn given_a_live_role_when_archived_twice_then_the_second_changes_nothing() {
        let archived = after(&live(), Command::Archive);
        assert!(live().live().is_ok());
        assert!(matches!(archived.live(), Err(Error::WrongState { state: "archived" })));
        assert_eq!(decide(Some(&archived), Command::Archive).unwrap(), None);
    }

    #[test]
    fn given_an_archived_role_when_restored_then_it_is_live_and_again_changes_nothing() {
        let restored = after(&after(&live(), Command::Archive), Command::Restore);
        assert!(restored.live().is_ok());
        assert_eq!(decide(Some(&restored), Command::Restore).unwrap(), None);
    }

    #[test]
    fn given_a_role_when_renamed_then_it_has_the_name_and_the_same_name_changes_nothing() {
        let renamed = after(&live(), Command::Rename("Sparks".into()));
        assert_eq!(renamed.name, "Sparks");
        assert_eq!(decide(Some(&renamed), Command::Rename("Sparks".into())).unwrap(), None);
    }

    #[test]
    fn given_a_category_when_removed_then_its_requirements_apply_no_more_and_others_do() {
        let with = after(&after(&live(), Command::AddCategory(category(3))), Command::AddCategory(category(4)));
        let (of_role, of_category) = (demand(5, Target::Role), demand(6, Target::Category { category: category(3) }));
        let with = after(&after(&with, Command::Demand(of_role)), Command::Demand(of_category));
        let without = after(&with, Command::RemoveCategory(category(3)));
        assert_eq!((without.categories, without.requirements), (vec![category(4)], vec![of_role]));
    }

    #[test]
    fn given_a_requirement_when_waived_then_it_is_demanded_no_longer() {
        let with = after(&live(), Command::Demand(demand(5, Target::Role)));
        let without = after(&with, Command::Waive(demand(5, Target::Role).requirement));
        assert!(without.requirements.is_empty());
        let again = Command::Waive(demand(5, Target::Role).requirement);
        assert_eq!(decide(Some(&without), again).unwrap(), None);
    }

    #[test]
    fn given_as_many_as_a_role_can_have_then_one_more_is_refused() {
        let mut full = live();
        full.categories = (0..100).map(category).collect();
        full.requirements = (0..500).map(|number| demand(number, Target::Role)).collect();
        for (command, limit) in [
            (Command::AddCategory(category(999)), LimitName::Categories),
            (Command::Demand(demand(999, Target::Role)), LimitName::Requirements),
        ] {
            let refused = decide(Some(&full), command);
            assert!(matches!(refused, Err(Error::LimitExceeded { limit: named }) if named == limit));
        }
    }

    #[test]
    fn a_status_is_called_what_the_domain_calls_it() {
        assert_eq!([Status::Live, Status::Archived].map(Status::word), ["live", "archived"]);
    }
}
