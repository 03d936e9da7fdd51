//! Workers that are killed, stopped and closed between a mail's lease, its sending and its settling.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use handclasp::access_requests::SubmitAccess;
use handclasp::connections::RequestConnection;
use handclasp::model::user_role::UserRole;
use handclasp::{Actor, Email, PersonId};
use handclasp_tests::world::{START, World};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::child::{Call, Mailing, Order, Said};
use crate::ledger::{deliver, later};
use crate::stage::{call, copy, file, opened, parsed, system};
use crate::victim::{Victim, rows};

/// Longer than any lease.
const LEASE: u64 = 600;

/// A file in which *Acme* has asked *Bolt*, whose three Admins are to be told.
async fn owed() -> TempDir {
    let (folder, ()) = file(async |world| {
        let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
        for _ in 0..2 {
            world.member(&bolt, UserRole::ADMIN).await;
        }
        let request = RequestConnection::new(bolt.id, acme.role());
        world.handclasp.connections().request(acme.admin(), request).await.expect("a request");
    })
    .await;
    folder
}

/// Every mail that was sent by anybody, by its Message-ID.
#[derive(Debug, Default)]
struct Postbox(BTreeMap<String, Vec<Value>>);

impl Postbox {
    fn take(&mut self, mails: impl IntoIterator<Item = Value>) {
        for mail in mails {
            let id = mail["message_id"].as_str().expect("a Message-ID").to_owned();
            self.0.entry(id).or_default().push(mail);
        }
    }

    /// How often each was sent: the same to the letter each time.
    fn counts(&self) -> Vec<usize> {
        let letters: BTreeSet<_> =
            self.0.values().map(|mails| (mails[0]["to"].to_string(), mails[0]["text"].to_string())).collect();
        assert_eq!(letters.len(), self.0.len(), "one Message-ID for each letter");
        for mails in self.0.values() {
            assert!(mails.iter().all(|mail| mail == &mails[0]), "one Message-ID, and different mails: {mails:#?}");
        }
        self.0.values().map(Vec::len).collect()
    }
}

/// The attempts and states of all deliveries.
fn deliveries(victim: &mut Victim) -> Vec<(u64, String)> {
    let list = call(901, "outbox.list", &json!({ "actor": system() }));
    let page = parsed(&victim.answer(&list).1).expect("a page");
    let deliveries = page["deliveries"].as_array().expect("deliveries").iter();
    let told = |each: &Value| {
        (each["attempts"].as_u64().expect("a number"), each["status"].as_str().expect("a word").to_owned())
    };
    deliveries.map(told).collect()
}

/// How a delivery went that was killed at a point.
#[derive(Debug)]
struct Killed {
    point: String,
    /// So many mails were taken before the end.
    taken: usize,
    /// So many more by the next worker at once, and by the one after the leases' end.
    sent: [usize; 2],
    attempts: Vec<u64>,
}

/// Kills a worker at the point of this number, lets others do the rest; nothing if it did not come so far.
fn killed_at(passage: usize, folder: &Path) -> Option<Killed> {
    let copy = copy(folder);
    let mut victim = opened(copy.path());
    victim.stop_at(passage);
    let (mut mails, end) = victim.call(&deliver(START, 1));
    let Said::At(point) = end else { return None };
    mails.extend(victim.kill().into_iter().map(Said::mail));
    rows(copy.path());
    let mut postbox = Postbox::default();
    let taken = mails.len();
    postbox.take(mails);
    let mut next = opened(copy.path());
    let sent = [0, LEASE].map(|seconds| {
        let mails = next.answer(&deliver(&later(START, seconds), 2 + seconds)).0;
        let sent = mails.len();
        postbox.take(mails);
        sent
    });
    let counts = postbox.counts();
    assert_eq!(counts.len(), 3, "at {point}: a mail is lost");
    assert!(counts.iter().all(|count| *count <= 2), "at {point}: {counts:?}");
    assert!(counts.iter().sum::<usize>() <= 3 + taken, "at {point}: more duplicates than were taken before");
    let deliveries = deliveries(&mut next);
    assert!(deliveries.iter().all(|(_, status)| status == "sent"), "at {point}: {deliveries:?}");
    Some(Killed { point, taken, sent, attempts: deliveries.into_iter().map(|(attempts, _)| attempts).collect() })
}

#[tokio::test]
async fn crs_02_crs_03_a_worker_killed_at_any_point_loses_no_mail_and_repeats_none_twice() {
    let folder = owed().await;
    let killed: Vec<Killed> = (1..).map_while(|passage| killed_at(passage, folder.path())).collect();
    let untold = |end: &&Killed| end.taken == 0 && end.sent == [0, 3];
    // CRS-03: leased, and nothing sent: it goes when the lease has ended, and that was the second attempt.
    assert!(killed.iter().any(|end| untold(&end) && end.attempts == [2; 3]), "{killed:#?}");
    // Before the lease stands, the next worker sends at once, and it is the first attempt.
    assert!(killed.iter().any(|end| end.sent == [3, 0] && end.attempts == [1; 3]), "{killed:#?}");
    assert!(killed.iter().any(|end| end.point.ends_with("Leased")), "{killed:#?}");
    // CRS-02: taken, and not settled: they go again.
    assert!(killed.iter().any(|end| end.taken == 3 && end.sent == [0, 3]), "{killed:#?}");
}

