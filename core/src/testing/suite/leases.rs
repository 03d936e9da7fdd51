//! Who gets which delivery.

use std::collections::BTreeMap;

use futures_util::future::{BoxFuture, join};

use super::stage::{Store, at_once, done, find, give_way, stale, versioned, writing};
use crate::model::delivery::{Delivery, State};
use crate::storage::{Commit, Committed, Lease, Record, Version};
use crate::testing::samples;

fn lease(owner: u128, now: u64, limit: usize) -> Lease {
    let (now, until) = (samples::time(now), samples::time(now + 1_000));
    Lease { owner: samples::lease_id(owner), now, until, limit }
}

fn due(number: u128, at: u64) -> Delivery {
    samples::delivery(number, State::Due { at: samples::time(at) })
}

/// The delivery in the hands of whoever leased it so.
fn leased(delivery: &Delivery, lease: Lease) -> Delivery {
    let state = State::Leased { owner: lease.owner, until: lease.until };
    Delivery { state, attempts: delivery.attempts + 1, ..delivery.clone() }
}

fn sent(delivery: &Delivery) -> Record {
    Delivery { state: State::Sent { at: samples::time(9_000) }, ..delivery.clone() }.into()
}

/// `lease_hands_a_delivery_to_one_worker`
pub(super) async fn to_one_worker(store: Store) {
    let store = &store;
    longest_due_first(store).await;
    late_result(store).await;
    many_workers(store).await;
    late_result_against_lease(store).await;
}

/// What is due by now, and no other: the longest due first, as many as asked.
async fn longest_due_first(store: &Store) {
    const NOW: u64 = 100;
    let held = |number, until| {
        samples::delivery(number, State::Leased { owner: samples::lease_id(9), until: samples::time(until) })
    };
    let at = samples::time(1);
    let free = [due(3, 10), held(8, 20), due(1, 30), due(4, 40), held(2, 99), due(7, NOW)];
    let others = [
        due(11, NOW + 1),
        held(12, NOW + 1),
        samples::delivery(13, State::Sent { at }),
        samples::delivery(14, State::Parked { at }),
        samples::delivery(15, State::Dropped { at }),
    ];
    // A hand-out raises the version that is there, whatever it is.
    done(store, writing(free.iter().chain(&others).rev().cloned().map(Record::from), 1)).await;
    done(store, writing([free[3].clone().into()], 2)).await;
    let mut handed = Vec::new();
    for (owner, limit, count) in [(1, 1, 1), (2, 4, 4), (3, 4, 1), (4, 4, 0)] {
        let lease = lease(owner, NOW, limit);
        let version = |place| if place == 3 { 3 } else { 2 };
        let places = handed.len()..handed.len() + count;
        let expected: Vec<_> = places.map(|place| (leased(&free[place], lease), Version(version(place)))).collect();
        assert_eq!(store.lease(lease).await.unwrap(), expected, "to worker {owner}");
        handed.extend(expected);
    }
    for (delivery, version) in handed {
        assert_eq!(find(store, delivery.id.into()).await, versioned(delivery, version.0));
    }
    for delivery in others {
        assert_eq!(find(store, delivery.id.into()).await, versioned(delivery, 1), "it was not to be had");
    }
    // Out of the way of what follows.
    for number in [1, 2, 3, 4, 7, 8, 11, 12] {
        let found = find(store, due(number, 0).id.into()).await;
        done(store, writing([sent(&due(number, 0))], found.version.next().0)).await;
    }
}

/// Who was too slow can't say anything any more, nor can who read the delivery before it was handed out.
async fn late_result(store: &Store) {
    let delivery = due(20, 0);
    done(store, writing([delivery.clone().into()], 1)).await;
    let (slow, quick) = (lease(1, 10, 5), lease(2, 1_010, 5));
    let first = leased(&delivery, slow);
    assert_eq!(store.lease(slow).await.unwrap(), [(first.clone(), Version(2))]);
    let rests_on_it = |version| Commit {
        reads: vec![(delivery.id.into(), Version(version))],
        ..writing([samples::slot(20, 1).into()], 1)
    };
    stale(store, rests_on_it(1), "it was handed out since it was read").await;
    assert_eq!(store.lease(Lease { now: samples::time(1_009), ..quick }).await.unwrap(), [], "it is another's yet");
    let second = leased(&first, quick);
    assert_eq!(store.lease(quick).await.unwrap(), [(second.clone(), Version(3))]);
    stale(store, writing([sent(&first)], 3), "the result came after another had it").await;
    done(store, writing([sent(&second)], 4)).await;
    assert_eq!(store.lease(lease(3, 8_000, 5)).await.unwrap(), [], "what was sent is not handed out");
    done(store, rests_on_it(4)).await;
}

/// Many workers at once, until nothing is left.
async fn many_workers(store: &Store) {
    const DELIVERIES: u128 = 40;
    let all: Vec<_> = (0..DELIVERIES).map(|number| due(100 + number, u64::try_from(number % 7).unwrap())).collect();
    done(store, writing(all.iter().cloned().map(Record::from), 1)).await;
    let workers = (1..=8).map(|worker| -> BoxFuture<'_, Vec<(Delivery, Version)>> {
        Box::pin(async move {
            let mut mine = Vec::new();
            // Who finds nothing may have met the others' locks: the last worker, below, is alone.
            for _ in 0..DELIVERIES {
                let handed = store.lease(lease(worker, 50, 3)).await.unwrap();
                assert!(handed.len() <= 3, "{} where 3 were asked", handed.len());
                mine.extend(handed);
                give_way().await;
            }
            mine
        })
    });
    let mut handed: Vec<_> = at_once(workers).await.into_iter().flatten().collect();
    handed.extend(store.lease(lease(9, 50, 1_000)).await.unwrap());
    let mut by_id = BTreeMap::new();
    for (delivery, version) in handed {
        assert_eq!((delivery.attempts, version), (1, Version(2)));
        assert_eq!(find(store, delivery.id.into()).await, versioned(delivery.clone(), 2), "another has it too");
        assert!(by_id.insert(delivery.id, delivery).is_none(), "it was handed out twice");
    }
    assert_eq!(by_id.into_keys().collect::<Vec<_>>(), sorted_ids(&all));
    for delivery in all {
        done(store, writing([sent(&delivery)], 3)).await;
    }
}

fn sorted_ids(deliveries: &[Delivery]) -> Vec<crate::id::DeliveryId> {
    let mut ids: Vec<_> = deliveries.iter().map(|delivery| delivery.id).collect();
    ids.sort();
    ids
}

/// A late result and the next worker at once: one of them has the delivery, never both.
async fn late_result_against_lease(store: &Store) {
    for number in 200..216 {
        let (first, second) = (lease(1, 10, 1), lease(2, 2_000, 1));
        done(store, writing([due(number, 0).into()], 1)).await;
        let (delivery, version) = store.lease(first).await.unwrap().remove(0);
        let late = store.commit(writing([sent(&delivery)], version.next().0));
        let (late, next) = join(late, store.lease(second)).await;
        match late.unwrap() {
            Committed::Done => assert_eq!(next.unwrap(), [], "it was sent and handed out"),
            Committed::Stale => {
                let again = leased(&delivery, second);
                assert_eq!(next.unwrap(), [(again.clone(), Version(3))], "the result was refused for nobody");
                done(store, writing([sent(&again)], 4)).await;
            }
            Committed::Refused(refusal) => panic!("nothing could refuse, but {refusal:?}"),
        }
    }
}
