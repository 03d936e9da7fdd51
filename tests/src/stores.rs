//! The three stores, empty, wherever this machine keeps them.
//!
//! ```
//! use handclasp_tests::stores;
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let place = stores::Place::memory();
//! let storage = place.open().await;
//! assert!(storage.feed(0, 10).await.unwrap().is_empty());
//! place.remove().await;
//! # });
//! ```

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use handclasp::storage::{Filter, Kind, Memory, Query, Source, Storage};
use handclasp::{Entropy, Fault, OsEntropy};
use handclasp_postgres::Postgres;
use handclasp_sqlite::Sqlite;
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

/// A superuser's address on a PostgreSQL server; `tests/with_postgres.py` starts one and sets it.
pub const POSTGRES: &str = "HANDCLASP_TEST_POSTGRES_URL";

/// Where a database lies: made empty, opened as often as wanted, removed in the end.
#[derive(Debug)]
pub struct Place {
    /// `memory`, `sqlite` or `postgres`.
    pub name: &'static str,
    lies: Lies,
}

enum Lies {
    Memory(Arc<Memory>),
    File(TempDir),
    Server { url: String, database: String },
}

impl fmt::Debug for Lies {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory(_) => out.write_str("memory"),
            Self::File(folder) => write!(out, "{}", folder.path().display()),
            // The address may hold a password.
            Self::Server { database, .. } => out.write_str(database),
        }
    }
}

impl Place {
    /// In memory: every opening is the same store, and closing one closes all.
    #[must_use]
    pub fn memory() -> Self {
        Self { name: "memory", lies: Lies::Memory(Arc::new(Memory::new())) }
    }

    /// A SQLite file in a folder of its own.
    ///
    /// # Panics
    /// If there is no room for one.
    #[must_use]
    pub fn sqlite() -> Self {
        Self { name: "sqlite", lies: Lies::File(tempfile::tempdir().expect("a temporary folder")) }
    }

    /// A PostgreSQL database of its own.
    ///
    /// # Panics
    /// Without a server to make it on: a store that is not tried is a failure, not a skip.
    pub async fn postgres() -> Self {
        let url = std::env::var(POSTGRES).unwrap_or_else(|_| {
            panic!("{POSTGRES} is not set: run with `python3 tests/with_postgres.py cargo test …`")
        });
        let mut random = [0; 32];
        OsEntropy::new().fill(&mut random).expect("randomness");
        let id = Uuid::from_u128(u128::from_be_bytes(random[..16].try_into().expect("16 bytes")));
        let database = format!("handclasp_test_{}", id.simple());
        statement(&url, &format!("CREATE DATABASE {database}")).await;
        Self { name: "postgres", lies: Lies::Server { url, database } }
    }

    /// One of each.
    ///
    /// # Panics
    /// As [`Place::postgres`].
    pub async fn all() -> [Self; 3] {
        [Self::memory(), Self::sqlite(), Self::postgres().await]
    }

    /// Opens the database, made where there is none; as another process would if it is open already.
    ///
    /// # Panics
    /// If it can't be opened.
    pub async fn open(&self) -> Arc<dyn Storage> {
        match &self.lies {
            Lies::Memory(memory) => Arc::clone(memory) as Arc<dyn Storage>,
            Lies::File(folder) => {
                let options = handclasp_sqlite::Options::new().create(true);
                Arc::new(Sqlite::open(folder.path().join("handclasp.db"), options).await.expect("a SQLite file"))
            }
            Lies::Server { url, database } => {
                let options = handclasp_postgres::Options { create: true, ..Default::default() };
                Arc::new(Postgres::open(&within(url, database), options).await.expect("a PostgreSQL database"))
            }
        }
    }

    /// The folder that holds every file of a SQLite database.
    #[must_use]
    pub fn folder(&self) -> Option<PathBuf> {
        match &self.lies {
            Lies::File(folder) => Some(folder.path().to_owned()),
            Lies::Memory(_) | Lies::Server { .. } => None,
        }
    }

    /// The address of a PostgreSQL database.
    #[must_use]
    pub fn url(&self) -> Option<String> {
        match &self.lies {
            Lies::Server { url, database } => Some(within(url, database)),
            Lies::Memory(_) | Lies::File(_) => None,
        }
    }

    /// Removes the database and whoever is still connected to it.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn remove(self) {
        if let Lies::Server { url, database } = self.lies {
            statement(&url, &format!("DROP DATABASE {database} WITH (FORCE)")).await;
        }
    }
}

/// Runs something on a fresh, empty store of each kind, one after the other.
///
/// # Panics
/// As [`Place::postgres`], and as what is run.
pub async fn each<F: Future<Output = ()>>(run: impl Fn(&'static str, Arc<dyn Storage>) -> F) {
    for place in Place::all().await {
        let storage = place.open().await;
        run(place.name, Arc::clone(&storage)).await;
        storage.close().await.expect("a store can be closed");
        place.remove().await;
    }
}

/// The address of another database on the same server.
fn within(url: &str, database: &str) -> String {
    let (server, parameters) = url.split_once('?').map_or((url, None), |(server, rest)| (server, Some(rest)));
    let (scheme, rest) = server.split_once("://").expect("an address such as postgres://user@host/database");
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    let parameters = parameters.map(|parameters| format!("?{parameters}")).unwrap_or_default();
    format!("{scheme}://{host}/{database}{parameters}")
}

async fn statement(url: &str, sql: &str) {
    connect(url).await.batch_execute(sql).await.unwrap_or_else(|error| panic!("`{sql}`: {error}"));
}

/// A plain connection, to look at a database past the library.
///
/// # Panics
/// If the server can't be reached.
pub async fn connect(url: &str) -> Client {
    // The error may name the server, never the address whole.
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a PostgreSQL server");
    tokio::spawn(connection);
    client
}

/// Every row of a store, in an order that does not change.
///
/// # Errors
/// Those of the store's lists.
pub async fn everything(storage: &dyn Storage) -> Result<Vec<String>, Fault> {
    let mut rows = Vec::new();
    for source in Kind::ALL.into_iter().map(Source::Records).chain([Source::Sides, Source::Events]) {
        let order = match source {
            Source::Records(_) => vec!["id"],
            Source::Sides => vec!["connection_id", "owner_id"],
            Source::Events => vec!["subject_id", "subject_kind", "version"],
        };
        let query =
            Query { source, filter: Filter::All(Vec::new()), order, descending: false, after: None, limit: 10_000 };
        rows.extend(storage.list(&query).await?.iter().map(|row| format!("{row:?}")));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn another_database_on_the_same_server() {
        assert_eq!(within("postgres://a@h:1/b?c=d", "x"), "postgres://a@h:1/x?c=d");
        assert_eq!(within("postgres://postgres@%2Ftmp%2Fp/postgres", "x"), "postgres://postgres@%2Ftmp%2Fp/x");
        assert_eq!(within("postgres://a@h", "x"), "postgres://a@h/x");
    }
}
