//! Access requests, reasons and fee plans.

use handclasp::model::access_request::{self, AccessRequest, Claim, Decline, State};
use handclasp::model::fees::{self, FeePlans, Held, Payer, Plan, Tier};
use handclasp::model::reasons::{self, Listed, Reason, ReasonKind, Reasons};
use handclasp::model::user_role::BuiltInRole;
use handclasp::testing::samples;
use handclasp::{AccessRequestId, Email};

use super::{at, event, states, table, told};

fn reason() -> Reason {
    Reason { code: "wrong_business".into(), label: "Wrong business".into(), text: None }
}

fn claim() -> Claim {
    Claim {
        business: samples::business_id(1),
        person: samples::person_id(1),
        name: "Kim".into(),
        email: Email::parse("kim@k.example").expect("an address"),
        phone: None,
        job_title: None,
        message: None,
        role: BuiltInRole::Worker.into(),
    }
}

pub(super) fn access_request() -> String {
    use access_request::Command;
    let id = AccessRequestId::from_uuid(samples::uuid(1));
    let commands = [
        Command::Submit(id, Box::new(claim())),
        Command::Accept(BuiltInRole::Viewer.into()),
        Command::Decline(reason(), false),
        Command::Withdraw,
    ];
    let name = |command: &Command| match command {
        Command::Submit(..) => "submit".to_owned(),
        Command::Accept(_) => "accept".to_owned(),
        Command::Decline(..) => "decline".to_owned(),
        Command::Withdraw => "withdraw".to_owned(),
    };
    let state = |request: &AccessRequest| match &request.state {
        State::Requested => "requested".to_owned(),
        State::Accepted { role, .. } => format!("accepted as {}", role.which),
        State::Declined(_) => "declined".to_owned(),
        State::Withdrawn { .. } => "withdrawn".to_owned(),
    };
    let made = |state| AccessRequest { id, claim: claim(), asked_at: at(0), state };
    let made = [
        made(State::Requested),
        made(State::Accepted { at: at(1), role: BuiltInRole::Worker.into() }),
        made(State::Declined(Decline { at: at(1), reason: reason(), disclosed: false })),
        made(State::Withdrawn { at: at(1) }),
    ];
    table("Access request", &states(made, state), &commands.each_ref().map(name), |before, command| {
        told(access_request::decide(before.as_ref(), commands[command].clone(), at(2)).map(|what| {
            let after = access_request::evolve(before.as_ref(), &what).expect("an access request");
            Some((event(&what), state(&after)))
        }))
    })
}

pub(super) fn reasons() -> String {
    use reasons::Command;
    let business = samples::business_id(1);
    let own = vec![Listed { code: "moved".into(), label: "Moved".into() }];
    let commands = [Command::Set(ReasonKind::AccessDecline, own.clone()), Command::Set(ReasonKind::Disconnect, own)];
    let name = |command: &Command| match command {
        Command::Set(kind, _) => format!("set {kind:?}"),
    };
    let count = |reasons: &Reasons| {
        let of = |kind| reasons::listed(Some(reasons), kind).len();
        format!("{} for declining, {} for disconnecting", of(ReasonKind::AccessDecline), of(ReasonKind::Disconnect))
    };
    let set = reasons::decide(None, commands[1].clone()).expect("other reasons");
    let made = [reasons::evolve(business, None, &set)];
    table("Reasons", &states(made, count), &commands.each_ref().map(name), |before, command| {
        let decided = reasons::decide(before.as_ref(), commands[command].clone());
        told(Ok(decided.map(|what| (event(&what), count(&reasons::evolve(business, before.as_ref(), &what))))))
    })
}

pub(super) fn fee_plans() -> String {
    use fees::Command;
    let client = samples::business_id(1);
    let plan = |price| {
        let tiers = vec![Tier { up_to: None, price }];
        Plan { currency: "EUR".into(), anchor_day: 1, free_allowance: 0, tiers, payer: Payer::Client }
    };
    let commands = [Command::Set(plan(1)), Command::Set(plan(2))];
    let name = |command: &Command| match command {
        Command::Set(plan) => format!("set, price {}", plan.price(1)),
    };
    let state = |plans: &FeePlans| {
        let held =
            plans.held.iter().map(|held| format!("price {} from {}", held.plan.price(1), &held.from.to_string()[..10]));
        held.collect::<Vec<_>>().join(", ")
    };
    let running = Held { from: "2026-01-01T00:00:00Z".parse().expect("an instant"), plan: plan(1) };
    let next = Held { from: "2026-02-01T00:00:00Z".parse().expect("an instant"), plan: plan(2) };
    let made = [FeePlans { client, held: vec![running.clone()] }, FeePlans { client, held: vec![running, next] }];
    table("Fee plans", &states(made, state), &commands.each_ref().map(name), |before, command| {
        let decided = fees::decide(before.as_ref(), commands[command].clone(), at(0));
        told(Ok(decided.map(|what| (event(&what), state(&fees::evolve(client, before.as_ref(), &what))))))
    })
}
