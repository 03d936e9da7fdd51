//! Connections, their requests, spells and sides.

use super::{
    Fill, business_id, category_id, connection_id, numbered, request_id, requirement_id, role_id, spell_id,
    sub_category_id,
};
use crate::id::ConnectionId;
use crate::model::Side as End;
use crate::model::connection::{self, Connection, Ending};
use crate::model::fees::Spell;
use crate::model::reasons::Reason;
use crate::model::request::{self, Request};
use crate::model::workflow::{Choice, Classification, Progress, Workflow};
use crate::storage::record::{Record, Side};

pub(super) fn records(fill: Fill) -> Vec<Record> {
    let mut records = Vec::new();
    records.extend((0..5).map(|place| Record::from(connection(place, fill))));
    records.extend((0..4).map(|place| Record::from(request(place, fill))));
    records.push(spell(fill).into());
    records
}

fn connection(place: usize, fill: Fill) -> Connection {
    use connection::State::{Connected, Declined, Disconnected, Pending, Withdrawn};
    let connected = Connected { since: fill.time(), spell: spell_id(1) };
    let states =
        [Pending { request: request_id(1) }, connected, Declined, Withdrawn, Disconnected(Box::new(ending(fill)))];
    let (client, contractor) = (business_id(1), business_id(1 + numbered(place)));
    Connection {
        id: ConnectionId::between(client, contractor),
        client,
        contractor,
        role: role_id(1),
        state: fill.turn(states, place),
        changed_at: fill.time(),
        ended_by_client: fill.end(),
        workflow: workflow(place, fill),
    }
}

fn ending(fill: Fill) -> Ending {
    Ending {
        at: fill.time(),
        by: fill.turn([End::Client, End::Contractor], 0),
        reason: Reason { code: "other".to_owned(), label: fill.name(), text: fill.text() },
        hidden: fill.turn([false, true], 0),
        role_name: fill.name(),
    }
}

fn classification(place: usize, fill: Fill) -> Classification {
    use Classification::{Classified, NotConfigured, Required};
    fill.turn([NotConfigured, Required, Classified], place)
}

fn workflow(place: usize, fill: Fill) -> Workflow {
    use Progress::{Approved, Incomplete, Returned, Submitted};
    let bare = Choice { category: category_id(1), sub_categories: Vec::new() };
    let full = Choice { category: category_id(2), sub_categories: [1, 2].map(sub_category_id).into() };
    let progress = [Incomplete, Submitted, Approved, Returned];
    let progress = progress.into_iter().zip(1..).map(|(progress, number)| (requirement_id(number), progress));
    Workflow {
        of: (fill != Fill::Bare).then_some(role_id(1)),
        classification: classification(place, fill),
        categories: fill.some([bare, full]),
        progress: progress.take(fill.pick(0, 1, 4)).collect(),
    }
}

fn request(place: usize, fill: Fill) -> Request {
    use request::State::{Accepted, Declined, Pending, Withdrawn};
    let at = fill.time();
    Request {
        id: request_id(numbered(place)),
        connection: connection_id(),
        client: business_id(1),
        contractor: business_id(2),
        asked_at: at,
        state: fill.turn([Pending, Accepted { at }, Declined { at }, Withdrawn { at }], place),
    }
}

fn spell(fill: Fill) -> Spell {
    Spell {
        id: spell_id(1),
        connection: connection_id(),
        client: business_id(1),
        contractor: business_id(2),
        since: fill.time(),
        until: fill.end(),
    }
}

/// The two sides of a connection, as its client and its contractor list it.
#[must_use]
pub fn sides(number: u128, fill: Fill) -> [Side; 2] {
    let (client, contractor) = (business_id(number), business_id(number + 1));
    let status = fill.pick(connection::Status::Pending, connection::Status::Connected, connection::Status::Connected);
    let workflow = workflow(2, fill);
    [(End::Client, client, contractor), (End::Contractor, contractor, client)].map(|(end, owner, other)| Side {
        connection: ConnectionId::between(client, contractor),
        owner,
        end,
        other,
        role: role_id(fill.pick(1, 2, 3)),
        status,
        changed_at: fill.time(),
        name_text: fill.name().into(),
        contact_text: fill.text().unwrap_or_default().into(),
        classification: (fill != Fill::Bare).then_some(workflow.classification),
        categories: workflow.categories_text(),
        progress: workflow.progress_text(),
    })
}
