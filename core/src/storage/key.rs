//! What a record is kept under.

use uuid::Uuid;

use crate::id::{
    AnswerId, BusinessId, ConnectionId, ContractorRoleId, DeliveryId, InviteId, KeyRegistryId, MemberId, NoticeId,
    PersonId, RequestId, SlotId,
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
    /// A contractor role.
    ContractorRole,
    /// A group link, under its contractor role's id.
    GroupLink,
    /// A personal invite.
    Invite,
    /// A connection.
    Connection,
    /// A request within a connection.
    Request,
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
    pub const ALL: [Self; 13] = [
        Self::Business,
        Self::Person,
        Self::Member,
        Self::ContractorRole,
        Self::GroupLink,
        Self::Invite,
        Self::Connection,
        Self::Request,
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

    /// After one more write.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
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
    ContractorRoleId => ContractorRole,
    InviteId => Invite,
    ConnectionId => Connection,
    RequestId => Request,
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
}
