//! Which databases are opened, which are refused, and what of the session a database can't decide.

use std::time::{Duration, Instant};

use crate::proxy::Proxy;
use crate::support::{Database, commit, write};
use futures_util::future;
use handclasp::model::{Event, person};
use handclasp::storage::{Committed, Key, Storage, Write};
use handclasp::testing::samples;
use handclasp::{Fault, FaultKind};
use handclasp_postgres::{Options, Postgres, Roots};

fn create() -> Options {
    Options { create: true, ..Options::default() }
}

async fn refusal(url: &str, options: Options) -> FaultKind {
    Postgres::open(url, options).await.map(|_| ()).expect_err("it is refused").kind
}

#[tokio::test]
async fn a_database_without_the_schema_is_refused_unless_creation_is_asked_for() {
    let database = Database::new().await;
    assert_eq!(refusal(&database.url(), Options::default()).await, FaultKind::SchemaMismatch);
    let schemas = "SELECT FROM pg_namespace WHERE nspname = 'handclasp'";
    assert!(database.client().await.query(schemas, &[]).await.unwrap().is_empty(), "it is untouched");
    Postgres::open(&database.url(), create()).await.unwrap();
    Postgres::open(&database.url(), Options::default()).await.unwrap();
}

#[tokio::test]
async fn sto_11_a_newer_schema_is_refused() {
    let database = Database::new().await;
    database.store().await;
    let newer = "INSERT INTO handclasp.migrations SELECT 999, 'later', applied_on, checksum \
                 FROM handclasp.migrations WHERE version = 1";
    database.client().await.batch_execute(newer).await.unwrap();
    assert_eq!(refusal(&database.url(), create()).await, FaultKind::SchemaMismatch);
}

#[tokio::test]
async fn sto_11_somebody_elses_schema_is_refused_untouched() {
    for made in [
        "CREATE SCHEMA handclasp; CREATE TABLE handclasp.people (name text)",
        "CREATE SCHEMA handclasp; CREATE TABLE handclasp.migrations (name text)",
    ] {
        let database = Database::new().await;
        let client = database.client().await;
        client.batch_execute(made).await.unwrap();
        assert_eq!(refusal(&database.url(), create()).await, FaultKind::SchemaMismatch, "{made}");
        let tables = "SELECT FROM pg_tables WHERE schemaname = 'handclasp'";
        assert_eq!(client.query(tables, &[]).await.unwrap().len(), 1, "it is untouched");
    }
}

#[tokio::test]
async fn sto_11_a_migration_that_was_changed_afterwards_is_refused() {
    let database = Database::new().await;
    database.store().await;
    let client = database.client().await;
    // The last one is missing, so that there is something to do, and the first is not the one that we know.
    client.batch_execute("DELETE FROM handclasp.migrations WHERE version = 2").await.unwrap();
    client.batch_execute("UPDATE handclasp.migrations SET checksum = '7'").await.unwrap();
    assert_eq!(refusal(&database.url(), create()).await, FaultKind::SchemaMismatch);
}

