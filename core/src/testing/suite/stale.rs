//! A commit that rests on anything that has moved is refused whole.

use futures_util::future::{BoxFuture, join};

use super::round_trips::event;
use super::stage::{
    Numbers, Store, adding, at_once, commit, counts, done, everything, find, give_way, guard, limit, refused, slot_key,
    spent, stale, versioned, write, writing,
};
use crate::storage::guard::{Adjust, Buckets, Guard, GuardKind, Limit, LimitKind, Spend};
use crate::storage::{Commit, Committed, Key, Record, Refusal, Version};
use crate::testing::samples::{self, Fill};

const COUNT: Guard = guard(GuardKind::Clients, 1);
const LIMIT: Limit = limit(LimitKind::Address, 1);

/// A commit that would leave a trace of every kind: none of them may be found after it was refused.
fn tracing(number: u128) -> Commit {
    let person: Record = samples::person(number, "trace").into();
    let event = event(&person);
    Commit {
        writes: vec![write(person, 1, event), write(samples::slot(number, 1), 1, None)],
        guards: vec![adding(COUNT, 1)],
        spends: vec![Spend { limit: LIMIT, hour: 1, amount: 1, max: 1_000 }],
        sides: samples::sides(number, Fill::Full).to_vec(),
        ..commit()
    }
}

async fn leaves_no_trace(store: &Store, commit: Commit, why: &str) {
    let before = everything(store).await;
    stale(store, commit, why).await;
    assert_eq!(everything(store).await, before, "{why}");
    counts(store, COUNT, 0).await;
    assert_eq!(spent(store, LIMIT, 1).await, Buckets { hour: 1, ..Buckets::default() }, "{why}");
}

