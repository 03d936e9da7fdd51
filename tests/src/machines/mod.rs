//! What every machine answers to every command in every state, as tables that are reviewed as diffs.
//!
//! States and commands are named by matches without a wildcard: a new one breaks the build here, and is added to the
//! list beside its match.

mod access;
mod connections;
mod links;
mod mail;
mod parties;
mod roles;

use handclasp::testing::samples;
use handclasp::{ConnectionId, DeliveryId, Error, InviteId, NoticeId, Timestamp};

/// The checked-in tables.
pub const FILE: &str = "golden/machines.md";

/// Every table.
#[must_use]
pub fn tables() -> String {
    let head = "# State × command\n\nWritten by a test: `HANDCLASP_GOLDEN=write cargo test -p handclasp-tests --test golden`.\n\
                A cell tells the event and the state after it, `–` for nothing to do, or the code of the refusal.\n";
    let tables = [
        parties::business(),
        parties::person(),
        parties::member(),
        parties::user_role(),
        roles::contractor_role(),
        roles::category(),
        roles::requirement(),
        links::group_link(),
        links::invite(),
        connections::request(),
        connections::connection(),
        connections::progress(),
        access::access_request(),
        access::reasons(),
        access::fee_plans(),
        mail::delivery(),
    ];
    format!("{head}\n{}", tables.join("\n"))
}

/// Nothing, and then every state, each with its name.
fn states<S, const N: usize>(made: [S; N], name: impl Fn(&S) -> String) -> Vec<(String, Option<S>)> {
    let made = made.into_iter().map(|state| (name(&state), Some(state)));
    std::iter::once(("none".to_owned(), None)).chain(made).collect()
}

/// One table: a row for each state, a column for each command.
fn table<S>(title: &str, states: &[(String, S)], commands: &[String], cell: impl Fn(&S, usize) -> String) -> String {
    let mut text = format!("## {title}\n\n| | {} |\n|---|{}\n", commands.join(" | "), "---|".repeat(commands.len()));
    for (name, state) in states {
        let cells: Vec<String> = (0..commands.len()).map(|command| cell(state, command)).collect();
        text.push_str(&format!("| **{name}** | {} |\n", cells.join(" | ")));
    }
    text
}

/// A cell: the event and the state after it, nothing, or the refusal.
fn told(outcome: Result<Option<(String, String)>, Error>) -> String {
    match outcome {
        Ok(Some((event, after))) => format!("{event} → {after}"),
        Ok(None) => "–".to_owned(),
        Err(error) => refused(&error),
    }
}

fn refused(error: &Error) -> String {
    let fields = error.fields();
    // When something was decided goes without saying.
    match fields.get("state").or_else(|| fields.get("decision")).and_then(|why| why.as_str()) {
        Some(why) => format!("`{}` ({why})", error.code()),
        None => format!("`{}`", error.code()),
    }
}

/// The name of an event as it is stored.
fn event(event: &impl serde::Serialize) -> String {
    let stored = serde_json::to_value(event).expect("events are stored as JSON");
    stored["event"].as_str().expect("an event has a name").to_owned()
}

fn at(minute: u64) -> Timestamp {
    "2026-01-05T09:00:00Z".parse::<Timestamp>().expect("an instant").plus(std::time::Duration::from_secs(60 * minute))
}

fn connection_id(number: u128) -> ConnectionId {
    ConnectionId::from_uuid(samples::uuid(number))
}

fn invite_id(number: u128) -> InviteId {
    InviteId::from_uuid(samples::uuid(number))
}

fn delivery_id(number: u128) -> DeliveryId {
    DeliveryId::from_uuid(samples::uuid(number))
}

fn notice_id(number: u128) -> NoticeId {
    NoticeId::from_uuid(samples::uuid(number))
}
