//! What the library means: the records, and the machines that change them.
//!
//! Every machine file reads in one order: state, command, event, `decide`, `evolve`. A decision is a value: it names
//! the event that happened, or nothing if all is as asked already, or refuses. No machine reads a clock, draws a number
//! or knows of storage; what it counts by time it is told.

pub mod access_request;
pub mod business;
pub mod category;
pub mod connection;
pub mod contractor_role;
pub mod delivery;
pub mod directory;
pub mod fees;
pub mod group_link;
pub mod invite;
pub mod member;
pub mod person;
pub mod reasons;
pub mod request;
pub mod requirement;
pub mod user_role;
pub mod workflow;

use serde::{Deserialize, Serialize};

use crate::id::{BusinessId, PersonId};

/// Who did something, as history keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "nobody else acts")]
pub enum Author {
    /// A person.
    Person(PersonId),
    /// The host itself.
    System,
    /// Somebody with a link or claim, not signed in.
    Visitor,
}

/// The two ends of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "an edge has two ends")]
pub enum Side {
    /// The business that asks contractors to work for it.
    Client,
    /// The business that works for clients.
    Contractor,
}

/// One change of one record, as history keeps it.
///
/// Each takes as much room as the largest, wherever it is kept or handed on: what seldom happens and is large lies in a
/// `Box`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "subject", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new machine must break every match over its events")]
pub enum Event {
    /// Of a business.
    Business(business::Event),
    /// Of a person.
    Person(person::Event),
    /// Of a member.
    Member(member::Event),
    /// Of a user role.
    UserRole(user_role::Event),
    /// Of a contractor role.
    ContractorRole(contractor_role::Event),
    /// Of a category.
    Category(category::Event),
    /// Of a requirement.
    Requirement(requirement::Event),
    /// Of a group link.
    GroupLink(group_link::Event),
    /// Of a personal invite.
    Invite(invite::Event),
    /// Of a connection.
    Connection(connection::Event),
    /// Of an access request.
    AccessRequest(access_request::Event),
    /// Of a business's reasons.
    Reasons(reasons::Event),
    /// Of a client's fee plans.
    FeePlans(fees::Event),
}

/// The business whose record it is and, of a connection, the one at the other end.
pub(crate) type Owners = (Option<BusinessId>, Option<BusinessId>);