#[tokio::test]
async fn crs_02_a_worker_killed_after_the_mailer_took_the_mail_sends_it_once_more_and_the_same() {
    let folder = owed().await;
    let mut victim = opened(folder.path());
    victim.mail(&Mailing::Holds);
    victim.tell(&Order::Call { calls: vec![deliver(START, 1)], together: false });
    let mut postbox = Postbox::default();
    for _ in 0..3 {
        postbox.take([victim.hears().mail()]);
    }
    // One of the three is settled, or on its way to be: it may go twice, the other two must.
    victim.tell(&Order::Let(1));
    assert!(victim.kill().is_empty(), "the worker is not done");
    rows(folder.path());
    let mut next = opened(folder.path());
    assert_eq!(next.answer(&deliver(START, 2)).0, [] as [Value; 0], "the leases hold");
    for seed in [3, 4] {
        postbox.take(next.answer(&deliver(&later(START, LEASE * seed), seed)).0);
    }
    let counts = postbox.counts();
    assert_eq!(counts.len(), 3);
    assert!(counts.iter().all(|count| (1..=2).contains(count)) && counts.iter().sum::<usize>() >= 5, "{counts:?}");
}

/// Sends a signal.
fn signal(victim: &Victim, name: &str) {
    let sent = Command::new("kill").args(["-s", name, &victim.id().to_string()]).status();
    assert!(sent.expect("the program `kill`").success());
}

#[tokio::test]
async fn crs_09_a_worker_that_stood_still_past_its_lease_settles_nothing_any_more() {
    let folder = owed().await;
    let mut victim = opened(folder.path());
    victim.mail(&Mailing::Holds);
    victim.tell(&Order::Call { calls: vec![deliver(START, 1)], together: false });
    let mut postbox = Postbox::default();
    for _ in 0..3 {
        postbox.take([victim.hears().mail()]);
    }
    signal(&victim, "STOP");
    let mut other = opened(folder.path());
    assert_eq!(other.answer(&deliver(&later(START, 60), 2)).0, [] as [Value; 0], "the leases hold");
    postbox.take(other.answer(&deliver(&later(START, LEASE), 3)).0);
    let settled = rows(folder.path());
    victim.tell(&Order::Let(3));
    signal(&victim, "CONT");
    let report = parsed(&victim.hears().answer().1).expect("a report");
    assert_eq!((&report["sent"], &report["lost"]), (&json!(0), &json!(3)), "{report}");
    assert_eq!(rows(folder.path()), settled, "a late result has changed something");
    assert_eq!(postbox.counts(), [2; 3]);
    assert_eq!(deliveries(&mut other), vec![(2, "sent".to_owned()); 3]);
}

/// Twenty people have asked for access to a business of fifty Admins.
async fn a_thousand(world: &World) {
    let acme = world.contractor("Acme").await;
    for _ in 1..50 {
        world.member(&acme, UserRole::ADMIN).await;
    }
    for number in 0..20 {
        let address = format!("asking{number}@people.example");
        let person = Actor::signed_in(PersonId::from_uuid(Uuid::from_u128(0x3000_0000 + number)));
        let person = person.with_verified(Email::parse(&address).expect("an address"));
        let claim = SubmitAccess::new(acme.id, format!("Asking {number}"), address);
        world.handclasp.access_requests().submit(&person, claim).await.expect("a request");
    }
}

#[tokio::test]
async fn crs_08_sigterm_in_the_midst_of_a_thousand_mails_closes_in_time_and_loses_none() {
    let (folder, ()) = file(a_thousand).await;
    let mut victim = opened(folder.path());
    let run = Call {
        arguments: json!({ "actor": system(), "until": later(START, 86_400) }).to_string(),
        ..deliver(START, 1)
    };
    victim.mail(&Mailing::Holds);
    victim.tell(&Order::Let(200));
    victim.tell(&Order::Call { calls: vec![Call { operation: "outbox.run".to_owned(), ..run }], together: false });
    let mut postbox = Postbox::default();
    // Sixteen are with the mailer at once: it has said of two hundred that it took them, and of eight not yet.
    postbox.take((0..208).map(|_| victim.hears().mail()));
    signal(&victim, "TERM");
    let (status, mut said) = victim.ends();
    assert!(status.success(), "{status}");
    let closed: Vec<Said> = said.extract_if(.., |said| matches!(said, Said::Closed { .. })).collect();
    assert_eq!(closed, [Said::Closed { in_time: true }]);
    // The worker may have been told of the end before the process was gone.
    for answer in said.extract_if(.., |said| matches!(said, Said::Answer { .. })) {
        parsed(&answer.answer().1).expect("a worker ends when its handle is closed");
    }
    postbox.take(said.into_iter().map(Said::mail));
    rows(folder.path());
    let mut next = opened(folder.path());
    for seconds in [LEASE, 3 * LEASE] {
        postbox.take(next.answer(&deliver(&later(START, seconds), seconds)).0);
    }
    let counts = postbox.counts();
    assert_eq!(counts.len(), 1_000);
    let twice = counts.iter().filter(|count| **count > 1).count();
    assert!((8..=16).contains(&twice) && counts.iter().all(|count| *count <= 2), "{twice} were sent twice");
}
