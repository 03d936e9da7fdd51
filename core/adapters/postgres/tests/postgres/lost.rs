//! Answers that are lost, servers that end connections: every answer that is given holds.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant};

use futures_util::future;
use handclasp::model::{Event, person};
use handclasp::storage::guard::{Adjust, Guard, GuardKind};
use handclasp::storage::record::Slot;
use handclasp::storage::{Commit, Committed, Key, Record, Storage, Version, Write};
use handclasp::testing::samples;
use handclasp::{Fault, FaultKind};
use handclasp_postgres::{Options, Postgres};
use tokio::sync::oneshot;

use crate::proxy::{Cut, Proxy};
use crate::support::{Database, commit, random, write};

/// A commit with an event.
fn told(number: u128, version: i64) -> Commit {
    let person = samples::person(number, "Jo");
    let event = Some(Event::Person(person::Event::Put(person.clone())));
    let writes = vec![Write { record: person.into(), version: Version(version), event }];
    Commit { writes, ..commit() }
}

/// A commit without.
fn untold(number: u128, version: i64, target: u128) -> Commit {
    Commit { writes: vec![write(samples::slot(number, target), version)], ..commit() }
}

async fn behind(proxy: &Proxy, database: &Database) -> Postgres {
    database.store().await.close().await.unwrap();
    let options = Options { pool_size: 1, resolve_timeout: Duration::from_secs(3), ..Options::default() };
    Postgres::open(&proxy.url(&database.url()), options).await.unwrap()
}

/// A commit that only counts.
fn counted(business: u128) -> Commit {
    let guard = Guard { kind: GuardKind::Members, business: samples::business_id(business) };
    Commit { guards: vec![Adjust { guard, delta: 1, max: None, min: None }], ..commit() }
}

/// The one connection prepares its statements now, so that the next thing that it sends is a whole transaction.
async fn warm(store: &Postgres) {
    let number = random().as_u128();
    for warm in [told(number, 1), untold(number, 1, 1), counted(number)] {
        assert_eq!(store.commit(warm).await.unwrap(), Committed::Done);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_stands_is_found_when_its_answer_is_lost() {
    let database = Database::new().await;
    let proxy = Proxy::to(&database.url()).await;
    let store = behind(&proxy, &database).await;
    for lost in [told(1, 1), told(1, 2), untold(1, 1, 7), untold(1, 2, 8)] {
        let key = lost.writes[0].record.key();
        let version = lost.writes[0].version;
        warm(&store).await;
        proxy.cut(Cut::Answers);
        assert_eq!(store.commit(lost).await.unwrap(), Committed::Done);
        assert!(proxy.is_cut());
        assert_eq!(store.load(&[key]).await.unwrap()[0].version, version);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_was_lost_on_its_way_is_stale_and_stays_away_for_ever() {
    let database = Database::new().await;
    let proxy = Proxy::to(&database.url()).await;
    let store = behind(&proxy, &database).await;
    for lost in [told(1, 1), untold(1, 1, 7)] {
        let key = lost.writes[0].record.key();
        let (after_all, held) = oneshot::channel();
        warm(&store).await;
        proxy.cut(Cut::Request(held));
        assert_eq!(store.commit(lost).await.unwrap(), Committed::Stale);
        // Now it comes after all, from wherever it was.
        after_all.send(()).unwrap();
        let client = database.client().await;
        let busy = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'handclasp' \
                    AND query LIKE '%check_commits%' AND state <> 'idle'";
        tokio::time::sleep(Duration::from_millis(100)).await;
        while !client.query(busy, &[]).await.unwrap().is_empty() {}
        assert_eq!(store.load(&[key]).await.unwrap()[0].version, Version::NONE, "it does not stand");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_left_no_trace_is_of_unknown_outcome() {
    let database = Database::new().await;
    let proxy = Proxy::to(&database.url()).await;
    let store = behind(&proxy, &database).await;
    warm(&store).await;
    proxy.cut(Cut::Answers);
    let fault = store.commit(counted(1)).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::OutcomeUnknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_is_not_free_leaves_the_outcome_unknown_in_time() {
    let database = Database::new().await;
    let proxy = Proxy::to(&database.url()).await;
    database.store().await;
    let options = Options { lock_timeout: Duration::from_millis(300), pool_size: 1, ..Options::default() };
    let store = Postgres::open(&proxy.url(&database.url()), options).await.unwrap();
    assert_eq!(store.commit(told(1, 1)).await.unwrap(), Committed::Done);
    warm(&store).await;
    let client = database.client().await;
    let (_after_all, held) = oneshot::channel();
    proxy.cut(Cut::Request(held));
    client.batch_execute("BEGIN; LOCK TABLE handclasp.events IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let began = Instant::now();
    assert_eq!(store.commit(told(1, 2)).await.unwrap_err().kind, FaultKind::OutcomeUnknown);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn sto_13_connections_that_the_server_ends_are_replaced_and_nothing_is_done_twice_or_lost() {
    let database = Database::new().await;
    let store = database.store().await;
    let client = database.client().await;
    let (passed, over) = (AtomicI64::new(0), AtomicBool::new(false));
    let terminator = async {
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND application_name = 'handclasp'";
        let mut ended = 0;
        while ended < 80 {
            // Between two ends there is always something that passes.
            let before = passed.load(Ordering::SeqCst);
            while passed.load(Ordering::SeqCst) < before + 8 {
                tokio::time::sleep(Duration::from_micros(500)).await;
            }
            ended += client.query(sql, &[]).await.unwrap().len();
        }
        over.store(true, Ordering::SeqCst);
    };
    let callers = future::join_all((0..8).map(|caller| count_up(&store, caller, &passed, &over)));
    let both = future::join(terminator, callers);
    let ((), counts) = tokio::time::timeout(Duration::from_secs(60), both).await.expect("something passes in between");
    for (caller, (done, unknown)) in (0..).zip(counts) {
        let version = store.load(&[samples::slot(caller, 0).id.into()]).await.unwrap()[0].version.0;
        assert!((done..=done + unknown).contains(&version), "{done} done, {unknown} unknown, {version} stand");
    }
}

/// One caller's commits to a slot of their own, each on the one before: how many were done, how many are unknown.
async fn count_up(store: &Postgres, caller: u128, passed: &AtomicI64, over: &AtomicBool) -> (i64, i64) {
    let (mut done, mut unknown) = (0, 0);
    while !over.load(Ordering::SeqCst) {
        match step(store, samples::slot(caller, 0).id.into()).await {
            Ok(Committed::Done) => {
                done += 1;
                passed.fetch_add(1, Ordering::SeqCst);
            }
            Ok(Committed::Stale) => {}
            Err(fault) if fault.kind == FaultKind::OutcomeUnknown => unknown += 1,
            Err(fault) => assert_eq!(fault.kind, FaultKind::StorageUnavailable, "{fault:?}"),
            Ok(refused) => panic!("nothing forbids it: {refused:?}"),
        }
    }
    (done, unknown)
}

async fn step(store: &Postgres, key: Key) -> Result<Committed, Fault> {
    let version = store.load(&[key]).await?.remove(0).version;
    let slot = Slot { id: handclasp::SlotId::from_uuid(key.id), target: random() };
    store.commit(Commit { writes: vec![write(Record::from(slot), version.next().0)], ..commit() }).await
}
