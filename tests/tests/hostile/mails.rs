//! A mailer that fails, hangs, panics or forgets: every mail goes, at most twice where an answer was lost, and none waits
//! for another.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, poll_immediate, select};
use handclasp::invites::CreateInvite;
use handclasp::mail::{MailFailure, Message};
use handclasp::outbox::{
    DeliverDue, DeliveryReport, DeliverySeen, DeliveryStatus, ListDeliveries, RetryDelivery, RunOutbox,
};
use handclasp::storage::{Memory, Storage};
use handclasp::testing::configuration;
use handclasp::{Actor, Configuration, Timestamp};
use handclasp_tests::fickle::{How, Messages, Mishap};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;
use handclasp_tests::world::{Company, World};

/// After so many attempts a mail is parked.
const ATTEMPTS: u32 = 3;

fn temporary() -> How {
    How::Fails(MailFailure::Temporary("451 later".to_owned()))
}

fn permanent() -> How {
    How::Fails(MailFailure::Permanent("550 no such mailbox".to_owned()))
}

fn settings() -> Configuration {
    let mut configuration = configuration();
    (configuration.limits.per_client, configuration.limits.per_inviter) = (1_000_000, 1_000_000);
    configuration.backoff.attempts = ATTEMPTS;
    // Mails that hang are given up alone: what others have done is stored before its answer arrives.
    configuration.deadline = 2 * configuration.mail_deadline;
    configuration
}

/// Invites so many addresses, each of which is then owed a mail.
async fn invited(world: &World, acme: &Company, name: &str, count: usize) -> Vec<String> {
    let mut addresses = Vec::with_capacity(count);
    for number in 0..count {
        let address = format!("{name}{number}@bolt.example");
        let create = CreateInvite::new(acme.role()).to(&address);
        world.handclasp.invites().create(acme.admin(), create).await.expect("an invite");
        addresses.push(address);
    }
    addresses
}

async fn listed(world: &World, statuses: &[DeliveryStatus]) -> Vec<DeliverySeen> {
    let mut list = ListDeliveries::default();
    (list.statuses, list.limit) = (Some(statuses.to_vec()), Some(1_000));
    world.handclasp.outbox().list(Actor::system(), list).await.expect("a list").deliveries
}

