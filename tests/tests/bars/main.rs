//! The bars of the project: what must hold on every store, under races run at full width or held open by a gate.

mod demotions;
mod gates;
mod hot_client;
mod many_admins;
mod one_link;
mod secrets;

use handclasp::mail::Message;

/// How many of the mails are of a kind.
fn of_kind(mails: &[Message], kind: &str) -> usize {
    mails.iter().filter(|mail| mail.kind == kind).count()
}
