//! Group links and personal invites.

use super::{Fill, business_id, connection_id, numbered, person_id, role_id, uuid};
use crate::id::{InviteId, LinkId};
use crate::model::Author;
use crate::model::group_link::{GroupLink, Setting};
use crate::model::invite::{Authority, Invite, State, Terms};
use crate::storage::record::Record;
use crate::token::KeyNumber;

pub(super) fn records(fill: Fill) -> Vec<Record> {
    let invites = (0..6).map(|place| invite(numbered(place), fill.turn(states(fill), place), fill).into());
    std::iter::once(group_link(fill).into()).chain(invites).collect()
}

fn group_link(fill: Fill) -> GroupLink {
    let enabled = Setting::Enabled { at: fill.time(), authority: fill.number() };
    GroupLink {
        role: role_id(1),
        client: business_id(1),
        link: LinkId::from_uuid(uuid(fill.pick(1, 2, 3))),
        key: KeyNumber(fill.pick(0, 1, u16::MAX)),
        setting: fill.pick(Setting::Disabled, enabled, enabled),
    }
}

fn states(fill: Fill) -> [State; 6] {
    let at = fill.time();
    [
        State::Pending,
        State::Opened { at },
        State::Accepted { at, connection: connection_id() },
        State::Declined { at },
        State::Revoked { at },
        State::Superseded { at, by: InviteId::from_uuid(uuid(9)) },
    ]
}

/// A personal invite in this state.
#[must_use]
pub fn invite(number: u128, state: State, fill: Fill) -> Invite {
    let terms = Terms {
        client: business_id(1),
        role: role_id(1),
        inviter: fill.pick(Author::System, Author::Person(person_id(1)), Author::Person(person_id(2))),
        authority: Authority { member: (fill != Fill::Bare).then(|| fill.number()), business: fill.number() },
        address: fill.email(),
        bound: fill.pick(false, false, true),
        message: fill.text(),
        language: fill.text(),
        key: KeyNumber(fill.pick(0, 1, u16::MAX)),
        created_at: fill.time(),
    };
    Invite { id: InviteId::from_uuid(uuid(number)), terms, ends_at: fill.time(), state }
}
