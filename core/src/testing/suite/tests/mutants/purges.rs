//! Stores that forget too much, too little, or count it wrongly.

use std::sync::Arc;
use std::time::Duration;

use super::{Mutant, Named};
use crate::Timestamp;
use crate::model::delivery::{Delivery, Notice, State};
use crate::storage::memory::Memory;
use crate::storage::record::Answer;
use crate::storage::{Filter, Kind, Purge, Query, Record, Source, Storage, Versioned};
use crate::testing::suite::stage::{MANY, give_way, writing};

const PURGE: &str = "purge_forgets_what_is_settled_and_old_and_nothing_else";

pub(super) fn all() -> Vec<Named> {
    let soon = |purge: &mut Purge| purge.settled_before = purge.settled_before.plus(Duration::from_micros(1));
    let too = |purge: &mut Purge| purge.answers_before = purge.answers_before.plus(Duration::from_micros(1));
    vec![
        ("nothing is forgotten", PURGE, Mutant::faithful().purge(|_, _| async { Ok(0) })),
        ("what is parked is forgotten unasked", PURGE, purging(|purge| purge.parked = true)),
        ("what is parked is never forgotten", PURGE, purging(|purge| purge.parked = false)),
        ("what was settled at that time is forgotten", PURGE, purging(soon)),
        ("what was answered at that time is forgotten", PURGE, purging(too)),
        ("answers are forgotten with mails", PURGE, purging(|purge| purge.answers_before = purge.settled_before)),
        ("mails are forgotten with answers", PURGE, purging(|purge| purge.settled_before = purge.answers_before)),
        ("answers are never forgotten", PURGE, purging(|purge| purge.answers_before = Timestamp::MIN)),
        ("all that is settled is forgotten", PURGE, purging(|purge| purge.settled_before = Timestamp::MAX)),
        ("limits are never forgotten", PURGE, purging(|purge| purge.spent_before = i64::MIN)),
        ("limits of that hour are forgotten", PURGE, purging(|purge| purge.spent_before += 1)),
        ("what is due is forgotten", PURGE, taking(is_due)),
        ("what is leased is forgotten", PURGE, taking(is_leased)),
        ("notices that wait are forgotten", PURGE, taking(waits)),
        ("what is forgotten is counted twice", PURGE, counting_twice()),
        ("a purge looks, and then forgets", PURGE, looks_and_forgets()),
    ]
}

fn purging(change: impl Fn(&mut Purge) + Send + Sync + 'static) -> Mutant {
    Mutant::faithful().purge(move |inner, mut purge| {
        change(&mut purge);
        async move { inner.purge(purge).await }
    })
}

fn counting_twice() -> Mutant {
    Mutant::faithful().purge(|inner, purge| async move { Ok(2 * inner.purge(purge).await?) })
}

/// Every record that could be forgotten.
async fn records(inner: &Arc<Memory>) -> Vec<Record> {
    let mut records = Vec::new();
    for kind in [Kind::Delivery, Kind::Notice, Kind::Answer] {
        let (source, filter, order) = (Source::Records(kind), Filter::All(Vec::new()), vec!["id"]);
        let query = Query { source, filter, order, descending: false, after: None, limit: MANY };
        for row in inner.list(&query).await.unwrap() {
            records.extend(Versioned::read(kind, row).unwrap().record);
        }
    }
    records
}

fn is_due(record: &Record) -> bool {
    matches!(record, Record::Delivery(delivery) if matches!(delivery.state, State::Due { .. }))
}

fn is_leased(record: &Record) -> bool {
    matches!(record, Record::Delivery(delivery) if matches!(delivery.state, State::Leased { .. }))
}

fn waits(record: &Record) -> bool {
    matches!(record, Record::Notice(notice) if notice.expanded_at.is_none())
}

/// The record as a purge would take it, whatever it was.
fn old(record: &Record) -> Record {
    let at = Timestamp::MIN;
    if let Record::Delivery(delivery) = record {
        Delivery { state: State::Sent { at }, ..(**delivery).clone() }.into()
    } else if let Record::Notice(notice) = record {
        Notice { expanded_at: Some(at), ..(**notice).clone() }.into()
    } else if let Record::Answer(answer) = record {
        Answer { at, ..(**answer).clone() }.into()
    } else {
        unreachable!("{record:?} is never forgotten")
    }
}

/// Forgets these records, whatever has become of them.
async fn forget(inner: &Arc<Memory>, records: impl IntoIterator<Item = Record>) -> u64 {
    for record in records {
        let version = inner.load(&[record.key()]).await.unwrap()[0].version;
        inner.commit(writing([old(&record)], version.next().0)).await.unwrap();
    }
    let before = Timestamp::MIN.plus(Duration::from_micros(1));
    inner
        .purge(Purge { settled_before: before, parked: false, answers_before: before, spent_before: i64::MIN })
        .await
        .unwrap()
}

/// Forgets these too.
fn taking(too: fn(&Record) -> bool) -> Mutant {
    Mutant::faithful().purge(move |inner, purge| async move {
        forget(&inner, records(&inner).await.into_iter().filter(too)).await;
        inner.purge(purge).await
    })
}

fn looks_and_forgets() -> Mutant {
    Mutant::faithful().purge(|inner, purge| async move {
        let mut taken = records(&inner).await;
        taken.retain(|record| purge.takes(record));
        give_way().await;
        Ok(forget(&inner, taken).await)
    })
}
