//! A store that tells what goes through it, and whose database can be changed for another.

use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use handclasp::Fault;
use handclasp::model::delivery::Delivery;
use handclasp::storage::{
    Commit, Committed, Key, Lease, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};
use handclasp::testing::Call;
use tokio::sync::watch;

/// Who is told of calls.
#[async_trait]
pub trait Watch: Debug + Send + Sync {
    /// A call is about to reach the store, and does when this returns.
    async fn before(&self, _call: Call) {}

    /// A call that may change something was answered.
    fn answered(&self, _change: Change) {}
}

/// Before every store call another task may go on, so that calls overlap on a store that never waits. Calls that it was
/// asked to hold wait until so many have come: all of them are then under way at once.
#[derive(Debug, Default)]
pub struct Together {
    awaited: watch::Sender<Option<(Call, usize)>>,
}

impl Together {
    /// Holds so many of these calls.
    pub fn hold(&self, call: Call, calls: usize) {
        self.awaited.send_replace(Some((call, calls)));
    }

    /// Whether all have come. If not, nobody waits for the rest any longer: somebody was answered without such a call.
    pub fn met(&self) -> bool {
        self.awaited.send_replace(None).is_none()
    }
}

#[async_trait]
impl Watch for Together {
    async fn before(&self, call: Call) {
        tokio::task::yield_now().await;
        let comes = |awaited: &mut Option<(Call, usize)>| match *awaited {
            Some((held, left)) if held == call => {
                *awaited = (left > 1).then(|| (held, left - 1));
                true
            }
            Some(_) | None => false,
        };
        if self.awaited.send_if_modified(comes) {
            self.awaited.subscribe().wait_for(Option::is_none).await.expect("the sender is here");
        }
    }
}

/// A call that may change something, and what became of a commit.
#[derive(Debug, Clone)]
pub enum Change {
    /// A commit.
    Commit(Box<Commit>, Committed),
    /// A lease of what is due.
    Lease(Lease),
    /// A purge.
    Purge(Purge),
}

/// A store whose calls are watched. A handle that was opened on one goes from database to database with it, which costs
/// less than opening a handle on each.
#[derive(Debug)]
pub struct Watched<W> {
    inner: Mutex<Arc<dyn Storage>>,
    /// Who watches.
    pub watch: W,
}

impl<W> Watched<W> {
    /// Before this store, until it is turned to another.
    #[must_use]
    pub fn new(inner: Arc<dyn Storage>, watch: W) -> Self {
        Self { inner: Mutex::new(inner), watch }
    }

    /// Calls go to this store from now on.
    pub fn turn_to(&self, storage: Arc<dyn Storage>) {
        *self.inner.lock().unwrap_or_else(PoisonError::into_inner) = storage;
    }

    fn inner(&self) -> Arc<dyn Storage> {
        Arc::clone(&self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait]
impl<W: Watch> Storage for Watched<W> {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        self.watch.before(Call::Load).await;
        self.inner().load(keys).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        self.watch.before(Call::Commit).await;
        let kept = commit.clone();
        let committed = self.inner().commit(commit).await?;
        self.watch.answered(Change::Commit(Box::new(kept), committed.clone()));
        Ok(committed)
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        self.watch.before(Call::List).await;
        self.inner().list(query).await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        self.watch.before(Call::Tally).await;
        self.inner().tally(tally).await
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        self.watch.before(Call::Lease).await;
        let leased = self.inner().lease(lease).await?;
        self.watch.answered(Change::Lease(lease));
        Ok(leased)
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        self.watch.before(Call::Feed).await;
        self.inner().feed(after, limit).await
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        self.watch.before(Call::Purge).await;
        let purged = self.inner().purge(purge).await?;
        self.watch.answered(Change::Purge(purge));
        Ok(purged)
    }

    async fn close(&self) -> Result<(), Fault> {
        self.watch.before(Call::Close).await;
        self.inner().close().await
    }
}
