//! What holds of a database in a file, beyond what every store promises.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod damage;
#[cfg(unix)]
mod opening;
mod schema;
mod sharing;
mod stage;
mod suite;
