//! A contractor role is a client's own name for a kind of contractor: live, then archived.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::id::{BusinessId, ContractorRoleId};

/// The name of the role that every client account starts with.
pub const SUPPLIER: &str = "Supplier";

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
    /// Let it take nothing new.
    Archive,
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
    /// It was archived.
    Archived,
}

/// The event that the command leads to, or none if all is as asked.
///
/// # Errors
/// `not_found` for a role that does not exist, `wrong_state` for creating one that does.
pub fn decide(role: Option<&ContractorRole>, command: Command) -> Result<Option<Event>, Error> {
    match (role.map(|role| role.status), command) {
        (None, Command::Create(id, client, name)) => Ok(Some(Event::Created { id, client, name })),
        (None, Command::Archive) => Err(Error::NotFound),
        (Some(Status::Live), Command::Create(..)) => Err(Error::WrongState { state: "live" }),
        (Some(Status::Archived), Command::Create(..)) => Err(Error::WrongState { state: "archived" }),
        (Some(Status::Live), Command::Archive) => Ok(Some(Event::Archived)),
        (Some(Status::Archived), Command::Archive) => Ok(None),
    }
}

/// The role after the event.
#[must_use]
pub fn evolve(role: Option<&ContractorRole>, event: &Event) -> Option<ContractorRole> {
    match event {
        Event::Created { id, client, name } => {
            Some(ContractorRole { id: *id, client: *client, name: name.clone(), status: Status::Live })
        }
        Event::Archived => role.map(|role| ContractorRole { status: Status::Archived, ..role.clone() }),
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_a_live_role_when_archived_twice_then_the_second_changes_nothing() {
        let (id, client) = (uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
        let create =
            Command::Create(ContractorRoleId::from_uuid(id), BusinessId::from_uuid(client), "Electrician".into());
        let live = evolve(None, &decide(None, create).unwrap().unwrap()).unwrap();
        assert!(live.live().is_ok());
        let archived = evolve(Some(&live), &decide(Some(&live), Command::Archive).unwrap().unwrap()).unwrap();
        assert!(matches!(archived.live(), Err(Error::WrongState { state: "archived" })));
        assert_eq!(decide(Some(&archived), Command::Archive).unwrap(), None);
    }
}
