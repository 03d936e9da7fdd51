//! A store that goes wrong while mails are delivered: every mail goes, and none more than twice.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, poll_immediate, select};
use handclasp::connections::RequestConnection;
use handclasp::invites::CreateInvite;
use handclasp::outbox::{DeliverDue, RunOutbox};
use handclasp::storage::{Memory, Storage};
use handclasp::testing::configuration;
use handclasp::{Actor, FaultKind};
use handclasp_tests::flaky::{Flaky, Loss, Struck, Trouble, WAYS, Way};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;
use handclasp_tests::world::World;

/// A request, whose notice has to be expanded first, and an invite.
async fn owed(flaky: &Arc<Flaky>) -> World {
    let world = World::on(Arc::clone(flaky) as Arc<dyn Storage>).await;
    let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
    let request = RequestConnection::new(bolt.id, acme.role());
    world.handclasp.connections().request(acme.admin(), request).await.expect("a request");
    let invite = CreateInvite::new(acme.role()).to("kim@bolt.example");
    world.handclasp.invites().create(acme.admin(), invite).await.expect("an invite");
    world
}

/// How many messages each address was sent, each time the same one.
fn mails(world: &World) -> BTreeMap<String, usize> {
    let (mut mails, mut ids) = (BTreeMap::new(), BTreeMap::new());
    for message in world.mailer.messages() {
        let first =
            ids.entry(message.to.to_string()).or_insert_with(|| (message.message_id.clone(), message.text.clone()));
        assert_eq!(*first, (message.message_id, message.text));
        *mails.entry(message.to.to_string()).or_insert(0) += 1;
    }
    mails
}

/// A worker whose store has this trouble once, then works until nothing is due; how many mails each address got, and
/// what went wrong.
async fn delivered(storage: Arc<dyn Storage>, trouble: Trouble) -> (BTreeMap<String, usize>, Struck) {
    let flaky = Arc::new(Flaky::new(storage));
    let world = owed(&flaky).await;
    let outbox = world.handclasp.outbox();
    flaky.arm(trouble);
    {
        let mut call = pin!(outbox.deliver_due(Actor::system(), DeliverDue::default()));
        if let Either::Right(_) = select(&mut call, pin!(flaky.hangs())).await {
            world.clock.advance(configuration().deadline);
            let ended = tokio::time::timeout(Duration::from_secs(60), call).await;
            let _ = ended.expect("a worker whose store hangs goes on after its deadline");
        }
    }
    let struck = flaky.calm();
    for _ in 0..3 {
        world.clock.advance(Duration::from_secs(3_600));
        outbox.deliver_due(Actor::system(), DeliverDue::default()).await.expect("a delivery");
    }
    (mails(&world), struck)
}

async fn whichever_call_goes_wrong(name: &str, fresh: impl AsyncFn() -> Arc<dyn Storage>, ways: &[Way]) {
    let (untroubled, _) = delivered(fresh().await, Trouble::default()).await;
    assert_eq!(untroubled.values().copied().collect::<Vec<_>>(), [1, 1]);
    let losing = [Loss::Unknown, Loss::Hangs].map(Way::Loses);
    for way in ways.iter().chain(&losing) {
        let mut failed = 0;
        for nth in 1.. {
            let (mails, struck) = delivered(fresh().await, Trouble { at: Some((nth, *way)), loses: None }).await;
            assert!(mails.keys().eq(untroubled.keys()), "{name}, call {nth}, {way:?}: {mails:?}");
            // What is settled is sent no more, whoever hears of it.
            let most = if losing.contains(way) { 1 } else { 2 };
            assert!(mails.values().all(|count| (1..=most).contains(count)), "{name}, call {nth}, {way:?}: {mails:?}");
            if struck == Struck::Nothing {
                break;
            }
            failed += 1;
        }
        assert!(failed > 5, "{name}, {way:?}: only {failed} calls went wrong");
    }
    for loss in [Loss::Unknown, Loss::Hangs] {
        let (mails, struck) = delivered(fresh().await, Trouble { at: None, loses: Some(loss) }).await;
        assert_eq!(struck, Struck::Lost);
        assert_eq!(mails, untroubled, "{name}, {loss:?}: what is settled is sent no more");
    }
}

#[tokio::test]
async fn sto_01_whichever_call_of_a_delivery_goes_wrong_every_mail_goes_and_none_more_than_twice() {
    whichever_call_goes_wrong("memory", async || Arc::new(Memory::new()) as _, &WAYS).await;
    let folders = std::sync::Mutex::new(Vec::new());
    let fresh = async || {
        let place = Place::sqlite();
        let storage = place.open().await;
        folders.lock().unwrap().push(place);
        storage
    };
    whichever_call_goes_wrong("sqlite", fresh, &WAYS[..rounds(2, WAYS.len())]).await;
}

#[tokio::test]
async fn sto_01_a_worker_waits_for_a_store_that_goes_wrong_for_a_while() {
    let ends_it = [Way::Fails(FaultKind::Closed), Way::Fails(FaultKind::ClockOutOfRange)];
    let losing = [Loss::Unknown, Loss::Hangs].map(Way::Loses);
    for way in WAYS.into_iter().filter(|way| !ends_it.contains(way)).chain(losing) {
        for nth in 1..=12 {
            let flaky = Arc::new(Flaky::new(Arc::new(Memory::new())));
            let world = owed(&flaky).await;
            let outbox = world.handclasp.outbox();
            let mut run = RunOutbox::default();
            run.until = Some("2026-01-05T10:00:00Z".parse().unwrap());
            flaky.arm(Trouble { at: Some((nth, way)), loses: None });
            let mut run = pin!(outbox.run(Actor::system(), run));
            let mut report = None;
            for _ in 0..400 {
                report = poll_immediate(&mut run).await;
                if report.is_some() {
                    break;
                }
                world.clock.advance(Duration::from_secs(10));
            }
            let report = report.expect("an hour is over").expect("a report");
            assert!(matches!(flaky.calm(), Struck::Failed { .. }), "call {nth}, {way:?}");
            let mails = mails(&world);
            assert_eq!(mails.len(), 2, "call {nth}, {way:?}: {report:?}");
            assert!(mails.values().all(|count| (1..=2).contains(count)), "call {nth}, {way:?}: {mails:?}");
        }
    }
}
