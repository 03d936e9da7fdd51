//! Group links, personal invites, and what a link or claim leads to, as they are shown.

use serde::{Deserialize, Serialize};

use super::Card;
use crate::id::{ConnectionId, ContractorRoleId, InviteId, PersonId};
use crate::model::{Author, invite};
use crate::time::Timestamp;

// `L` is the link itself or, inside, what it is derived from.
/// A contractor role's group link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "GroupLink"))]
#[non_exhaustive]
pub struct GroupLink<L = crate::Link> {
    /// The contractor role.
    pub role: ContractorRoleId,
    /// Whether the link opens.
    pub enabled: bool,
    /// The link, while it opens.
    pub link: Option<L>,
}

impl<L> GroupLink<L> {
    /// The same with its link made into something else.
    ///
    /// # Errors
    /// What making it fails with.
    pub fn try_map<M, E>(self, make: impl FnOnce(L) -> Result<M, E>) -> Result<GroupLink<M>, E> {
        Ok(GroupLink { role: self.role, enabled: self.enabled, link: self.link.map(make).transpose()? })
    }
}

/// A contractor role's group link in a list, without the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GroupLinkState {
    /// The contractor role.
    pub role: ContractorRoleId,
    /// Its name.
    pub role_name: String,
    /// Whether the link opens.
    pub enabled: bool,
}

/// A personal invite as its client sees it; its link is shown once, by `create` or `resend`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Invite {
    /// Its id.
    pub id: InviteId,
    /// The contractor role of the connection to be.
    pub role: ContractorRoleId,
    /// What it is now.
    pub status: invite::Status,
    /// Who made it; none for System.
    pub inviter: Option<PersonId>,
    /// Where its mail goes.
    pub address: Option<String>,
    /// Whether only somebody with that verified address can accept.
    pub bound: bool,
    /// A word from the inviter.
    pub message: Option<String>,
    /// The language of its mail, as a BCP 47 tag.
    pub language: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its link or, once opened, its claim ends.
    pub ends_at: Timestamp,
    /// The connection that it made.
    pub connection: Option<ConnectionId>,
}

// `L` is the link itself or, inside, what it is derived from.
/// What `invites.create` and `invites.resend` answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "InviteCreated"))]
#[non_exhaustive]
pub struct InviteCreated<L = crate::Link> {
    /// The invite.
    pub invite: Invite,
    /// Its link, shown this once.
    pub link: L,
}

impl<L> InviteCreated<L> {
    /// The same with its link made into something else.
    ///
    /// # Errors
    /// What making it fails with.
    pub fn try_map<M, E>(self, make: impl FnOnce(L) -> Result<M, E>) -> Result<InviteCreated<M>, E> {
        Ok(InviteCreated { invite: self.invite, link: make(self.link)? })
    }
}

/// Which kind of link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new kind of link must break every match")]
pub enum LinkKind {
    /// Of a personal invite: one use.
    Personal,
    /// Of a contractor role: many uses.
    Group,
}

/// What a link or claim leads to, for anybody who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Preview {
    /// Which kind of link.
    pub kind: LinkKind,
    /// The client who invites.
    pub client: Card,
    /// The name of the contractor role.
    pub role: String,
    /// A word from the inviter.
    pub message: Option<String>,
    /// Until when the link or claim lives; a group link lives until it is refreshed or disabled.
    pub until: Option<Timestamp>,
}

// `C` is the claim itself or, inside, what it is derived from.
/// What `open` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Opened"))]
#[non_exhaustive]
pub struct Opened<C = crate::Claim> {
    /// The secret to keep in the visitor's session until they accept.
    pub claim: C,
    /// Until when it lives.
    pub until: Timestamp,
}

impl<C> Opened<C> {
    /// The same with its claim made into something else.
    ///
    /// # Errors
    /// What making it fails with.
    pub fn try_map<M, E>(self, make: impl FnOnce(C) -> Result<M, E>) -> Result<Opened<M>, E> {
        Ok(Opened { claim: make(self.claim)?, until: self.until })
    }
}

impl Invite {
    pub(crate) fn of(invite: &invite::Invite, authority: invite::Authority, now: Timestamp) -> Self {
        let terms = &invite.terms;
        Self {
            id: invite.id,
            role: terms.role,
            status: invite.status(authority, now),
            inviter: match terms.inviter {
                Author::Person(person) => Some(person),
                Author::System | Author::Visitor => None,
            },
            address: terms.address.as_ref().map(|address| address.as_str().to_owned()),
            bound: terms.bound,
            message: terms.message.clone(),
            language: terms.language.clone(),
            created_at: terms.created_at,
            ends_at: invite.ends_at,
            connection: match invite.state {
                invite::State::Accepted { connection, .. } => Some(connection),
                invite::State::Pending
                | invite::State::Opened { .. }
                | invite::State::Declined { .. }
                | invite::State::Revoked { .. }
                | invite::State::Superseded { .. } => None,
            },
        }
    }
}
