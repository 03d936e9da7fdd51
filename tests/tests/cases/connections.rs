//! Connections over long histories, and pages while they change.

use std::collections::{BTreeMap, BTreeSet};

use handclasp::connections::{
    AcceptRequest, DeclineRequest, Disconnect, ListConnections, RequestConnection, WithdrawRequest,
};
use handclasp::fees::{Quote, SetPlan};
use handclasp::model::connection::Status;
use handclasp::model::fees::{Payer, Plan, Tier};
use handclasp::views::Connection;
use handclasp::{Actor, Configuration, Limits};
use handclasp_tests::stores;
use handclasp_tests::world::{Company, World};

/// Small numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn generous() -> Configuration {
    let mut configuration = handclasp::testing::configuration();
    configuration.limits = Limits { per_inviter: 9_999, per_client: 9_999, per_pair: 9_999, ..Limits::default() };
    configuration
}

async fn page(world: &World, client: &Company) -> handclasp::connections::ConnectionsPage {
    world.handclasp.connections().contractors(client.admin(), ListConnections::default()).await.unwrap()
}

/// One random step with a contractor; what comes of it is seen in the lists.
async fn step(world: &World, (client, contractor): (&Company, &Company), now: Option<&Connection>, chance: usize) {
    let connections = world.handclasp.connections();
    match now.map(|connection| (connection.status, connection.request)) {
        Some((Status::Pending, Some(request))) => {
            let answered = match chance {
                0 | 1 => connections.accept(contractor.admin(), AcceptRequest::new(request)).await.map(|_| ()),
                2 => connections.decline(contractor.admin(), DeclineRequest::new(request)).await.map(|_| ()),
                _ => connections.withdraw(client.admin(), WithdrawRequest::new(request)).await.map(|_| ()),
            };
            answered.unwrap();
        }
        Some((Status::Connected, _)) => {
            let by = if chance < 2 { client.admin() } else { contractor.admin() };
            connections.disconnect(by, Disconnect::new(now.unwrap().id, "duplicate")).await.unwrap();
        }
        _ => {
            let request = RequestConnection::new(contractor.id, client.role());
            connections.request(client.admin(), request).await.unwrap();
        }
    }
}

#[tokio::test]
async fn con_15_after_every_step_of_a_long_history_lists_counts_and_fees_agree() {
    stores::each(async |name, storage| {
        let world = World::with(storage, generous()).await;
        let client = world.client("Acme").await;
        let contractors = world.contractors(5).await;
        let tiers = vec![Tier { up_to: None, price: 100 }];
        let plan = Plan { currency: "EUR".into(), anchor_day: 1, free_allowance: 0, tiers, payer: Payer::Client };
        world.handclasp.fees().set_plan(Actor::system(), SetPlan::new(client.id, plan)).await.unwrap();
        let (mut numbers, mut ever) = (Numbers(15), BTreeSet::new());
        for _ in 0..if name == "memory" { 1_000 } else { 150 } {
            let contractor = &contractors[numbers.below(5)];
            let now = page(&world, &client).await.connections;
            let now = now.iter().find(|connection| connection.other.id == contractor.id);
            step(&world, (&client, contractor), now, numbers.below(4)).await;
            let page = page(&world, &client).await;
            let mut rows: BTreeMap<Status, u64> = BTreeMap::new();
            for connection in &page.connections {
                *rows.entry(connection.status).or_default() += 1;
                if connection.status == Status::Connected {
                    ever.insert(connection.id);
                }
            }
            let counts = page.counts;
            let counted = [counts.pending, counts.connected, counts.declined, counts.withdrawn, counts.disconnected];
            for (status, counted) in Status::ALL.into_iter().zip(counted) {
                assert_eq!(rows.get(&status).copied().unwrap_or(0), counted, "{name}: {status:?}");
            }
            let quote = world.handclasp.fees().quote(client.admin(), Quote::default()).await.unwrap();
            assert_eq!(quote.count, u64::try_from(ever.len()).unwrap(), "{name}: whoever was Connected counts once");
        }
    })
    .await;
}

#[tokio::test]
async fn con_17_a_walk_by_cursor_shows_each_once_while_others_come_and_go() {
    stores::each(async |name, storage| {
        let world = World::with(storage, generous()).await;
        let client = world.client("Acme").await;
        let link = world.group_link(&client).await;
        let contractors = world.contractors(120).await;
        for contractor in contractors.iter().take(80) {
            world.handclasp.invites().redeem(contractor.admin(), &link).await.unwrap();
        }
        let before: BTreeSet<_> = contractors.iter().take(80).map(|contractor| contractor.id).collect();
        let (mut seen, mut cursor, mut late) = (Vec::new(), None, contractors.iter().skip(80));
        loop {
            let mut list = ListConnections::default();
            (list.cursor, list.limit) = (cursor, Some(7));
            let page = world.handclasp.connections().contractors(client.admin(), list).await.unwrap();
            seen.extend(page.connections.iter().map(|connection| connection.other.id));
            for contractor in late.by_ref().take(3) {
                world.handclasp.invites().redeem(contractor.admin(), &link).await.unwrap();
            }
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let distinct: BTreeSet<_> = seen.iter().copied().collect();
        assert_eq!(distinct.len(), seen.len(), "{name}: nobody comes twice");
        assert!(before.is_subset(&distinct), "{name}: nobody who was there is left out");
    })
    .await;
}
