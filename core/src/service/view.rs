//! What a decision sees: records by key, of one snapshot or of several.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::error::{Error, FaultKind};
use crate::id::{
    AccessRequestId, AnswerId, BusinessId, CategoryId, ConnectionId, ContractorRoleId, DeliveryId, InviteId,
    KeyRegistryId, MemberId, NoticeId, PersonId, RequestId, RequirementId, SlotId, SpellId, UserRoleId,
};
use crate::model::access_request::AccessRequest;
use crate::model::business::Business;
use crate::model::category::Category;
use crate::model::connection::Connection;
use crate::model::contractor_role::ContractorRole;
use crate::model::delivery::{Delivery, Notice};
use crate::model::fees::{FeePlans, Spell};
use crate::model::group_link::GroupLink;
use crate::model::invite::Invite;
use crate::model::member::Member;
use crate::model::person::Person;
use crate::model::reasons::Reasons;
use crate::model::request::Request;
use crate::model::requirement::Requirement;
use crate::model::user_role::CustomRole;
use crate::storage::record::{Answer, KeyRegistry, Slot, Stored};
use crate::storage::{Key, Record, Version, Versioned};

/// Why a decision stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It asked for records that are not loaded yet: load them, with all the others, and decide again.
    Load,
    /// The answer is no.
    Refuse(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Refuse(error)
    }
}

impl From<FaultKind> for Stop {
    fn from(kind: FaultKind) -> Self {
        Self::Refuse(kind.into())
    }
}

/// An id that names one kind of record.
pub(crate) trait Names: Copy {
    type Record: Stored;
    fn key(self) -> Key;

    /// Whether it names this record, told by what is in it; false also where only the key can tell.
    fn names(self, _record: &Record) -> bool {
        false
    }
}

/// The membership of a person in a business. A redeem asks for two of them three times: while it is there it is found by
/// these parts, and its id is derived, a hash, only to ask for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MemberOf(pub(crate) BusinessId, pub(crate) PersonId);

impl Names for MemberOf {
    type Record = Member;

    fn key(self) -> Key {
        MemberId::of(self.0, self.1).into()
    }

    fn names(self, record: &Record) -> bool {
        matches!(record, Record::Member(member) if member.business == self.0 && member.person == self.1)
    }
}

/// The group link of a contractor role.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GroupLinkOf(pub(crate) ContractorRoleId);

macro_rules! names {
    ($($id:ty => $record:ty),+ $(,)?) => {$(
        impl Names for $id {
            type Record = $record;

            fn key(self) -> Key {
                self.into()
            }
        }
    )+};
}

names! {
    BusinessId => Business,
    PersonId => Person,
    MemberId => Member,
    UserRoleId => CustomRole,
    ContractorRoleId => ContractorRole,
    CategoryId => Category,
    RequirementId => Requirement,
    InviteId => Invite,
    ConnectionId => Connection,
    RequestId => Request,
    SpellId => Spell,
    AccessRequestId => AccessRequest,
    DeliveryId => Delivery,
    SlotId => Slot,
    AnswerId => Answer,
    KeyRegistryId => KeyRegistry,
    NoticeId => Notice,
}

/// The reasons of a business.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReasonsOf(pub(crate) BusinessId);

/// The fee plans of a client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FeePlansOf(pub(crate) BusinessId);

impl From<ReasonsOf> for Key {
    fn from(ReasonsOf(business): ReasonsOf) -> Self {
        Self::reasons(business)
    }
}

impl From<FeePlansOf> for Key {
    fn from(FeePlansOf(client): FeePlansOf) -> Self {
        Self::fee_plans(client)
    }
}

impl From<GroupLinkOf> for Key {
    fn from(GroupLinkOf(role): GroupLinkOf) -> Self {
        Self::group_link(role)
    }
}

names! { GroupLinkOf => GroupLink, ReasonsOf => Reasons, FeePlansOf => FeePlans }

/// Records by key; it notes what was asked for and is not there yet.
#[derive(Debug, Default)]
pub(crate) struct View {
    loaded: Vec<(Key, Versioned)>,
    /// Where each is, once there are more than a look along the list is good for: a page of a list holds thousands.
    places: Option<HashMap<Key, usize>>,
    /// As often as it was asked for.
    wanted: RefCell<Vec<Key>>,
    growth: Growth,
}

/// What is loaded when a decision asks for more.
#[derive(Debug, Default)]
enum Growth {
    /// All of it anew, so that all is of one snapshot.
    #[default]
    Whole,
    /// What is missing alone: a snapshot for each of so many loads. The versions of all that was read tell a commit
    /// whether they still stand together; nothing else may rest on more than one.
    Pieces(usize),
}

/// From so many on, records are found by a map.
const MANY: usize = 32;

impl View {
    /// An empty one that grows by what is missing.
    pub(crate) fn in_pieces() -> Self {
        // As many as most decisions read: a list that grows is moved.
        Self { loaded: Vec::with_capacity(8), growth: Growth::Pieces(0), ..Self::default() }
    }

