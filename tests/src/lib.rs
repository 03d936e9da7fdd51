//! What must be true of the whole, and what proves it: the surface, the scenarios, the golden tables, the stores.
#![forbid(unsafe_code)]

pub mod alike;
pub mod authority;
pub mod counts;
pub mod fickle;
pub mod flaky;
pub mod fuzz;
pub mod golden;
pub mod machines;
pub mod races;
pub mod reference;
pub mod scenarios;
pub mod soak;
pub mod stores;
pub mod surface;
pub mod told;
pub mod world;

/// The README's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[derive(Debug, Clone, Copy)]
pub struct Readme;

/// So is what the page for hosts shows.
#[cfg(doctest)]
#[doc = include_str!("../../HOSTS.md")]
#[derive(Debug, Clone, Copy)]
pub struct Hosts;
