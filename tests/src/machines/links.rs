//! Group links and personal invites.

use std::time::Duration;

use handclasp::model::Author;
use handclasp::model::group_link::{self, GroupLink, Setting};
use handclasp::model::invite::{self, Authority, Invite, State, Status, Terms};
use handclasp::testing::samples;
use handclasp::{Email, KeyNumber, LinkId};
use uuid::Uuid;

use super::{at, connection_id, event, invite_id, table, told};

fn link_id(number: u128) -> LinkId {
    LinkId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn group_link() -> String {
    use group_link::Command;
    let (role, client, key) = (samples::role_id(1), samples::business_id(1), KeyNumber(1));
    let commands = [
        Command::Create(role, client, link_id(1), key),
        Command::Enable,
        Command::Disable,
        Command::Refresh(link_id(2), key),
    ];
    let name = |command: &Command| match command {
        Command::Create(..) => "create".to_owned(),
        Command::Enable => "enable".to_owned(),
        Command::Disable => "disable".to_owned(),
        Command::Refresh(..) => "refresh".to_owned(),
    };
    const NOW: u64 = 3;
    let state = |link: &GroupLink| {
        let setting = match link.setting {
            Setting::Disabled => "disabled".to_owned(),
            Setting::Enabled { authority, .. } if authority == NOW => "enabled".to_owned(),
            Setting::Enabled { .. } => "enabled under an authority that has ended: disabled".to_owned(),
        };
        format!("{setting}, link {}", link.link.as_uuid().as_u128())
    };
    let made = |setting| Some(GroupLink { role, client, link: link_id(1), key, setting });
    let made = [
        None,
        made(Setting::Disabled),
        made(Setting::Enabled { at: at(0), authority: NOW }),
        made(Setting::Enabled { at: at(0), authority: NOW - 1 }),
    ];
    let states = made.map(|link| (link.as_ref().map_or("none".to_owned(), state), link));
    table("Group link", &states, &commands.each_ref().map(name), |before, command| {
        told(group_link::decide(before.as_ref(), commands[command], NOW, at(1)).map(|decided| {
            decided.map(|what| (event(&what), state(&group_link::evolve(before.as_ref(), what).expect("a link"))))
        }))
    })
}

const ISSUED: Authority = Authority { member: Some(1), business: 1 };
/// The inviter was demoted since.
const ENDED: Authority = Authority { member: Some(2), business: 1 };
const NOW: u64 = 10;

fn terms() -> Terms {
    Terms {
        client: samples::business_id(1),
        role: samples::role_id(1),
        inviter: Author::Person(samples::person_id(1)),
        authority: ISSUED,
        address: None,
        bound: false,
        message: None,
        language: None,
        key: KeyNumber(1),
        created_at: at(0),
    }
}

fn label(status: Status) -> &'static str {
    match status {
        Status::Pending => "pending",
        Status::Opened => "opened",
        Status::Accepted => "accepted",
        Status::Declined => "declined",
        Status::Revoked => "revoked",
        Status::Superseded => "superseded",
        Status::Expired => "expired",
    }
}

/// Every written state, and each live one with its authority ended, its time over, and both.
fn invites() -> Vec<(String, Option<(Invite, Authority)>)> {
    let made = |state, ends| Invite { id: invite_id(1), terms: terms(), ends_at: at(ends), state };
    let opened = State::Opened { at: at(1) };
    let rows = [
        ("pending", made(State::Pending, NOW + 1), ISSUED),
        ("pending, at its end", made(State::Pending, NOW), ISSUED),
        ("pending, authority ended", made(State::Pending, NOW + 1), ENDED),
        ("pending, authority ended, at its end", made(State::Pending, NOW), ENDED),
        ("pending, bound", Invite { terms: Terms { bound: true, ..terms() }, ..made(State::Pending, NOW + 1) }, ISSUED),
        ("opened", made(opened, NOW + 1), ISSUED),
        ("opened, at its end", made(opened, NOW), ISSUED),
        ("opened, authority ended", made(opened, NOW + 1), ENDED),
        ("opened, authority ended, at its end", made(opened, NOW), ENDED),
        ("accepted", made(State::Accepted { at: at(1), connection: connection_id(1) }, NOW + 1), ISSUED),
        (
            "accepted, authority ended, at its end",
            made(State::Accepted { at: at(1), connection: connection_id(1) }, NOW),
            ENDED,
        ),
        ("declined", made(State::Declined { at: at(1) }, NOW + 1), ISSUED),
        ("declined, authority ended, at its end", made(State::Declined { at: at(1) }, NOW), ENDED),
        ("revoked", made(State::Revoked { at: at(1) }, NOW + 1), ISSUED),
        ("revoked, authority ended, at its end", made(State::Revoked { at: at(1) }, NOW), ENDED),
        ("superseded", made(State::Superseded { at: at(1), by: invite_id(2) }, NOW + 1), ISSUED),
        (
            "superseded, authority ended, at its end",
            made(State::Superseded { at: at(1), by: invite_id(2) }, NOW),
            ENDED,
        ),
    ];
    let rows = rows.into_iter().map(|(written, invite, authority)| {
        let derived = label(invite.status(authority, at(NOW)));
        let name = if written == derived { written.to_owned() } else { format!("{written}: {derived}") };
        (name, Some((invite, authority)))
    });
    std::iter::once(("none".to_owned(), None)).chain(rows).collect()
}

pub(super) fn invite() -> String {
    use invite::Command;
    let commands = [
        Command::Create(invite_id(1), Box::new(terms()), Duration::from_secs(3_600)),
        Command::Send(Email::parse("kim@k.example").expect("an address"), true),
        Command::Open,
        Command::Accept(connection_id(1)),
        Command::Decline,
        Command::Redeem(connection_id(1)),
        Command::Revoke,
        Command::Supersede(invite_id(2)),
        Command::Resend(invite_id(2)),
    ];
    let name = |command: &Command| match command {
        Command::Create(..) => "create".to_owned(),
        Command::Send(..) => "send".to_owned(),
        Command::Decline => "decline".to_owned(),
        Command::Resend(_) => "resend".to_owned(),
        Command::Open => "open".to_owned(),
        Command::Accept(_) => "accept".to_owned(),
        Command::Redeem(_) => "redeem".to_owned(),
        Command::Revoke => "revoke".to_owned(),
        Command::Supersede(_) => "supersede".to_owned(),
    };
    table("Personal invite", &invites(), &commands.each_ref().map(name), |before, command| {
        let (before, authority) = before.as_ref().map_or((None, ISSUED), |(invite, now)| (Some(invite), *now));
        told(invite::decide(before, commands[command].clone(), authority, at(NOW)).map(|decided| {
            decided.map(|what| {
                let after = invite::evolve(before, &what).expect("an invite");
                (event(&what), label(after.status(authority, at(NOW))).to_owned())
            })
        }))
    })
}
