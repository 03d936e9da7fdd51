//! Mails that are owed: due, parked, sent long ago.

use std::time::Duration;

use handclasp::mail::MailFailure;
use handclasp_tests::fickle::{How, Messages, Mishap};
use handclasp_tests::races::{Call, ask};
use handclasp_tests::world::World;
use serde_json::{Value, json};

use super::every_pair;
use super::stages::{by, cast, system};

const REFUSED: &str = "kim@k.example";

/// A mail that was sent, one that the mailer refused for good, and one that is due.
pub(super) async fn owed(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    all.invited(world, Some("lee@l.example")).await;
    let refused = all.invited(world, Some(REFUSED)).await["invite"]["id"].clone();
    let how = How::Fails(MailFailure::Permanent("550".to_owned()));
    world.mailer.arm(Some(Mishap { with: Messages::To(vec![REFUSED.to_owned()]), how }));
    let report = ask(world, "outbox.deliver_due", system(json!({}))).await;
    assert_eq!((&report["sent"], &report["parked"]), (&json!(1), &json!(1)));
    let parked =
        ask(world, "outbox.list", system(json!({ "statuses": ["parked"] }))).await["deliveries"][0]["id"].clone();
    world.clock.advance(Duration::from_secs(120));
    let due = all.invited(world, Some("pat@p.example")).await["invite"]["id"].clone();
    let operator = |name, operation, arguments| Call::new(name, operation, system(arguments));
    let of = |name, operation, invite: &Value| {
        Call::new(name, operation, by(&all.acme.admin(), json!({ "invite": invite })))
    };
    let mut calls = vec![
        operator("deliver", "outbox.deliver_due", json!({ "limit": 1 })),
        operator("retry", "outbox.retry", json!({ "delivery": parked })),
        operator("purge", "outbox.purge", json!({ "older_than": 60 })),
        operator("purge what is parked, too", "outbox.purge", json!({ "older_than": 60, "parked": true })),
        of("revoke what is due", "invites.revoke", &due),
        of("resend what is due", "invites.resend", &due),
        of("revoke what was refused", "invites.revoke", &refused),
        of("resend what was refused", "invites.resend", &refused),
    ];
    calls.extend(all.ends());
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eml_pairs_on_mails_that_are_owed() {
    every_pair("mails", owed).await;
}
