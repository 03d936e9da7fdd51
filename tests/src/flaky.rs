//! A store that fails at the call it is told to, and loses the answers to commits.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use handclasp::model::delivery::Delivery;
use handclasp::storage::{
    Commit, Committed, Key, Lease, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};
use handclasp::{Fault, FaultKind};

/// A store that fails when it is told to; until then, the one that it stands in front of.
#[derive(Debug)]
pub struct Flaky {
    inner: Arc<dyn Storage>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    trouble: Trouble,
    calls: usize,
    struck: Struck,
}

/// What goes wrong from now on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trouble {
    /// The call of this number, counted from 1, fails with `storage_unavailable` and does nothing.
    pub fails: Option<usize>,
    /// A commit that stands is answered with `outcome_unknown`.
    pub loses: bool,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Struck {
    /// Nothing.
    #[default]
    Nothing,
    /// A call failed and did nothing.
    Failed,
    /// A commit stands, and its answer was lost.
    Lost,
}

impl Flaky {
    /// In front of this store.
    #[must_use]
    pub fn new(inner: Arc<dyn Storage>) -> Self {
        Self { inner, state: Mutex::default() }
    }

    /// The store behind, to look at.
    #[must_use]
    pub fn inner(&self) -> &dyn Storage {
        &*self.inner
    }

    /// Goes wrong so from now on; calls are counted from here.
    pub fn arm(&self, trouble: Trouble) {
        *self.state() = State { trouble, ..State::default() };
    }

    /// Is well again, and tells what went wrong.
    pub fn calm(&self) -> Struck {
        std::mem::take(&mut *self.state()).struck
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pass(&self) -> Result<(), Fault> {
        let mut state = self.state();
        state.calls += 1;
        if state.trouble.fails != Some(state.calls) {
            return Ok(());
        }
        state.struck = Struck::Failed;
        Err(FaultKind::StorageUnavailable.into())
    }
}

#[async_trait]
impl Storage for Flaky {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        self.pass()?;
        self.inner.load(keys).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        self.pass()?;
        let committed = self.inner.commit(commit).await?;
        let mut state = self.state();
        if state.trouble.loses && committed == Committed::Done {
            state.struck = Struck::Lost;
            return Err(FaultKind::OutcomeUnknown.into());
        }
        Ok(committed)
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        self.pass()?;
        self.inner.list(query).await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        self.pass()?;
        self.inner.tally(tally).await
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        self.pass()?;
        self.inner.lease(lease).await
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        self.pass()?;
        self.inner.feed(after, limit).await
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        self.pass()?;
        self.inner.purge(purge).await
    }

    async fn close(&self) -> Result<(), Fault> {
        self.inner.close().await
    }
}
