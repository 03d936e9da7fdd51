//! Races: every pair of calls that touch one record, in every order of their store calls; many processes on one file;
//! limits at their edge; and histories that have to be linearizable.

mod callbacks;
mod crowds;
mod edges;
mod histories;
mod long_lists;
mod one_record;
mod pairs;
mod processes;
mod trios;
