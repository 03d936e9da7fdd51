//! Counts and their bounds.

use futures_util::future::BoxFuture;

use super::round_trips::event;
use super::stage::{
    Store, adding, at_once, commit, counts, done, everything, find, give_way, guard, limit, refused, slot_key, spent,
    write, writing,
};
use crate::storage::guard::{Adjust, Buckets, Guard, GuardKind, LimitKind, Spend};
use crate::storage::{Commit, Committed, Record, Refusal, Version};
use crate::testing::samples::{self, Fill};

async fn adjust(store: &Store, adjust: Adjust) {
    done(store, Commit { guards: vec![adjust], ..commit() }).await;
}

/// Tries a change that a bound forbids, beside others that nothing forbids: none of them may be done.
async fn forbidden(store: &Store, adjust: Adjust) {
    let (other, client) = (guard(adjust.guard.kind, 2), limit(LimitKind::Client, 1));
    let person: Record = samples::person(50, "never").into();
    let event = event(&person);
    let before = everything(store).await;
    let commit = Commit {
        writes: vec![write(person, 1, event)],
        guards: vec![adding(other, 1), adjust, adding(other, 1)],
        spends: vec![Spend { limit: client, hour: 1, amount: 1, max: 9 }],
        sides: samples::sides(1, Fill::Full).to_vec(),
        ..commit()
    };
    assert_eq!(refused(store, commit).await, Refusal::Guard(adjust.guard), "{adjust:?}");
    assert_eq!(everything(store).await, before);
    counts(store, other, 0).await;
    assert_eq!(spent(store, client, 1).await, Buckets { hour: 1, ..Buckets::default() });
}

/// `guard_max_binds_only_increases`
pub(super) async fn max(store: Store) {
    let store = &store;
    for kind in GuardKind::ALL {
        let guard = guard(kind, 1);
        let at_most = |max, delta| Adjust { max: Some(max), ..adding(guard, delta) };
        forbidden(store, at_most(2, 3)).await;
        adjust(store, at_most(3, 3)).await;
        forbidden(store, at_most(3, 1)).await;
        forbidden(store, at_most(4, 2)).await;
        adjust(store, at_most(5, 2)).await;
        // A maximum that was lowered meanwhile stops nobody from leaving.
        adjust(store, at_most(1, -1)).await;
        adjust(store, at_most(1, 0)).await;
        counts(store, guard, 4).await;
        forbidden(store, at_most(1, 1)).await;
        counts(store, guard, 4).await;
    }
    let guard = guard(GuardKind::Members, 3);
    race(store, guard, Adjust { max: Some(5), ..adding(guard, 1) }, 5).await;
    counts(store, guard, 5).await;
}

/// `guard_min_binds_only_decreases`
pub(super) async fn min(store: Store) {
    let store = &store;
    for kind in GuardKind::ALL {
        let guard = guard(kind, 1);
        let at_least = |min, delta| Adjust { min: Some(min), ..adding(guard, delta) };
        // A minimum stops nobody from coming.
        adjust(store, at_least(9, 4)).await;
        adjust(store, at_least(9, 0)).await;
        forbidden(store, at_least(4, -1)).await;
        forbidden(store, at_least(1, -4)).await;
        adjust(store, at_least(1, -3)).await;
        counts(store, guard, 1).await;
        forbidden(store, at_least(1, -1)).await;
        adjust(store, at_least(0, -1)).await;
        counts(store, guard, 0).await;
    }
    let guard = guard(GuardKind::Admins, 3);
    adjust(store, adding(guard, 5)).await;
    race(store, guard, Adjust { min: Some(1), ..adding(guard, -1) }, 4).await;
    counts(store, guard, 1).await;
}

/// Many make the same change at once, each beside a record of its own: as many succeed as the bound lets.
async fn race(store: &Store, guard: Guard, adjust: Adjust, expected: usize) {
    let slot = |racer: u128| samples::slot(100 + racer, 1);
    let racers = (0..24).map(|racer| store.commit(Commit { guards: vec![adjust], ..writing([slot(racer).into()], 1) }));
    let answers: Vec<_> = at_once(racers).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.iter().filter(|answer| **answer == Committed::Done).count(), expected, "{answers:?}");
    for (racer, answer) in (0..).zip(answers) {
        let there = find(store, slot_key(slot(racer))).await.record.is_some();
        assert_eq!(there, answer == Committed::Done);
        assert!(there || answer == Committed::Refused(Refusal::Guard(guard)), "{answer:?}");
    }
}

/// `guard_is_not_version_checked`: nor do readers of the same record stop each other.
pub(super) async fn not_version_checked(store: Store) {
    let store = &store;
    let (members, clients) = (guard(GuardKind::Members, 1), guard(GuardKind::Clients, 2));
    let busy = samples::slot(1, 1);
    done(store, Commit { guards: vec![adding(clients, 99)], ..writing([busy.into()], 1) }).await;
    let racers = (0..32).map(|racer| -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let version = find(store, slot_key(busy)).await.version;
            give_way().await;
            // Bounds that are far away, and both orders of two guards.
            let mut guards =
                vec![Adjust { max: Some(99), ..adding(members, 2) }, Adjust { min: Some(0), ..adding(clients, -1) }];
            guards.rotate_left(racer % 2);
            let reads = vec![(slot_key(busy), version)];
            let slot = samples::slot(100 + u128::try_from(racer).unwrap(), 1);
            done(store, Commit { reads, guards, ..writing([slot.into()], 1) }).await;
        })
    });
    at_once(racers).await;
    counts(store, members, 64).await;
    counts(store, clients, 67).await;
    assert_eq!(find(store, slot_key(busy)).await.version, Version(1));
}
