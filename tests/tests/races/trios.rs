//! Three calls, in every order of their store calls: a pair, and housekeeping or an end that comes between them.

use std::time::Duration;

use handclasp::testing::configuration;
use handclasp_tests::races::{Call, Staged, Stand, every_schedule};
use handclasp_tests::world::World;
use serde_json::json;

use crate::pairs::stages::{by, cast, system};

/// The six orders of three.
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

async fn every_order(names: [&str; 3], stage: impl AsyncFnOnce(&World) -> Vec<Call>) {
    let staged = Staged::set(configuration(), stage).await;
    let stand = Stand::new(&staged, 3).await;
    let calls = staged.called(names);
    let mut orders = Vec::new();
    for order in ORDERS {
        orders.push(stand.one_by_one(&calls, &order).await);
    }
    let tried = every_schedule(&stand, &calls, |trial| {
        let nearest = orders.iter().find(|order| order.answers == trial.run.answers).unwrap_or(&orders[0]);
        let differs = || trial.run.beside(nearest);
        assert!(
            orders.contains(&trial.run),
            "{names:?}, schedule {:?}: no order leads here\n{}",
            trial.schedule,
            differs()
        );
        assert!(trial.rounds <= 3, "{names:?}: {} rounds", trial.rounds);
    });
    assert!(tried.await > ORDERS.len(), "{names:?}: nobody met anybody");
}

/// A key that was used more than a day ago, and its answer, which housekeeping may forget.
async fn used_key(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let create = |name| {
        let mut arguments = by(&all.inviter, json!({ "role": all.acme.role() }));
        arguments["idempotency_key"] = json!("monday");
        Call::new(name, "invites.create", arguments)
    };
    create("create").on(&world.handclasp).await;
    world.clock.advance(Duration::from_secs(25 * 3_600));
    vec![
        create("create"),
        create("create again"),
        Call::new("purge", "outbox.purge", system(json!({ "older_than": 60 }))),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_09_a_key_whose_old_answer_is_purged_meanwhile_has_one_effect() {
    every_order(["create", "create again", "purge"], used_key).await;
}

/// A request that is taken back and asked again while somebody answers it.
async fn asked_again(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let request = all.asked(world).await["request"].clone();
    let again = json!({ "contractor": all.bolt.id, "role": all.acme.role() });
    vec![
        Call::new("withdraw", "connections.withdraw", by(&all.inviter, json!({ "request": request }))),
        Call::new("request again", "connections.request", by(&all.acme.admin(), again)),
        Call::new("accept", "connections.accept", by(&all.joiner, json!({ "request": request }))),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn con_04_an_answer_to_a_request_that_is_asked_again_meanwhile_is_for_the_first_one() {
    every_order(["withdraw", "request again", "accept"], asked_again).await;
}

/// An inviter who is sent away and taken back while their link is redeemed.
async fn back_again(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let link = all.invited(world, None).await["link"].clone();
    let inviter = crate::pairs::stages::person(&all.inviter);
    let of = |role: &str| by(&all.acme.admin(), json!({ "person": inviter, "role": role }));
    vec![
        Call::new("the inviter is demoted", "members.change_role", of("viewer")),
        Call::new("the inviter is promoted", "members.change_role", of("admin")),
        Call::new("redeem", "invites.redeem", by(&all.joiner, json!({ "link": link }))),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn per_15_a_link_is_dead_though_its_inviter_comes_back_meanwhile() {
    every_order(["the inviter is demoted", "the inviter is promoted", "redeem"], back_again).await;
}
