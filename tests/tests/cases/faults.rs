//! A store that fails, one that forgets whose rows they are, and what a refusal leaves in the log.

use std::sync::Arc;

use async_trait::async_trait;
use handclasp::connections::ListConnections;
use handclasp::contractor_roles::CreateContractorRole;
use handclasp::model::delivery::Delivery;
use handclasp::storage::{
    Commit, Committed, Filter, Key, Lease, Memory, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version,
    Versioned,
};
use handclasp::{Fault, FaultKind};
use handclasp_tests::flaky::{Flaky, Trouble, Way};
use handclasp_tests::stores;
use handclasp_tests::told::{Told, listening};
use handclasp_tests::world::World;
use serde_json::json;

/// A store whose lists and counts forget whose rows were asked for.
#[derive(Debug)]
struct Forgetful(Memory);

fn all_tenants(filter: &Filter) -> Filter {
    let tenant = |filter: &Filter| matches!(filter, Filter::Is("owner_id" | "client_id" | "business_id", _));
    let Filter::All(all) = filter else { return filter.clone() };
    Filter::All(all.iter().filter(|one| !tenant(one)).cloned().collect())
}

#[async_trait]
impl Storage for Forgetful {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        self.0.load(keys).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        self.0.commit(commit).await
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        self.0.list(&Query { filter: all_tenants(&query.filter), ..query.clone() }).await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        self.0.tally(&Tally { filter: all_tenants(&tally.filter), ..tally.clone() }).await
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        self.0.lease(lease).await
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        self.0.feed(after, limit).await
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        self.0.purge(purge).await
    }

    async fn close(&self) -> Result<(), Fault> {
        self.0.close().await
    }
}

#[tokio::test]
async fn per_07_08_whichever_call_of_a_redeem_fails_nothing_is_consumed_and_the_next_one_connects() {
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let acme = world.client("Acme").await;
        let earlier = (world.contractor("First").await, world.invite(&acme).await.link);
        world.handclasp.invites().redeem(earlier.0.admin(), &earlier.1).await.unwrap();
        let mut failed = 0;
        for call in 1.. {
            let bolt = world.contractor(&format!("Bolt {call}")).await;
            let link = world.invite(&acme).await.link;
            let flaky = Arc::new(Flaky::new(Arc::clone(&storage)));
            let handclasp = world.beside(Arc::clone(&flaky) as Arc<dyn Storage>).await;
            flaky.arm(Trouble { at: Some((call, Way::Fails(FaultKind::StorageUnavailable))), loses: None });
            match handclasp.invites().redeem(bolt.admin(), &link).await {
                Ok(_) => break,
                Err(error) => assert_eq!(error.code(), "storage_unavailable", "{name}"),
            }
            failed += 1;
            world.handclasp.invites().redeem(bolt.admin(), &link).await.unwrap();
        }
        assert_eq!(failed, 3, "{name}: two loads and a commit");
        // Those that failed have reopened nothing.
        let error = world.handclasp.invites().redeem(earlier.0.admin(), &earlier.1).await.unwrap_err();
        assert_eq!(error.code(), "invite_invalid_or_expired", "{name}");
    })
    .await;
}

/// Whether a client among two sees its own contractor alone.
async fn sees_own_alone(storage: Arc<dyn Storage>) -> bool {
    let world = World::on(storage).await;
    let (acme, crane) = (world.client("Acme").await, world.client("Crane").await);
    for client in [&acme, &crane] {
        let contractor = world.contractor("Bolt").await;
        let link = world.group_link(client).await;
        world.handclasp.invites().redeem(contractor.admin(), &link).await.unwrap();
    }
    let page = world.handclasp.connections().contractors(acme.admin(), ListConnections::default()).await.unwrap();
    page.connections.len() == 1 && page.counts.connected == 1
}

#[tokio::test]
async fn az_17_a_store_that_forgets_whose_rows_they_are_is_noticed() {
    assert!(sees_own_alone(Arc::new(Memory::new())).await);
    assert!(!sees_own_alone(Arc::new(Forgetful(Memory::new()))).await);
}

