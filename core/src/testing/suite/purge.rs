//! What is forgotten, and what is not.

use futures_util::future::join;

use super::round_trips::event;
use super::stage::{
    Store, adding, commit, counts, done, everything, find, guard, limit, rows, spent, versioned, write, writing,
};
use crate::id::{DeliveryId, NoticeId};
use crate::model::delivery::{self, Delivery, Notice, State};
use crate::storage::guard::{Buckets, GuardKind, Limit, LimitKind, Spend};
use crate::storage::record::Answer;
use crate::storage::{Commit, Committed, Filter, Kind, Purge, Record, Row, Source, Version, Versioned};
use crate::testing::samples::{self, Fill};
use crate::time::Timestamp;

/// Moments before, at and after the two times of a purge.
const MOMENTS: [u64; 6] = [99, 100, 101, 199, 200, 201];

fn purge(settled: u64, parked: bool, answers: u64) -> Purge {
    let (settled_before, answers_before) = (samples::time(settled), samples::time(answers));
    Purge { settled_before, parked, answers_before, spent_before: 0 }
}

/// `purge_forgets_what_is_settled_and_old_and_nothing_else`
pub(super) async fn settled_and_old(store: Store) {
    let store = &store;
    let mut kept = prepare(store).await;
    let nothing = purge(0, true, 0);
    let all_there = everything(store).await;
    for purge in [nothing, purge(100, false, 200), purge(200, false, 100), purge(100, true, 0), purge(201, true, 201)] {
        let (forgotten, rest): (Vec<_>, Vec<_>) = kept.into_iter().partition(|record| purge.takes(record));
        let count = store.purge(purge).await.unwrap();
        assert_eq!(count, u64::try_from(forgotten.len()).unwrap(), "{purge:?}");
        there(store, &rest).await;
        for record in forgotten {
            assert_eq!(find(store, record.key()).await, Versioned::NONE, "{purge:?} kept it");
        }
        assert_eq!(store.purge(purge).await.unwrap(), 0, "it was forgotten already");
        kept = rest;
    }
    // History, lists and counts are no records.
    let now = everything(store).await;
    assert_eq!(now.feed, all_there.feed);
    assert_eq!(now.rows[Kind::ALL.len()..], all_there.rows[Kind::ALL.len()..]);
    counts(store, guard(GuardKind::Members, 1), 1).await;
    made_again(store).await;
    limits(store).await;
    against_another_spending(store).await;
    against_another_attempt(store).await;
}

/// Every kind of record; and of what can be forgotten, every state at every moment.
async fn prepare(store: &Store) -> Vec<Record> {
    // At the greatest times: none of them is old.
    let mut records = samples::records(Fill::Full);
    let mut number = 100;
    for at in MOMENTS.map(samples::time) {
        for state in states(at) {
            number += 1;
            records.push(samples::delivery(number, state).into());
            let (answer, notice) = (samples::answer(number, "1"), notice(number, Some(at)));
            records.extend([Record::from(Answer { at, ..answer }), notice.into()]);
        }
    }
    records.push(notice(999, None).into());
    let writes = records.iter().map(|record| write(record.clone(), 1, event(record))).collect();
    let guards = vec![adding(guard(GuardKind::Members, 1), 1)];
    done(store, Commit { writes, guards, sides: samples::sides(1, Fill::Full).to_vec(), ..commit() }).await;
    records
}

fn states(at: Timestamp) -> [State; 5] {
    let leased = State::Leased { owner: samples::lease_id(1), until: at };
    [State::Due { at }, leased, State::Sent { at }, State::Parked { at }, State::Dropped { at }]
}

/// A notice that was made long ago.
fn notice(number: u128, expanded_at: Option<Timestamp>) -> Notice {
    let about = samples::delivery(1, State::Due { at: samples::time(0) }).about;
    Notice { id: NoticeId::from_uuid(samples::uuid(number)), about, at: samples::time(1), expanded_at }
}

