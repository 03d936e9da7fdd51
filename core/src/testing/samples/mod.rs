//! Sample records: every kind and state of a record, bare, blank and full.
#![expect(clippy::unwrap_used, reason = "a test kit fails by panicking, and samples are well-formed")]

mod records;

use std::time::Duration;

use uuid::Uuid;

pub use self::records::records;
use crate::email::Email;
use crate::id::{
    AnswerId, BusinessId, CommitId, ConnectionId, ContractorRoleId, DeliveryId, InviteId, LeaseId, NoticeId, PersonId,
    SlotId,
};
use crate::model::business::{Address, Branding, Business, Profile, Status};
use crate::model::connection;
use crate::model::contractor_role::{self, ContractorRole};
use crate::model::delivery::{self, About, Delivery};
use crate::model::invite::{self, Authority, Invite, Terms};
use crate::model::person::Person;
use crate::model::{Author, Side as End};
use crate::storage::record::{Answer, Side, Slot};
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

    fn time(self) -> Timestamp {
        self.pick(time(1), Timestamp::MIN, Timestamp::MAX)
    }

    /// The element at this place, counted on by one for each fill, so that an update changes states too.
    fn turn<T: Copy, const N: usize>(self, all: [T; N], place: usize) -> T {
        *all.iter().cycle().nth(place + self.pick(0, 1, 2)).unwrap()
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
    /// The contractor role of this number.
    role_id -> ContractorRoleId,
    /// The commit of this number.
    commit_id -> CommitId,
    /// The worker of this number.
    lease_id -> LeaseId,
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
    ContractorRole { id: role_id(number), client: business_id(1), name: name.to_owned(), status }
}

/// A kept answer.
#[must_use]
pub fn answer(number: u128, answer: &str) -> Answer {
    Answer { id: AnswerId::from_uuid(uuid(number)), arguments: [0xfe; 32], answer: answer.to_owned(), at: time(2) }
}

/// A delivery in this state.
#[must_use]
pub fn delivery(number: u128, state: delivery::State) -> Delivery {
    Delivery {
        id: DeliveryId::from_uuid(uuid(number)),
        notice: NoticeId::from_uuid(uuid(1)),
        about: About::Invite { invite: InviteId::from_uuid(uuid(1)) },
        address: email("jo"),
        at: time(0),
        attempts: 0,
        last_error: None,
        state,
    }
}

/// A business.
#[must_use]
pub fn business(number: u128, fill: Fill) -> Business {
    let text = || fill.text();
    let address = Address { street: text(), town: text(), region: text(), postcode: text(), country: text() };
    let branding = Branding { name: text(), colour: text(), logo_url: text(), reply_to: fill.email() };
    Business {
        id: business_id(number),
        profile: Profile {
            name: fill.name(),
            trading_name: text(),
            address,
            contact_email: fill.email(),
            contact_phone: text(),
            registration_number: text(),
            industry: text(),
            notification_email: fill.email(),
            language: text(),
            branding,
            listed: fill.pick(false, true, false),
        },
        client_account: fill.pick(false, true, true),
        authority: fill.number(),
        status: fill.pick(Status::Active, Status::Archived, Status::Active),
    }
}

/// A personal invite in this state.
#[must_use]
pub fn invite(number: u128, state: invite::State, fill: Fill) -> Invite {
    let terms = Terms {
        client: business_id(1),
        role: role_id(1),
        inviter: fill.pick(Author::System, Author::Person(person_id(1)), Author::Person(person_id(2))),
        authority: Authority { member: (fill != Fill::Bare).then(|| fill.number()), business: fill.number() },
        address: fill.email(),
        bound: fill.pick(false, false, true),
        message: fill.text(),
        language: fill.text(),
        key: KeyNumber(fill.pick(0, 1, u16::MAX)),
        created_at: fill.time(),
    };
    Invite { id: InviteId::from_uuid(uuid(number)), terms, ends_at: fill.time(), state }
}

/// The two sides of a connection, as its client and its contractor list it.
#[must_use]
pub fn sides(number: u128, fill: Fill) -> [Side; 2] {
    let (client, contractor) = (business_id(number), business_id(number + 1));
    let status = fill.pick(connection::Status::Pending, connection::Status::Connected, connection::Status::Connected);
    [(End::Client, client, contractor), (End::Contractor, contractor, client)].map(|(end, owner, other)| Side {
        connection: ConnectionId::between(client, contractor),
        owner,
        end,
        other,
        role: role_id(fill.pick(1, 2, 3)),
        status,
        changed_at: fill.time(),
        name_text: fill.name(),
        contact_text: fill.text().unwrap_or_default(),
    })
}
