//! What tests are made of: a clock that is moved by hand, randomness that repeats, stores that count and hold calls,
//! and [`STORAGE_SUITE`], by which a store proves that it keeps the promises of [`Storage`](crate::storage::Storage).

mod alone;
mod clock;
mod entropy;
mod example;
mod latch;
mod questions;
pub mod samples;
pub mod sealed;
mod suite;
mod wrappers;

pub use self::alone::{redeeming, verifies};
pub use self::clock::ManualClock;
pub use self::entropy::{ConstantEntropy, FailingEntropy, SeededEntropy};
pub use self::example::{configuration, example, example_access, example_client, example_request};
pub use self::questions::{Question, questions};
pub use self::suite::{Check, STORAGE_SUITE};
pub use self::wrappers::{Call, Counting, Counts, Gate, Held};
