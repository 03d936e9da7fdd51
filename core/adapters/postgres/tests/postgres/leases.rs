//! A delivery is in one pair of hands, though leasing takes row locks and committing takes advisory ones.

use std::time::Duration;

use handclasp::model::delivery::{Delivery, State};
use handclasp::storage::{Commit, Committed, Key, Lease, Storage, Version};
use handclasp::testing::samples;

use crate::support::{Database, commit, write};

#[tokio::test(flavor = "multi_thread")]
async fn a_settlement_and_a_lease_of_one_delivery_exclude_each_other() {
    let database = Database::new().await;
    let stores = [database.store().await, database.store().await];
    let (mut settled, mut leased) = (0, 0);
    for number in 1..=300 {
        let state = State::Leased { owner: samples::lease_id(1), until: samples::time(0) };
        let delivery = samples::delivery(number, state);
        let made = Commit { writes: vec![write(delivery.clone(), 1)], ..commit() };
        assert_eq!(stores[0].commit(made).await.unwrap(), Committed::Done);
        let sent = Delivery { state: State::Sent { at: samples::time(1) }, ..delivery.clone() };
        let settlement = Commit { writes: vec![write(sent, 2)], ..commit() };
        let until = samples::time(u64::MAX / 2);
        let lease = Lease { owner: samples::lease_id(2), now: samples::time(1), until, limit: 9 };
        // Now one a little earlier, now the other.
        let pause = Duration::from_micros((u64::try_from(number).unwrap() * 37) % 700);
        let (answer, handed) = tokio::join!(
            async {
                if number % 2 == 0 {
                    tokio::time::sleep(pause).await;
                }
                stores[0].commit(settlement).await.unwrap()
            },
            async {
                if number % 2 == 1 {
                    tokio::time::sleep(pause).await;
                }
                stores[1].lease(lease).await.unwrap()
            },
        );
        let [found] = stores[0].load(&[Key::from(delivery.id)]).await.unwrap().try_into().unwrap();
        match (answer, handed.as_slice()) {
            (Committed::Done, []) => settled += 1,
            (Committed::Stale, [(handed, Version(2))]) if handed.attempts == 1 => leased += 1,
            other => panic!("both, or neither: {other:?}"),
        }
        assert_eq!(found.version, Version(2));
    }
    assert!(settled > 0 && leased > 0, "both came first at times: {settled} {leased}");
}
