//! What limits count, hour by hour.

use std::collections::HashMap;

use super::stage::{Numbers, Store, at_once, commit, done, everything, find, limit, refused, slot_key, spent, writing};
use crate::storage::guard::{Buckets, Limit, LimitKind, Spend};
use crate::storage::{Commit, Committed, Refusal};
use crate::testing::samples;

fn spending(limit: Limit, hour: i64, amount: u32, max: u32) -> Commit {
    Commit { spends: vec![Spend { limit, hour, amount, max }], ..commit() }
}

/// `limit_counts_24_hourly_buckets`
pub(super) async fn hourly_buckets(store: Store) {
    let store = &store;
    told(store).await;
    as_the_model(store).await;
    race(store).await;
}

/// The story: three a day, spent over two hours, freed a day later; a clock that was set back frees nothing.
async fn told(store: &Store) {
    const DAY: i64 = 490_000;
    let client = limit(LimitKind::Client, 1);
    done(store, spending(client, DAY, 1, 3)).await;
    done(store, spending(client, DAY + 1, 1, 3)).await;
    // Earlier, so it counts in the latest hour.
    done(store, spending(client, DAY - 30, 1, 3)).await;
    let mut counted = Buckets { hour: DAY + 1, ..Buckets::default() };
    counted.counts[..2].copy_from_slice(&[2, 1]);
    assert_eq!(spent(store, client, DAY).await, counted);
    let before = everything(store).await;
    let beside = Commit { writes: writing([samples::slot(1, 1).into()], 1).writes, ..spending(client, DAY + 23, 1, 3) };
    assert_eq!(refused(store, beside).await, Refusal::Limit { limit: client, buckets: counted.at(DAY + 23) });
    assert_eq!(everything(store).await, before);
    assert_eq!(spent(store, client, DAY + 1).await, counted, "a refusal counts nothing");
    done(store, spending(client, DAY + 24, 1, 3)).await;
    refused(store, spending(client, DAY + 24, 1, 3)).await;
    done(store, spending(client, DAY + 25, 2, 3)).await;
    // Each kind and each id is a limit of its own.
    for other in [limit(LimitKind::Pair, 1), limit(LimitKind::Client, 2)] {
        assert_eq!(spent(store, other, DAY).await, Buckets { hour: DAY, ..Buckets::default() });
    }
}

/// Hours forward, back and far away, amounts that fit and don't: the same answers as [`Buckets`] gives.
async fn as_the_model(store: &Store) {
    let (mut numbers, mut model, mut hour) = (Numbers(24), HashMap::new(), 500_000);
    let limits = [limit(LimitKind::Inviter, 7), limit(LimitKind::Inviter, 8), limit(LimitKind::Address, 7)];
    for _ in 0..240 {
        hour += [0, 0, 0, 1, 2, -3, 23, 24, 7, -40][numbers.below(10)];
        let limit = limits[numbers.below(3)];
        let (amount, max) = ([1, 2, 5][numbers.below(3)], [6, 6, 12][numbers.below(3)]);
        let stored: Buckets = model.get(&limit).copied().unwrap_or_default();
        let spend = Spend { limit, hour, amount, max };
        let answer = store.commit(spending(limit, hour, amount, max)).await.unwrap();
        match stored.spend(spend) {
            Some(after) => {
                model.insert(limit, after);
                assert_eq!(answer, Committed::Done, "{spend:?} after {stored:?}");
            }
            None => {
                let buckets = stored.at(hour);
                assert_eq!(answer, Committed::Refused(Refusal::Limit { limit, buckets }), "{spend:?} after {stored:?}");
            }
        }
    }
}

/// Many spend at once, each beside a record of its own: as many succeed as the limit lets.
async fn race(store: &Store) {
    let (address, slot) = (limit(LimitKind::Address, 9), |racer: u128| samples::slot(100 + racer, 1));
    let racers = (0..24).map(|racer| {
        let commit = Commit { writes: writing([slot(racer).into()], 1).writes, ..spending(address, 1, 2, 11) };
        store.commit(commit)
    });
    let answers: Vec<_> = at_once(racers).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.iter().filter(|answer| **answer == Committed::Done).count(), 5, "{answers:?}");
    for (racer, answer) in (0..).zip(answers) {
        let there = find(store, slot_key(slot(racer))).await.record.is_some();
        assert_eq!(there, answer == Committed::Done);
        assert!(there || matches!(answer, Committed::Refused(Refusal::Limit { .. })), "{answer:?}");
    }
    assert_eq!(spent(store, address, 1).await.counts[0], 10);
}
