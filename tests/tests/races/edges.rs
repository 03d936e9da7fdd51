//! Limits and quotas one short of full, and many who want what is left: exactly so many get it, never one more and never
//! one fewer. All have decided, by what stood before, when the first of them commits.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::join_all;
use handclasp::model::user_role::UserRole;
use handclasp::testing::{Call, configuration};
use handclasp::{Actor, Configuration, PersonId};
use handclasp_tests::races::{Together, Watched, ask};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;
use handclasp_tests::world::{Company, World};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::pairs::stages::{by, system};

/// So many want what is left.
const RACERS: usize = 32;
/// So much is left.
const LEFT: usize = 3;

/// A world at an edge.
struct Edge {
    store: &'static str,
    world: World,
    storage: Arc<Watched<Together>>,
}

/// Makes all calls, held where they commit until all do, and counts what they were answered.
async fn at_once(edge: &Edge, operation: &'static str, arguments: Vec<Value>) -> BTreeMap<String, usize> {
    edge.storage.watch.hold(Call::Commit, arguments.len());
    let racers = arguments.into_iter().map(|arguments| {
        let (handclasp, storage) = (edge.world.handclasp.clone(), Arc::clone(&edge.storage));
        tokio::spawn(async move {
            let answer = handclasp_wire::call(&handclasp, operation, &arguments.to_string()).await;
            assert!(storage.watch.met(), "each has decided before any commits, but here is {answer}");
            let answer: Value = serde_json::from_str(&answer).expect("JSON");
            let code = answer["error"]["code"].as_str().unwrap_or("ok");
            format!(
                "{code}{}",
                answer["error"]["fields"]["limit"].as_str().map(|limit| format!(" {limit}")).unwrap_or_default()
            )
        })
    });
    let mut codes = BTreeMap::new();
    for code in join_all(racers.collect::<Vec<_>>()).await {
        *codes.entry(code.expect("a call")).or_default() += 1;
    }
    codes
}

fn exactly(codes: &BTreeMap<String, usize>, left: usize, refused: &str, what: &str) {
    let expected: BTreeMap<String, usize> = [("ok".to_owned(), left), (refused.to_owned(), RACERS - left)].into();
    assert_eq!(*codes, expected, "{what}");
}

/// Runs an edge on a fresh store of each kind, again and again.
async fn each(configuration: Configuration, at: impl AsyncFn(&Edge)) {
    for _ in 0..rounds(1, 50) {
        for place in Place::all().await {
            let storage = Arc::new(Watched::new(place.open().await, Together::default()));
            let world = World::with(Arc::clone(&storage) as Arc<_>, configuration.clone()).await;
            let edge = Edge { store: place.name, world, storage };
            at(&edge).await;
            edge.world.handclasp.close().await.expect("a store can be closed");
            place.remove().await;
        }
    }
}

fn somebody(number: usize) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(0x4000_0000 + number as u128))
}

async fn people(world: &World, count: usize) -> Vec<PersonId> {
    let people: Vec<_> = (0..count).map(somebody).collect();
    for (number, person) in people.iter().enumerate() {
        let email = format!("somebody{number}@people.example");
        ask(world, "people.put", system(json!({ "id": person, "name": "Al", "email": email }))).await;
    }
    people
}

