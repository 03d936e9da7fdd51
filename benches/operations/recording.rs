//! A store around a store that keeps every commit that stands.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use handclasp::Fault;
use handclasp::model::delivery::Delivery;
use handclasp::storage::{
    Commit, Committed, Key, Lease, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};

/// Keeps every commit that stands.
#[derive(Debug)]
pub(crate) struct Recording {
    inner: Arc<dyn Storage>,
    commits: Mutex<Vec<Commit>>,
}

impl Recording {
    pub(crate) const fn new(inner: Arc<dyn Storage>) -> Self {
        Self { inner, commits: Mutex::new(Vec::new()) }
    }

    /// The commits so far, in the order of their answers.
    pub(crate) fn commits(&self) -> Vec<Commit> {
        std::mem::take(&mut *self.commits.lock().expect("nothing panics under this lock"))
    }
}

#[async_trait]
impl Storage for Recording {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        self.inner.load(keys).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        let committed = self.inner.commit(commit.clone()).await?;
        if committed == Committed::Done {
            self.commits.lock().expect("nothing panics under this lock").push(commit);
        }
        Ok(committed)
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        self.inner.list(query).await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        self.inner.tally(tally).await
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
