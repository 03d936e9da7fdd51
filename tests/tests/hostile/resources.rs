//! Little memory, small stacks, long lists, wide searches, floods of bad tokens.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use handclasp::businesses::{Register, SearchBusinesses};
use handclasp::model::delivery::Delivery;
use handclasp::model::user_role::UserRole;
use handclasp::storage::{
    Commit, Committed, Key, Lease, Memory, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};
use handclasp::testing::{Counting, configuration};
use handclasp::{Actor, Fault, PersonId, people};
use handclasp_tests::scenarios;
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;
use handclasp_tests::world::World;
use serde_json::json;
use uuid::Uuid;

use crate::child::{self, runtime};

#[tokio::test]
async fn res_04_bad_tokens_ask_the_store_nothing() {
    let storage = Arc::new(Counting::new(Arc::new(Memory::new())));
    let world = World::on(Arc::clone(&storage) as Arc<dyn Storage>).await;
    let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
    let link = world.invite(&acme).await.link;
    let good = link.expose().rsplit('/').next().expect("a token").to_owned();
    let before = storage.counts();
    for number in 0..rounds(10_000, 600_000) {
        let place = number % good.len();
        let mut token = good.clone();
        let other = if token[place..].starts_with('A') { "B" } else { "A" };
        token.replace_range(place..=place, other);
        let call = async |operation: &str, arguments: serde_json::Value| {
            let answer = handclasp_wire::call(&world.handclasp, operation, &arguments.to_string()).await;
            assert!(answer.contains("invite_invalid_or_expired"), "{token}: {answer}");
        };
        match number % 3 {
            0 => call("invites.preview", json!({ "link_or_claim": token })).await,
            1 => call("invites.open", json!({ "link": token })).await,
            _ => call("invites.redeem", json!({ "actor": bolt.admin(), "link": token })).await,
        }
    }
    assert_eq!(storage.counts(), before, "a forged token is refused before any look");
    world.handclasp.invites().redeem(bolt.admin(), &link).await.expect("the good one connects");
}

#[test]
fn res_07_huge_inputs_are_refused_by_their_length_and_not_copied() {
    // The text, twice: no. Few arenas, so that what is reserved is what is used.
    child::passes("resources::huge_inputs_are_refused", "export MALLOC_ARENA_MAX=1; ulimit -v 420000;");
}

#[test]
#[ignore = "runs with little memory"]
fn huge_inputs_are_refused() {
    runtime().block_on(async {
        let world = World::on(Arc::new(Memory::new())).await;
        let huge = "x".repeat(200_000_000);
        let too_long = |error: handclasp::Error| assert_eq!(error.fields()["reason"], "too_long", "{error}");
        let profile = people::Profile::new(PersonId::from_uuid(Uuid::from_u128(1)), huge, "a@b.example");
        too_long(world.handclasp.people().put(Actor::system(), profile).await.expect_err("too long"));
        let mut register =
            Register::new("x", people::Profile::new(PersonId::from_uuid(Uuid::from_u128(1)), "A", "a@b.example"));
        register.profile.address.town = Some("x".repeat(200_000_000));
        too_long(world.handclasp.businesses().register(Actor::system(), register).await.expect_err("too long"));
        let link = "x".repeat(200_000_000);
        let error = world.handclasp.invites().preview(&link).await.expect_err("no link");
        assert_eq!(error.code(), "invite_invalid_or_expired");
    });
}

/// Without optimization every value has a place of its own.
const STACK: usize = if cfg!(debug_assertions) { 512 } else { 256 } * 1_024;

#[test]
fn res_08_every_call_fits_a_small_stack() {
    child::passes("resources::stories_on_a_small_stack", "");
}

#[test]
#[ignore = "runs with a small stack; an overflow ends the process"]
fn stories_on_a_small_stack() {
    let told = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        for (number, (name, scenario)) in scenarios::all().into_iter().enumerate() {
            runtime().block_on(async {
                if let Err(why) = scenarios::run(&scenario, Arc::new(Memory::new())).await {
                    panic!("{name}: {why}");
                }
                if number % rounds(10, 1) == 0 {
                    let place = Place::sqlite();
                    if let Err(why) = scenarios::run(&scenario, place.open().await).await {
                        panic!("{name} on a file: {why}");
                    }
                }
            });
        }
    });
    told.expect("a thread").join().expect("every story is told");
}

