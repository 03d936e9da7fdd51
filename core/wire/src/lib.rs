//! Handclasp's operations by name, with JSON in and out.
//!
//! The Python and Node packages are generated over this one door, so that a third language costs a page and no binding
//! holds a rule. Ids are canonical UUIDs, instants RFC 3339 in UTC with microseconds, spans whole seconds, links and
//! claims plain strings.
#![forbid(unsafe_code)]

mod arguments;
mod call;
mod open;
mod operations;
#[cfg(feature = "schema")]
mod schema;

pub use call::{call, error_json};
pub use open::*;
#[cfg(feature = "schema")]
pub use schema::{OperationSchema, surface};
