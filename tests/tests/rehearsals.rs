//! Whichever call to the store fails, and whichever answer is lost: nothing has changed or all of it, and the call can be
//! made again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use handclasp::Actor;
use handclasp::connections::RequestConnection;
use handclasp::outbox::DeliverDue;
use handclasp::storage::{Memory, Storage};
use handclasp_tests::flaky::{Flaky, Struck, Trouble};
use handclasp_tests::scenarios::{APART, all, rehearse};
use handclasp_tests::world::World;

/// Stories that end otherwise when they are rehearsed: where, and why.
const OTHERWISE: [(&str, &str, &str); 2] = [
    (
        "member_is_removed_and_returns",
        "step 46, members.remove: refused: {\"code\":\"not_found\"",
        "who has left is given no kept answer, not even the one that they have left",
    ),
    (
        "settled_mails_are_purged",
        "step 22, outbox.purge: outbox.purge.records: expected 1, ",
        "what rehearsals keep is purged, and counted",
    ),
];

#[tokio::test]
async fn whichever_call_fails_nothing_has_changed_and_the_call_can_be_made_again() {
    let (mut failed, mut lost, mut wrong) = (0, BTreeSet::new(), Vec::new());
    for (name, scenario) in all() {
        let otherwise = OTHERWISE.iter().find(|(story, ..)| *story == name);
        match (rehearse(&scenario, Arc::new(Memory::new())).await, otherwise) {
            (Ok(rehearsed), None) => {
                failed += rehearsed.failed;
                lost.extend(rehearsed.lost);
            }
            (Err(why), None) => wrong.push(format!("{name}: {why}")),
            (Err(end), Some((_, there, _))) if end.starts_with(there) => {}
            (Err(end), Some((_, there, _))) => wrong.push(format!("{name} ends not `{there}`, but: {end}")),
            (Ok(_), Some((.., why))) => wrong.push(format!("{name} ends as it should, though {why}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(failed > 1_000, "only {failed} calls failed");
    let (surface, _) = handclasp_wire::surface();
    let changing = surface.iter().filter(|operation| operation.changes && !APART.contains(&operation.name));
    let spared: Vec<_> = changing.map(|operation| operation.name).filter(|name| !lost.contains(*name)).collect();
    assert!(spared.is_empty(), "operations whose answer was never lost: {spared:?}");
}

/// A worker whose store has this trouble once, then works until nothing is due; how many mails each address got, and
/// what went wrong.
async fn delivered(trouble: Trouble) -> (BTreeMap<String, usize>, Struck) {
    let flaky = Arc::new(Flaky::new(Arc::new(Memory::new())));
    let world = World::on(Arc::clone(&flaky) as Arc<dyn Storage>).await;
    let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
    let request = RequestConnection::new(bolt.id, acme.role());
    world.handclasp.connections().request(acme.admin(), request).await.expect("a request");
    let outbox = world.handclasp.outbox();
    flaky.arm(trouble);
    let _ = outbox.deliver_due(Actor::system(), DeliverDue::default()).await;
    let struck = flaky.calm();
    for _ in 0..3 {
        world.clock.advance(Duration::from_secs(3_600));
        outbox.deliver_due(Actor::system(), DeliverDue::default()).await.expect("a delivery");
    }
    let mut mails = BTreeMap::new();
    for message in world.mailer.messages() {
        *mails.entry(message.to.to_string()).or_insert(0) += 1;
    }
    (mails, struck)
}

#[tokio::test]
async fn whichever_call_of_a_delivery_fails_every_mail_goes_and_none_more_than_twice() {
    let (untroubled, _) = delivered(Trouble::default()).await;
    assert!(!untroubled.is_empty() && untroubled.values().all(|count| *count == 1), "{untroubled:?}");
    let mut failed = 0;
    for nth in 1.. {
        let (mails, struck) = delivered(Trouble { fails: Some(nth), loses: false }).await;
        assert!(mails.keys().eq(untroubled.keys()), "call {nth}: {mails:?}");
        assert!(mails.values().all(|count| (1..=2).contains(count)), "call {nth}: {mails:?}");
        if struck == Struck::Nothing {
            break;
        }
        failed += 1;
    }
    assert!(failed > 5, "only {failed} calls failed");
    let (mails, struck) = delivered(Trouble { fails: None, loses: true }).await;
    assert_eq!(struck, Struck::Lost);
    assert_eq!(mails, untroubled, "what is settled is sent no more");
}
