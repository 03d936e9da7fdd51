//! What a store keeps: records, and beside them events and the sides of connections.

use std::sync::Arc;

use super::guard::{Guard, GuardKind};
use super::key::{Key, Kind, Version};
use super::rows::{self, Corrupt, Row, Tabled, Value};
use crate::id::{AnswerId, BusinessId, CommitId, ConnectionId, ContractorRoleId, SlotId};
use crate::model::access_request::{self, AccessRequest};
use crate::model::business::Business;
use crate::model::category::Category;
use crate::model::connection::{Connection, Status as ConnectionStatus};
use crate::model::contractor_role::ContractorRole;
use crate::model::delivery::{Delivery, Notice};
use crate::model::directory::Word;
use crate::model::fees::{FeePlans, Spell};
use crate::model::group_link::GroupLink;
use crate::model::invite::Invite;
use crate::model::member::{self, Member};
use crate::model::person::Person;
use crate::model::reasons::Reasons;
use crate::model::request::Request;
use crate::model::requirement::Requirement;
use crate::model::user_role::{CustomRole, UserRole};
use crate::model::workflow::Classification;
use crate::model::{Author, Event, Owners, Side as End, contractor_role};
use crate::time::Timestamp;
use crate::token::KeyNumber;

/// A place that one thing holds, or a name for another id. A slot is a pointer, not a lock: what it points to tells
/// whether it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Slot {
    /// Its id, derived from what it is the place of.
    pub id: SlotId,
    /// What it points to.
    pub target: uuid::Uuid,
}

/// The answer to a call with an idempotency key. It holds ids, never a link or a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Answer {
    /// Its id, derived from operation, caller and key.
    pub id: AnswerId,
    /// SHA-256 of the arguments.
    pub arguments: [u8; 32],
    /// The answer, as JSON.
    pub answer: String,
    /// When it was given.
    pub at: Timestamp,
}

/// The signing keys that the database's links were made with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct KeyRegistry {
    /// Each key's number and check value.
    pub keys: Vec<(KeyNumber, [u8; 16])>,
}

macro_rules! records {
    ($($kind:ident($record:ty)),+ $(,)?) => {
        /// One record of any kind.
        #[derive(Debug, Clone, PartialEq)]
        #[expect(clippy::exhaustive_enums, reason = "a new kind must break every match")]
        pub enum Record {
            $(
                #[doc = concat!("Of kind [`Kind::", stringify!($kind), "`].")]
                $kind(Arc<$record>),
            )+
        }

        $(
            impl From<Arc<$record>> for Record {
                fn from(record: Arc<$record>) -> Self {
                    Self::$kind(record)
                }
            }

            impl From<$record> for Record {
                fn from(record: $record) -> Self {
                    Arc::new(record).into()
                }
            }

            impl Stored for $record {
                fn of(record: &Record) -> Option<&Arc<Self>> {
                    if let Record::$kind(record) = record { Some(record) } else { None }
                }
            }
        )+

        impl Record {
            /// Its key.
            #[must_use]
            pub fn key(&self) -> Key {
                match self { $(Self::$kind(record) => Key { kind: Kind::$kind, id: record.uuid() },)+ }
            }

            /// Its columns, in the order of its table.
            #[must_use]
            pub fn values(&self) -> Vec<Value> {
                match self { $(Self::$kind(record) => record.values(),)+ }
            }

            /// The record of a row's columns.
            ///
            /// # Errors
            /// [`Corrupt`] if the columns make no such record.
            pub fn read(key: Key, columns: Vec<Value>) -> Result<Self, Corrupt> {
                match key.kind { $(Kind::$kind => rows::read::<$record>(key.id, columns).map(Self::from),)+ }
            }
        }

        /// The description of a kind's table.
        pub(crate) const fn table(kind: Kind) -> &'static rows::Table {
            match kind { $(Kind::$kind => &<$record as Tabled>::TABLE,)+ }
        }
    };
}

/// A record type, found in what was loaded.
pub(crate) trait Stored: Sized {
    fn of(record: &Record) -> Option<&Arc<Self>>;
}

records! {
    Business(Business),
    Person(Person),
    Member(Member),
    UserRole(CustomRole),
    ContractorRole(ContractorRole),
    Category(Category),
    Requirement(Requirement),
    GroupLink(GroupLink),
    Invite(Invite),
    Connection(Connection),
    Request(Request),
    Spell(Spell),
    AccessRequest(AccessRequest),
    Reasons(Reasons),
    FeePlans(FeePlans),
    Word(Word),
    Slot(Slot),
    Answer(Answer),
    KeyRegistry(KeyRegistry),
    Notice(Notice),
    Delivery(Delivery),
}

/// A record and its version, or [`Version::NONE`] and nothing.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "stores build it")]
pub struct Versioned {
    /// How often it has been written.
    pub version: Version,
    /// The record, if there is one.
    pub record: Option<Record>,
}

impl Versioned {
    /// Of a key that nothing is kept under.
    pub const NONE: Self = Self { version: Version::NONE, record: None };

    /// From a whole row: id, version, columns.
    ///
    /// # Errors
    /// [`Corrupt`] if the row makes no record of the kind.
    pub fn read(kind: Kind, row: Row) -> Result<Self, Corrupt> {
        let (id, version, columns) = row.split(kind)?;
        Ok(Self { version, record: Some(Record::read(Key { kind, id }, columns)?) })
    }
}

