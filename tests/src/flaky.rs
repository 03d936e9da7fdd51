//! A store that goes wrong at the call that it is told to, and loses the answers to commits.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use handclasp::model::delivery::Delivery;
use handclasp::storage::{
    Commit, Committed, Key, Lease, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};
use handclasp::{Fault, FaultKind};
use tokio::sync::Notify;

use crate::counts::Counts;

/// A store that goes wrong when it is told to; until then, the one that it stands in front of.
#[derive(Debug)]
pub struct Flaky {
    inner: Arc<dyn Storage>,
    state: Mutex<State>,
    /// What the commits that reached it count.
    counts: Mutex<Counts>,
    hanging: Notify,
}

#[derive(Debug, Default)]
struct State {
    trouble: Trouble,
    calls: usize,
    struck: Struck,
    hangs: bool,
}

/// What goes wrong from now on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trouble {
    /// The call of this number, counted from 1, goes wrong in this way.
    pub at: Option<(usize, Way)>,
    /// What becomes of the answer to a commit that stands.
    pub loses: Option<Loss>,
}

/// How a call goes wrong. It then does nothing, unless its answer alone is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is answered so.
    Fails(FaultKind),
    /// It is never answered.
    Hangs,
    /// It panics.
    Panics,
    /// It does what it is asked to, and its answer is lost.
    Loses(Loss),
}

/// How an answer is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// The answer is `outcome_unknown`.
    Unknown,
    /// It never comes.
    Hangs,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Struck {
    /// Nothing.
    #[default]
    Nothing,
    /// A call did nothing.
    Failed {
        /// Whether it would have changed something.
        changing: bool,
    },
    /// A commit stands, and its answer was lost.
    Lost,
}

/// Every way in which a call can go wrong.
pub const WAYS: [Way; 16] = [
    Way::Fails(FaultKind::StorageUnavailable),
    Way::Hangs,
    Way::Fails(FaultKind::StorageBusy),
    Way::Fails(FaultKind::StorageFull),
    Way::Fails(FaultKind::StorageReadOnly),
    Way::Panics,
    Way::Fails(FaultKind::StorageCorrupt),
    Way::Fails(FaultKind::OutcomeUnknown),
    Way::Fails(FaultKind::Conflict),
    Way::Fails(FaultKind::Internal),
    Way::Fails(FaultKind::Closed),
    Way::Fails(FaultKind::Cancelled),
    Way::Fails(FaultKind::SchemaMismatch),
    Way::Fails(FaultKind::ConfigInvalid),
    Way::Fails(FaultKind::ClockOutOfRange),
    Way::Fails(FaultKind::Forked),
];

impl Way {
    /// What an operation answers when a call of it went wrong so.
    #[must_use]
    pub const fn code(self, changing: bool) -> &'static str {
        match self {
            Self::Fails(kind) => kind.code(),
            Self::Loses(Loss::Unknown) => FaultKind::OutcomeUnknown.code(),
            Self::Hangs | Self::Panics | Self::Loses(Loss::Hangs) if changing => FaultKind::OutcomeUnknown.code(),
            Self::Hangs | Self::Loses(Loss::Hangs) => FaultKind::StorageBusy.code(),
            Self::Panics => FaultKind::Internal.code(),
        }
    }
}

impl Flaky {
    /// In front of this store.
    #[must_use]
    pub fn new(inner: Arc<dyn Storage>) -> Self {
        Self { inner, state: Mutex::default(), counts: Mutex::default(), hanging: Notify::new() }
    }

    /// The store behind, to look at.
    #[must_use]
    pub fn inner(&self) -> &dyn Storage {
        &*self.inner
    }

    /// The counts that a commit has named so far, whatever became of it.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes wrong so from now on; calls are counted from here.
    pub fn arm(&self, trouble: Trouble) {
        *self.state() = State { trouble, ..State::default() };
    }

    /// Is well again, and tells what went wrong.
    pub fn calm(&self) -> Struck {
        std::mem::take(&mut *self.state()).struck
    }

    /// Returns when a call hangs.
    pub async fn hangs(&self) {
        while !self.state().hangs {
            self.hanging.notified().await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a call pass, and tells how its answer will be lost, if it will.
    async fn pass(&self, changing: bool) -> Result<Option<Loss>, Fault> {
        let way = {
            let mut state = self.state();
            state.calls += 1;
            let way = state.trouble.at.filter(|(call, _)| *call == state.calls).map(|(_, way)| way);
            if way.is_some() {
                state.struck = Struck::Failed { changing };
            }
            way
        };
        match way {
            None => Ok(None),
            Some(Way::Loses(loss)) => Ok(Some(loss)),
            Some(Way::Fails(kind)) => Err(kind.into()),
            Some(Way::Hangs) => self.hang().await,
            // As a panic does, but for the message, of which there would be thousands.
            Some(Way::Panics) => std::panic::resume_unwind(Box::new("the store panics")),
        }
    }

    async fn answer<T>(&self, answer: T, lost: Option<Loss>) -> Result<T, Fault> {
        match lost {
            None => Ok(answer),
            Some(Loss::Unknown) => Err(FaultKind::OutcomeUnknown.into()),
            Some(Loss::Hangs) => self.hang().await,
        }
    }

    async fn hang<T>(&self) -> T {
        self.state().hangs = true;
        self.hanging.notify_one();
        std::future::pending().await
    }
}

#[async_trait]
impl Storage for Flaky {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        let lost = self.pass(false).await?;
        self.answer(self.inner.load(keys).await?, lost).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).know(&commit);
        let mut lost = self.pass(true).await?;
        let committed = self.inner.commit(commit).await?;
        {
            let mut state = self.state();
            if let Some(loss) = state.trouble.loses.filter(|_| committed == Committed::Done) {
                state.struck = Struck::Lost;
                lost = Some(loss);
            }
        }
        self.answer(committed, lost).await
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        let lost = self.pass(false).await?;
        self.answer(self.inner.list(query).await?, lost).await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        let lost = self.pass(false).await?;
        self.answer(self.inner.tally(tally).await?, lost).await
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        let lost = self.pass(true).await?;
        self.answer(self.inner.lease(lease).await?, lost).await
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        let lost = self.pass(false).await?;
        self.answer(self.inner.feed(after, limit).await?, lost).await
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        let lost = self.pass(true).await?;
        self.answer(self.inner.purge(purge).await?, lost).await
    }

    async fn close(&self) -> Result<(), Fault> {
        self.inner.close().await
    }
}
