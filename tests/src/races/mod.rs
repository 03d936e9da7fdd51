//! What the race rigs are made of: databases that are staged once and copied for every run, calls as data, schedules
//! that are tried one by one, and the library itself, run one call after the other, as the oracle.

pub mod linear;
mod numbers;
mod run;
mod schedules;
mod staged;
mod watched;

pub use self::numbers::Numbers;
pub use self::run::{Run, Stand};
pub use self::schedules::{Trial, after_the_lease, every_schedule, random_schedule};
pub use self::staged::{Call, Staged, ask, copy_of};
pub use self::watched::{Change, Together, Watch, Watched};
