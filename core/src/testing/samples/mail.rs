//! Notices and deliveries.

use super::{Fill, business_id, connection_id, email, lease_id, numbered, person_id, request_id, role_id, time, uuid};
use crate::id::{AccessRequestId, DeliveryId, InviteId, NoticeId};
use crate::model::Side as End;
use crate::model::delivery::{About, Delivery, Notice, State};
use crate::storage::record::Record;

pub(super) fn records(fill: Fill) -> Vec<Record> {
    let mut records = Vec::new();
    records.extend((0..8).map(|place| Record::from(notice(place, fill))));
    records.extend((0..5).map(|place| Record::from(any_delivery(place, fill))));
    records
}

fn abouts(fill: Fill) -> [About; 8] {
    let (client, contractor, person, connection) = (business_id(1), business_id(2), person_id(1), connection_id());
    let request = AccessRequestId::from_uuid(uuid(1));
    let side = fill.turn([End::Client, End::Contractor], 0);
    [
        About::ConnectionRequested { contractor, connection, request: request_id(1) },
        About::ConnectionAccepted { client, connection },
        About::ConnectionConfirmed { contractor, connection },
        About::ConnectionEnded { told: client, side, connection, role: role_id(1), at: fill.time() },
        About::AccessRequested { business: client, request },
        About::AccessRequestAccepted { person, request },
        About::AccessRequestDeclined { person, request },
        About::Invite { invite: InviteId::from_uuid(uuid(1)) },
    ]
}

fn notice(place: usize, fill: Fill) -> Notice {
    Notice {
        id: NoticeId::from_uuid(uuid(numbered(place))),
        about: fill.turn(abouts(fill), place),
        at: fill.time(),
        expanded_at: fill.end(),
    }
}

fn any_delivery(place: usize, fill: Fill) -> Delivery {
    use State::{Dropped, Due, Leased, Parked, Sent};
    let at = fill.time();
    let states = [Due { at }, Leased { owner: lease_id(1), until: at }, Sent { at }, Parked { at }, Dropped { at }];
    Delivery {
        about: fill.turn(abouts(fill), place),
        address: fill.email().unwrap_or(email("jo")),
        at,
        attempts: fill.pick(0, 1, u32::MAX),
        last_error: fill.text(),
        ..delivery(numbered(place), fill.turn(states, place))
    }
}

/// A delivery in this state.
#[must_use]
pub fn delivery(number: u128, state: State) -> Delivery {
    Delivery {
        id: DeliveryId::from_uuid(uuid(number)),
        notice: NoticeId::from_uuid(uuid(1)),
        about: About::Invite { invite: InviteId::from_uuid(uuid(1)) },
        address: email("jo"),
        at: time(0),
        attempts: 0,
        last_error: None,
        state,
    }
}
