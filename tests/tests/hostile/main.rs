//! Hostile surroundings: mailers that go wrong, damaged files, full disks, clocks that stand still, little memory.
//! Each test is named after the case that it shows.

mod child;
mod clocks;
mod damage;
mod deliveries;
mod figures;
mod floods;
mod full;
mod long_run;
mod mails;
mod resources;
mod rows;
mod shortage;
mod stage;
mod town;