/// `commit_is_refused_if_anything_read_has_moved`: of every kind of record, upwards and downwards.
pub(super) async fn read(store: Store) {
    let store = &store;
    let records = samples::records(Fill::Bare);
    done(store, writing(records.clone(), 1)).await;
    done(store, writing(records.clone(), 2)).await;
    let there: Vec<_> = records.iter().map(|record| (record.key(), Version(2))).collect();
    let missing = (Key { id: samples::uuid(999), ..there[0].0 }, Version::NONE);
    for (place, (key, _)) in there.iter().enumerate() {
        for moved in [0, 1, 3] {
            let mut reads = there.clone();
            reads.push(missing);
            reads[place].1 = Version(moved);
            leaves_no_trace(store, Commit { reads, ..tracing(100) }, &format!("{key:?} read at {moved}, is at 2"))
                .await;
        }
    }
    let reads = vec![(missing.0, Version(1))];
    leaves_no_trace(store, Commit { reads, ..tracing(100) }, "what is missing was read at 1").await;
    let reads = there.into_iter().chain([missing]).collect();
    done(store, Commit { reads, ..tracing(100) }).await;
    counts(store, COUNT, 1).await;
    at_once((0..32).map(|pair| -> BoxFuture<'_, ()> { Box::pin(crosswise(store, pair)) })).await;
}

/// Each reads what the other writes: if both stood, neither could have come first.
async fn crosswise(store: &Store, pair: u128) {
    let (one, other) = (samples::slot(2_000 + pair, 1), samples::slot(3_000 + pair, 1));
    let commit =
        |reads, writes| Commit { reads: vec![(slot_key(reads), Version::NONE)], ..writing([Record::from(writes)], 1) };
    let answers = join(store.commit(commit(one, other)), store.commit(commit(other, one))).await;
    let mut answers = [answers.0.unwrap(), answers.1.unwrap()];
    answers.sort_by_key(|answer| *answer == Committed::Stale);
    assert_eq!(answers, [Committed::Done, Committed::Stale], "exactly one of two that read what the other writes");
}

/// `commit_is_refused_if_anything_written_has_moved`: of every kind of record, upwards and downwards.
pub(super) async fn written(store: Store) {
    let store = &store;
    let records = samples::records(Fill::Bare);
    done(store, writing(records.clone(), 1)).await;
    done(store, writing(records.clone(), 2)).await;
    for moved in samples::records(Fill::Full) {
        for version in [1, 2, 4] {
            let mut commit = tracing(100);
            let others = records.iter().filter(|record| record.key() != moved.key());
            commit.writes.extend(others.map(|record| write(record.clone(), 3, None)));
            commit.writes.push(write(moved.clone(), version, event(&moved)));
            leaves_no_trace(store, commit, &format!("{:?} is at 2, to be written at {version}", moved.key())).await;
        }
    }
    let mut commit = tracing(100);
    commit.writes.push(write(samples::slot(999, 1), 2, None));
    leaves_no_trace(store, commit, "what is missing was to be written at 2").await;
    done(store, tracing(100)).await;
    same_new_key(store).await;
    increments(store).await;
}

/// Many make the same record: one does.
async fn same_new_key(store: &Store) {
    let slot = |target| samples::slot(4_000, target);
    let racers = (0..16).map(|racer| store.commit(writing([slot(racer).into()], 1)));
    let answers: Vec<_> = at_once(racers).await.into_iter().map(Result::unwrap).collect();
    let winner = answers.iter().position(|answer| *answer == Committed::Done).unwrap();
    assert_eq!(answers.iter().filter(|answer| **answer == Committed::Stale).count(), 15, "{answers:?}");
    let expected = versioned(slot(u128::try_from(winner).unwrap()), 1);
    assert_eq!(find(store, slot_key(slot(0))).await, expected, "what is there is not what was answered `Done`");
}

/// Many add one to the same record, each as often as it takes: none is lost.
async fn increments(store: &Store) {
    let key = slot_key(samples::slot(5_000, 0));
    let racers = (0..12).map(|_| -> BoxFuture<'_, ()> {
        Box::pin(async move {
            loop {
                let version = find(store, key).await.version;
                let next = samples::slot(5_000, u128::from(version.next().0.unsigned_abs()));
                give_way().await;
                match store.commit(writing([next.into()], version.next().0)).await.unwrap() {
                    Committed::Done => break,
                    Committed::Stale => {}
                    Committed::Refused(refusal) => panic!("nothing could refuse, but {refusal:?}"),
                }
            }
        })
    });
    at_once(racers).await;
    assert_eq!(find(store, key).await, versioned(samples::slot(5_000, 12), 12));
}

/// `commit_answers_stale_before_it_refuses`, and names the guard before the limit.
pub(super) async fn before_refused(store: Store) {
    let store = &store;
    let slot = samples::slot(1, 1);
    done(store, writing([slot.into()], 1)).await;
    let full = Adjust { max: Some(0), ..adding(COUNT, 1) };
    let dear = Spend { limit: LIMIT, hour: 1, amount: 1, max: 0 };
    let read = |version| vec![(slot_key(slot), Version(version))];
    let both = |version| Commit { reads: read(version), guards: vec![full], spends: vec![dear], ..commit() };
    let overwriting = Commit { writes: vec![write(slot, 1, None)], reads: Vec::new(), ..both(0) };
    let guard_alone = Commit { spends: Vec::new(), ..both(0) };
    let limit_alone = Commit { guards: Vec::new(), ..both(0) };
    for commit in [both(0), overwriting, guard_alone, limit_alone] {
        stale(store, commit, "what moved is told before what counts").await;
    }
    assert_eq!(refused(store, both(1)).await, Refusal::Guard(COUNT), "guards are told before limits");
    among_others(store).await;
}

/// The same when many come at once: what is fresh and allowed stands, whoever it came with.
async fn among_others(store: &Store) {
    let (mut numbers, mut expected) = (Numbers(1), Vec::new());
    let commits: Vec<_> = (0..48_u128)
        .map(|number| {
            let reads = vec![(slot_key(samples::slot(1, 1)), Version(1))];
            let fresh = Commit { reads, ..tracing(6_000 + 2 * number) };
            let full = Adjust { max: Some(0), ..adding(guard(GuardKind::Admins, 1), 1) };
            let (answer, commit) = match numbers.below(3) {
                0 => (Committed::Done, fresh),
                1 => (
                    Committed::Refused(Refusal::Guard(full.guard)),
                    Commit { guards: vec![adding(COUNT, 1), full], ..fresh },
                ),
                _ => (
                    Committed::Stale,
                    Commit { reads: vec![(slot_key(samples::slot(1, 1)), Version(2))], guards: vec![full], ..fresh },
                ),
            };
            expected.push(answer);
            commit
        })
        .collect();
    let answers: Vec<_> = at_once(commits.into_iter().map(|commit| store.commit(commit))).await;
    assert_eq!(answers.into_iter().map(Result::unwrap).collect::<Vec<_>>(), expected);
    let done = expected.iter().filter(|answer| **answer == Committed::Done).count();
    counts(store, COUNT, i64::try_from(done).unwrap()).await;
    assert_eq!(spent(store, LIMIT, 1).await.counts[0], u32::try_from(done).unwrap());
    for (number, answer) in (0..).zip(expected) {
        let found = find(store, slot_key(samples::slot(6_000 + 2 * number, 1))).await;
        assert_eq!(found.record.is_some(), answer == Committed::Done, "{answer:?}");
    }
}
