//! Four calls at once on overlapping records: whatever the schedule, it is one of the 24 serial orders.

use handclasp::testing::configuration;
use handclasp_tests::races::{Call, Numbers, Run, Staged, Stand, copy_of, random_schedule};
use handclasp_tests::soak::{rounds, seed};
use handclasp_tests::world::World;
use serde_json::json;

use crate::pairs::stages::{by, cast};

/// A personal invite, a group link and a request between the same two, and what befalls them.
async fn stage(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let group = world.group_link(&all.acme).await;
    let created = all.invited(world, None).await;
    let request = all.asked(world).await["request"].clone();
    let invite = json!({ "invite": created["invite"]["id"] });
    let role = json!({ "role": all.acme.role() });
    let link = |link: &serde_json::Value| json!({ "link": link });
    let mut calls = vec![
        Call::new("redeem", "invites.redeem", by(&all.joiner, link(&created["link"]))),
        Call::new("another redeems", "invites.redeem", by(&all.crane.admin(), link(&created["link"]))),
        Call::new("join", "invites.redeem", by(&all.bolt.admin(), link(&json!(group.expose())))),
        Call::new("open", "invites.open", link(&created["link"])),
        Call::new("revoke", "invites.revoke", by(&all.acme.admin(), invite.clone())),
        Call::new("resend", "invites.resend", by(&all.inviter, invite)),
        Call::new("refresh", "group_links.refresh", by(&all.acme.admin(), role)),
        Call::new("accept", "connections.accept", by(&all.joiner, json!({ "request": request }))),
        Call::new("withdraw", "connections.withdraw", by(&all.inviter, json!({ "request": request }))),
    ];
    calls.extend(all.ends());
    calls.extend(all.losses());
    calls
}

/// Crowds that were thought of. The rest is drawn.
const CROWDS: [[&str; 4]; 4] = [
    ["redeem", "refresh", "revoke", "the inviter is demoted"],
    ["accept", "refresh", "the role is archived", "the inviter is demoted"],
    ["join", "redeem", "accept", "the contractor is renamed"],
    ["resend", "open", "another redeems", "the client is archived"],
];

async fn orders(stand: &Stand<'_>, calls: [usize; 4]) -> Vec<Run> {
    let mut runs = Vec::new();
    for number in 0..24 {
        // The number, written in the bases 4, 3, 2, 1, takes the racers one by one.
        let (mut left, mut rest, mut order) = (vec![0, 1, 2, 3], number, Vec::new());
        while !left.is_empty() {
            order.push(left.remove(rest % left.len()));
            rest /= left.len() + 1;
        }
        runs.push(stand.one_by_one(&calls, &order).await);
    }
    runs
}

fn is_serial(orders: &[Run], run: &Run, met: &str) {
    if !orders.contains(run) {
        let nearest = orders.iter().find(|order| order.answers == run.answers).unwrap_or(&orders[0]);
        panic!("{met}: none of the 24 orders leads here; beside one of them:\n{}", run.beside(nearest));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_05_cnc_13_four_at_once_come_to_one_of_their_24_orders() {
    let staged = Staged::set(configuration(), stage).await;
    let stand = Stand::new(&staged, 4).await;
    let file = staged.in_a_file().await;
    let first = seed();
    let mut numbers = Numbers::new(first);
    let drawn = std::iter::repeat_with(|| [(); 4].map(|()| numbers.below(staged.calls.len())));
    let crowds = CROWDS.into_iter().map(|names| staged.called(names)).chain(drawn);
    for (place, calls) in crowds.take(rounds(12, 200)).enumerate() {
        let orders = orders(&stand, calls).await;
        let names = calls.map(|call| staged.calls[call].name);
        for seed in (first..).take(rounds(20, 500)) {
            let trial = random_schedule(&stand, &calls, seed).await;
            is_serial(&orders, &trial.run, &format!("{names:?}, seed {seed}, schedule {:?}", trial.schedule));
            // Each of the three others can be in the way once.
            assert!(trial.rounds <= 4, "{names:?}, seed {seed}: {} rounds", trial.rounds);
        }
        for round in 0..rounds(usize::from(place < CROWDS.len()), 20) {
            let copy = copy_of(&file);
            let storage = copy.open().await;
            let (run, rounds) = stand.raced(&storage, &calls).await;
            is_serial(&orders, &run, &format!("{names:?} on a file, round {round}"));
            assert!(rounds <= 4, "{names:?}: {rounds} rounds");
            storage.close().await.expect("a store can be closed");
            let memory = staged.in_memory().await;
            let (run, _) = stand.raced(&memory, &calls).await;
            is_serial(&orders, &run, &format!("{names:?} in memory, round {round}"));
        }
        stand.forget();
    }
}
