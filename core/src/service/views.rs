//! What operations answer with: what the caller may see, and nothing else.

use serde::{Deserialize, Serialize};

use crate::id::{BusinessId, ConnectionId, ContractorRoleId, InviteId, PersonId, RequestId};
use crate::model::business::{self, Address, Branding};
use crate::model::connection::{self, Classification};
use crate::model::{Author, Side, contractor_role, invite, member};
use crate::time::Timestamp;

/// What a business says of itself; texts up to 200 graphemes, numbers up to 64. The name alone is required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BusinessProfile {
    /// Its name; it need not be unique.
    pub name: String,
    /// The name it trades under.
    #[serde(default)]
    pub trading_name: Option<String>,
    /// Where it is.
    #[serde(default)]
    pub address: Address,
    /// Where its people are reached, as one bare e-mail address.
    #[serde(default)]
    pub contact_email: Option<String>,
    /// Where its people are called.
    #[serde(default)]
    pub contact_phone: Option<String>,
    /// Its number in a register of companies; it need not be unique.
    #[serde(default)]
    pub registration_number: Option<String>,
    /// What it does.
    #[serde(default)]
    pub industry: Option<String>,
    /// The address listed as able to accept notifications.
    #[serde(default)]
    pub notification_email: Option<String>,
    /// The language of its mails, as a BCP 47 tag.
    #[serde(default)]
    pub language: Option<String>,
    /// How its mails look.
    #[serde(default)]
    pub branding: Branding,
    /// Whether search finds it; it does unless said otherwise.
    #[serde(default = "yes")]
    pub listed: bool,
}

const fn yes() -> bool {
    true
}

impl BusinessProfile {
    /// A listed business of which no more than the name is known.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            trading_name: None,
            address: Address::default(),
            contact_email: None,
            contact_phone: None,
            registration_number: None,
            industry: None,
            notification_email: None,
            language: None,
            branding: Branding::default(),
            listed: true,
        }
    }
}

/// A business as its own members see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Business {
    /// Its id.
    pub id: BusinessId,
    /// What it says of itself.
    pub profile: BusinessProfile,
    /// Whether it may invite and request.
    pub client_account: bool,
}

/// The public card of a business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Card {
    /// Its id.
    pub id: BusinessId,
    /// Its name.
    pub name: String,
    /// The name it trades under.
    pub trading_name: Option<String>,
    /// What it does.
    pub industry: Option<String>,
    /// The town it is in.
    pub town: Option<String>,
    /// Its number in a register of companies.
    pub registration_number: Option<String>,
}

/// What `set_client_account` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClientAccount {
    /// The business.
    pub business: Business,
    /// The contractor role that every client account starts with; none if the business has never been one.
    pub supplier: Option<ContractorRole>,
}

/// A member of the acting business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// What they may do.
    pub role: member::UserRole,
    /// Whether they may do it now.
    pub status: member::Status,
    /// Whether the business's notices reach them.
    pub notifications: bool,
}

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

/// A personal invite as its client sees it; its link is shown once, by `create`.
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
/// What `invites.create` answers.
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

/// A connection as one of its two businesses sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// Which end the acting business is.
    pub side: Side,
    /// The business at the other end.
    pub other: Card,
    /// The contractor role that it is about.
    pub role: ContractorRoleId,
    /// The role's name.
    pub role_name: String,
    /// Where it stands.
    pub status: connection::Status,
    /// The request that waits for an answer.
    pub request: Option<RequestId>,
    /// Since when the two are connected.
    pub connected_since: Option<Timestamp>,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// What connecting answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Connected {
    /// The connection.
    pub connection: Connection,
    /// Whether the contractor must now choose categories.
    pub classification: Classification,
}

impl Business {
    pub(crate) fn of(business: &business::Business) -> Self {
        let profile = &business.profile;
        let email = |email: &Option<crate::Email>| email.as_ref().map(|email| email.as_str().to_owned());
        Self {
            id: business.id,
            profile: BusinessProfile {
                name: profile.name.clone(),
                trading_name: profile.trading_name.clone(),
                address: profile.address.clone(),
                contact_email: email(&profile.contact_email),
                contact_phone: profile.contact_phone.clone(),
                registration_number: profile.registration_number.clone(),
                industry: profile.industry.clone(),
                notification_email: email(&profile.notification_email),
                language: profile.language.clone(),
                branding: profile.branding.clone(),
                listed: profile.listed,
            },
            client_account: business.client_account,
        }
    }
}

impl Card {
    pub(crate) fn of(business: &business::Business) -> Self {
        let profile = &business.profile;
        Self {
            id: business.id,
            name: profile.name.clone(),
            trading_name: profile.trading_name.clone(),
            industry: profile.industry.clone(),
            town: profile.address.town.clone(),
            registration_number: profile.registration_number.clone(),
        }
    }
}

impl Member {
    pub(crate) const fn of(member: &member::Member) -> Self {
        let &member::Member { person, role, status, notifications, .. } = member;
        Self { person, role, status, notifications }
    }
}

impl ContractorRole {
    pub(crate) fn of(role: &contractor_role::ContractorRole) -> Self {
        Self { id: role.id, name: role.name.clone(), status: role.status }
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
                | invite::State::Revoked { .. }
                | invite::State::Superseded { .. } => None,
            },
        }
    }
}

impl Connection {
    pub(crate) fn of(
        connection: &connection::Connection,
        side: Side,
        other: &business::Business,
        role: &contractor_role::ContractorRole,
    ) -> Self {
        let (request, connected_since) = match connection.state {
            connection::State::Pending { request } => (Some(request), None),
            connection::State::Connected { since } => (None, Some(since)),
        };
        Self {
            id: connection.id(),
            side,
            other: Card::of(other),
            role: role.id,
            role_name: role.name.clone(),
            status: connection.status(),
            request,
            connected_since,
            changed_at: connection.changed_at,
        }
    }
}
