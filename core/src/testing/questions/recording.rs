//! A store that remembers what it was asked.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;

use super::Question;
use crate::error::Fault;
use crate::model::delivery::Delivery;
use crate::storage::{
    Commit, Committed, Key, Lease, Memory, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};

/// A store that remembers what it was asked.
#[derive(Debug, Default)]
pub(super) struct Recording {
    inner: Memory,
    asked: Mutex<Vec<Question>>,
}

impl Recording {
    /// What it was asked, in order.
    pub(super) fn asked(&self) -> Vec<Question> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, question: Question) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(question);
    }
}

#[async_trait]
impl Storage for Recording {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        self.inner.load(keys).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        self.inner.commit(commit).await
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        self.note(Question::List(query.clone()));
        self.inner.list(query).await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        self.note(Question::Tally(tally.clone()));
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
