//! Two Admins who demote each other: one is left.

use std::time::{Duration, Instant};

use handclasp::Actor;
use handclasp::members::ChangeMemberRole;
use handclasp::model::user_role::UserRole;
use handclasp_tests::stores;
use handclasp_tests::world::World;

/// PostgreSQL looks for deadlocks after a second; a race that takes as long has waited for that.
const DEADLOCK_TIMEOUT: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acc_21_two_admins_demote_each_other_200_times_and_one_is_left() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let acme = world.client("Acme").await;
        let second = world.member(&acme, UserRole::ADMIN).await;
        let Actor::Person { id: other, .. } = second else { panic!("a member is a person") };
        for round in 0..200 {
            let start = Instant::now();
            let demote = |by: &Actor, person| {
                let (handclasp, by) = (world.handclasp.clone(), by.clone());
                let demote = ChangeMemberRole::new(person, UserRole::VIEWER);
                tokio::spawn(async move { handclasp.members().change_role(by, demote).await })
            };
            let (first, second) = (demote(&acme.admin(), other), demote(&second, acme.person));
            let outcomes = [first.await.unwrap(), second.await.unwrap()];
            let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
            assert_eq!(won, 1, "{name}, round {round}: {outcomes:?}");
            for error in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
                assert!(matches!(error.code(), "forbidden" | "last_admin"), "{name}: {error:?}");
            }
            assert!(start.elapsed() < DEADLOCK_TIMEOUT, "{name}, round {round}: {:?}", start.elapsed());
            for person in [acme.person, other] {
                let promote = ChangeMemberRole::new(person, UserRole::ADMIN);
                world.handclasp.members().change_role(Actor::system_for(acme.id), promote).await.unwrap();
            }
        }
    })
    .await;
}
