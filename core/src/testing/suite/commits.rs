//! What a commit leaves behind, whatever becomes of its caller; and the end of a store.

use std::fmt::Debug;
use std::pin::pin;

use futures_util::future::join3;
use futures_util::poll;

use super::loads::{quartet, round_of};
use super::round_trips;
use super::stage::{
    Store, adding, commit, counts, done, give_way, guard, identity, limit, rows, slot_key, spent, versioned, write,
    writing,
};
use crate::error::{Fault, FaultKind};
use crate::storage::guard::{Buckets, Guard, GuardKind, Limit, LimitKind, Spend};
use crate::storage::{Commit, Committed, Filter, Kind, Lease, Purge, Query, Record, Row, Side, Source, Tally, Value};
use crate::testing::samples::{self, Fill};

/// `commit_writes_everything`, or nothing: also when its caller stops waiting.
pub(super) async fn writes_everything(store: Store) {
    let store = &store;
    round_trips::every_record(store).await;
    sides(store).await;
    many(store).await;
    counters(store).await;
    dropped(store).await;
}

async fn sides(store: &Store) {
    let mut expected: Vec<Side> = Vec::new();
    // The second two replace the first two; the last two are those of another connection.
    for (number, fill) in [(1, Fill::Bare), (1, Fill::Full), (4, Fill::Blank)] {
        let sides = samples::sides(number, fill);
        expected.retain(|side| side.connection != sides[0].connection);
        expected.extend(sides.clone());
        done(store, Commit { sides: sides.to_vec(), ..commit() }).await;
        expected.sort_by_key(|side| (side.connection, side.owner));
        let found = rows(store, Source::Sides, Filter::All(Vec::new())).await;
        assert_eq!(found, expected.iter().map(|side| Row(side.values())).collect::<Vec<_>>());
        assert_eq!(found.into_iter().map(|row| Side::read(row).unwrap()).collect::<Vec<_>>(), expected);
    }
    // One side alone leaves the other as it is.
    let [client, _] = samples::sides(1, Fill::Blank);
    let place = expected.iter().position(|side| (side.connection, side.owner) == (client.connection, client.owner));
    expected[place.unwrap()] = client.clone();
    done(store, Commit { sides: vec![client], ..commit() }).await;
    let found = rows(store, Source::Sides, Filter::All(Vec::new())).await;
    assert_eq!(found, expected.iter().map(|side| Row(side.values())).collect::<Vec<_>>());
}

/// More records than a statement may have parameters on some stores.
async fn many(store: &Store) {
    let slots: Vec<_> = (1_000..1_700).map(|number| samples::slot(number, number + 1)).collect();
    done(store, writing(slots.iter().copied().map(Record::from), 1)).await;
    let keys: Vec<_> = slots.iter().copied().map(slot_key).collect();
    let expected: Vec<_> = slots.into_iter().map(|slot| versioned(slot, 1)).collect();
    assert_eq!(store.load(&keys).await.unwrap(), expected);
}

/// Every guard and limit is its own, and one that is named twice counts twice.
async fn counters(store: &Store) {
    let guards: Vec<_> = GuardKind::ALL.into_iter().flat_map(|kind| [1, 2].map(|number| guard(kind, number))).collect();
    let limits: Vec<_> = LimitKind::ALL.into_iter().flat_map(|kind| [1, 2].map(|number| limit(kind, number))).collect();
    let spend = |limit, amount| Spend { limit, hour: 500_000, amount, max: u32::MAX };
    let adjusts = guards.iter().zip(1..).flat_map(|(guard, delta)| [adding(*guard, delta), adding(*guard, 100)]);
    let spends = limits.iter().zip(1..).flat_map(|(limit, amount)| [spend(*limit, amount), spend(*limit, 100)]);
    done(store, Commit { guards: adjusts.collect(), spends: spends.collect(), ..commit() }).await;
    for (guard, delta) in guards.into_iter().zip(1..) {
        counts(store, guard, 100 + delta).await;
    }
    for (limit, amount) in limits.into_iter().zip(1..) {
        let mut expected = Buckets { hour: 500_000, ..Buckets::default() };
        expected.counts[0] = 100 + amount;
        assert_eq!(spent(store, limit, 500_000).await, expected);
    }
}

