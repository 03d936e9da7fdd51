//! Requests and connections: pending, connected, ended by the client.

use handclasp_tests::races::{Call, ask};
use handclasp_tests::world::World;
use serde_json::json;

use super::every_pair;
use super::stages::{DUPLICATE, by, cast};

/// A request that waits, beside two links that would close it.
pub(super) async fn pending(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let asked = all.asked(world).await;
    let (connection, request) = (&asked["id"], &asked["request"]);
    let invited = all.invited(world, None).await;
    let group = world.group_link(&all.acme).await;
    let answer = |name, operation, actor| Call::new(name, operation, by(actor, json!({ "request": request })));
    let join = |name, link: &str| Call::new(name, "invites.redeem", by(&all.joiner, json!({ "link": link })));
    let again = json!({ "contractor": all.bolt.id, "role": all.acme.role() });
    let end = json!({ "connection": connection, "reason": { "code": DUPLICATE } });
    let mut calls = vec![
        answer("accept", "connections.accept", &all.joiner),
        answer("the other Admin accepts", "connections.accept", &all.bolt.admin()),
        answer("decline", "connections.decline", &all.joiner),
        answer("withdraw", "connections.withdraw", &all.acme.admin()),
        answer("the asker withdraws", "connections.withdraw", &all.inviter),
        Call::new("request again", "connections.request", by(&all.acme.admin(), again)),
        join("join by the group link", group.expose()),
        join("join by an invite", invited["link"].as_str().expect("a link")),
        Call::new("disconnect", "connections.disconnect", by(&all.acme.admin(), end)),
        Call::new("get", "connections.get", by(&all.joiner, json!({ "connection": connection }))),
    ];
    calls.extend(all.ends());
    calls.extend(all.losses());
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn con_pairs_on_a_request() {
    every_pair("a request", pending).await;
}

/// A connection with two roles to be under, a category chosen, and a requirement submitted.
pub(super) async fn connected(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let (admin, role) = (all.acme.admin(), all.acme.role());
    let fitter = ask(world, "contractor_roles.create", by(&admin, json!({ "name": "Fitter" }))).await["id"].clone();
    let category = by(&admin, json!({ "role": role, "name": "Roofs", "mandatory": true }));
    let roofs = ask(world, "contractor_roles.define_category", category).await["id"].clone();
    let doors = by(&admin, json!({ "role": role, "name": "Doors" }));
    let doors = ask(world, "contractor_roles.define_category", doors).await["id"].clone();
    let papers = by(&admin, json!({ "role": role, "name": "Papers" }));
    let papers = ask(world, "contractor_roles.define_requirement", papers).await["id"].clone();
    let connection = all.connected(world).await["id"].clone();
    let group = world.group_link(&all.acme).await;
    let classify = |chosen: &[&serde_json::Value]| {
        let categories: Vec<_> = chosen.iter().map(|category| json!({ "category": category })).collect();
        json!({ "connection": connection, "categories": categories })
    };
    let on = json!({ "connection": connection, "requirement": papers });
    ask(world, "connections.classify", by(&all.joiner, classify(&[&roofs]))).await;
    ask(world, "connections.submit_requirement", by(&all.joiner, on.clone())).await;
    let review = |verdict: &str| json!({ "connection": connection, "requirement": papers, "verdict": verdict });
    let end = json!({ "connection": connection, "reason": { "code": DUPLICATE } });
    let hidden = json!({ "connection": connection, "reason": { "code": DUPLICATE }, "hide_reason": true });
    let change = json!({ "connection": connection, "role": fitter });
    let again = json!({ "contractor": all.bolt.id, "role": role });
    let third = json!({ "role": role, "name": "Stairs", "mandatory": true });
    let mut calls = vec![
        Call::new("the client disconnects", "connections.disconnect", by(&admin, end)),
        Call::new("the contractor disconnects", "connections.disconnect", by(&all.joiner, hidden)),
        Call::new("change role", "connections.change_role", by(&admin, change)),
        Call::new("classify", "connections.classify", by(&all.joiner, classify(&[&roofs, &doors]))),
        Call::new("the client classifies", "connections.classify", by(&admin, classify(&[]))),
        Call::new("submit", "connections.submit_requirement", by(&all.joiner, on)),
        Call::new("approve", "connections.review_requirement", by(&admin, review("approve"))),
        Call::new("return", "connections.review_requirement", by(&all.inviter, review("return"))),
        Call::new("remove a category", "contractor_roles.remove_category", by(&admin, json!({ "category": doors }))),
        Call::new("define a category", "contractor_roles.define_category", by(&admin, third)),
        Call::new(
            "remove the requirement",
            "contractor_roles.remove_requirement",
            by(&admin, json!({ "requirement": papers })),
        ),
        Call::new("archive the other role", "contractor_roles.archive", by(&admin, json!({ "role": fitter }))),
        Call::new("request again", "connections.request", by(&admin, again)),
        Call::new("redeem", "invites.redeem", by(&all.joiner, json!({ "link": group.expose() }))),
        Call::new("summary", "connections.workflow_summary", by(&all.joiner, json!({ "connection": connection }))),
        Call::new(
            "the client is archived",
            "businesses.archive",
            super::stages::system(json!({ "business": all.acme.id })),
        ),
    ];
    calls.extend(all.losses());
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn con_pairs_on_a_connection() {
    every_pair("a connection", connected).await;
}

/// What the client has ended, with an older link, and an invite made afterwards.
pub(super) async fn ended(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let group = world.group_link(&all.acme).await;
    let connection = all.connected(world).await["id"].clone();
    let end = json!({ "connection": connection, "reason": { "code": DUPLICATE } });
    ask(world, "connections.disconnect", by(&all.acme.admin(), end.clone())).await;
    world.clock.advance(std::time::Duration::from_micros(1));
    let later = all.invited(world, None).await["link"].clone();
    let request = json!({ "contractor": all.bolt.id });
    let join =
        |name, link: &serde_json::Value| Call::new(name, "invites.redeem", by(&all.joiner, json!({ "link": link })));
    let other_end = json!({ "connection": connection, "reason": { "code": "other", "text": "enough" } });
    let mut calls = vec![
        Call::new("request", "connections.request", by(&all.acme.admin(), request.clone())),
        Call::new("the inviter requests", "connections.request", by(&all.inviter, request)),
        join("join by the group link", &json!(group.expose())),
        join("join by a later invite", &later),
        Call::new("disconnect again", "connections.disconnect", by(&all.acme.admin(), other_end)),
        Call::new("get", "connections.get", by(&all.joiner, json!({ "connection": connection }))),
    ];
    calls.extend(all.ends());
    calls.extend(all.losses());
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn con_pairs_on_what_the_client_has_ended() {
    every_pair("an ended connection", ended).await;
}
