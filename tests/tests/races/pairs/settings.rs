//! What a business sets for itself, beside those who act by it: user roles, reasons, fee plans.

use handclasp::PersonId;
use handclasp::model::user_role::UserRole;
use handclasp_tests::races::{Call, ask};
use handclasp_tests::world::World;
use serde_json::{Value, json};
use uuid::Uuid;

use super::every_pair;
use super::stages::{by, cast, person, system};

/// A role of the client's own and who has it, a reason of its own, a plan, a connection, and one asked for.
pub(super) async fn settings(world: &World) -> Vec<Call> {
    let all = cast(world).await;
    let (acme, admin) = (all.acme.id, all.acme.admin());
    let clerk = json!({ "name": "Clerk", "permissions": ["connect", "see", "users"] });
    let clerk = ask(world, "members.define_role", by(&admin, clerk)).await["id"].clone();
    let role = UserRole::Custom(clerk.as_str().expect("an id").parse().expect("an id"));
    let holder = world.member(&all.acme, role).await;
    let newcomer = PersonId::from_uuid(Uuid::from_u128(0x3000_0000));
    ask(world, "people.put", system(json!({ "id": newcomer, "name": "Al", "email": "al@acme.example" }))).await;
    let plan = |price: u32| {
        let plan = json!({ "currency": "EUR", "anchor_day": 1, "tiers": [{ "price": price }], "payer": "client" });
        system(json!({ "client": acme, "plan": plan }))
    };
    let reasons = |code: &str| json!({ "kind": "disconnect", "reasons": [{ "code": code, "label": "It moved" }] });
    ask(world, "reasons.set", by(&admin, reasons("moved"))).await;
    ask(world, "fees.set_plan", plan(500)).await;
    let connection = all.connected(world).await["id"].clone();
    let asked = json!({ "contractor": all.crane.id, "role": all.acme.role() });
    let request = ask(world, "connections.request", by(&admin, asked.clone())).await["request"].clone();
    let end = |code: &str| json!({ "connection": connection, "reason": { "code": code } });
    let eye = |permissions: Value| json!({ "name": "Eye", "permissions": permissions });
    let of_holder = json!({ "person": person(&holder), "role": "viewer" });
    vec![
        Call::new("define a role", "members.define_role", by(&admin, eye(json!(["see"])))),
        Call::new("the clerk defines one of this name", "members.define_role", by(&holder, eye(json!(["connect"])))),
        Call::new("add a clerk", "members.add", by(&admin, json!({ "person": newcomer, "role": clerk }))),
        Call::new("the clerk adds one", "members.add", by(&holder, json!({ "person": newcomer, "role": clerk }))),
        Call::new("the clerk is a clerk no more", "members.change_role", by(&admin, of_holder)),
        Call::new("the clerk is disabled", "members.disable", by(&admin, json!({ "person": person(&holder) }))),
        Call::new("set the reasons", "reasons.set", by(&admin, reasons("sold"))),
        Call::new("another sets them", "reasons.set", by(&all.inviter, reasons("lost"))),
        Call::new("set them as they are", "reasons.set", by(&admin, reasons("moved"))),
        Call::new("disconnect", "connections.disconnect", by(&admin, end("moved"))),
        Call::new("the clerk disconnects", "connections.disconnect", by(&holder, end("sold"))),
        Call::new("set the plan", "fees.set_plan", plan(700)),
        Call::new("set another", "fees.set_plan", plan(900)),
        Call::new("set the plan as it is", "fees.set_plan", plan(500)),
        Call::new("the clerk asks again", "connections.request", by(&holder, asked)),
        Call::new("accept", "connections.accept", by(&all.crane.admin(), json!({ "request": request }))),
        Call::new("the client is archived", "businesses.archive", system(json!({ "business": acme }))),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cfg_pairs_on_roles_reasons_and_plans() {
    every_pair("settings", settings).await;
}
