//! Sixteen processes with mixed calls: what is stored in the end is the sum of what was answered.

use std::collections::{BTreeMap, BTreeSet};

use handclasp::{Actor, PersonId};
use handclasp_tests::races::Numbers;
use handclasp_tests::soak::{rounds, seed};
use handclasp_tests::stores::Place;
use handclasp_tests::world::{Company, World};
use serde_json::{Value, json};
use uuid::Uuid;

use super::children::{Racer, race};
use super::{leave, world};

/// Twice as many as race elsewhere: each writes all the time, and no one may starve.
const MIXERS: usize = 16;
/// So many contractor roles there may be, *Supplier* among them.
const ROLES: u64 = 12;
/// What may be answered to calls that meet others of the same kind; anything else is a failure.
const EXPECTED: [(&str, &str); 3] =
    [("join", "invite_invalid_or_expired"), ("name", "name_taken"), ("name", "limit_exceeded")];

/// What was answered: how often each call succeeded, and with which codes it was refused.
type Told = BTreeMap<String, BTreeMap<String, u64>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_06_sixteen_processes_write_none_starves_and_what_is_stored_is_the_sum_of_what_was_answered() {
    let place = Place::sqlite();
    let staging = world(&place).await;
    let client = staging.client("Acme").await;
    let limits = json!({ "actor": Actor::system(), "business": client.id, "overrides": { "contractor_roles": ROLES } });
    handclasp_tests::races::ask(&staging, "businesses.set_limits", limits).await;
    let link = staging.group_link(&client).await;
    let before = commits(&place).await;
    leave(&staging).await;
    let (admin, role) = (client.admin(), client.role());
    let calls = rounds(640, 2_000) / MIXERS;
    let scene = json!({ "admin": admin, "client": client.id, "role": role, "link": link.expose(), "calls": calls });
    let told = race(&place, "processes::mixed::a_process_mixes", MIXERS, (&scene, 0));
    let mut sum = Told::new();
    for told in told {
        let told: Told = serde_json::from_value(told).expect("what was answered");
        assert!(total(&told) >= calls as u64, "{told:?}");
        for (call, codes) in told {
            let all = sum.entry(call).or_default();
            codes.into_iter().for_each(|(code, times)| *all.entry(code).or_default() += times);
        }
    }
    let after = world(&place).await;
    let stored = commits(&place).await - before;
    // Every call that succeeded is one commit, whatever it was.
    let answered: u64 = sum.values().filter_map(|codes| codes.get("ok")).sum();
    assert_eq!(stored, answered, "{sum:?}");
    is_the_sum(&after, &client, &sum).await;
    let codes = sum.iter().flat_map(|(call, codes)| codes.keys().map(|code| (call.as_str(), code.as_str())));
    assert!(codes.into_iter().all(|told| told.1 == "ok" || EXPECTED.contains(&told)), "{sum:?}");
    leave(&after).await;
}

/// How many operations were answered.
fn total(told: &Told) -> u64 {
    told.values().flat_map(BTreeMap::values).sum()
}

/// What lists count is what was answered.
async fn is_the_sum(after: &World, client: &Company, sum: &Told) {
    let ok = |call: &str| sum.get(call).and_then(|codes| codes.get("ok")).copied().unwrap_or_default();
    let count = async |operation: &str| {
        handclasp_tests::races::ask(after, operation, json!({ "actor": client.admin(), "limit": 1_000 })).await
    };
    let invites = &count("invites.list").await["counts"];
    assert_eq!(invites["accepted"], ok("redeem"));
    assert_eq!(invites["revoked"], ok("revoke"));
    assert_eq!(invites["pending"], ok("invite") - ok("redeem") - ok("revoke"));
    let connections = &count("connections.contractors").await["counts"];
    assert_eq!(connections["connected"], ok("redeem") + ok("join") + ok("accept"));
    assert_eq!(connections["withdrawn"], ok("withdraw"));
    assert_eq!(connections["pending"], ok("request") - ok("accept") - ok("withdraw"));
    let roles = count("contractor_roles.list").await["roles"].as_array().expect("roles").len();
    assert_eq!(u64::try_from(roles).expect("a small number"), 1 + ok("name"), "{sum:?}");
    // The names do not suffice to be refused before the quota is full.
    assert_eq!(1 + ok("name"), ROLES, "{sum:?}");
    let all = count("access_requests.list").await;
    let requests = all["requests"].as_array().expect("requests");
    let of = |status: &str| requests.iter().filter(|request| request["status"] == status).count();
    let (waiting, withdrawn) = (ok("ask") - ok("take back"), ok("take back"));
    assert_eq!([of("requested"), of("withdrawn")].map(|count| count as u64), [waiting, withdrawn], "{sum:?}");
}

/// How many commits history tells of.
async fn commits(place: &Place) -> u64 {
    let storage = place.open().await;
    let (mut commits, mut after) = (BTreeSet::new(), 0);
    while let events = storage.feed(after, 1_000).await.expect("events")
        && let Some((last, _)) = events.last()
    {
        after = *last;
        commits.extend(events.iter().map(|(_, event)| event.commit));
    }
    storage.close().await.expect("a store can be closed");
    u64::try_from(commits.len()).expect("a small number")
}

