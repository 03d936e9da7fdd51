//! Sample records: every kind and state of a record, bare, blank and full.
#![expect(clippy::unwrap_used, reason = "a test kit fails by panicking, and samples are well-formed")]

mod access;
mod links;
mod mail;
mod network;
mod parties;
mod roles;

use std::time::Duration;

use uuid::Uuid;

pub use self::links::invite;
pub use self::mail::delivery;
pub use self::network::sides;
pub use self::parties::business;
use crate::email::Email;
use crate::id::{
    AnswerId, BusinessId, CategoryId, CommitId, ConnectionId, ContractorRoleId, LeaseId, PersonId, RequestId,
    RequirementId, SlotId, SpellId, SubCategoryId, UserRoleId,
};
use crate::model::contractor_role::{self, ContractorRole};
use crate::model::person::Person;
use crate::storage::record::{Answer, KeyRegistry, Record, Slot};
use crate::time::Timestamp;
use crate::token::KeyNumber;

/// A text of one to four bytes a character, with all that a careless store could stumble over.
pub const TEXT: &str = "Ærø 株式会社 𝒳🏗️ 'a' \"b\" \\ % _ ; -- $1 ?1 {x}\r\n\t e\u{301} \u{fffd}\u{10ffff} ";

/// How much of a record is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing between nothing and everything but the empty text")]
pub enum Fill {
    /// Nothing that may be missing.
    Bare,
    /// Everything, texts empty, numbers and times as small as they get.
    Blank,
    /// Everything, texts awkward, numbers and times as great as they get.
    Full,
}

impl Fill {
    /// Every fill.
    pub const ALL: [Self; 3] = [Self::Bare, Self::Blank, Self::Full];

    fn pick<T>(self, bare: T, blank: T, full: T) -> T {
        match self {
            Self::Bare => bare,
            Self::Blank => blank,
            Self::Full => full,
        }
    }

    fn text(self) -> Option<String> {
        self.pick(None, Some(String::new()), Some(TEXT.to_owned()))
    }

    fn name(self) -> String {
        self.pick("Acme".to_owned(), String::new(), TEXT.to_owned())
    }

    fn email(self) -> Option<Email> {
        self.pick(None, Some(email("a")), Some(email("Jo.Doe+x_y-Z")))
    }

    fn number(self) -> u64 {
        // Two to the 53 and one: a store that counts in floats loses it.
        self.pick(0, 9_007_199_254_740_993, i64::MAX.unsigned_abs())
    }

    fn small(self) -> Option<u32> {
        self.pick(None, Some(0), Some(u32::MAX))
    }

    fn time(self) -> Timestamp {
        self.pick(time(1), Timestamp::MIN, Timestamp::MAX)
    }

    fn end(self) -> Option<Timestamp> {
        (self != Self::Bare).then(|| self.time())
    }

    /// Of these, as many as there can be: none, the first, all.
    fn some<T, const N: usize>(self, all: [T; N]) -> Vec<T> {
        all.into_iter().take(self.pick(0, 1, N)).collect()
    }

    /// The element at this place, counted on by one for each fill, so that an update changes states too.
    fn turn<T, const N: usize>(self, all: [T; N], place: usize) -> T {
        all.into_iter().nth((place + self.pick(0, 1, 2)) % N).unwrap()
    }
}

/// An id of this number; no two numbers up to 2⁶⁴ share one. Even ones lie in the upper half of all UUIDs, where signed
/// bytes would sort first.
#[must_use]
pub const fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(if number.is_multiple_of(2) { 1 << 127 | number } else { number })
}

/// So many microseconds after a moment of 2026.
#[must_use]
pub fn time(micros: u64) -> Timestamp {
    "2026-01-05T09:00:00Z".parse::<Timestamp>().unwrap().plus(Duration::from_micros(micros))
}

/// An address with this local part.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn email(local: &str) -> Email {
    Email::parse(&format!("{local}@a.example")).unwrap()
}

macro_rules! numbered {
    ($($(#[$doc:meta])+ $name:ident -> $id:ident),+ $(,)?) => {$(
        $(#[$doc])+
        #[must_use]
        pub const fn $name(number: u128) -> $id {
            $id::from_uuid(uuid(number))
        }
    )+};
}

numbered! {
    /// The business of this number.
    business_id -> BusinessId,
    /// The person of this number.
    person_id -> PersonId,
    /// The user role of this number.
    user_role_id -> UserRoleId,
    /// The contractor role of this number.
    role_id -> ContractorRoleId,
    /// The category of this number.
    category_id -> CategoryId,
    /// The sub-category of this number.
    sub_category_id -> SubCategoryId,
    /// The requirement of this number.
    requirement_id -> RequirementId,
    /// The request of this number.
    request_id -> RequestId,
    /// The spell of this number.
    spell_id -> SpellId,
    /// The commit of this number.
    commit_id -> CommitId,
    /// The worker of this number.
    lease_id -> LeaseId,
}

/// The connection of the first two businesses.
fn connection_id() -> ConnectionId {
    ConnectionId::between(business_id(1), business_id(2))
}

/// The number of a sample at this place among others of its kind.
fn numbered(place: usize) -> u128 {
    1 + u128::try_from(place).unwrap()
}

/// A person of this name.
#[must_use]
pub fn person(number: u128, name: &str) -> Person {
    Person { id: person_id(number), name: name.to_owned(), email: email("jo"), language: None }
}

/// A slot that points to this number.
#[must_use]
pub const fn slot(number: u128, target: u128) -> Slot {
    Slot { id: SlotId::from_uuid(uuid(number)), target: uuid(target) }
}

/// A contractor role of this name, of the client with number 1.
#[must_use]
pub fn role(number: u128, name: &str, status: contractor_role::Status) -> ContractorRole {
    let (id, client, name) = (role_id(number), business_id(1), name.to_owned());
    ContractorRole { id, client, name, status, categories: Vec::new(), requirements: Vec::new() }
}

/// A kept answer.
#[must_use]
pub fn answer(number: u128, answer: &str) -> Answer {
    Answer { id: AnswerId::from_uuid(uuid(number)), arguments: [0xfe; 32], answer: answer.to_owned(), at: time(2) }
}

/// One record of every kind and state. Every fill has the same keys, so that one can be written over another.
#[must_use]
pub fn records(fill: Fill) -> Vec<Record> {
    let spelling = fill.pick("null", r#"{"zz":1,"a":[]}"#, r#"{"text":"𝒳 \" \\ \n"}"#);
    let mut records: Vec<Record> = vec![
        slot(1, fill.pick(1, 2, 3)).into(),
        Answer { at: fill.time(), ..answer(1, spelling) }.into(),
        KeyRegistry { keys: fill.some([(KeyNumber(0), [0; 16]), (KeyNumber(u16::MAX), [0xff; 16])]) }.into(),
    ];
    records.extend(parties::records(fill));
    records.extend(roles::records(fill));
    records.extend(links::records(fill));
    records.extend(network::records(fill));
    records.extend(access::records(fill));
    records.extend(mail::records(fill));
    records
}
