//! Processes are killed at every point of a commit and at moments that chance chooses; whoever opens the file next finds
//! what was before or what is after, never anything between; what was answered is there, and the mail goes.

mod child;
mod commits;
mod ledger;
mod links;
mod mail;
mod moments;
mod opening;
mod panics;
mod release;
mod stage;
mod victim;
