//! A store around a store that keeps what it is asked: every commit that stands, and every read.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use handclasp::Fault;
use handclasp::model::delivery::Delivery;
use handclasp::storage::{
    Commit, Committed, Key, Lease, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};

/// A read that was asked for.
#[derive(Debug, Clone)]
pub enum Read {
    /// Records by key.
    Load(Vec<Key>),
    /// Rows.
    List(Query),
    /// How many rows there are.
    Tally(Tally),
}

/// Keeps every commit that stands, and every read with how many rows it found.
#[derive(Debug)]
pub struct Recording {
    inner: Arc<dyn Storage>,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    commits: Vec<Commit>,
    reads: Vec<(Read, usize)>,
}

impl Recording {
    /// Around this store.
    #[must_use]
    pub fn new(inner: Arc<dyn Storage>) -> Self {
        Self { inner, kept: Mutex::default() }
    }

    /// The commits since this was last asked, in the order of their answers.
    pub fn commits(&self) -> Vec<Commit> {
        std::mem::take(&mut self.kept().commits)
    }

    /// The reads since this was last asked, in the order of their answers, with how many rows each found.
    pub fn reads(&self) -> Vec<(Read, usize)> {
        std::mem::take(&mut self.kept().reads)
    }

    fn read(&self, read: Read, rows: usize) {
        self.kept().reads.push((read, rows));
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Storage for Recording {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        let loaded = self.inner.load(keys).await?;
        self.read(Read::Load(keys.to_vec()), loaded.iter().filter(|loaded| loaded.record.is_some()).count());
        Ok(loaded)
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        let committed = self.inner.commit(commit.clone()).await?;
        if committed == Committed::Done {
            self.kept().commits.push(commit);
        }
        Ok(committed)
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        let rows = self.inner.list(query).await?;
        self.read(Read::List(query.clone()), rows.len());
        Ok(rows)
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        let counts = self.inner.tally(tally).await?;
        self.read(Read::Tally(tally.clone()), counts.len());
        Ok(counts)
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        self.inner.lease(lease).await
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        self.inner.feed(after, limit).await
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        self.inner.purge(purge).await
    }

    async fn close(&self) -> Result<(), Fault> {
        self.inner.close().await
    }
}