/// Delivers what is due. If messages hang, so many of them, everything else is settled first, while no time passes.
async fn delivered(world: &World, hanging: usize) -> DeliveryReport {
    let mut due = DeliverDue::default();
    due.limit = Some(10_000);
    let outbox = world.handclasp.outbox();
    let mut call = pin!(outbox.deliver_due(Actor::system(), due));
    if let Either::Left((report, _)) = select(&mut call, pin!(world.mailer.hangs())).await {
        return report.expect("mails are delivered");
    }
    let settled = pin!(async {
        for _ in 0..20_000 {
            if listed(world, &[DeliveryStatus::Due, DeliveryStatus::Leased]).await.len() == hanging {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("others wait for the mails that hang");
    });
    if let Either::Right(_) = select(settled, &mut call).await {
        panic!("it ended while a mail hangs");
    }
    world.clock.advance(settings().mail_deadline);
    call.await.expect("mails are delivered")
}

/// How many messages each address was sent, all of them alike.
fn alike(messages: &[Message]) -> BTreeMap<&str, usize> {
    let mut first: BTreeMap<&str, &Message> = BTreeMap::new();
    let mut counts = BTreeMap::new();
    for message in messages {
        let first = *first.entry(message.to.as_str()).or_insert(message);
        let same = |message: &Message| (message.message_id.clone(), message.subject.clone(), message.text.clone());
        assert_eq!(same(first), same(message), "a repeated message is the same");
        *counts.entry(message.to.as_str()).or_insert(0) += 1;
    }
    counts
}

/// Whichever mail of a delivery goes wrong, in each way.
async fn whichever_mail_goes_wrong(name: &str, storage: Arc<dyn Storage>, mails: usize) {
    let world = World::with(storage, settings()).await;
    let acme = world.client("Acme").await;
    for how in [temporary(), permanent(), How::Hangs, How::Panics, How::Forgets] {
        for nth in 1..=mails {
            let addresses =
                invited(&world, &acme, &format!("kim-{nth}-{}-", world.mailer.messages().len()), mails).await;
            let before = world.mailer.messages().len();
            world.mailer.arm(Some(Mishap { with: Messages::Nth(nth), how: how.clone() }));
            let report = delivered(&world, 1).await;
            let place = format!("{name}, {how:?}, mail {nth}");
            let others = u32::try_from(mails - 1).expect("a few");
            let wrong = if how == permanent() { (0, 1) } else { (1, 0) };
            assert_eq!((report.sent, (report.failed, report.parked)), (others, wrong), "{place}");
            world.mailer.arm(None);
            for parked in listed(&world, &[DeliveryStatus::Parked]).await {
                let retry = RetryDelivery::new(parked.id);
                world.handclasp.outbox().retry(Actor::system(), retry).await.expect("a parked mail can be retried");
            }
            world.clock.advance(Duration::from_secs(3_600));
            assert_eq!(delivered(&world, 0).await.sent, 1, "{place}: the one that went wrong");
            let all = world.mailer.messages();
            let counts = alike(&all[before..]);
            assert!(
                counts.keys().eq(addresses
                    .iter()
                    .map(String::as_str)
                    .collect::<std::collections::BTreeSet<_>>()
                    .iter()),
                "{place}"
            );
            let twice = counts.values().filter(|count| **count == 2).count();
            assert_eq!(twice, usize::from(how == How::Forgets), "{place}: twice alone what was taken and not told");
            assert_eq!(counts.values().sum::<usize>(), mails + twice, "{place}");
        }
    }
}

#[tokio::test]
async fn eml_03_04_05_whichever_mail_goes_wrong_all_others_go_at_once_and_it_goes_later() {
    whichever_mail_goes_wrong("memory", Arc::new(Memory::new()), 20).await;
    let place = Place::sqlite();
    whichever_mail_goes_wrong("sqlite", place.open().await, rounds(3, 20)).await;
}

#[tokio::test]
async fn eml_03_poison_at_the_head_of_the_queue_delays_nobody_and_is_parked() {
    for how in [temporary(), permanent(), How::Hangs, How::Panics, How::Forgets] {
        let world = World::with(Arc::new(Memory::new()), settings()).await;
        let acme = world.client("Acme").await;
        let poison = invited(&world, &acme, "poison", 8).await;
        world.clock.advance(Duration::from_secs(1));
        let others = rounds(200, 1_000);
        let addresses = invited(&world, &acme, "kim", others).await;
        world.mailer.arm(Some(Mishap { with: Messages::To(poison.clone()), how: how.clone() }));
        let report = delivered(&world, poison.len()).await;
        assert_eq!(usize::try_from(report.sent).unwrap(), others, "{how:?}: all others, in one call");
        for _ in 1..ATTEMPTS {
            world.clock.advance(Duration::from_secs(6 * 3_600));
            delivered(&world, poison.len()).await;
        }
        let parked = listed(&world, &[DeliveryStatus::Parked]).await;
        assert_eq!(parked.len(), poison.len(), "{how:?}");
        let attempts = if how == permanent() { 1 } else { ATTEMPTS };
        assert!(
            parked.iter().all(|mail| mail.attempts == attempts && mail.last_error.is_some()),
            "{how:?}: {parked:?}"
        );
        let all = world.mailer.messages();
        let counts = alike(&all);
        assert!(addresses.iter().all(|address| counts.get(address.as_str()) == Some(&1)), "{how:?}");
        // What says that it took nothing is believed.
        let sent = poison.iter().filter_map(|address| counts.get(address.as_str())).sum::<usize>();
        assert_eq!(sent, if how == How::Forgets { poison.len() * 3 } else { 0 }, "{how:?}");
        world.clock.advance(Duration::from_secs(6 * 3_600));
        assert_eq!(delivered(&world, 0).await, DeliveryReport::default(), "{how:?}: parked is parked");
    }
}

#[tokio::test]
async fn eml_04_businesses_go_on_while_every_mail_hangs() {
    for how in [How::Hangs, How::Panics, temporary()] {
        let world = World::with(Arc::new(Memory::new()), settings()).await;
        let acme = world.client("Acme").await;
        world.mailer.arm(Some(Mishap { with: Messages::All, how: how.clone() }));
        invited(&world, &acme, "kim", 20).await;
        assert_eq!(world.mailer.calls(), 0, "{how:?}: an operation hands nothing to the mailer");
        let outbox = world.handclasp.outbox();
        let mut call = pin!(outbox.deliver_due(Actor::system(), DeliverDue::default()));
        let ended = poll_immediate(&mut call).await;
        assert_eq!(ended.is_none(), how == How::Hangs, "{how:?}");
        let bolt = world.contractor("Bolt").await;
        let link = world.invite(&acme).await.link;
        world.handclasp.invites().redeem(bolt.admin(), &link).await.expect("two connect");
        if ended.is_none() {
            // Sixteen at once hang for a minute each, twenty in two.
            world.clock.advance(settings().mail_deadline);
            assert!(poll_immediate(&mut call).await.is_none());
            world.clock.advance(settings().mail_deadline);
            let report = poll_immediate(&mut call).await.expect("every deadline has passed").expect("a report");
            assert!(report.failed >= 20, "{report:?}");
        }
    }
}

#[tokio::test]
async fn eml_04_a_worker_sends_what_falls_due_while_a_mail_hangs() {
    let world = World::with(Arc::new(Memory::new()), settings()).await;
    let acme = world.client("Acme").await;
    let poison = invited(&world, &acme, "poison", 1).await;
    world.mailer.arm(Some(Mishap { with: Messages::To(poison), how: How::Hangs }));
    let outbox = world.handclasp.outbox();
    let mut run = RunOutbox::default();
    run.until = Some("2026-01-05T09:05:00Z".parse::<Timestamp>().unwrap());
    let mut run = pin!(outbox.run(Actor::system(), run));
    assert!(poll_immediate(&mut run).await.is_none());
    for second in 1..=50 {
        invited(&world, &acme, &format!("kim-{second}-"), 1).await;
        world.clock.advance(Duration::from_secs(1));
        assert!(poll_immediate(&mut run).await.is_none());
        assert_eq!(world.mailer.messages().len(), second, "sent at the next look");
    }
    let failed = || async { listed(&world, &[DeliveryStatus::Due]).await };
    assert!(failed().await.is_empty());
    world.clock.advance(Duration::from_secs(10));
    assert!(poll_immediate(&mut run).await.is_none());
    assert_eq!(failed().await.len(), 1, "its minute is over");
    world.mailer.arm(None);
    world.clock.advance(Duration::from_secs(300));
    let report = poll_immediate(&mut run).await.expect("the time is reached").expect("a report");
    assert_eq!((report.sent, report.failed), (51, 1));
}
