//! Processes are killed at every point of a commit and at moments that chance chooses; whoever opens the file next finds
//! what was before or what is after, never anything between; what was answered is there, and the mail goes. So it is when
//! the power goes.
#![cfg(unix)]

mod child;
mod commits;
mod ledger;
mod links;
mod mail;
mod mailer;
mod moments;
mod opening;
mod panics;
// What stands between a process and its files is written for this C library.
#[cfg(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64"))]
mod power;
mod release;
mod stage;
mod victim;
