//! A small model of the domain, written from its words and not from the library's code, and random runs against it.
//!
//! A run draws steps (`op`): who calls which operation on what, and how the clock moves, also back, and to the
//! microsecond at which something ends. What is meant is found in the world as it is then (`play`). The model (`model`
//! and its parts) says what must come of it; the rig (`rig`) makes the call on every store through the wire, and compares
//! answers and mails, between the stores to the letter, and with the model: the answer's fields that it knows, the error
//! with its fields, every item of a list and its order, who is mailed what. What follows from no sentence of the domain,
//! which of two refusals comes first, the model has from the library.
//!
//! Not played: categories and requirements, fees, reasons of one's own, search, history, idempotency keys, limits of one
//! business, mailers that fail. The stories tell of these.

mod access;
mod answer;
mod connections;
mod invites;
mod limits;
mod links;
mod mails;
mod members;
mod model;
mod op;
mod play;
mod rig;
mod run;

pub use self::rig::Coverage;
pub use self::run::{Runs, run};
