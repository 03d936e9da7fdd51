//! Hostile surroundings: mailers that go wrong, damaged files, full disks, clocks that stand still, little memory.
//! Each test is named after the case that it shows.

mod deliveries;
mod mails;