/// Callers stop waiting at one await or another; what they did is then done or not done, never half.
async fn dropped(store: &Store) {
    let keys = quartet(1).map(|record| record.key());
    for polls in [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096] {
        let round = round_of(&keys, &store.load(&keys).await.unwrap()) + 1;
        let mut attempt = pin!(store.commit(counted(round)));
        for _ in 0..polls {
            if poll!(&mut attempt).is_ready() {
                break;
            }
            give_way().await;
        }
    }
    // What was left behind may still be under way, and be first.
    let mut answer = Committed::Stale;
    while answer == Committed::Stale {
        give_way().await;
        let round = round_of(&keys, &store.load(&keys).await.unwrap()) + 1;
        answer = store.commit(counted(round)).await.unwrap();
    }
    assert_eq!(answer, Committed::Done);
    let round = round_of(&keys, &store.load(&keys).await.unwrap());
    counts(store, ROUNDS_DONE, round).await;
    assert_eq!(i64::from(spent(store, ROUNDS_PAID, 1).await.counts[0]), round);
    let events = rows(store, Source::Events, Filter::Is("subject_id", Value::Uuid(keys[0].id))).await;
    assert_eq!(i64::try_from(events.len()).unwrap(), round);
}

const ROUNDS_DONE: Guard = guard(GuardKind::Members, 9);
const ROUNDS_PAID: Limit = limit(LimitKind::Pair, 9);

/// A quartet that leaves a trace of every kind.
fn counted(round: i64) -> Commit {
    let [person, others @ ..] = quartet(round);
    let event = round_trips::event(&person);
    let mut writes = vec![write(person, round, event)];
    writes.extend(others.map(|record| write(record, round, None)));
    let spends = vec![Spend { limit: ROUNDS_PAID, hour: 1, amount: 1, max: u32::MAX }];
    Commit { writes, guards: vec![adding(ROUNDS_DONE, 1)], spends, ..commit() }
}

/// `closed_stays_closed`: what is under way ends, what comes after is answered `closed`.
pub(super) async fn closed(store: Store) {
    let slot = samples::slot(1, 1);
    done(&store, writing([slot.into()], 1)).await;
    let under_way = store.commit(writing([slot.into()], 2));
    let (answer, first, second) = join3(under_way, store.close(), store.close()).await;
    match answer {
        Ok(answer) => assert_eq!(answer, Committed::Done),
        Err(fault) => assert_eq!(fault.kind, FaultKind::Closed),
    }
    first.unwrap();
    second.unwrap();
    store.close().await.unwrap();

    let source = Source::Records(Kind::Slot);
    let filter = Filter::All(Vec::new());
    let order = identity(source);
    let query = Query { source, filter: filter.clone(), order, descending: false, after: None, limit: 1 };
    let (now, until) = (samples::time(1), samples::time(2));
    is_closed(store.load(&[slot_key(slot)]).await);
    is_closed(store.commit(writing([samples::slot(2, 1).into()], 1)).await);
    is_closed(store.list(&query).await);
    is_closed(store.tally(&Tally { source, filter, by: "version" }).await);
    is_closed(store.lease(Lease { owner: samples::lease_id(1), now, until, limit: 1 }).await);
    is_closed(store.feed(0, 1).await);
    let purge = Purge { settled_before: now, parked: true, answers_before: now, spent_before: 0 };
    is_closed(store.purge(purge).await);
}

fn is_closed<T: Debug>(answer: Result<T, Fault>) {
    assert_eq!(answer.unwrap_err().kind, FaultKind::Closed);
}
