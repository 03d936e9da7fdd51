//! A business with many Admins, and somebody who claims it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use handclasp::access_requests::SubmitAccess;
use handclasp::businesses::SetLimits;
use handclasp::mail::MailFailure;
use handclasp::model::business::Overrides;
use handclasp::model::user_role::UserRole;
use handclasp::outbox::DeliverDue;
use handclasp::storage::{Filter, Kind, Memory, Query, Source, Storage};
use handclasp::testing::{Counting, configuration};
use handclasp::{Actor, Email, Handclasp, PersonId};
use handclasp_tests::fickle::{How, Messages, Mishap};
use handclasp_tests::flaky::{Flaky, Struck, Trouble, Way};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores;
use handclasp_tests::world::{Company, World};
use uuid::Uuid;

/// A thousand, if there is time.
fn admins() -> usize {
    rounds(100, 1_000)
}

async fn crowded(world: &World) -> Company {
    let acme = world.contractor("Acme").await;
    let members = u32::try_from(2 * admins()).ok();
    let overrides = Overrides { members, ..Overrides::default() };
    let limits = SetLimits::new(acme.id, overrides);
    world.handclasp.businesses().set_limits(Actor::system(), limits).await.expect("limits of one business");
    for _ in 1..admins() {
        world.member(&acme, UserRole::ADMIN).await;
    }
    acme
}

async fn claim(handclasp: &Handclasp, of: &Company, number: u128) {
    let address = Email::parse(&format!("kim{number}@k.example")).expect("an address");
    let kim = Actor::signed_in(PersonId::from_uuid(Uuid::from_u128(0x5000_0000 + number)));
    let submit = SubmitAccess::new(of.id, "Kim", address.as_str());
    handclasp.access_requests().submit(kim.with_verified(address), submit).await.expect("a claim");
}

async fn stored(storage: &dyn Storage, kind: Kind) -> usize {
    let (source, filter, order) = (Source::Records(kind), Filter::All(Vec::new()), vec!["id"]);
    let all = Query { source, filter, order, descending: false, after: None, limit: 10_000 };
    storage.list(&all).await.expect("rows").len()
}

/// Works until nothing is due; how often each Admin was told since the last time.
async fn told(world: &World) -> BTreeMap<String, usize> {
    let mut due = DeliverDue::default();
    due.limit = Some(10_000);
    for _ in 0..3 {
        // What has failed waits, and so does what a worker had leased that was interrupted.
        world.clock.advance(Duration::from_secs(3_600));
        world.handclasp.outbox().deliver_due(Actor::system(), due).await.expect("a delivery");
    }
    let mut told = BTreeMap::new();
    for message in world.mailer.take() {
        *told.entry(message.to.to_string()).or_insert(0) += 1;
    }
    told
}

fn each_once(told: &BTreeMap<String, usize>, place: &str) {
    let twice: Vec<_> = told.iter().filter(|(_, times)| **times != 1).collect();
    assert_eq!((told.len(), twice), (admins(), Vec::new()), "{place}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_12_a_claim_writes_one_notice_and_each_of_many_admins_is_told_once() {
    stores::each(async |name, storage| {
        let world = World::with(Arc::clone(&storage), configuration()).await;
        let acme = crowded(&world).await;
        let counting = Arc::new(Counting::new(Arc::clone(&storage)));
        let handclasp = world.beside(Arc::clone(&counting) as _).await;
        let (opened, before) = (counting.counts(), stored(&*storage, Kind::Notice).await);
        let deliveries = stored(&*storage, Kind::Delivery).await;
        claim(&handclasp, &acme, 1).await;
        let after = counting.counts();
        assert_eq!(after.commits - opened.commits, 1, "{name}");
        assert!(after.loads - opened.loads <= 3, "{name}: no load for each Admin: {after:?}");
        assert_eq!(stored(&*storage, Kind::Notice).await, before + 1, "{name}");
        assert_eq!(stored(&*storage, Kind::Delivery).await, deliveries, "{name}: who is told is found out later");
        let how = How::Fails(MailFailure::Temporary("451 later".to_owned()));
        world.mailer.arm(Some(Mishap { with: Messages::Nth(admins() / 2), how }));
        each_once(&told(&world).await, name);
        assert!(world.mailer.calls() > admins(), "{name}: one was tried again");
    })
    .await;
}

#[tokio::test]
async fn cnc_12_a_store_that_fails_while_a_notice_is_spread_out_has_nobody_told_twice() {
    let flaky = Arc::new(Flaky::new(Arc::new(Memory::new())));
    let mut configuration = configuration();
    configuration.limits.per_requester = 1_000;
    let world = World::with(Arc::clone(&flaky) as _, configuration).await;
    let acme = crowded(&world).await;
    for nth in 1.. {
        claim(&world.handclasp, &acme, nth as u128).await;
        world.mailer.arm(None);
        flaky.arm(Trouble { at: Some((nth, Way::Fails(handclasp::FaultKind::StorageUnavailable))), loses: None });
        let mut due = DeliverDue::default();
        due.limit = Some(10_000);
        let _ = world.handclasp.outbox().deliver_due(Actor::system(), due).await;
        assert!(matches!(flaky.calm(), Struck::Failed { .. }), "call {nth}");
        if world.mailer.calls() > 0 {
            assert!(nth > 3, "only {nth} calls come before the first mail");
            break;
        }
        each_once(&told(&world).await, &format!("call {nth}"));
    }
}