async fn there(store: &Store, records: &[Record]) {
    for kind in Kind::ALL {
        let mut expected: Vec<_> = records.iter().filter(|record| record.key().kind == kind).collect();
        expected.sort_by_key(|record| record.key());
        let expected: Vec<_> = expected.into_iter().map(|record| Row::of(record, Version(1))).collect();
        assert_eq!(rows(store, Source::Records(kind), Filter::All(Vec::new())).await, expected);
    }
}

/// What was forgotten was never there: it is new again.
async fn made_again(store: &Store) {
    let answer = Answer { at: samples::time(300), ..samples::answer(101, "2") };
    done(store, writing([answer.clone().into()], 1)).await;
    assert_eq!(find(store, answer.id.into()).await, versioned(answer, 1));
}

/// An hour, since 1970.
const HOUR: i64 = 490_000;

fn spending(limit: Limit, hour: i64) -> Commit {
    Commit { spends: vec![Spend { limit, hour, amount: 1, max: 1 }], ..commit() }
}

fn counted(hour: i64, latest: u32) -> Buckets {
    let mut buckets = Buckets { hour, ..Buckets::default() };
    buckets.counts[0] = latest;
    buckets
}

/// A limit is forgotten once it has counted nothing since an hour; until then it holds.
async fn limits(store: &Store) {
    let (early, late) = (limit(LimitKind::Address, 1), limit(LimitKind::Client, 1));
    done(store, spending(early, HOUR)).await;
    done(store, spending(late, HOUR + 1)).await;
    for (spent_before, left) in [(HOUR, [1, 1]), (HOUR + 1, [0, 1]), (HOUR + 2, [0, 0])] {
        assert_eq!(store.purge(Purge { spent_before, ..purge(0, false, 0) }).await.unwrap(), 0, "they are no records");
        let found = [spent(store, early, HOUR).await, spent(store, late, HOUR + 1).await];
        assert_eq!(found, [counted(HOUR, left[0]), counted(HOUR + 1, left[1])], "before {spent_before}");
    }
}

/// What is spent while an old count is cleared away is counted, whichever comes first.
async fn against_another_spending(store: &Store) {
    for number in 2_000..2_016 {
        let limit = limit(LimitKind::Address, number);
        done(store, spending(limit, HOUR)).await;
        let spend = store.commit(spending(limit, HOUR + 48));
        let clear = store.purge(Purge { spent_before: HOUR + 24, ..purge(0, false, 0) });
        let (spend, cleared) = if number % 2 == 0 {
            join(spend, clear).await
        } else {
            let (cleared, spend) = join(clear, spend).await;
            (spend, cleared)
        };
        assert_eq!((spend.unwrap(), cleared.unwrap()), (Committed::Done, 0));
        assert_eq!(spent(store, limit, HOUR + 48).await, counted(HOUR + 48, 1));
    }
}

/// An operator tries a parked mail again while another clears away: it is due again or gone, never both or neither.
async fn against_another_attempt(store: &Store) {
    for number in 2_000..2_016 {
        let parked = samples::delivery(number, State::Parked { at: samples::time(1) });
        done(store, writing([parked.clone().into()], 1)).await;
        let due: Delivery = delivery::retry(&parked, samples::time(300)).unwrap();
        let again = store.commit(writing([due.clone().into()], 2));
        let clear = store.purge(purge(2, true, 0));
        // Either comes first.
        let (again, cleared) = if number % 2 == 0 {
            join(again, clear).await
        } else {
            let (cleared, again) = join(clear, again).await;
            (again, cleared)
        };
        let found = find(store, DeliveryId::from_uuid(samples::uuid(number)).into()).await;
        match again.unwrap() {
            Committed::Done => assert_eq!((found, cleared.unwrap()), (versioned(due, 2), 0)),
            Committed::Stale => assert_eq!((found, cleared.unwrap()), (Versioned::NONE, 1)),
            Committed::Refused(refusal) => panic!("nothing could refuse, but {refusal:?}"),
        }
    }
}