    /// Whether something may have changed between the loads of what is there.
    pub(crate) const fn pieced(&self) -> bool {
        matches!(self.growth, Growth::Pieces(2..))
    }

    fn get(&self, key: Key) -> Option<&Versioned> {
        let found = match &self.places {
            Some(places) => places.get(&key).and_then(|place| self.loaded.get(*place)),
            None => self.loaded.iter().find(|(loaded, _)| *loaded == key),
        };
        found.map(|(_, versioned)| versioned)
    }

    /// What the id names, or the key that it would be under.
    fn named<I: Names>(&self, id: I) -> Result<&Versioned, Key> {
        let few = if self.places.is_none() { self.loaded.as_slice() } else { &[] };
        let is = |versioned: &Versioned| versioned.record.as_ref().is_some_and(|record| id.names(record));
        if let Some((_, versioned)) = few.iter().find(|(_, versioned)| is(versioned)) {
            return Ok(versioned);
        }
        // Derived at most once: a key may be a hash.
        let key = id.key();
        self.get(key).ok_or(key)
    }

    /// The key of what the id names, unless it is there.
    pub(crate) fn missing<I: Names>(&self, id: I) -> Option<Key> {
        self.named(id).err()
    }

    /// Asks for several records at once, which saves a round trip for each.
    pub(crate) fn want(&self, keys: impl IntoIterator<Item = Key>) -> Result<(), Stop> {
        self.soon(keys);
        self.complete()
    }

    /// Whether all that was asked for is there.
    fn complete(&self) -> Result<(), Stop> {
        if self.wanted.borrow().is_empty() { Ok(()) } else { Err(Stop::Load) }
    }

    /// Says what will be asked for later, so that it is loaded together with what is missing now.
    pub(crate) fn soon(&self, keys: impl IntoIterator<Item = Key>) {
        let mut wanted = self.wanted.borrow_mut();
        wanted.extend(keys.into_iter().filter(|key| self.get(*key).is_none()));
    }

    /// The record that the id names, if there is one.
    pub(crate) fn find<I: Names>(&self, id: I) -> Result<Option<&Arc<I::Record>>, Stop> {
        let found = self.named(id).map_err(|key| {
            self.wanted.borrow_mut().push(key);
            Stop::Load
        });
        self.complete()?;
        match &found?.record {
            None => Ok(None),
            Some(record) => match I::Record::of(record) {
                Some(record) => Ok(Some(record)),
                None => Err(FaultKind::StorageCorrupt.into()),
            },
        }
    }

    /// The record that the id names, or `not_found`.
    pub(crate) fn get_or_not_found<I: Names>(&self, id: I) -> Result<&Arc<I::Record>, Stop> {
        self.find(id)?.ok_or(Stop::Refuse(Error::NotFound))
    }

    /// What was loaded under the key; nothing for what is new.
    pub(crate) fn seen(&self, key: Key) -> &Versioned {
        static NOTHING: Versioned = Versioned::NONE;
        self.get(key).unwrap_or(&NOTHING)
    }

    /// Everything that was read, at its version.
    pub(crate) fn read(&self) -> impl Iterator<Item = (Key, Version)> + '_ {
        self.loaded.iter().map(|(key, versioned)| (*key, versioned.version))
    }

    /// The keys to load now: those asked for since, and unless it grows by pieces all so far.
    pub(crate) fn keys(&self) -> Vec<Key> {
        let mut wanted = self.wanted.borrow_mut();
        wanted.sort_unstable();
        wanted.dedup();
        let again = match self.growth {
            Growth::Whole => self.loaded.as_slice(),
            Growth::Pieces(_) => &[],
        };
        again.iter().map(|(key, _)| *key).chain(wanted.iter().copied()).collect()
    }

    /// With the records that were loaded under its keys.
    pub(crate) fn grown(mut self, keys: Vec<Key>, records: Vec<Versioned>) -> Self {
        match &mut self.growth {
            Growth::Whole => self.loaded.clear(),
            Growth::Pieces(loads) => *loads += 1,
        }
        self.loaded.extend(keys.into_iter().zip(records));
        self.wanted.get_mut().clear();
        let many = self.loaded.len() > MANY;
        self.places = many.then(|| self.loaded.iter().zip(0..).map(|((key, _), place)| (*key, place)).collect());
        self
    }

    /// All of it has to be loaded anew, and from now on at once: what has moved may move again.
    pub(crate) fn forget(mut self) -> Self {
        self.wanted.get_mut().extend(self.loaded.iter().map(|(key, _)| *key));
        Self { wanted: self.wanted, ..Self::default() }
    }

    pub(crate) fn of(keys: Vec<Key>, records: Vec<Versioned>) -> Self {
        Self::default().grown(keys, records)
    }
}

#[cfg(test)]
mod tests;
