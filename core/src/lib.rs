//! Businesses connect to each other, by request or by invite link; people claim their employer, and an Admin decides.
//!
//! A [`Handclasp`] stands on two parts that the host brings: a database ([`storage::Storage`]; in memory, or by the
//! crates `handclasp-sqlite` and `handclasp-postgres`) and a mailer ([`mail::Mailer`]). Every operation takes an
//! [`Actor`]: a signed-in person with the addresses that the host has verified, or System, the host itself; membership
//! is looked up, never believed. Every operation is one walk: load a snapshot, decide, commit all or nothing; an
//! [`Error`] means that nothing has changed, `outcome_unknown` aside.
//!
//! ```
//! # use handclasp::{testing, Actor, PersonId, people, businesses::{Register, SetClientAccount}, group_links::OfRole};
//! # testing::example(async |handclasp| {
//! let jo = people::Profile::new(PersonId::from_uuid(uuid::Uuid::from_u128(1)), "Jo", "jo@acme.example");
//! let admin = jo.id;
//! let acme = handclasp.businesses().register(Actor::system(), Register::new("Acme", jo)).await?;
//! let account = SetClientAccount::new(acme.id, true);
//! let supplier = handclasp.businesses().set_client_account(Actor::system(), account).await?.supplier;
//!
//! let role = OfRole::new(supplier.expect("every client account starts with one").id);
//! let enabled = handclasp.group_links().enable(Actor::person(admin, acme.id), role).await?;
//! let copied = handclasp.group_links().copy(Actor::person(admin, acme.id), role).await?;
//! assert_eq!(enabled.link.unwrap().expose(), copied.link.unwrap().expose());
//! # Ok(())
//! # });
//! ```
#![forbid(unsafe_code)]

mod email;
mod entropy;
mod error;
mod id;
pub mod mail;
pub mod model;
mod service;
pub mod storage;
mod system_clock;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod time;
mod token;

pub use email::Email;
pub use entropy::{Entropy, EntropyFailed, OsEntropy};
pub use error::{Decided, Error, Fault, FaultKind, LimitName, Reason};
pub use id::{
    AccessRequestId, AnswerId, BusinessId, CategoryId, CommitId, ConnectionId, ContractorRoleId, DeliveryId, InvalidId,
    InviteId, KeyRegistryId, LeaseId, LinkId, MemberId, NoticeId, PersonId, RequestId, RequirementId, SlotId, SpellId,
    SubCategoryId, UserRoleId, WordId,
};
pub use service::{
    Actor, Caller, Configuration, Handclasp, Limits, Pages, Parts, Quotas, access_requests, businesses, connections,
    contractor_roles, fees, group_links, history, invites, members, outbox, people, reasons, views,
};
pub use system_clock::SystemClock;
pub use time::{Clock, ClockOutOfRange, InvalidTimestamp, Timestamp};
pub use token::{Claim, KeyNumber, KeyRing, Link, LinkRef};