#[tokio::test]
async fn a_schema_that_somebody_made_empty_for_us_is_taken() {
    let database = Database::new().await;
    database.client().await.batch_execute("CREATE SCHEMA handclasp").await.unwrap();
    database.store().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sto_23_several_open_an_empty_database_at_once() {
    let database = Database::new().await;
    let url = database.url();
    let opened = future::join_all((0..8).map(|_| Postgres::open(&url, create()))).await;
    for (store, number) in opened.into_iter().zip(1..) {
        let writing = handclasp::storage::Commit { writes: vec![write(samples::slot(number, 1), 1)], ..commit() };
        assert_eq!(store.unwrap().commit(writing).await.unwrap(), Committed::Done);
    }
    let migrations = "SELECT FROM handclasp.migrations";
    assert_eq!(database.client().await.query(migrations, &[]).await.unwrap().len(), 2);
}

#[tokio::test]
async fn sto_19_a_database_in_another_encoding_is_refused() {
    for encoding in ["SQL_ASCII", "LATIN1"] {
        let options = format!("TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'");
        let database = Database::with(&options).await;
        assert_eq!(refusal(&database.url(), create()).await, FaultKind::ConfigInvalid, "{encoding}");
    }
}

#[tokio::test]
async fn sto_20_tables_and_functions_in_an_earlier_schema_shadow_nothing() {
    let database = Database::new().await;
    let shadows = "CREATE SCHEMA mine; CREATE TABLE mine.slots (x int); \
        CREATE FUNCTION mine.unnest(anyarray) RETURNS SETOF anyelement LANGUAGE sql AS 'SELECT $1[1] WHERE false'; \
        CREATE FUNCTION mine.coalesce_all() RETURNS int LANGUAGE sql AS 'SELECT 1'; \
        CREATE FUNCTION mine.array_fill(bigint, integer[]) RETURNS bigint[] LANGUAGE sql AS 'SELECT NULL::bigint[]'";
    let client = database.client().await;
    client.batch_execute(shadows).await.unwrap();
    let path = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = mine, pg_catalog', current_database()); END $$";
    client.batch_execute(path).await.unwrap();
    let store = database.store().await;
    let slot = samples::slot(1, 7);
    let spend = handclasp::storage::guard::Spend {
        limit: handclasp::storage::guard::Limit::client(samples::business_id(1)),
        hour: 5,
        amount: 1,
        max: 1,
    };
    let writing = handclasp::storage::Commit { writes: vec![write(slot, 1)], spends: vec![spend], ..commit() };
    assert_eq!(store.commit(writing).await.unwrap(), Committed::Done);
    assert_eq!(store.load(&[Key::from(slot.id)]).await.unwrap().remove(0).record, Some(slot.into()));
}

#[tokio::test]
async fn a_configuration_that_cannot_be_used_is_refused() {
    let database = Database::new().await;
    let unusable: [(&str, Options); 5] = [
        ("postgres://localhost/x?sslmode=perhaps", create()),
        ("nonsense", create()),
        (&database.url(), Options { pool_size: 0, ..create() }),
        (&database.url(), Options { roots: Roots::Pem(b"no certificate".to_vec()), ..create() }),
        (&format!("{}_missing", database.url().trim_end_matches('?')), create()),
    ];
    for (url, options) in unusable {
        assert_eq!(refusal(url, options).await, FaultKind::ConfigInvalid, "{url}");
    }
}

#[tokio::test]
async fn sto_14_a_server_that_is_not_there_is_unavailable_in_time() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("postgres://x@127.0.0.1:{}/x", silent.local_addr().unwrap().port());
    for url in ["postgres://x@127.0.0.1:1/x", silent.as_str()] {
        let options = Options { connect_timeout: Duration::from_millis(300), ..create() };
        let began = Instant::now();
        assert_eq!(refusal(url, options).await, FaultKind::StorageUnavailable);
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn of_several_hosts_the_one_that_takes_writes_is_used() {
    let database = Database::new().await;
    let proxy = Proxy::to(&database.url()).await;
    let (server, rest) = proxy.url(&database.url()).split_once('@').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let url = format!("{server}@127.0.0.1:1,{rest}&target_session_attrs=read-write&connect_timeout=1");
    let store = Postgres::open(&url, create()).await.unwrap();
    assert!(store.feed(0, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn sto_09_a_read_only_database_reads_and_refuses_writes() {
    let database = Database::new().await;
    let person = samples::person(1, "Jo");
    let writing = |version| {
        let event = Some(Event::Person(person::Event::Put(person.clone())));
        let written = Write { event, ..write(person.clone(), version) };
        handclasp::storage::Commit { writes: vec![written], ..commit() }
    };
    assert_eq!(database.store().await.commit(writing(1)).await.unwrap(), Committed::Done);
    let read_only = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', \
                     current_database()); END $$";
    database.client().await.batch_execute(read_only).await.unwrap();
    let store = Postgres::open(&database.url(), Options::default()).await.unwrap();
    assert_eq!(store.commit(writing(2)).await.unwrap_err().kind, FaultKind::StorageReadOnly);
    assert_eq!(store.load(&[Key::from(person.id)]).await.unwrap().remove(0).record, Some(person.into()));
    assert!(store.feed(0, 10).await.unwrap().is_empty(), "nothing can get its position, and that is no fault");
}

#[test]
fn any_executor_may_call() {
    let ours = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(1).build().unwrap();
    let (database, store) = ours.block_on(async {
        let database = Database::new().await;
        let store = database.store().await;
        (database, store)
    });
    // Without timers and sockets: whatever needs one here panics.
    let theirs = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let closed = theirs.block_on(async {
        let slot = samples::slot(1, 7);
        let writing = handclasp::storage::Commit { writes: vec![write(slot, 1)], ..commit() };
        assert_eq!(store.commit(writing).await.unwrap(), Committed::Done);
        assert_eq!(store.load(&[Key::from(slot.id)]).await.unwrap().remove(0).record, Some(slot.into()));
        assert!(store.feed(0, 10).await.unwrap().is_empty());
        store.close().await.unwrap();
        store.load(&[]).await.map_err(|Fault { kind, .. }| kind)
    });
    assert_eq!(closed.unwrap_err(), FaultKind::Closed);
    drop(database);
}

#[test]
fn a_runtime_that_has_ended_answers_closed() {
    let ours = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(1).build().unwrap();
    let (database, store) = ours.block_on(async {
        let database = Database::new().await;
        let store = database.store().await;
        (database, store)
    });
    drop(ours);
    let theirs = tokio::runtime::Builder::new_current_thread().build().unwrap();
    theirs.block_on(async {
        let key = Key::from(samples::slot(1, 7).id);
        assert_eq!(store.load(&[key]).await.unwrap_err().kind, FaultKind::Closed);
        assert_eq!(store.commit(commit()).await.unwrap_err().kind, FaultKind::Closed);
        assert_eq!(store.feed(0, 10).await.unwrap_err().kind, FaultKind::Closed);
    });
    drop(database);
}