impl Record {
    /// Whose history its events belong to.
    pub(crate) fn owners(&self) -> Owners {
        match self {
            Self::Business(business) => (Some(business.id), None),
            Self::Member(member) => (Some(member.business), None),
            Self::UserRole(role) => (Some(role.business), None),
            Self::ContractorRole(role) => (Some(role.client), None),
            Self::Category(category) => (Some(category.client), None),
            Self::Requirement(requirement) => (Some(requirement.client), None),
            Self::AccessRequest(request) => (Some(request.claim.business), None),
            Self::Reasons(reasons) => (Some(reasons.business), None),
            Self::FeePlans(plans) => (Some(plans.client), None),
            Self::GroupLink(link) => (Some(link.client), None),
            Self::Invite(invite) => (Some(invite.terms.client), None),
            Self::Connection(connection) => (Some(connection.client), Some(connection.contractor)),
            Self::Person(_)
            | Self::Request(_)
            | Self::Spell(_)
            | Self::Word(_)
            | Self::Slot(_)
            | Self::Answer(_)
            | Self::KeyRegistry(_)
            | Self::Notice(_)
            | Self::Delivery(_) => (None, None),
        }
    }

    /// What it counts in. Entering adds one, leaving takes one: both follow from the record before and after.
    pub(crate) fn counts(&self) -> [Option<Guard>; 2] {
        let count = |kind, business| Guard { kind, business };
        match self {
            Self::Member(member) => {
                let admin = member.status == member::Status::Active && member.role.which == UserRole::ADMIN;
                let counted = member.status != member::Status::Removed;
                let admin = admin.then_some(count(GuardKind::Admins, member.business));
                let member = counted.then_some(count(GuardKind::Members, member.business));
                [admin, member]
            }
            Self::ContractorRole(role) => match role.status {
                contractor_role::Status::Live => [Some(count(GuardKind::ContractorRoles, role.client)), None],
                contractor_role::Status::Archived => [None; 2],
            },
            Self::AccessRequest(request) => match request.state.status() {
                access_request::Status::Requested => {
                    [Some(count(GuardKind::AccessRequests, request.claim.business)), None]
                }
                access_request::Status::Accepted
                | access_request::Status::Declined
                | access_request::Status::Withdrawn => [None; 2],
            },
            Self::Connection(connection) => match connection.status() {
                ConnectionStatus::Pending
                | ConnectionStatus::Declined
                | ConnectionStatus::Withdrawn
                | ConnectionStatus::Disconnected => [None; 2],
                ConnectionStatus::Connected => [
                    Some(count(GuardKind::Contractors, connection.client)),
                    Some(count(GuardKind::Clients, connection.contractor)),
                ],
            },
            Self::Business(_)
            | Self::Person(_)
            | Self::UserRole(_)
            | Self::Category(_)
            | Self::Requirement(_)
            | Self::GroupLink(_)
            | Self::Invite(_)
            | Self::Request(_)
            | Self::Spell(_)
            | Self::Reasons(_)
            | Self::FeePlans(_)
            | Self::Word(_)
            | Self::Slot(_)
            | Self::Answer(_)
            | Self::KeyRegistry(_)
            | Self::Notice(_)
            | Self::Delivery(_) => [None; 2],
        }
    }
}

/// One event as history keeps it.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "stores build it")]
pub struct StoredEvent {
    /// The record that changed.
    pub subject: Key,
    /// The version that the change led to.
    pub version: Version,
    /// The commit that made it.
    pub commit: CommitId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: Author,
    /// For which business.
    pub acting: Option<BusinessId>,
    /// The business whose record it is.
    pub owner: Option<BusinessId>,
    /// The business at the other end.
    pub counterpart: Option<BusinessId>,
    /// What happened.
    pub event: Event,
}

impl StoredEvent {
    /// The events that a commit writes.
    pub fn of(commit: &super::Commit) -> impl Iterator<Item = Self> + '_ {
        commit.writes.iter().filter_map(|write| {
            let (owner, counterpart) = write.record.owners();
            Some(Self {
                subject: write.record.key(),
                version: write.version,
                commit: commit.id,
                at: commit.at,
                author: commit.author,
                acting: commit.acting,
                owner,
                counterpart,
                event: write.event.clone()?,
            })
        })
    }
}

/// A connection as one of its two businesses lists it: an index, without version or history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build it")]
pub struct Side {
    /// The connection.
    pub connection: ConnectionId,
    /// The business that lists it.
    pub owner: BusinessId,
    /// Which end the owner is.
    pub end: End,
    /// The business at the other end.
    pub other: BusinessId,
    /// The connection's role.
    pub role: ContractorRoleId,
    /// The connection's label.
    pub status: ConnectionStatus,
    /// When the connection last changed.
    pub changed_at: Timestamp,
    /// The other's name and trading name, folded.
    pub name_text: Arc<str>,
    /// The other's address, e-mail and phone, folded; empty unless Pending or Connected.
    pub contact_text: Arc<str>,
    /// Whether categories have to be chosen; nothing unless Connected.
    pub classification: Option<Classification>,
    /// The ids of its categories and sub-categories, with a space after each; empty unless Connected.
    pub categories: String,
    /// Its requirements that were begun, each with a letter for how far it is; empty unless Connected.
    pub progress: String,
}

impl Side {
    /// Whether the two see each other's contacts.
    #[must_use]
    pub const fn near(&self) -> bool {
        matches!(self.status, ConnectionStatus::Pending | ConnectionStatus::Connected)
    }
}
