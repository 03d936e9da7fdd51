//! A category sorts the contractors of one contractor role: defined once, with its sub-categories, then removed.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::id::{BusinessId, CategoryId, ContractorRoleId, SubCategoryId};

/// A category of a contractor role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// The contractor role.
    pub role: ContractorRoleId,
    /// The client.
    pub client: BusinessId,
    /// Its name, unique among the role's categories by what it looks like.
    pub name: String,
    /// Whether every contractor of the role is in it.
    pub mandatory: bool,
    /// Whether a contractor may be in several of its sub-categories beyond the mandatory ones.
    pub multiple: bool,
    /// Its sub-categories, in the client's order.
    pub sub_categories: Vec<SubCategory>,
    /// Whether it is there to be chosen.
    pub status: Status,
}

/// A sub-category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct SubCategory {
    /// Its id.
    pub id: SubCategoryId,
    /// Its name, unique within the category by what it looks like.
    pub name: String,
    /// Whether every contractor of the category is in it.
    pub mandatory: bool,
}

/// Whether a category or requirement is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Status {
    /// It is.
    Defined,
    /// It is no longer; what has it keeps it.
    Removed,
}

/// What can be asked of a category.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Define it.
    Define(Category),
    /// Let nobody choose it any more.
    Remove,
}

/// What happened to a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// It was defined.
    Defined(Box<Category>),
    /// It was removed.
    Removed,
}

/// The event that the command leads to, or none if all is as asked.
///
/// # Errors
/// `not_found` for one that does not exist, `wrong_state` for defining one that does.
pub fn decide(category: Option<&Category>, command: Command) -> Result<Option<Event>, Error> {
    match (category.map(|category| category.status), command) {
        (None, Command::Define(category)) => Ok(Some(Event::Defined(Box::new(category)))),
        (None, Command::Remove) => Err(Error::NotFound),
        (Some(Status::Defined), Command::Define(_)) => Err(Error::WrongState { state: "defined" }),
        (Some(Status::Removed), Command::Define(_)) => Err(Error::WrongState { state: "removed" }),
        (Some(Status::Defined), Command::Remove) => Ok(Some(Event::Removed)),
        (Some(Status::Removed), Command::Remove) => Ok(None),
    }
}

/// The category after the event.
#[must_use]
pub fn evolve(category: Option<&Category>, event: &Event) -> Option<Category> {
    match event {
        Event::Defined(category) => Some(category.as_ref().clone()),
        Event::Removed => category.map(|category| Category { status: Status::Removed, ..category.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_a_category_when_removed_twice_then_the_second_changes_nothing() {
        let id = uuid::Uuid::from_u128(1);
        let electrics = Category {
            id: CategoryId::from_uuid(id),
            role: ContractorRoleId::from_uuid(id),
            client: BusinessId::from_uuid(id),
            name: "Electrics".into(),
            mandatory: false,
            multiple: true,
            sub_categories: Vec::new(),
            status: Status::Defined,
        };
        let defined = evolve(None, &decide(None, Command::Define(electrics)).unwrap().unwrap()).unwrap();
        let removed = evolve(Some(&defined), &decide(Some(&defined), Command::Remove).unwrap().unwrap()).unwrap();
        assert_eq!(removed.status, Status::Removed);
        assert_eq!(decide(Some(&removed), Command::Remove).unwrap(), None);
        let again = decide(Some(&removed), Command::Define(defined));
        assert!(matches!(again, Err(Error::WrongState { state: "removed" })));
    }
}
