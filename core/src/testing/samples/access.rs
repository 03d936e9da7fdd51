//! Access requests, reasons and fee plans.

use super::{Fill, business_id, email, numbered, parties, person_id, uuid};
use crate::id::AccessRequestId;
use crate::model::access_request::{AccessRequest, Claim, Decline, State};
use crate::model::fees::{FeePlans, Held, Payer, Plan, Tier};
use crate::model::reasons::{Listed, Reason, Reasons};
use crate::storage::record::Record;

pub(super) fn records(fill: Fill) -> Vec<Record> {
    let mut records: Vec<Record> = vec![reasons(fill).into(), fee_plans(fill).into()];
    records.extend((0..4).map(|place| Record::from(access_request(place, fill))));
    records
}

fn access_request(place: usize, fill: Fill) -> AccessRequest {
    let at = fill.time();
    let reason = Reason { code: "other".to_owned(), label: fill.name(), text: fill.text() };
    let decline = Decline { at, reason, disclosed: fill.turn([true, false], 0) };
    // The role that is given is another one than was asked for, and each is a built-in one and another's own in turn.
    let accepted = State::Accepted { at, role: fill.turn(parties::roles(fill), 2) };
    let claim = Claim {
        business: business_id(1),
        person: person_id(1),
        name: fill.name(),
        email: fill.email().unwrap_or(email("jo")),
        phone: fill.text(),
        job_title: fill.text(),
        message: fill.text(),
        role: fill.turn(parties::roles(fill), 1 + place),
    };
    AccessRequest {
        id: AccessRequestId::from_uuid(uuid(numbered(place))),
        claim,
        asked_at: at,
        state: fill.turn([State::Requested, accepted, State::Declined(decline), State::Withdrawn { at }], place),
    }
}

fn reasons(fill: Fill) -> Reasons {
    let listed = Listed { code: "moved".to_owned(), label: fill.name() };
    let list = |length| Some(vec![listed.clone(); length]);
    let (access_decline, disconnect) = fill.pick((None, None), (list(0), list(1)), (list(2), None));
    Reasons { business: business_id(1), access_decline, disconnect }
}

fn fee_plans(fill: Fill) -> FeePlans {
    let tiers = fill.some([Tier { up_to: Some(u32::MAX), price: 1_000_000_000 }, Tier { up_to: None, price: 0 }]);
    let plan = |payer| Plan {
        currency: "EUR".to_owned(),
        anchor_day: fill.pick(1, 28, 31),
        free_allowance: fill.small().unwrap_or(1),
        tiers: tiers.clone(),
        payer,
    };
    let held = [Payer::Client, Payer::Contractor].map(|payer| Held { from: fill.time(), plan: plan(payer) });
    FeePlans { client: business_id(1), held: fill.some(held) }
}
