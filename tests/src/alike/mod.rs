//! Any call that the surface describes, by anybody, on several stores side by side: the same answers to the same calls,
//! and in the end the same rows and mails.
//!
//! The reference model says what is right, of what it plays; this says nothing of that, and plays every operation with
//! every argument that it takes.

mod draw;
mod known;

use std::collections::BTreeMap;
use std::sync::Arc;

use handclasp::mail::MailFailure;
use handclasp::storage::Storage;
use handclasp::testing::configuration;
use handclasp::{Clock, Timestamp};
use handclasp_wire::OperationSchema;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use self::draw::Draw;
use self::known::{Known, Types, person};
use crate::fickle::{How, Messages, Mishap};
use crate::stores::{Place, everything};
use crate::world::World;

/// How often each operation was answered with each code; `ok` for those that succeeded.
pub type Coverage = BTreeMap<(&'static str, String), usize>;

/// What would soon leave a world without anything to do in it, or with too much to meet again.
const SELDOM: [&str; 8] = [
    REGISTER,
    "businesses.archive",
    "businesses.set_client_account",
    "businesses.set_limits",
    "contractor_roles.archive",
    "members.change_role",
    "members.disable",
    "members.remove",
];
/// What others build on, or what most draws of make no sense.
const OFTEN: [&str; 16] = [
    "access_requests.decline",
    "access_requests.submit",
    "access_requests.withdraw",
    "businesses.restore",
    "connections.accept",
    "connections.decline",
    "connections.disconnect",
    "connections.review_requirement",
    "connections.submit_requirement",
    "connections.withdraw",
    "contractor_roles.define_requirement",
    "fees.set_plan",
    "group_links.enable",
    "invites.create",
    "invites.open",
    "invites.redeem",
];
const REGISTER: &str = "businesses.register";
const CLIENT: &str = "businesses.set_client_account";
/// How every world begins: two clients and two other businesses.
const BEGINNING: [&str; 6] = [REGISTER, CLIENT, REGISTER, CLIENT, REGISTER, REGISTER];

/// A world on each store, in step.
struct Side {
    name: &'static str,
    storage: Arc<dyn Storage>,
    world: World,
}

impl Side {
    async fn on(place: &Place) -> Self {
        let storage = place.open().await;
        let world = World::with(Arc::clone(&storage), configuration()).await;
        // One of them takes no mail.
        let refused = How::Fails(MailFailure::Permanent("550".to_owned()));
        world.mailer.arm(Some(Mishap { with: Messages::To(vec![draw::address(&person(0))]), how: refused }));
        Self { name: place.name, world, storage }
    }

    async fn answer(&self, operation: &str, arguments: &Value) -> Value {
        let answer = handclasp_wire::call(&self.world.handclasp, operation, &arguments.to_string()).await;
        serde_json::from_str(&answer).expect("JSON")
    }

    /// Every row, and every mail whatever their order.
    async fn came_to(&self) -> (Vec<String>, Vec<String>) {
        let mut mails: Vec<_> = self.world.mailer.messages().iter().map(|mail| format!("{mail:?}")).collect();
        mails.sort();
        (everything(&*self.storage).await.expect("rows"), mails)
    }
}

/// So many steps, as the seed draws them, on all of these places.
///
/// # Panics
/// If two stores answer differently, or come to different rows or mails.
pub async fn run(seed: u64, steps: usize, places: &[Place]) -> Coverage {
    let mut sides = Vec::new();
    for place in places {
        sides.push(Side::on(place).await);
    }
    let [first, others @ ..] = sides.as_slice() else { panic!("a store at least") };
    let (operations, types) = handclasp_wire::surface();
    let mut player = Player { rng: StdRng::seed_from_u64(seed), types, known: Known::new(), operations };
    let mut coverage = Coverage::new();
    for step in 0..steps {
        let now = later(first.world.clock.now().expect("a time"), player.passing());
        sides.iter().for_each(|side| side.world.clock.set(now));
        let (number, arguments) = player.draw(first, now, step).await;
        let operation = &player.operations[number];
        let answer = first.answer(operation.name, &arguments).await;
        let told = format!("seed {seed}, step {step}, {} {arguments}", operation.name);
        for other in others {
            let also = other.answer(operation.name, &arguments).await;
            assert_eq!(answer, also, "{told}: {} and {}", first.name, other.name);
        }
        let code = answer["error"]["code"].as_str().unwrap_or("ok");
        assert_ne!(code, "internal", "{told}");
        *coverage.entry((operation.name, code.to_owned())).or_default() += 1;
        player.known.learns_of(&arguments, operation, &player.types, &answer["ok"]);
    }
    let came_to = first.came_to().await;
    for other in others {
        assert_eq!(came_to, other.came_to().await, "seed {seed}: {} and {}", first.name, other.name);
    }
    for side in &sides {
        side.storage.close().await.expect("a store can be closed");
    }
    coverage
}

/// So many seconds later, or earlier if they are less than none.
fn later(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_micros(at.as_micros() + seconds * 1_000_000).expect("a time after 1970")
}

/// Draws what is done next.
struct Player {
    rng: StdRng,
    types: Types,
    known: Known,
    operations: Vec<OperationSchema>,
}

impl Player {
    /// By how many seconds the clock is moved before a step.
    fn passing(&mut self) -> i64 {
        match self.rng.random_range(0..100) {
            0..20 => self.rng.random_range(1..3_600),
            20..26 => self.rng.random_range(1..4 * 86_400),
            26..29 => -self.rng.random_range(1..3_600),
            _ => 0,
        }
    }

    /// Which operation, and with which arguments.
    async fn draw(&mut self, side: &Side, now: Timestamp, step: usize) -> (usize, Value) {
        if let Some(name) = BEGINNING.get(step) {
            let number = self.operations.iter().position(|operation| operation.name == *name);
            return (number.expect("an operation"), self.beginning(step));
        }
        self.known.looks_at(&*side.storage).await;
        let number = self.any_operation();
        let operation = &self.operations[number];
        let mut draw = Draw { rng: &mut self.rng, types: &self.types, known: &self.known, now };
        let mut fields = draw.object(operation.arguments.as_value());
        if operation.name == "outbox.run" {
            // No clock would move while it waits.
            fields.insert("until".to_owned(), json!(now));
        }
        if operation.actor {
            let actor = draw.actor(operation.name, &fields);
            // An access request names an address of one's own, or is refused.
            if operation.name == "access_requests.submit" && draw.rng.random_bool(0.8) {
                fields.insert("email".to_owned(), actor["addresses"][0].clone());
            }
            fields.insert("actor".to_owned(), actor);
        }
        if operation.actor && operation.changes && draw.rng.random_bool(0.1) {
            fields.insert("idempotency_key".to_owned(), json!(format!("key {}", draw.rng.random_range(0..3))));
        }
        (number, fields.into())
    }

    /// What the host does in the beginning: each business gets an Admin.
    fn beginning(&self, step: usize) -> Value {
        let (host, id) = (json!({ "kind": "system" }), person(step as u128));
        let admin = json!({ "id": id, "name": "Kim", "email": draw::address(&id) });
        match self.known.of("BusinessId").first().filter(|_| BEGINNING[step] == CLIENT) {
            Some(business) => json!({ "actor": host, "business": business, "client_account": true }),
            None => json!({ "actor": host, "profile": { "name": format!("Business {step}") }, "admin": admin }),
        }
    }

    fn any_operation(&mut self) -> usize {
        let weight = |operation: &OperationSchema| match operation.name {
            name if SELDOM.contains(&name) => 1,
            "connections.request" => 40,
            name if OFTEN.contains(&name) => 12,
            _ => 4,
        };
        let numbers: Vec<_> = (0..self.operations.len()).collect();
        *numbers.choose_weighted(&mut self.rng, |number| weight(&self.operations[*number])).expect("operations")
    }
}