#[tokio::test]
async fn res_09_a_search_is_capped_and_wildcards_are_letters() {
    let world = World::on(Arc::new(Memory::new())).await;
    let acme = world.client("Acme").await;
    for name in ["100% Roofs", "Roofs_and_more", "Roofs"] {
        let contractor = world.contractor(name).await;
        let link = world.invite(&acme).await.link;
        world.handclasp.invites().redeem(contractor.admin(), &link).await.expect("a connection");
    }
    let found = async |text: &str| {
        let list = json!({ "actor": acme.admin(), "name": text }).to_string();
        let answer = handclasp_wire::call(&world.handclasp, "connections.contractors", &list).await;
        serde_json::from_str::<serde_json::Value>(&answer).expect("JSON")
    };
    for (text, count) in [("%", 1), ("_", 1), ("%_", 0), ("roofs", 3), ("ROOFS%", 0)] {
        assert_eq!(found(text).await["ok"]["connections"].as_array().expect("a page").len(), count, "{text}");
    }
    let long = found(&"%%%%_%".repeat(1_700)).await;
    assert_eq!(long["error"]["fields"]["reason"], "too_long");
    let search = SearchBusinesses::new("%%%%_%".repeat(1_700));
    let error = world.handclasp.businesses().search(acme.admin(), search).await.expect_err("too long");
    assert_eq!(error.fields()["reason"], "too_long");
}

/// A store that remembers how many rows it has ever given at once.
#[derive(Debug)]
struct Measuring {
    inner: Memory,
    most: AtomicUsize,
}

#[async_trait]
impl Storage for Measuring {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        self.most.fetch_max(keys.len(), Ordering::SeqCst);
        self.inner.load(keys).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        self.inner.commit(commit).await
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        let rows = self.inner.list(query).await?;
        self.most.fetch_max(rows.len(), Ordering::SeqCst);
        Ok(rows)
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        self.inner.tally(tally).await
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        let leased = self.inner.lease(lease).await?;
        self.most.fetch_max(leased.len(), Ordering::SeqCst);
        Ok(leased)
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        let events = self.inner.feed(after, limit).await?;
        self.most.fetch_max(events.len(), Ordering::SeqCst);
        Ok(events)
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        self.inner.purge(purge).await
    }

    async fn close(&self) -> Result<(), Fault> {
        self.inner.close().await
    }
}

#[tokio::test]
async fn res_02_a_page_takes_no_more_rows_than_it_shows_however_long_the_list() {
    let storage = Arc::new(Measuring { inner: Memory::new(), most: AtomicUsize::new(0) });
    let mut configuration = configuration();
    (configuration.limits.per_client, configuration.limits.per_inviter) = (1_000_000, 1_000_000);
    let world = World::with(Arc::clone(&storage) as Arc<dyn Storage>, configuration).await;
    // A mail to a business takes all of its members: those of the list are another's.
    let (acme, crowd) = (world.client("Acme").await, world.contractor("Crowd").await);
    let link = world.group_link(&acme).await;
    for contractor in world.contractors(rounds(400, 4_000)).await {
        world.handclasp.invites().redeem(contractor.admin(), &link).await.expect("a connection");
        world.invite(&acme).await;
        world.member(&crowd, UserRole::VIEWER).await;
    }
    let (admin, member, system) = (json!(acme.admin()), json!(crowd.admin()), json!({ "kind": "system" }));
    // A page asks for one row more, and for a few records behind each.
    for (operation, actor, most) in [
        ("connections.contractors", &admin, 80),
        ("invites.list", &admin, 80),
        ("members.list", &member, 80),
        ("history.since", &system, 80),
        ("outbox.deliver_due", &system, 257),
        // After it there is something to list.
        ("outbox.list", &system, 80),
    ] {
        let (mut cursor, mut pages) = (json!(null), 0);
        storage.most.store(0, Ordering::SeqCst);
        loop {
            let mut arguments = json!({ "actor": actor, "limit": 20 });
            match operation {
                "history.since" => arguments["after"] = json!(cursor.as_u64().unwrap_or(0)),
                "outbox.deliver_due" => {}
                _ => arguments["cursor"] = cursor.clone(),
            }
            let answer = handclasp_wire::call(&world.handclasp, operation, &arguments.to_string()).await;
            let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
            assert!(answer.get("ok").is_some(), "{operation}: {answer}");
            pages += 1;
            let next = answer["ok"]["next"].clone();
            if next.is_null() || next == cursor || pages == rounds(30, usize::MAX) {
                break;
            }
            cursor = next;
        }
        assert!(pages > 3 || operation == "outbox.deliver_due", "{operation}: {pages} pages are no list");
        let held = storage.most.load(Ordering::SeqCst);
        assert!(held <= most, "{operation}: {held} rows at once, for a page of 20");
    }
}
