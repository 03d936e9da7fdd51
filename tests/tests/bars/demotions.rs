//! Two Admins who demote each other, each in a handle of their own: one is left.

use handclasp::members::ChangeMemberRole;
use handclasp::model::user_role::UserRole;
use handclasp::{Actor, Handclasp};
use handclasp_tests::stores::{Place, connect};
use handclasp_tests::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acc_21_two_admins_demote_each_other_200_times_and_one_is_left() {
    for place in Place::all().await {
        let world = World::on(place.open().await).await;
        let beside = world.beside(place.open().await).await;
        demoted_at_once(place.name, &world, &beside).await;
        for handclasp in [&world.handclasp, &beside] {
            handclasp.close().await.expect("a store can be closed");
        }
        if let Some(url) = place.url() {
            assert_eq!(
                deadlocks(&url).await,
                0,
                "a victim is tried again and tells nobody, but it has waited a second"
            );
        }
        place.remove().await;
    }
}

async fn demoted_at_once(name: &str, world: &World, beside: &Handclasp) {
    let acme = world.client("Acme").await;
    let second = world.member(&acme, UserRole::ADMIN).await;
    let Actor::Person { id: other, .. } = second else { panic!("a member is a person") };
    for round in 0..200 {
        let demote = |handclasp: &Handclasp, by: &Actor, person| {
            let (handclasp, by) = (handclasp.clone(), by.clone());
            let demote = ChangeMemberRole::new(person, UserRole::VIEWER);
            tokio::spawn(async move { handclasp.members().change_role(by, demote).await })
        };
        let first = demote(&world.handclasp, &acme.admin(), other);
        let second = demote(beside, &second, acme.person);
        let outcomes = [first.await.unwrap(), second.await.unwrap()];
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(won, 1, "{name}, round {round}: {outcomes:?}");
        for error in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
            assert!(matches!(error.code(), "forbidden" | "last_admin"), "{name}: {error:?}");
        }
        for person in [acme.person, other] {
            let promote = ChangeMemberRole::new(person, UserRole::ADMIN);
            world.handclasp.members().change_role(Actor::system_for(acme.id), promote).await.unwrap();
        }
    }
}

/// So many the server has seen in the database. What a session has seen counts once it has ended.
async fn deadlocks(url: &str) -> i64 {
    let client = connect(url).await;
    let others = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    while !client.query(others, &[]).await.expect("an answer").is_empty() {}
    let count = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    client.query_one(count, &[]).await.expect("an answer").get(0)
}