/// One process, its own things, and what it was answered.
struct Mixing {
    racer: Racer,
    numbers: Numbers,
    told: Told,
    /// Links of its own invites that nobody has used, with the invites.
    invites: Vec<(Value, Value)>,
    /// Requests that wait, with who may accept.
    requests: Vec<(Value, Actor)>,
    /// Access requests that wait, with who asked.
    asked: Vec<(Value, Actor)>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "one of several processes, in a folder made for it"]
async fn a_process_mixes() {
    let racer = Racer::take_place().await;
    let numbers = Numbers::new(seed() + racer.number);
    let calls = racer.scene["calls"].as_u64().expect("a number");
    let (told, invites, requests, asked) = Default::default();
    let mut mixing = Mixing { racer, numbers, told, invites, requests, asked };
    let mut call = 0;
    while total(&mixing.told) < calls {
        // The names first, so that all are after the same ones.
        if call < 6 {
            mixing.name(call).await
        } else {
            mixing.next(call).await
        }
        if call == calls / 2 {
            mixing.racer.come_back().await;
        }
        call += 1;
    }
    mixing.racer.tell(json!(mixing.told)).await;
}

impl Mixing {
    async fn call(&mut self, name: &str, operation: &str, arguments: Value) -> Option<Value> {
        let answer = handclasp_wire::call(&self.racer.world.handclasp, operation, &arguments.to_string()).await;
        let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
        let code = answer["error"]["code"].as_str().unwrap_or("ok").to_owned();
        *self.told.entry(name.to_owned()).or_default().entry(code).or_default() += 1;
        answer.get_mut("ok").map(Value::take)
    }

    fn admin(&self) -> Value {
        self.racer.scene["admin"].clone()
    }

    /// Somebody who has not been here yet.
    async fn contractor(&mut self, name: String) -> Actor {
        let company = self.racer.world.contractor(&name).await;
        *self.told.entry("register".to_owned()).or_default().entry("ok".to_owned()).or_default() += 1;
        company.admin()
    }

    async fn name(&mut self, call: u64) {
        let (number, actor) = (self.numbers.below(20), self.admin());
        let arguments =
            json!({ "actor": actor, "name": format!("Role {}", if call < 2 { call } else { number as u64 }) });
        self.call("name", "contractor_roles.create", arguments).await;
    }

    async fn next(&mut self, call: u64) {
        let role = self.racer.scene["role"].clone();
        match self.numbers.below(9) {
            0 => {
                let arguments = json!({ "actor": self.admin(), "role": role });
                let made = self.call("invite", "invites.create", arguments).await;
                self.invites.extend(made.map(|made| (made["link"].clone(), made["invite"]["id"].clone())));
            }
            1 => self.name(call).await,
            2 => {
                let arguments = json!({ "actor": self.admin(), "role": role });
                // All refresh one group link.
                self.call("refresh", "group_links.refresh", arguments).await;
            }
            3 => {
                let actor = self.contractor(format!("Joiner {call}")).await;
                let arguments = json!({ "actor": self.admin(), "role": role });
                let answer = handclasp_tests::races::ask(&self.racer.world, "group_links.copy", arguments);
                let link = answer.await["link"].clone();
                self.call("join", "invites.redeem", json!({ "actor": actor, "link": link })).await;
            }
            4 => self.use_an_invite(call).await,
            5 => {
                let contractor = self.contractor(format!("Asked {call}")).await;
                let Actor::Person { business, .. } = &contractor else { return };
                let arguments = json!({ "actor": self.admin(), "contractor": business, "role": role });
                let made = self.call("request", "connections.request", arguments).await;
                self.requests.extend(made.map(|made| (made["request"].clone(), contractor)));
            }
            6 => self.answer_a_request().await,
            7 => self.ask(call).await,
            _ => {
                if let Some((request, actor)) = self.asked.pop() {
                    self.call("take back", "access_requests.withdraw", json!({ "actor": actor, "request": request }))
                        .await;
                }
            }
        }
    }

    async fn use_an_invite(&mut self, call: u64) {
        let Some((link, invite)) = self.invites.pop() else { return };
        if self.numbers.below(2) == 0 {
            self.call("revoke", "invites.revoke", json!({ "actor": self.admin(), "invite": invite })).await;
        } else {
            let actor = self.contractor(format!("Invited {call}")).await;
            self.call("redeem", "invites.redeem", json!({ "actor": actor, "link": link })).await;
        }
    }

    async fn answer_a_request(&mut self) {
        let Some((request, contractor)) = self.requests.pop() else { return };
        if self.numbers.below(2) == 0 {
            self.call("accept", "connections.accept", json!({ "actor": contractor, "request": request })).await;
        } else {
            self.call("withdraw", "connections.withdraw", json!({ "actor": self.admin(), "request": request })).await;
        }
    }

    async fn ask(&mut self, call: u64) {
        let person = PersonId::from_uuid(Uuid::from_u128(u128::from(self.racer.number * 1_000_000 + call) << 64));
        let address = format!("asker{call}@process{}.example", self.racer.number);
        let actor = json!({ "kind": "person", "id": person, "addresses": [address] });
        let arguments =
            json!({ "actor": actor, "business": self.racer.scene["client"], "name": "Kim", "email": address });
        let made = self.call("ask", "access_requests.submit", arguments).await;
        self.asked.extend(made.map(|made| (made["id"].clone(), super::actor(&actor))));
    }
}