async fn room(world: &World, of: &Company, quota: &str, places: usize) {
    let overrides = json!({ quota: places });
    ask(world, "businesses.set_limits", system(json!({ "business": of.id, "overrides": overrides }))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn res_10_contractor_roles_at_the_edge() {
    each(configuration(), async |edge| {
        let Edge { store, world, .. } = edge;
        let acme = world.client("Acme").await;
        room(world, &acme, "contractor_roles", 1 + LEFT).await;
        let create = |number| by(&acme.admin(), json!({ "name": format!("Role {number}") }));
        let codes = at_once(edge, "contractor_roles.create", (0..RACERS).map(create).collect()).await;
        exactly(&codes, LEFT, "limit_exceeded contractor_roles", store);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn res_10_members_at_the_edge_while_others_leave() {
    each(configuration(), async |edge| {
        let Edge { store, world, .. } = edge;
        let acme = world.contractor("Acme").await;
        let people = people(world, 2 * RACERS).await;
        room(world, &acme, "members", 1 + LEFT).await;
        let person = |person: &PersonId| by(&acme.admin(), json!({ "person": person, "role": "worker" }));
        let codes = at_once(edge, "members.add", people[..RACERS].iter().map(person).collect()).await;
        exactly(&codes, LEFT, "limit_exceeded members", store);
        // Full. Whoever leaves makes room for one, and a disabled one keeps their place.
        let listed = ask(world, "members.list", by(&acme.admin(), json!({}))).await;
        let workers = listed["members"].as_array().expect("members").iter().filter(|member| member["role"] == "worker");
        let mut workers = workers.map(|member| member["person"].clone());
        let (gone, off) = (workers.next().expect("one"), workers.next().expect("another"));
        ask(world, "members.remove", by(&acme.admin(), json!({ "person": gone }))).await;
        ask(world, "members.disable", by(&acme.admin(), json!({ "person": off }))).await;
        let codes = at_once(edge, "members.add", people[RACERS..].iter().map(person).collect()).await;
        exactly(&codes, 1, "limit_exceeded members", store);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn res_10_access_requests_at_the_edge() {
    each(configuration(), async |edge| {
        let Edge { store, world, .. } = edge;
        let acme = world.contractor("Acme").await;
        room(world, &acme, "access_requests", LEFT).await;
        let submit = |number| {
            let email = format!("asker{number}@people.example");
            let actor = json!({ "kind": "person", "id": somebody(number), "addresses": [email] });
            json!({ "actor": actor, "business": acme.id, "name": "Kim", "email": email })
        };
        let codes = at_once(edge, "access_requests.submit", (0..RACERS).map(submit).collect()).await;
        exactly(&codes, LEFT, "limit_exceeded access_requests", store);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn res_10_connections_at_the_edge_of_the_client_and_of_the_contractor() {
    each(configuration(), async |edge| {
        let Edge { store, world, .. } = edge;
        let acme = world.client("Acme").await;
        let contractors = world.contractors(RACERS).await;
        let link = world.group_link(&acme).await;
        room(world, &acme, "connections", LEFT).await;
        let redeem = |contractor: &Company| by(&contractor.admin(), json!({ "link": link.expose() }));
        let codes = at_once(edge, "invites.redeem", contractors.iter().map(redeem).collect()).await;
        exactly(&codes, LEFT, "limit_exceeded connections", store);
        // One contractor whom many clients have asked.
        let bolt = world.contractor("Bolt").await;
        let mut requests = Vec::new();
        for number in 0..RACERS {
            let client = world.client(&format!("Client {number}")).await;
            let request = by(&client.admin(), json!({ "contractor": bolt.id, "role": client.role() }));
            requests.push(ask(world, "connections.request", request).await["request"].clone());
        }
        room(world, &bolt, "connections", LEFT).await;
        let accept = |request: &Value| by(&bolt.admin(), json!({ "request": request }));
        let codes = at_once(edge, "connections.accept", requests.iter().map(accept).collect()).await;
        exactly(&codes, LEFT, "limit_exceeded connections", store);
    })
    .await;
}

/// Settings of which one limit is nearly reached, and no other near.
fn limited(set: impl FnOnce(&mut handclasp::Limits, u32)) -> Configuration {
    let mut configuration = crate::processes::roomy();
    set(&mut configuration.limits, u32::try_from(LEFT).expect("a small number"));
    configuration
}

/// Mails invites at once: of one client, by one of its people or several, to one address or several.
async fn invites(edge: &Edge, inviters: usize, addresses: usize) {
    let Edge { store, world, .. } = edge;
    let acme = world.client("Acme").await;
    let mut by_whom = vec![acme.admin()];
    while by_whom.len() < inviters {
        by_whom.push(world.member(&acme, UserRole::ADMIN).await);
    }
    let mut roles = vec![json!(acme.role())];
    while addresses == 1 && roles.len() < RACERS {
        // An address has a place for each role, so that none takes another's.
        let create = by(&acme.admin(), json!({ "name": format!("Role {}", roles.len()) }));
        roles.push(ask(world, "contractor_roles.create", create).await["id"].clone());
    }
    let create = |number: usize| {
        let address = format!("kim@k{}.example", number % addresses);
        by(&by_whom[number % inviters], json!({ "role": roles[number % roles.len()], "address": address }))
    };
    let codes = at_once(edge, "invites.create", (0..RACERS).map(create).collect()).await;
    exactly(&codes, LEFT, "rate_limited", store);
    let counts = &ask(world, "invites.list", by(&acme.admin(), json!({}))).await["counts"];
    assert_eq!(counts["pending"], LEFT, "{store}: what is refused is not half done");
    assert_eq!(world.deliver().await.0.sent, u32::try_from(LEFT).expect("a small number"), "{store}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eml_23_invites_at_the_limit_of_the_inviter_the_client_and_the_address() {
    each(limited(|limits, left| limits.per_inviter = left), async |edge| invites(edge, 1, 32).await).await;
    each(limited(|limits, left| limits.per_client = left), async |edge| invites(edge, 4, 32).await).await;
    each(limited(|limits, left| limits.per_address = left), async |edge| invites(edge, 4, 1).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eml_23_access_requests_at_the_limit_of_the_person() {
    each(limited(|limits, left| limits.per_requester = left), async |edge| {
        let Edge { store, world, .. } = edge;
        let businesses = world.contractors(RACERS).await;
        let kim = json!({ "kind": "person", "id": somebody(0), "addresses": ["kim@k.example"] });
        let submit = |of: &Company| json!({ "actor": kim, "business": of.id, "name": "Kim", "email": "kim@k.example" });
        let codes = at_once(edge, "access_requests.submit", businesses.iter().map(submit).collect()).await;
        exactly(&codes, LEFT, "rate_limited", store);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eml_23_requests_at_the_limit_of_the_pair() {
    each(limited(|limits, left| limits.per_pair = left), async |Edge { store, world, .. }| {
        let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
        // Asked and withdrawn, again and again, by many: the pair's limit ends it, whoever asks. While one's request is
        // pending the others are told so, however often they ask: only the limit ends a round.
        let asking = (0..8).map(|_| {
            let (handclasp, admin, role, bolt) = (world.handclasp.clone(), acme.admin(), acme.role(), bolt.id);
            tokio::spawn(async move {
                let mut asked = 0;
                while asked <= LEFT {
                    let request = handclasp::connections::RequestConnection::new(bolt, role);
                    match handclasp.connections().request(&admin, request).await {
                        Ok(pending) => {
                            asked += 1;
                            let withdraw =
                                handclasp::connections::WithdrawRequest::new(pending.request.expect("a request"));
                            handclasp.connections().withdraw(&admin, withdraw).await.expect("nobody else can answer");
                        }
                        // What is refused may never have waited: whoever can take the request back needs a turn, too.
                        Err(error) if error.code() == "already_pending" => tokio::task::yield_now().await,
                        Err(error) => {
                            assert_eq!(error.code(), "rate_limited", "{error:?}");
                            break;
                        }
                    }
                }
                asked
            })
        });
        let asked =
            join_all(asking.collect::<Vec<_>>()).await.into_iter().map(|asked| asked.expect("a task")).sum::<usize>();
        assert_eq!(asked, LEFT, "{store}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acc_21_32_admins_leave_at_once_and_one_stays() {
    each(configuration(), async |edge| {
        let Edge { store, world, .. } = edge;
        let acme = world.contractor("Acme").await;
        let mut admins = vec![acme.admin()];
        while admins.len() < RACERS {
            admins.push(world.member(&acme, UserRole::ADMIN).await);
        }
        let person = |actor: &Actor| crate::pairs::stages::person(actor);
        let step_down = |admin: &Actor| by(admin, json!({ "person": person(admin), "role": "viewer" }));
        let codes = at_once(edge, "members.change_role", admins.iter().map(step_down).collect()).await;
        exactly(&codes, RACERS - 1, "last_admin", store);
        // The other way round: each is sent away by the next one in a ring.
        for admin in &admins {
            let promote = json!({ "person": person(admin), "role": "admin" });
            ask(world, "members.change_role", by(&Actor::system_for(acme.id), promote)).await;
        }
        let next = admins.iter().cycle().skip(1);
        let disable = |(admin, next): (&Actor, &Actor)| by(next, json!({ "person": person(admin) }));
        let codes = at_once(edge, "members.disable", admins.iter().zip(next).map(disable).collect()).await;
        let listed = ask(world, "members.list", by(&Actor::system_for(acme.id), json!({}))).await;
        let left =
            listed["members"].as_array().expect("members").iter().filter(|member| member["role"] == "admin").count();
        assert!(left >= 1, "{store}: {codes:?}");
        assert_eq!(codes["ok"], RACERS - left, "{store}: {codes:?}");
        assert!(
            codes.keys().all(|code| matches!(code.as_str(), "ok" | "forbidden" | "last_admin")),
            "{store}: {codes:?}"
        );
    })
    .await;
}
