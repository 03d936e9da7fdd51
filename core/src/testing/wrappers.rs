//! Stores around stores: one that counts calls, one that holds them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::latch::Latch;
use crate::error::Fault;
use crate::model::delivery::Delivery;
use crate::storage::{
    Commit, Committed, Key, Lease, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};

/// A store that counts what goes through it. Give each caller of a race one of its own around the same store, and its
/// counts are the rounds that this caller needed.
#[derive(Debug)]
pub struct Counting {
    inner: Arc<dyn Storage>,
    loads: AtomicU64,
    commits: AtomicU64,
    stale: AtomicU64,
    refused: AtomicU64,
}

/// What went through a [`Counting`] store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Calls of `load`.
    pub loads: u64,
    /// Calls of `commit`.
    pub commits: u64,
    /// Commits that were answered [`Committed::Stale`].
    pub stale: u64,
    /// Commits that were answered [`Committed::Refused`].
    pub refused: u64,
}

impl Counting {
    /// Counts what goes to this store.
    #[must_use]
    pub const fn new(inner: Arc<dyn Storage>) -> Self {
        let [loads, commits, stale, refused] = [const { AtomicU64::new(0) }; 4];
        Self { inner, loads, commits, stale, refused }
    }

    /// What went through so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let [loads, commits, stale, refused] =
            [&self.loads, &self.commits, &self.stale, &self.refused].map(|count| count.load(Ordering::SeqCst));
        Counts { loads, commits, stale, refused }
    }
}

#[async_trait]
impl Storage for Counting {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        self.inner.load(keys).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        self.commits.fetch_add(1, Ordering::SeqCst);
        let committed = self.inner.commit(commit).await?;
        match committed {
            Committed::Done => {}
            Committed::Stale => _ = self.stale.fetch_add(1, Ordering::SeqCst),
            Committed::Refused(_) => _ = self.refused.fetch_add(1, Ordering::SeqCst),
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

/// A store that holds chosen calls before they reach the store behind it, so that an interleaving is held open and
/// never raced.
#[derive(Debug)]
pub struct Gate {
    inner: Arc<dyn Storage>,
    held: Mutex<Vec<(Call, Arc<Latches>)>>,
}

/// What a [`Gate`] can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "these are the methods of a store")]
pub enum Call {
    /// A call of `load`.
    Load,
    /// A call of `commit`.
    Commit,
    /// A call of `list`.
    List,
    /// A call of `tally`.
    Tally,
    /// A call of `lease`.
    Lease,
    /// A call of `feed`.
    Feed,
    /// A call of `purge`.
    Purge,
    /// A call of `close`.
    Close,
}

#[derive(Debug, Default)]
struct Latches {
    arrived: Latch,
    released: Latch,
}

/// One call that a [`Gate`] holds, or will hold. Dropping it lets the call go, so that a failing test does not hang.
#[derive(Debug)]
pub struct Held(Arc<Latches>);

impl Held {
    /// Returns when the call has arrived; it now waits.
    pub async fn arrived(&self) {
        self.0.arrived.raised().await;
    }

    /// Lets the call go on.
    pub fn release(self) {
        drop(self);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.released.raise();
    }
}

impl Gate {
    /// A gate before this store; it stands open.
    #[must_use]
    pub const fn new(inner: Arc<dyn Storage>) -> Self {
        Self { inner, held: Mutex::new(Vec::new()) }
    }

    /// Holds the next such call that is not held yet: asked twice, it holds the next two.
    #[must_use = "dropping it lets the call go"]
    pub fn hold(&self, call: Call) -> Held {
        let latches = Arc::<Latches>::default();
        self.queue().push((call, Arc::clone(&latches)));
        Held(latches)
    }

    async fn pass(&self, call: Call) {
        let held = {
            let mut queue = self.queue();
            let place = queue.iter().position(|(each, _)| *each == call);
            place.map(|place| queue.remove(place))
        };
        if let Some((_, latches)) = held {
            latches.arrived.raise();
            latches.released.raised().await;
        }
    }

    fn queue(&self) -> MutexGuard<'_, Vec<(Call, Arc<Latches>)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Storage for Gate {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        self.pass(Call::Load).await;
        self.inner.load(keys).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        self.pass(Call::Commit).await;
        self.inner.commit(commit).await
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        self.pass(Call::List).await;
        self.inner.list(query).await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        self.pass(Call::Tally).await;
        self.inner.tally(tally).await
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        self.pass(Call::Lease).await;
        self.inner.lease(lease).await
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        self.pass(Call::Feed).await;
        self.inner.feed(after, limit).await
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        self.pass(Call::Purge).await;
        self.inner.purge(purge).await
    }

    async fn close(&self) -> Result<(), Fault> {
        self.pass(Call::Close).await;
        self.inner.close().await
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join;
    use futures_util::poll;

    use super::*;
    use crate::storage::guard::{Adjust, Guard, GuardKind};
    use crate::storage::memory::Memory;
    use crate::storage::{Record, Write};
    use crate::testing::samples;

    fn writing(version: i64) -> Commit {
        let record = Record::from(samples::slot(1, 1));
        Commit {
            id: samples::commit_id(1),
            at: samples::time(0),
            author: crate::model::Author::System,
            acting: None,
            reads: Vec::new(),
            writes: vec![Write { record, version: Version(version), event: None }],
            guards: Vec::new(),
            spends: Vec::new(),
            sides: Vec::new(),
            retold: None,
        }
    }

    #[tokio::test]
    async fn counting_tells_rounds_and_how_they_ended() {
        let store = Counting::new(Arc::new(Memory::new()));
        let guard = Guard { kind: GuardKind::Admins, business: samples::business_id(1) };
        let full = Adjust { guard, delta: 1, max: Some(0), min: None };
        store.load(&[]).await.unwrap();
        for commit in [writing(1), writing(1), writing(2), Commit { guards: vec![full], ..writing(3) }] {
            store.commit(commit).await.unwrap();
        }
        assert_eq!(store.counts(), Counts { loads: 1, commits: 4, stale: 1, refused: 1 });
    }

    #[tokio::test]
    async fn a_held_commit_has_no_effect_until_it_is_released() {
        let gate = Gate::new(Arc::new(Memory::new()));
        let held = gate.hold(Call::Commit);
        let first = gate.commit(writing(1));
        let second = async {
            held.arrived().await;
            // Loads pass, and so does a commit that nobody holds.
            assert_eq!(gate.load(&[]).await.unwrap(), []);
            assert_eq!(gate.commit(writing(1)).await.unwrap(), Committed::Done);
            held.release();
        };
        let (first, ()) = join(first, second).await;
        assert_eq!(first.unwrap(), Committed::Stale, "it was decided first and came second");
    }

    #[tokio::test]
    async fn two_holds_hold_two_calls_and_a_dropped_hold_holds_none() {
        let gate = Gate::new(Arc::new(Memory::new()));
        let (one, other) = (gate.hold(Call::Load), gate.hold(Call::Load));
        let (mut first, mut second) = (gate.load(&[]), gate.load(&[]));
        assert!(poll!(&mut first).is_pending() && poll!(&mut second).is_pending());
        drop(other);
        assert!(poll!(&mut first).is_pending());
        second.await.unwrap();
        one.release();
        first.await.unwrap();
        drop(gate.hold(Call::Load));
        gate.load(&[]).await.unwrap();
    }
}
