//! Commits in groups: each with its own answer, whatever the others get.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::support::{Database, commit, write};
use futures_util::{future, poll};
use handclasp::model::delivery::State;
use handclasp::storage::guard::{Adjust, Guard, GuardKind, Limit, Spend};
use handclasp::storage::{Commit, Committed, Key, Refusal, Retold, Storage, Version};
use handclasp::testing::samples;
use handclasp::{Fault, FaultKind};
use handclasp_postgres::{Options, Postgres};

fn guard(business: u128) -> Guard {
    Guard { kind: GuardKind::Contractors, business: samples::business_id(business) }
}

fn adjust(business: u128, delta: i64, max: i64) -> Adjust {
    Adjust { guard: guard(business), delta, max: Some(max), min: Some(0) }
}

fn writing(number: u128) -> Commit {
    Commit { writes: vec![write(samples::slot(number, 7), 1)], ..commit() }
}

type Pending<'a> = Pin<Box<dyn Future<Output = Result<Committed, Fault>> + Send + 'a>>;

/// Commits that stand in the queue together while the table of slots is locked: the first is under way alone, the
/// others are the next group. Answers theirs.
async fn one_group(database: &Database, store: &Postgres, commits: Vec<Commit>) -> Vec<Result<Committed, Fault>> {
    let client = database.client().await;
    client.batch_execute("BEGIN; LOCK TABLE handclasp.slots IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let mut first: Pending<'_> = store.commit(writing(1_000_000));
    assert!(poll!(&mut first).is_pending());
    let watch = database.client().await;
    while watch.query("SELECT FROM pg_locks WHERE NOT granted", &[]).await.unwrap().is_empty() {}
    let mut others: Vec<Pending<'_>> = commits.into_iter().map(|commit| store.commit(commit)).collect();
    for other in &mut others {
        assert!(poll!(other).is_pending());
    }
    client.batch_execute("COMMIT").await.unwrap();
    assert_eq!(first.await.unwrap(), Committed::Done);
    future::join_all(others).await
}

/// The transactions that wrote these slots, each once; and how many slots there are.
async fn transactions(database: &Database, numbers: &[u128]) -> (usize, usize) {
    let ids: Vec<_> = numbers.iter().map(|number| samples::slot(*number, 0).id.as_uuid()).collect();
    let sql = "SELECT count(DISTINCT xmin::text), count(*) FROM handclasp.slots WHERE id = ANY ($1)";
    let row = database.client().await.query_one(sql, &[&ids]).await.unwrap();
    let number = |place| usize::try_from(row.get::<_, i64>(place)).unwrap();
    (number(0), number(1))
}

fn alone() -> Options {
    Options { groups: 1, ..Options::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_and_a_refused_commit_leave_the_rest_of_their_group_standing() {
    let database = Database::new().await;
    let store = database.store_with(alone()).await;
    let stale = Commit {
        reads: vec![(Key::from(samples::slot(99, 0).id), Version(3))],
        guards: vec![adjust(2, 1, 9)],
        ..writing(2)
    };
    let refused = Commit { guards: vec![adjust(2, 1, 9), adjust(1, 1, 0)], ..writing(3) };
    let limited = Limit::client(samples::business_id(1));
    let passed = Spend { limit: limited, hour: 100, amount: 2, max: 1 };
    let limited_commit = Commit { spends: vec![passed], ..writing(4) };
    let good = |number| Commit { guards: vec![adjust(2, 1, 9)], ..writing(number) };
    let commits = vec![good(1), stale, refused, limited_commit, good(5)];
    let answers: Vec<_> = one_group(&database, &store, commits).await.into_iter().map(Result::unwrap).collect();
    let empty = handclasp::storage::guard::Buckets { hour: 100, counts: [0; 24] };
    assert_eq!(
        answers,
        [
            Committed::Done,
            Committed::Stale,
            Committed::Refused(Refusal::Guard(guard(1))),
            Committed::Refused(Refusal::Limit { limit: limited, buckets: empty }),
            Committed::Done,
        ]
    );
    assert_eq!(transactions(&database, &[1, 2, 3, 4, 5]).await, (1, 2), "two slots, one transaction");
    let value = "SELECT value FROM handclasp.guards WHERE business_id = $1";
    let client = database.client().await;
    let row = client.query_one(value, &[&samples::business_id(2).as_uuid()]).await.unwrap();
    assert_eq!(row.get::<_, i64>(0), 2, "those that stand have counted, the others have not");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_refused_for_what_a_refused_or_stale_neighbour_counted() {
    let database = Database::new().await;
    let store = database.store_with(alone()).await;
    let stale = |number| Commit {
        reads: vec![(Key::from(samples::slot(99, 0).id), Version(3))],
        guards: vec![adjust(1, 1, 1)],
        ..writing(number)
    };
    let refused = Commit { guards: vec![adjust(1, 1, 1), adjust(2, 1, 0)], ..writing(2) };
    let good = |number| Commit { guards: vec![adjust(1, 1, 1)], ..writing(number) };
    let answers = one_group(&database, &store, vec![stale(1), refused, good(3), good(4)]).await;
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    let forbidden = |number| Committed::Refused(Refusal::Guard(guard(number)));
    assert_eq!(answers, [Committed::Stale, forbidden(2), Committed::Done, forbidden(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_retells_a_business_goes_alone() {
    let database = Database::new().await;
    let store = database.store_with(alone()).await;
    let [name_text, contact_text, far_name_text] = ["name", "contact", "far"].map(Arc::from);
    let retold = Some(Retold { business: samples::business_id(1), name_text, contact_text, far_name_text });
    let commits = vec![writing(1), writing(2), Commit { retold, ..writing(3) }, writing(4), writing(5)];
    for answer in one_group(&database, &store, commits).await {
        assert_eq!(answer.unwrap(), Committed::Done);
    }
    for together in [&[1, 2][..], &[3], &[4, 5]] {
        assert_eq!(transactions(&database, together).await, (1, together.len()), "{together:?}");
    }
    assert_eq!(transactions(&database, &[1, 2, 3, 4, 5]).await, (3, 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn commits_that_go_together_count_one_after_the_other() {
    let database = Database::new().await;
    let store = database.store_with(alone()).await;
    let full = Commit { guards: vec![adjust(1, 3, 3)], ..commit() };
    assert_eq!(store.commit(full).await.unwrap(), Committed::Done);
    let change = |number, delta| Commit { guards: vec![adjust(1, delta, 3)], ..writing(number) };
    let answers = one_group(&database, &store, vec![change(1, -1), change(2, 1), change(3, 1)]).await;
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers, [Committed::Done, Committed::Done, Committed::Refused(Refusal::Guard(guard(1)))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_cannot_be_stored_fails_alone() {
    let database = Database::new().await;
    let store = database.store_with(alone()).await;
    let unstorable = Commit { writes: vec![write(samples::person(1, "a\0b"), 1)], ..writing(2) };
    let answers = one_group(&database, &store, vec![writing(1), unstorable, writing(3)]).await;
    let answers: Vec<_> = answers.into_iter().map(|answer| answer.map_err(|fault| fault.kind)).collect();
    assert_eq!(answers, [Ok(Committed::Done), Err(FaultKind::Internal), Ok(Committed::Done)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_and_a_reader_of_one_record_never_share_a_group() {
    let database = Database::new().await;
    let store = database.store_with(alone()).await;
    let reader = Commit { reads: vec![(Key::from(samples::slot(1, 0).id), Version::NONE)], ..writing(2) };
    let answers = one_group(&database, &store, vec![writing(1), reader, writing(3)]).await;
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers, [Committed::Done, Committed::Stale, Committed::Done]);
}

/// How many connections wait for this, and have written something, or nothing.
async fn waiting(client: &tokio_postgres::Client, event: &str, wrote: bool) -> i64 {
    let sql = "SELECT count(*) FROM pg_stat_activity \
               WHERE datname = current_database() AND wait_event = $1 AND (backend_xid IS NOT NULL) = $2";
    client.query_one(sql, &[&event, &wrote]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_record_has_written_nothing_and_who_waits_for_a_guard_everything_else() {
    let database = Database::new().await;
    let stores = [database.store().await, database.store().await];
    let counting = |number| Commit { guards: vec![adjust(1, 1, 9)], ..writing(number) };
    assert_eq!(stores[0].commit(counting(1)).await.unwrap(), Committed::Done);
    let client = database.client().await;
    client.batch_execute("BEGIN; UPDATE handclasp.guards SET value = value").await.unwrap();
    let watch = database.client().await;
    let mut first: Pending<'_> = stores[0].commit(counting(2));
    assert!(poll!(&mut first).is_pending());
    while waiting(&watch, "transactionid", true).await + waiting(&watch, "transactionid", false).await == 0 {}
    let id = samples::slot(2, 0).id.as_uuid();
    watch.batch_execute("SET lock_timeout = '100ms'").await.unwrap();
    let same = watch.execute("INSERT INTO handclasp.slots VALUES ($1, 1, $1)", &[&id]).await;
    let reader = Commit { reads: vec![(Key::from(samples::slot(2, 0).id), Version::NONE)], ..writing(3) };
    let mut second: Pending<'_> = stores[1].commit(reader);
    assert!(poll!(&mut second).is_pending());
    while waiting(&watch, "advisory", false).await + waiting(&watch, "advisory", true).await == 0 {}
    let early = waiting(&watch, "advisory", true).await;
    client.batch_execute("COMMIT").await.unwrap();
    assert_eq!(first.await.unwrap(), Committed::Done);
    assert_eq!(second.await.unwrap(), Committed::Stale, "it looks with a snapshot that is newer than its locks");
    assert_eq!(early, 0, "it writes before it has its locks");
    let locked = same.err().and_then(|error| error.code().map(|code| code.code().to_owned()));
    assert_eq!(locked.as_deref(), Some("55P03"), "it counts before its slot is written");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_retold_reaches_a_list_that_was_added_to_while_its_lock_was_waited_for() {
    let database = Database::new().await;
    let stores = [database.store().await, database.store().await];
    let business = samples::business_id(2);
    let full = Commit { guards: vec![adjust(1, 1, 9)], ..commit() };
    assert_eq!(stores[0].commit(full.clone()).await.unwrap(), Committed::Done);
    let client = database.client().await;
    client.batch_execute("BEGIN; UPDATE handclasp.guards SET value = value").await.unwrap();
    let watch = database.client().await;
    let sides = samples::sides(1, samples::Fill::Full).into_iter().filter(|side| side.other == business).collect();
    let reads = vec![(Key::from(business), Version::NONE)];
    let mut adds: Pending<'_> = stores[0].commit(Commit { reads, sides, id: commit().id, ..full });
    assert!(poll!(&mut adds).is_pending());
    while waiting(&watch, "transactionid", true).await == 0 {}
    let [name_text, contact_text, far_name_text] = ["new"; 3].map(Arc::from);
    let retold = Some(Retold { business, name_text, contact_text, far_name_text });
    let writes = vec![write(samples::business(2, samples::Fill::Full), 1)];
    let mut retells: Pending<'_> = stores[1].commit(Commit { writes, retold, ..commit() });
    assert!(poll!(&mut retells).is_pending());
    while waiting(&watch, "advisory", false).await == 0 {}
    client.batch_execute("COMMIT").await.unwrap();
    assert_eq!((adds.await.unwrap(), retells.await.unwrap()), (Committed::Done, Committed::Done));
    let row = client.query_one("SELECT name_text FROM handclasp.sides", &[]).await.unwrap();
    assert_eq!(row.get::<_, String>(0), "new");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_edge_of_a_quota_exactly_as_many_pass_as_there_is_room_for() {
    let database = Database::new().await;
    // Whatever the database takes for its default.
    let strict = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = serializable', \
                  current_database()); END $$";
    database.client().await.batch_execute(strict).await.unwrap();
    let stores = [database.store().await, database.store().await];
    let all = stores.iter().cycle().take(100).map(|store| {
        let guards = vec![Adjust { guard: guard(1), delta: 1, max: Some(50), min: None }];
        store.commit(Commit { guards, ..commit() })
    });
    let answers = future::join_all(all).await;
    let passed = answers.iter().filter(|answer| matches!(answer, Ok(Committed::Done))).count();
    let refused = answers.iter().filter(|answer| matches!(answer, Ok(Committed::Refused(_)))).count();
    assert_eq!((passed, refused), (50, 50));
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_admit_exactly_as_much_as_they_say_from_several_handles() {
    let database = Database::new().await;
    let stores = [database.store().await, database.store().await];
    let limit = Limit::client(samples::business_id(1));
    let all = stores.iter().cycle().take(100).zip(0..).map(|(store, number)| {
        // Half of them an hour late.
        let spend = Spend { limit, hour: 100 + number % 2, amount: 3, max: 100 };
        store.commit(Commit { spends: vec![spend], ..commit() })
    });
    let answers = future::join_all(all).await;
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Ok(Committed::Done))).count(), 33);
}

#[tokio::test(flavor = "multi_thread")]
async fn sto_16_a_lock_that_somebody_holds_is_waited_for_in_bounds() {
    let database = Database::new().await;
    let store = database.store_with(Options { lock_timeout: Duration::from_millis(200), ..alone() }).await;
    let client = database.client().await;
    client.batch_execute("BEGIN; LOCK TABLE handclasp.slots IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let began = Instant::now();
    assert_eq!(store.commit(writing(1)).await.unwrap_err().kind, FaultKind::StorageBusy);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    client.batch_execute("COMMIT").await.unwrap();
    assert_eq!(store.commit(writing(1)).await.unwrap(), Committed::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_while_their_record_is_written_hears_it_from_the_queue() {
    let database = Database::new().await;
    let options = Options { lock_timeout: Duration::from_millis(200), ..Options::default() };
    for groups in [1, options.groups] {
        let store = database.store_with(Options { groups, ..options.clone() }).await;
        let number = groups as u128;
        let delivery = samples::delivery(number, State::Due { at: samples::time(0) });
        let key = Key::from(delivery.id);
        let made = Commit { writes: vec![write(delivery, 1)], ..commit() };
        assert_eq!(store.commit(made).await.unwrap(), Committed::Done);
        let [client, other] = [database.client().await, database.client().await];
        client.batch_execute("BEGIN; LOCK TABLE handclasp.slots IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let mut first: Pending<'_> = store.commit(writing(number));
        assert!(poll!(&mut first).is_pending());
        while other.query("SELECT FROM pg_locks WHERE NOT granted", &[]).await.unwrap().is_empty() {}
        // Whoever asks the server about this delivery gets no answer.
        other.batch_execute("BEGIN; SELECT FROM handclasp.deliveries FOR UPDATE").await.unwrap();
        let older = Commit { reads: vec![(key, Version(1))], ..writing(number) };
        let newer = Commit { writes: vec![write(samples::slot(number, 8), 2)], ..commit() };
        let [mut older, mut newer]: [Pending<'_>; 2] = [store.commit(older), store.commit(newer)];
        assert!(poll!(&mut older).is_pending() && poll!(&mut newer).is_pending());
        client.batch_execute("COMMIT").await.unwrap();
        assert_eq!(first.await.unwrap(), Committed::Done);
        assert_eq!(older.await.unwrap(), Committed::Stale);
        assert_eq!(newer.await.unwrap(), Committed::Done, "it rests on what the first wrote");
        other.batch_execute("COMMIT").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_refuses_at_once_and_one_that_does_not_move_in_bounds() {
    let database = Database::new().await;
    let options = Options { queue: 2, acquire_timeout: Duration::from_millis(100), ..alone() };
    let store = database.store_with(options).await;
    let client = database.client().await;
    client.batch_execute("BEGIN; LOCK TABLE handclasp.slots IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let mut first: Pending<'_> = store.commit(writing(1));
    assert!(poll!(&mut first).is_pending());
    while client.query("SELECT FROM pg_locks WHERE NOT granted", &[]).await.unwrap().is_empty() {}
    let mut second: Pending<'_> = store.commit(writing(2));
    let mut third: Pending<'_> = store.commit(writing(3));
    assert!(poll!(&mut second).is_pending() && poll!(&mut third).is_pending());
    assert_eq!(store.commit(writing(4)).await.unwrap_err().kind, FaultKind::StorageBusy);
    tokio::time::sleep(Duration::from_millis(150)).await;
    client.batch_execute("COMMIT").await.unwrap();
    assert_eq!(first.await.unwrap(), Committed::Done);
    assert_eq!(second.await.unwrap_err().kind, FaultKind::StorageBusy);
    assert_eq!(third.await.unwrap_err().kind, FaultKind::StorageBusy);
    assert_eq!(store.commit(writing(2)).await.unwrap(), Committed::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn sto_17_a_pool_without_a_free_connection_is_waited_for_in_bounds() {
    let database = Database::new().await;
    let options = Options { pool_size: 1, acquire_timeout: Duration::from_millis(100), ..alone() };
    let store = database.store_with(options).await;
    let client = database.client().await;
    client.batch_execute("BEGIN; LOCK TABLE handclasp.slots IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let mut holder: Pending<'_> = store.commit(writing(1));
    assert!(poll!(&mut holder).is_pending());
    while client.query("SELECT FROM pg_locks WHERE NOT granted", &[]).await.unwrap().is_empty() {}
    let key = Key::from(samples::slot(1, 0).id);
    let loads = future::join_all((0..50).map(|_| store.load(std::slice::from_ref(&key)))).await;
    assert!(loads.iter().all(|load| load.as_ref().is_err_and(|fault| fault.kind == FaultKind::StorageBusy)));
    client.batch_execute("COMMIT").await.unwrap();
    assert_eq!(holder.await.unwrap(), Committed::Done);
    assert_eq!(store.load(&[key]).await.unwrap().remove(0).version, Version(1));
}

#[tokio::test]
async fn what_only_neighbours_stand_in_the_way_of_is_asked_again_not_refused() {
    let database = Database::new().await;
    database.store().await;
    // Room for one: the first fits, the second would if it were alone, the third would not.
    let judge =
        r#"SELECT handclasp.judge_counts(3, '{0}', '{}', '{}', '{"(1,1,1,1,0)","(2,1,1,1,0)","(3,1,2,1,0)"}', '{}')"#;
    let error = database.client().await.query(judge, &[]).await.unwrap_err();
    let said = error.as_db_error().and_then(|error| error.detail()).unwrap();
    assert_eq!(said, r#"{"refused": [{"guard": 1, "commit": 3}], "deferred": [2]}"#);
}
