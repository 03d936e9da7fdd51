//! What the store in PostgreSQL must do, on a real server.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails panics"
)]
#![expect(clippy::disallowed_methods, reason = "tests have an environment, ids and a runtime of their own")]

mod feed;
mod groups;
mod leases;
mod lost;
mod opening;
mod proxy;
mod suite;
mod support;
mod tables;
