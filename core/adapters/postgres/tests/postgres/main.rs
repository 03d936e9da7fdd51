//! What the store in PostgreSQL must do, on a real server.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails panics")]

mod groups;
mod leases;
mod lost;
mod opening;
mod proxy;
mod suite;
mod support;
mod tables;
