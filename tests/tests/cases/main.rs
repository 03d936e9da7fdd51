//! Cases that no scenario can tell: what holds for every operation, under races, with broken clocks and chance.
//! Each test is named after the case that it shows.

mod access;
mod authority;
mod broken_clocks;
mod clocks;
mod connections;
mod faults;
mod fields;
mod input;
mod links;
mod tokens;
