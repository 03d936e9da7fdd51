//! What the checks are made of.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;

use futures_util::future::{BoxFuture, join_all};

use crate::model::{Author, Event};
use crate::storage::guard::{Adjust, Buckets, Guard, GuardKind, Limit, LimitKind, Spend};
use crate::storage::record::Slot;
use crate::storage::{
    Commit, Committed, Filter, Key, Kind, Query, Record, Refusal, Row, Source, Storage, StoredEvent, Version,
    Versioned, Write,
};
use crate::testing::samples;

/// More rows than any check makes.
pub(super) const MANY: usize = 10_000;

pub(super) type Store = Arc<dyn Storage>;

/// A commit with an id of its own, that changes nothing.
pub(super) fn commit() -> Commit {
    // Unique within the process, so that a store that looks for the id of a commit never finds another's.
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Commit {
        id: samples::commit_id(number.into()),
        at: samples::time(number),
        author: Author::System,
        acting: None,
        reads: Vec::new(),
        writes: Vec::new(),
        guards: Vec::new(),
        spends: Vec::new(),
        sides: Vec::new(),
        retold: None,
    }
}

/// A commit that brings these records to this version.
pub(super) fn writing(records: impl IntoIterator<Item = Record>, version: i64) -> Commit {
    let writes = records.into_iter().map(|record| write(record, version, None)).collect();
    Commit { writes, ..commit() }
}

pub(super) fn write(record: impl Into<Record>, version: i64, event: Option<Event>) -> Write {
    Write { record: record.into(), version: Version(version), event }
}

pub(super) fn slot_key(slot: Slot) -> Key {
    slot.id.into()
}

/// Commits, and the store must accept.
pub(super) async fn done(store: &Store, commit: Commit) {
    assert_eq!(store.commit(commit).await.unwrap(), Committed::Done);
}

/// Commits, and the store must find what it rests on moved.
pub(super) async fn stale(store: &Store, commit: Commit, why: &str) {
    assert_eq!(store.commit(commit).await.unwrap(), Committed::Stale, "{why}");
}

/// Commits, and a guard or a limit must forbid it.
pub(super) async fn refused(store: &Store, commit: Commit) -> Refusal {
    match store.commit(commit).await.unwrap() {
        Committed::Refused(refusal) => refusal,
        other @ (Committed::Done | Committed::Stale) => panic!("expected a refusal, got {other:?}"),
    }
}

/// What the store has under a key.
pub(super) async fn find(store: &Store, key: Key) -> Versioned {
    let mut found = store.load(&[key]).await.unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

pub(super) fn versioned(record: impl Into<Record>, version: i64) -> Versioned {
    Versioned { version: Version(version), record: Some(record.into()) }
}

/// The columns that together tell rows of the source apart.
pub(super) fn identity(source: Source) -> Vec<&'static str> {
    match source {
        Source::Records(_) => vec!["id"],
        Source::Sides => vec!["connection_id", "owner_id"],
        Source::Events => vec!["subject_id", "subject_kind", "version"],
    }
}

/// The rows that match, in the order of their identity.
pub(super) async fn rows(store: &Store, source: Source, filter: Filter) -> Vec<Row> {
    let query = Query { source, filter, order: identity(source), descending: false, after: None, limit: MANY };
    store.list(&query).await.unwrap()
}

/// Every row of every table, and the feed: two of these are equal if nothing has changed between.
#[derive(Debug, PartialEq)]
pub(super) struct Everything {
    /// In the order of [`sources`].
    pub(super) rows: Vec<Vec<Row>>,
    pub(super) feed: Vec<(u64, StoredEvent)>,
}

pub(super) async fn everything(store: &Store) -> Everything {
    let mut all = Vec::new();
    for source in sources() {
        all.push(rows(store, source, Filter::All(Vec::new())).await);
    }
    Everything { rows: all, feed: store.feed(0, MANY).await.unwrap() }
}

pub(super) fn sources() -> impl Iterator<Item = Source> {
    Kind::ALL.into_iter().map(Source::Records).chain([Source::Sides, Source::Events])
}

pub(super) const fn guard(kind: GuardKind, business: u128) -> Guard {
    Guard { kind, business: samples::business_id(business) }
}

/// A change of a count without bounds.
pub(super) const fn adding(guard: Guard, delta: i64) -> Adjust {
    Adjust { guard, delta, max: None, min: None }
}

/// Asserts what a guard counts. It is seen by its bounds alone: it can go neither above nor below where it is.
pub(super) async fn counts(store: &Store, guard: Guard, value: i64) {
    for (delta, max, min) in [(1, Some(value), None), (-1, None, Some(value))] {
        let adjust = Adjust { guard, delta, max, min };
        let answer = store.commit(Commit { guards: vec![adjust], ..commit() }).await.unwrap();
        assert_eq!(
            answer,
            Committed::Refused(Refusal::Guard(guard)),
            "{guard:?} counts other than {value}: {adjust:?}"
        );
    }
}

pub(super) const fn limit(kind: LimitKind, number: u128) -> Limit {
    Limit { kind, id: samples::uuid(number) }
}

/// What a limit has counted by this hour. A limit of nothing refuses, and shows it.
pub(super) async fn spent(store: &Store, limit: Limit, hour: i64) -> Buckets {
    let spend = Spend { limit, hour, amount: 1, max: 0 };
    match refused(store, Commit { spends: vec![spend], ..commit() }).await {
        Refusal::Limit { limit: named, buckets } => {
            assert_eq!(named, limit);
            buckets
        }
        Refusal::Guard(guard) => panic!("no guard was asked, but {guard:?} refused"),
    }
}

/// Does these at once.
pub(super) async fn at_once<T>(futures: impl IntoIterator<Item = BoxFuture<'_, T>>) -> Vec<T> {
    join_all(futures).await
}

/// Lets the others go first, once: a store that answers at once would otherwise never be left between two calls.
pub(super) async fn give_way() {
    let mut gave_way = false;
    poll_fn(|context| {
        if gave_way {
            return Poll::Ready(());
        }
        gave_way = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Numbers that look random and are the same in every run.
#[derive(Debug)]
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    /// Less than `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        // Knuth's MMIX generator; its high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}
