//! What a load sees.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use futures_util::future::BoxFuture;

use super::stage::{Store, at_once, done, give_way, slot_key, versioned, writing};
use crate::model::contractor_role::Status;
use crate::storage::{Key, Record, Version, Versioned};
use crate::testing::samples;

const ROUNDS: i64 = 40;

/// Records of four kinds that all say the same number.
pub(super) fn quartet(round: i64) -> [Record; 4] {
    let text = round.to_string();
    [
        samples::person(77, &text).into(),
        samples::slot(77, u128::from(round.unsigned_abs())).into(),
        samples::role(77, &text, Status::Live).into(),
        samples::answer(77, &text).into(),
    ]
}

/// Fails unless all four are of one round; says which.
pub(super) fn round_of(keys: &[Key], found: &[Versioned]) -> i64 {
    let round = found.first().unwrap().version;
    for (key, versioned) in keys.iter().zip(found) {
        assert_eq!(versioned.version, round, "{key:?} is of another commit than {:?} beside it: {found:#?}", keys[0]);
        if let Some(record) = &versioned.record {
            assert_eq!(record.key(), *key, "what is there is not in the order of the keys");
            assert!(quartet(round.0).contains(record), "{record:?} is not what was written at {round:?}");
        }
        assert_eq!(versioned.record.is_some(), round > Version::NONE);
    }
    round.0
}

/// `load_sees_one_snapshot`: one writes four records at a time, others load them meanwhile.
pub(super) async fn one_snapshot(store: Store) {
    let (store, over) = (&store, &AtomicBool::new(false));
    let writer: BoxFuture<'_, ()> = Box::pin(async move {
        for round in 1..=ROUNDS {
            done(store, writing(quartet(round), round)).await;
            give_way().await;
        }
        over.store(true, Ordering::SeqCst);
    });
    let readers = (0..4).map(|turn| -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let mut keys = quartet(1).map(|record| record.key());
            keys.rotate_left(turn);
            let mut last = false;
            while !last {
                last = over.load(Ordering::SeqCst);
                let round = round_of(&keys, &store.load(&keys).await.unwrap());
                assert!(!last || round == ROUNDS);
                give_way().await;
            }
        })
    });
    at_once(readers.chain([writer])).await;
}

/// `load_sees_every_commit_that_was_answered`: by whomever it was written, and while others load the same keys.
pub(super) async fn every_answered_commit(store: Store) {
    const WRITERS: usize = 6;
    let store = &store;
    shape(store).await;
    let answered: &[AtomicI64; WRITERS] = &Default::default();
    let slots = [10, 11, 12, 13, 14, 15];
    let writers = (0..WRITERS).map(|writer| -> BoxFuture<'_, ()> {
        Box::pin(async move {
            for round in 1..=ROUNDS {
                let slot = samples::slot(slots[writer], u128::from(round.unsigned_abs()));
                done(store, writing([slot.into()], round)).await;
                answered[writer].store(round, Ordering::SeqCst);
                let found = store.load(&[slot_key(slot)]).await.unwrap();
                assert_eq!(found, [versioned(slot, round)], "what was written is not there");
                give_way().await;
            }
        })
    });
    let readers = (0..3).map(|_| -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let keys = slots.map(|slot| slot_key(samples::slot(slot, 1)));
            while answered.iter().any(|round| round.load(Ordering::SeqCst) < ROUNDS) {
                let before = answered.each_ref().map(|round| round.load(Ordering::SeqCst));
                let found = store.load(&keys).await.unwrap();
                for (versioned, round) in found.iter().zip(before) {
                    assert!(versioned.version >= Version(round), "the load began after {round} and saw {versioned:?}");
                }
                give_way().await;
            }
        })
    });
    at_once(writers.chain(readers)).await;
}

/// What is not there and what is asked for twice have their places too.
async fn shape(store: &Store) {
    assert_eq!(store.load(&[]).await.unwrap(), []);
    let (first, second) = (samples::slot(1, 1), samples::slot(2, 2));
    // The same id in another table is another record.
    let person = samples::person(1, "Jo");
    done(store, writing([first.into(), second.into(), person.clone().into()], 1)).await;
    let (absent, first_key, second_key) = (slot_key(samples::slot(3, 1)), slot_key(first), slot_key(second));
    let asked = [absent, second_key, first_key, person.id.into(), second_key, absent];
    let found = store.load(&asked).await.unwrap();
    let (one, other) = (versioned(first, 1), versioned(second, 1));
    assert_eq!(found, [Versioned::NONE, other.clone(), one, versioned(person, 1), other, Versioned::NONE]);
}
