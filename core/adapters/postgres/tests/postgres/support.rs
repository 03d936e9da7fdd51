//! A database of its own for every test, on the server of HANDCLASP_TEST_POSTGRES_URL.

use std::env;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

use handclasp::model::Author;
use handclasp::storage::{Commit, Record, Version, Write};
use handclasp::testing::samples;
use handclasp_postgres::{Options, Postgres};
use tokio_postgres::{Client, Config, NoTls};
use uuid::Uuid;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// A database that is dropped with this value.
pub(crate) struct Database {
    server: String,
    name: String,
}

impl Database {
    /// An empty database.
    pub(crate) async fn new() -> Self {
        Self::with("").await
    }

    /// An empty database, made with these options of `CREATE DATABASE`.
    pub(crate) async fn with(options: &str) -> Self {
        let server = env::var("HANDCLASP_TEST_POSTGRES_URL")
            .expect("HANDCLASP_TEST_POSTGRES_URL must name a superuser's database; tests/with_postgres.py sets it");
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("handclasp_test_{}_{number}", std::process::id());
        let client = connect(&server).await;
        client.batch_execute(&format!("CREATE DATABASE {name} {options}")).await.unwrap();
        Self { server, name }
    }

    /// Its URL.
    pub(crate) fn url(&self) -> String {
        let (address, settings) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let (server, _) = address.rsplit_once('/').expect("the URL names a database");
        format!("{server}/{}?{settings}", self.name)
    }

    /// A plain connection to it.
    pub(crate) async fn client(&self) -> Client {
        connect(&self.url()).await
    }

    /// A store in it, made now.
    pub(crate) async fn store(&self) -> Postgres {
        self.store_with(Options::default()).await
    }

    /// A store in it, made now, with these options.
    pub(crate) async fn store_with(&self, options: Options) -> Postgres {
        Postgres::open(&self.url(), Options { create: true, ..options }).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The test's own runtime may be ending: a thread with a runtime of its own does the rest.
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let client = connect(&server).await;
                client.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
            });
        });
        dropped.join().unwrap();
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = Config::from_str(url).unwrap().connect(NoTls).await.expect("the server answers");
    tokio::spawn(connection);
    client
}

/// A commit with an id of its own, that changes nothing.
pub(crate) fn commit() -> Commit {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Commit {
        id: samples::commit_id(number.into()),
        at: samples::time(number),
        author: Author::System,
        acting: None,
        reads: Vec::new(),
        writes: Vec::new(),
        guards: Vec::new(),
        spends: Vec::new(),
        sides: Vec::new(),
        retold: None,
    }
}

/// A write without an event.
pub(crate) fn write(record: impl Into<Record>, version: i64) -> Write {
    Write { record: record.into(), version: Version(version), event: None }
}

/// A random id.
pub(crate) fn random() -> Uuid {
    Uuid::new_v4()
}
