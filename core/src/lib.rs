//! Businesses connect to each other, by request or by invite link; people claim their employer, and an Admin decides.
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
    AnswerId, BusinessId, CommitId, ConnectionId, ContractorRoleId, DeliveryId, InvalidId, InviteId, KeyRegistryId,
    LeaseId, LinkId, MemberId, NoticeId, PersonId, RequestId, SlotId,
};
pub use service::{
    Actor, Caller, Configuration, Handclasp, Limits, Pages, Parts, Quotas, businesses, connections, contractor_roles,
    group_links, history, invites, members, outbox, people, views,
};
pub use system_clock::SystemClock;
pub use time::{Clock, ClockOutOfRange, InvalidTimestamp, Timestamp};
pub use token::{Claim, KeyNumber, KeyRing, Link, LinkRef};
