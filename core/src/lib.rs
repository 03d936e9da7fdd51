//! Businesses connect to each other, by request or by invite link; people claim their employer, and an Admin decides.
#![forbid(unsafe_code)]

mod email;
mod entropy;
mod error;
mod id;
pub mod model;
pub mod storage;
mod system_clock;
mod text;
mod time;
mod token;

pub use email::Email;
pub use entropy::{Entropy, EntropyFailed, OsEntropy};
pub use error::{Decided, Error, Fault, FaultKind, LimitName, Reason};
pub use id::*;
pub use system_clock::SystemClock;
pub use time::{Clock, ClockOutOfRange, InvalidTimestamp, Timestamp};
pub use token::{Claim, KeyNumber, KeyRing, Link, LinkRef};
