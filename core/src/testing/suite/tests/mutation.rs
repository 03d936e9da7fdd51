//! A store that is wrong in one place.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use futures_util::future::BoxFuture;

use crate::error::Fault;
use crate::model::delivery::Delivery;
use crate::storage::memory::Memory;
use crate::storage::{
    Commit, Committed, Key, Lease, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};
use crate::testing::suite::stage::{Numbers, give_way};

/// How a mutant answers one kind of call.
type Answers<A, R> = Box<dyn Fn(Arc<Memory>, A) -> BoxFuture<'static, Result<R, Fault>> + Send + Sync>;

/// A store in memory, each of whose methods may be replaced.
pub(super) struct Mutant {
    inner: Arc<Memory>,
    load: Answers<Vec<Key>, Vec<Versioned>>,
    commit: Answers<Commit, Committed>,
    list: Answers<Query, Vec<Row>>,
    tally: Answers<Tally, Vec<(Value, u64)>>,
    lease: Answers<Lease, Vec<(Delivery, Version)>>,
    feed: Answers<(u64, usize), Vec<(u64, StoredEvent)>>,
    purge: Answers<Purge, u64>,
    close: Answers<(), ()>,
}

impl fmt::Debug for Mutant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Mutant")
    }
}

fn answers<A, R, F>(answer: impl Fn(Arc<Memory>, A) -> F + Send + Sync + 'static) -> Answers<A, R>
where
    F: Future<Output = Result<R, Fault>> + Send + 'static,
{
    Box::new(move |inner, asked| Box::pin(answer(inner, asked)))
}

async fn slowly<T>(call: impl Future<Output = T>) -> T {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let mut numbers = Numbers(u64::try_from(CALLS.fetch_add(1, Ordering::Relaxed)).unwrap());
    for _ in 0..numbers.below(7) {
        give_way().await;
    }
    let answer = call.await;
    for _ in 0..numbers.below(7) {
        give_way().await;
    }
    answer
}

macro_rules! replaces {
    ($($method:ident($asked:ty) -> $answer:ty),+ $(,)?) => {$(
        /// Replaces the method of this name.
        pub(super) fn $method<F>(mut self, answer: impl Fn(Arc<Memory>, $asked) -> F + Send + Sync + 'static) -> Self
        where
            F: Future<Output = Result<$answer, Fault>> + Send + 'static,
        {
            self.$method = answers(answer);
            self
        }
    )+};
}

impl Mutant {
    /// Nothing is wrong yet.
    pub(super) fn faithful() -> Self {
        Self {
            inner: Arc::new(Memory::new()),
            load: answers(|inner, keys: Vec<Key>| async move { inner.load(&keys).await }),
            commit: answers(|inner, commit| async move { inner.commit(commit).await }),
            list: answers(|inner, query| async move { inner.list(&query).await }),
            tally: answers(|inner, tally| async move { inner.tally(&tally).await }),
            lease: answers(|inner, lease| async move { inner.lease(lease).await }),
            feed: answers(|inner, (after, limit)| async move { inner.feed(after, limit).await }),
            purge: answers(|inner, purge| async move { inner.purge(purge).await }),
            close: answers(|inner, ()| async move { inner.close().await }),
        }
    }

    /// Nothing is wrong, but every call takes its time before and after, some more than others.
    pub(super) fn slow() -> Self {
        Self::faithful()
            .load(|inner, keys| slowly(async move { inner.load(&keys).await }))
            .commit(|inner, commit| slowly(async move { inner.commit(commit).await }))
            .lease(|inner, lease| slowly(async move { inner.lease(lease).await }))
            .feed(|inner, (after, limit)| slowly(async move { inner.feed(after, limit).await }))
    }

    replaces! {
        load(Vec<Key>) -> Vec<Versioned>,
        commit(Commit) -> Committed,
        list(Query) -> Vec<Row>,
        tally(Tally) -> Vec<(Value, u64)>,
        lease(Lease) -> Vec<(Delivery, Version)>,
        feed((u64, usize)) -> Vec<(u64, StoredEvent)>,
        purge(Purge) -> u64,
        close(()) -> (),
    }
}

#[async_trait]
impl Storage for Mutant {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        (self.load)(Arc::clone(&self.inner), keys.to_vec()).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        (self.commit)(Arc::clone(&self.inner), commit).await
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        (self.list)(Arc::clone(&self.inner), query.clone()).await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        (self.tally)(Arc::clone(&self.inner), tally.clone()).await
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        (self.lease)(Arc::clone(&self.inner), lease).await
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        (self.feed)(Arc::clone(&self.inner), (after, limit)).await
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        (self.purge)(Arc::clone(&self.inner), purge).await
    }

    async fn close(&self) -> Result<(), Fault> {
        (self.close)(Arc::clone(&self.inner), ()).await
    }
}