#[tokio::test]
async fn az_12_a_refusal_is_one_event_with_who_what_and_why_and_no_text_of_theirs() {
    let told = Told::default();
    let _guard = listening(told.clone());
    let world = World::on(Arc::new(Memory::new())).await;
    let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
    drop(told.take());
    let create = CreateContractorRole::new("Electrician");
    world
        .handclasp
        .contractor_roles()
        .create(handclasp::Actor::person(bolt.person, acme.id), create)
        .await
        .unwrap_err();
    let events = told.take();
    assert_eq!(events.len(), 1, "{events:?}");
    for part in ["contractor_roles.create", "not_found", &bolt.person.to_string(), &acme.id.to_string()] {
        assert!(events[0].contains(part), "{events:?} holds no {part}");
    }
    assert!(!events[0].contains("Electrician") && !events[0].contains('\n'), "{events:?}");
}

#[tokio::test]
async fn az_12_what_is_refused_before_anything_is_looked_up_is_one_event_too() {
    let told = Told::default();
    let _guard = listening(told.clone());
    let world = World::on(Arc::new(Memory::new())).await;
    let acme = world.client("Acme").await;
    let (admin, role) = (json!(acme.admin()), json!(acme.role()));
    let (system, any) = (json!({"kind": "system"}), json!(uuid::Uuid::from_u128(9)));
    let forged = "hclasp1_forged";
    let long = "x".repeat(3_000);
    for (operation, arguments) in [
        ("invites.preview", json!({"link_or_claim": forged})),
        ("invites.open", json!({"link": forged})),
        ("invites.decline", json!({"claim": forged})),
        ("invites.accept", json!({"actor": admin, "claim": forged})),
        ("invites.redeem", json!({"actor": admin, "link": forged})),
        ("invites.create", json!({"actor": admin, "role": role, "message": long})),
        ("invites.send", json!({"actor": admin, "invite": any, "address": long})),
        ("businesses.register", json!({"actor": system, "profile": {"name": long}})),
        ("businesses.update", json!({"actor": admin, "profile": {"name": long}})),
        ("people.put", json!({"actor": system, "id": any, "name": long, "email": "kim@bolt.example"})),
        ("members.define_role", json!({"actor": admin, "name": long, "permissions": []})),
        ("contractor_roles.create", json!({"actor": admin, "name": long})),
        ("contractor_roles.rename", json!({"actor": admin, "role": role, "name": long})),
        ("contractor_roles.define_category", json!({"actor": admin, "role": role, "name": long})),
        ("contractor_roles.define_requirement", json!({"actor": admin, "role": role, "name": long})),
        ("connections.disconnect", json!({"actor": admin, "connection": any, "reason": {"code": long}})),
        ("access_requests.submit", json!({"actor": admin, "business": acme.id, "name": long, "email": "j@a.example"})),
        ("access_requests.decline", json!({"actor": admin, "request": any, "reason": {"code": long}})),
        ("reasons.set", json!({"actor": admin, "kind": "disconnect", "reasons": [{"code": long, "label": "x"}]})),
        ("fees.set_plan", json!({"actor": system, "client": acme.id, "plan": plan(&long)})),
        ("outbox.deliver_due", json!({"actor": admin})),
        ("outbox.deliver_due", json!({"actor": system, "limit": 0})),
        ("outbox.run", json!({"actor": admin})),
        ("outbox.run", json!({"actor": system, "pause": 0})),
        ("outbox.list", json!({"actor": admin})),
        ("outbox.purge", json!({"actor": admin, "older_than": 1})),
        ("history.since", json!({"actor": admin, "after": 0})),
        ("history.since", json!({"actor": system, "after": 0, "limit": 0})),
    ] {
        drop(told.take());
        let answer = handclasp_wire::call(&world.handclasp, operation, &arguments.to_string()).await;
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let events = told.take();
        assert_eq!(events.len(), 1, "{operation}: {answer}, {events:?}");
        for part in [operation, answer["error"]["code"].as_str().unwrap()] {
            assert!(events[0].contains(part), "{events:?} holds no {part}");
        }
        for secret in [forged, long.as_str()] {
            assert!(!events[0].contains(secret), "{events:?}");
        }
    }
}

/// A plan whose currency is none.
fn plan(currency: &str) -> serde_json::Value {
    json!({"currency": currency, "anchor_day": 1, "free_allowance": 0, "tiers": [{"price": 1}], "payer": "client"})
}
