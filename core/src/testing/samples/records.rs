//! One record of every kind and state.

use super::{
    Fill, answer, business, business_id, delivery, email, invite, lease_id, person, person_id, role, role_id, slot,
    uuid,
};
use crate::id::{ConnectionId, InviteId, LinkId, NoticeId, RequestId};
use crate::model::connection::{self, Connection};
use crate::model::contractor_role;
use crate::model::delivery::{self as mail, About, Delivery, Notice};
use crate::model::group_link::{GroupLink, Setting};
use crate::model::invite::{self as personal, Invite};
use crate::model::member::{self, Member, UserRole};
use crate::model::person::Person;
use crate::model::request::{self, Request};
use crate::storage::record::{Answer, KeyRegistry, Record};
use crate::token::KeyNumber;

/// One record of every kind and state. Every fill has the same keys, so that one can be written over another.
#[must_use]
pub fn records(fill: Fill) -> Vec<Record> {
    let mut records: Vec<Record> = vec![
        business(1, fill).into(),
        Person { language: fill.text(), ..person(1, &fill.name()) }.into(),
        role(1, &fill.name(), fill.turn([contractor_role::Status::Live, contractor_role::Status::Archived], 0)).into(),
        group_link(fill).into(),
        slot(1, fill.pick(1, 2, 3)).into(),
        Answer { at: fill.time(), ..answer(1, fill.pick("null", r#"{"zz":1,"a":[]}"#, r#"{"text":"𝒳 \" \\ \n"}"#)) }
            .into(),
        registry(fill).into(),
    ];
    records.extend((0..4).map(|place| Record::from(member(place, fill))));
    records.extend((0..2).map(|place| Record::from(connection(place, fill))));
    records.extend((0..2).map(|place| Record::from(request(place, fill))));
    records.extend((0..4).map(|place| Record::from(notice(place, fill))));
    records.extend((0..5).map(|place| Record::from(any_delivery(place, fill))));
    records.extend((0..5).map(|place| Record::from(any_invite(place, fill))));
    records
}

/// A number of a sample among others of its kind.
fn numbered(place: usize) -> u128 {
    1 + u128::try_from(place).unwrap()
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

fn registry(fill: Fill) -> KeyRegistry {
    let all = [(KeyNumber(0), [0; 16]), (KeyNumber(u16::MAX), [0xff; 16])];
    KeyRegistry { keys: all.into_iter().take(fill.pick(0, 1, 2)).collect() }
}

fn member(place: usize, fill: Fill) -> Member {
    use member::Status::{Active, Disabled, Removed};
    Member {
        business: business_id(1),
        person: person_id(numbered(place)),
        role: fill.turn([UserRole::Admin, UserRole::Manager, UserRole::Viewer, UserRole::Worker], place),
        status: fill.turn([Active, Disabled, Removed], place),
        notifications: fill.turn([true, false], place),
        authority: fill.number(),
    }
}

fn connection(place: usize, fill: Fill) -> Connection {
    use connection::State::{Connected, Pending};
    let states = [Pending { request: RequestId::from_uuid(uuid(1)) }, Connected { since: fill.time() }];
    Connection {
        client: business_id(1),
        contractor: business_id(1 + numbered(place)),
        role: role_id(1),
        state: fill.turn(states, place),
        changed_at: fill.time(),
    }
}

fn request(place: usize, fill: Fill) -> Request {
    let states = [request::State::Pending, request::State::Accepted { at: fill.time() }];
    Request {
        id: RequestId::from_uuid(uuid(numbered(place))),
        connection: ConnectionId::between(business_id(1), business_id(2)),
        client: business_id(1),
        contractor: business_id(2),
        asked_at: fill.time(),
        state: fill.turn(states, place),
    }
}

fn abouts() -> [About; 4] {
    let (client, contractor) = (business_id(1), business_id(2));
    let connection = ConnectionId::between(client, contractor);
    [
        About::ConnectionRequested { contractor, connection, request: RequestId::from_uuid(uuid(1)) },
        About::ConnectionAccepted { client, connection },
        About::ConnectionConfirmed { contractor, connection },
        About::Invite { invite: InviteId::from_uuid(uuid(1)) },
    ]
}

fn notice(place: usize, fill: Fill) -> Notice {
    Notice {
        id: NoticeId::from_uuid(uuid(numbered(place))),
        about: fill.turn(abouts(), place),
        at: fill.time(),
        expanded_at: (fill != Fill::Bare).then(|| fill.time()),
    }
}

fn any_delivery(place: usize, fill: Fill) -> Delivery {
    use mail::State::{Dropped, Due, Leased, Parked, Sent};
    let at = fill.time();
    let states = [Due { at }, Leased { owner: lease_id(1), until: at }, Sent { at }, Parked { at }, Dropped { at }];
    Delivery {
        about: fill.turn(abouts(), place),
        address: fill.email().unwrap_or(email("jo")),
        at,
        attempts: fill.pick(0, 1, u32::MAX),
        last_error: fill.text(),
        ..delivery(numbered(place), fill.turn(states, place))
    }
}

fn any_invite(place: usize, fill: Fill) -> Invite {
    let at = fill.time();
    let connection = ConnectionId::between(business_id(1), business_id(2));
    let states = [
        personal::State::Pending,
        personal::State::Opened { at },
        personal::State::Accepted { at, connection },
        personal::State::Revoked { at },
        personal::State::Superseded { at, by: InviteId::from_uuid(uuid(9)) },
    ];
    invite(numbered(place), fill.turn(states, place), fill)
}
