//! Handclasp's embedded store: one SQLite file, any number of handles and processes on it.
//!
//! ```
//! use handclasp_sqlite::{Options, Sqlite};
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("handclasp.db");
//! # futures_executor::block_on(async {
//! use handclasp::storage::Storage;
//!
//! let storage = Sqlite::open(&path, Options::new().create(true)).await?;
//! assert!(storage.feed(0, 10).await?.is_empty());
//! storage.close().await?;
//!
//! let missing = Sqlite::open(folder.path().join("other.db"), Options::new()).await;
//! assert_eq!(missing.unwrap_err().kind.code(), "schema_mismatch");
//! # Ok::<(), handclasp::Fault>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Any executor will do: the store has its own threads, one that writes and two for lists, and knows no runtime. While
//! one call alone waits for them, its task is polled again and again for up to 1 ms, and its answer comes sooner than
//! to an executor that sleeps. A commit that was answered is on the disk (WAL, `synchronous=FULL`); commits that come
//! while one is being written share the next flush. The tables are plain, with a comment where a column is not what it
//! seems, so that a host can join and report in SQL; only the library may write them. Read them in another process, or
//! by the SQLite that this program is linked with: a second one in the same process, closing the file, would give up
//! the locks of the first and take away its log (<https://sqlite.org/howtocorrupt.html>, section 2.2).
//!
//! Beside `x.db` lie `x.db-wal` and `x.db-shm` while it is open, and after a crash. They belong to the database: copied
//! or moved without `x.db-wal`, it stands as it stood at the last checkpoint, and nothing can tell. Copy with SQLite's
//! own `VACUUM INTO` or backup instead, and never onto a file system that several machines share.
//!
//! Each row of a record, an event, a count or a limit carries a checksum: one that was damaged on the disk is
//! `storage_corrupt`, not another answer. It finds accidents, not people: who can write to the file can write any row.
//!
//! A file, folder or file system that takes no writes can be read; writes answer `storage_read_only`. In a folder that
//! takes no new files a database without `-wal` is read as immutable, and nobody may write it in the meantime; with one
//! it is `storage_unavailable` there, since SQLite can't read the log without a file of its own beside it.
#![forbid(unsafe_code)]

mod answers;
mod checksums;
mod commits;
mod faults;
mod filters;
mod patience;
mod place;
mod points;
mod reading;
mod schema;
mod statements;
mod threads;
mod values;
mod writer;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_channel::oneshot;
use futures_util::future::Shared;
use handclasp::model::delivery::Delivery;
use handclasp::storage::{
    Commit, Committed, Key, Lease, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};
use handclasp::{Fault, FaultKind};

#[cfg(feature = "failpoints")]
pub use self::points::{Failpoint, failpoints};
pub use self::schema::APPLICATION_ID;

use self::commits::Prepared;
use self::reading::Pool;
use self::threads::Ways;

/// How a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    create: bool,
    busy_timeout: Duration,
    queue: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl Options {
    /// An existing database, 5 s of patience, 4 096 places in each queue.
    #[must_use]
    pub const fn new() -> Self {
        Self { create: false, busy_timeout: Duration::from_secs(5), queue: 4_096 }
    }

    /// Whether a missing or empty file becomes a database; otherwise it is a `schema_mismatch`.
    #[must_use]
    pub const fn create(mut self, create: bool) -> Self {
        self.create = create;
        self
    }

    /// How long a call waits for another process; then it is answered with `storage_busy`.
    #[must_use]
    pub const fn busy_timeout(mut self, span: Duration) -> Self {
        self.busy_timeout = span;
        self
    }

    /// How many writes, and how many lists, may wait; more are answered with `storage_busy` at once.
    #[must_use]
    pub const fn queue(mut self, places: usize) -> Self {
        self.queue = places;
        self
    }
}

/// A database in a file. Dropped, it finishes what is under way; to wait for that, close it.
pub struct Sqlite {
    /// Gone once closed.
    ways: Mutex<Option<Ways>>,
    pool: Arc<Pool>,
    /// Done when the last thread has let go of the file.
    ended: Shared<oneshot::Receiver<()>>,
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Sqlite").finish_non_exhaustive()
    }
}

impl Sqlite {
    /// Opens the database at the path, brought to the version of this library.
    ///
    /// The path is a path: `:memory:` and `file:x` are names of files.
    ///
    /// # Errors
    /// `schema_mismatch` if there is no file (and `create` was not asked for), if it is not one of ours or newer than
    /// this library; it is then as it was. `config_invalid` if the path can't be one, or SQLite is older than 3.51.3.
    /// `storage_unavailable`, `storage_busy`, `storage_read_only`, `storage_full` and `storage_corrupt` as they are.
    pub async fn open(path: impl AsRef<Path>, options: Options) -> Result<Self, Fault> {
        threads::start(path.as_ref().to_owned(), options)?.get().await
    }

    /// Not to be held across an await: closing waits for every one of them.
    fn ways(&self) -> Result<Ways, Fault> {
        let ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner).clone();
        ways.ok_or_else(|| FaultKind::Closed.into())
    }
}

#[async_trait]
impl Storage for Sqlite {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        match self.pool.read(|connection| reading::load(connection, keys)) {
            // Another process recovers or lets go of the log: the threads can wait for it, an executor can't.
            Err(fault) if fault.kind == FaultKind::StorageBusy => {
                let keys = keys.to_owned();
                let answer = self.ways()?.read(move |connection| reading::load(connection, &keys))?;
                answer.get().await
            }
            loaded => loaded,
        }
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        let prepared = Prepared::new(&commit);
        let answer = self.ways()?.write(move |transaction| prepared.apply(transaction))?;
        answer.get().await
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        let query = query.clone();
        let answer = self.ways()?.read(move |connection| reading::list(connection, &query))?;
        answer.get().await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        let tally = tally.clone();
        let answer = self.ways()?.read(move |connection| reading::tally(connection, &tally))?;
        answer.get().await
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        let answer = self.ways()?.write(move |transaction| commits::lease(transaction, lease))?;
        answer.get().await
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        let answer = self.ways()?.read(move |connection| reading::feed(connection, after, limit))?;
        answer.get().await
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        let answer = self.ways()?.write(move |transaction| commits::purge(transaction, purge))?;
        answer.get().await
    }

    async fn close(&self) -> Result<(), Fault> {
        drop(self.ways.lock().unwrap_or_else(PoisonError::into_inner).take());
        self.pool.close();
        // The threads end with the ways to them; that the sender is dropped says that the last one has.
        self.ended.clone().await.unwrap_or(());
        Ok(())
    }
}
