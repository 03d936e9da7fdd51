//! What a record is kept under.

use uuid::Uuid;

use crate::id::{
    AccessRequestId, AnswerId, BusinessId, CategoryId, ConnectionId, ContractorRoleId, DeliveryId, InviteId,
    KeyRegistryId, MemberId, NoticeId, PersonId, RequestId, RequirementId, SlotId, SpellId, UserRoleId, WordId,
};

/// The kinds of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a new kind must break every store that could forget it")]
pub enum Kind {
    /// A business.
    Business,
    /// A person.
    Person,
    /// A member.
    Member,
    /// A user role that a business has defined.
    UserRole,
    /// A contractor role.
    ContractorRole,
    /// A category of a contractor role.
    Category,
    /// A requirement of a contractor role.
    Requirement,
    /// A group link, under its contractor role's id.
    GroupLink,
    /// A personal invite.
    Invite,
    /// A connection.
    Connection,
    /// A request within a connection.
    Request,
    /// A time during which a connection was Connected.
    Spell,
    /// An access request.
    AccessRequest,
    /// A business's reasons, under its id.
    Reasons,
    /// A client's fee plans, under its id.
    FeePlans,
    /// A word of the directory.
    Word,
    /// A slot.
    Slot,
    /// A kept answer.
    Answer,
    /// The signing keys in use.
    KeyRegistry,
    /// A notice.
    Notice,
    /// A delivery.
    Delivery,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 21] = [
        Self::Business,
        Self::Person,
        Self::Member,
        Self::UserRole,
        Self::ContractorRole,
        Self::Category,
        Self::Requirement,
        Self::GroupLink,
        Self::Invite,
        Self::Connection,
        Self::Request,
        Self::Spell,
        Self::AccessRequest,
        Self::Reasons,
        Self::FeePlans,
        Self::Word,
        Self::Slot,
        Self::Answer,
        Self::KeyRegistry,
        Self::Notice,
        Self::Delivery,
    ];
}

/// What a record is kept under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "stores build and read keys")]
pub struct Key {
    /// Of this kind.
    pub kind: Kind,
    /// With this id.
    pub id: Uuid,
}

/// How often a record has been written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "stores build and read versions")]
pub struct Version(pub i64);

impl Version {
    /// Of a record that is not there.
    pub const NONE: Self = Self(0);

    /// After one more write. The greatest there is can be written no more.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

macro_rules! keys {
    ($($id:ty => $kind:ident),+ $(,)?) => {$(
        impl From<$id> for Key {
            fn from(id: $id) -> Self {
                Self { kind: Kind::$kind, id: id.as_uuid() }
            }
        }
    )+};
}

keys! {
    BusinessId => Business,
    PersonId => Person,
    MemberId => Member,
    UserRoleId => UserRole,
    ContractorRoleId => ContractorRole,
    CategoryId => Category,
    RequirementId => Requirement,
    InviteId => Invite,
    ConnectionId => Connection,
    RequestId => Request,
    SpellId => Spell,
    AccessRequestId => AccessRequest,
    WordId => Word,
    SlotId => Slot,
    AnswerId => Answer,
    KeyRegistryId => KeyRegistry,
    NoticeId => Notice,
    DeliveryId => Delivery,
}

impl Key {
    /// The group link of a contractor role.
    #[must_use]
    pub const fn group_link(role: ContractorRoleId) -> Self {
        Self { kind: Kind::GroupLink, id: role.as_uuid() }
    }

    /// The reasons of a business.
    #[must_use]
    pub const fn reasons(business: BusinessId) -> Self {
        Self { kind: Kind::Reasons, id: business.as_uuid() }
    }

    /// The fee plans of a client.
    #[must_use]
    pub const fn fee_plans(client: BusinessId) -> Self {
        Self { kind: Kind::FeePlans, id: client.as_uuid() }
    }
}
