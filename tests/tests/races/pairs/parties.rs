//! Members, the Admin set, contractor roles, the business itself.

use handclasp::PersonId;
use handclasp::model::user_role::UserRole;
use handclasp_tests::races::{Call, ask};
use handclasp_tests::world::World;
use serde_json::json;
use uuid::Uuid;

use super::every_pair;
use super::stages::{by, person, system};

/// Two Admins, a disabled one, a Viewer, and a newcomer.
pub(super) async fn admins(world: &World) -> Vec<Call> {
    let acme = world.client("Acme").await;
    let second = world.member(&acme, UserRole::ADMIN).await;
    let disabled = person(&world.member(&acme, UserRole::ADMIN).await);
    let viewer = person(&world.member(&acme, UserRole::VIEWER).await);
    let first = acme.admin();
    ask(world, "members.disable", by(&first, json!({ "person": disabled }))).await;
    let newcomer = PersonId::from_uuid(Uuid::from_u128(0x3000_0000));
    ask(world, "people.put", system(json!({ "id": newcomer, "name": "Al", "email": "al@acme.example" }))).await;
    let (one, other) = (acme.person, person(&second));
    let of = |person: PersonId| json!({ "person": person });
    let to = |person: PersonId, role: &str| json!({ "person": person, "role": role });
    vec![
        Call::new("the first demotes the second", "members.change_role", by(&first, to(other, "viewer"))),
        Call::new("the second demotes the first", "members.change_role", by(&second, to(one, "viewer"))),
        Call::new("the first removes the second", "members.remove", by(&first, of(other))),
        Call::new("the second removes the first", "members.remove", by(&second, of(one))),
        Call::new("the first disables the second", "members.disable", by(&first, of(other))),
        Call::new("the second disables the first", "members.disable", by(&second, of(one))),
        Call::new("the first leaves", "members.remove", by(&first, of(one))),
        Call::new("the second leaves", "members.remove", by(&second, of(other))),
        Call::new("the first steps down", "members.change_role", by(&first, to(one, "manager"))),
        Call::new("the second steps down", "members.change_role", by(&second, to(other, "worker"))),
        Call::new("the Viewer is promoted", "members.change_role", by(&first, to(viewer, "admin"))),
        Call::new("the disabled one is enabled", "members.enable", by(&second, of(disabled))),
        Call::new("the disabled one is removed", "members.remove", by(&first, of(disabled))),
        Call::new("a newcomer is added", "members.add", by(&first, to(newcomer, "admin"))),
        Call::new("the second adds the newcomer", "members.add", by(&second, to(newcomer, "viewer"))),
        Call::new(
            "the second wants no mail",
            "members.set_notifications",
            by(&second, json!({ "person": other, "notifications": false })),
        ),
        Call::new(
            "no room",
            "businesses.set_limits",
            system(json!({ "business": acme.id, "overrides": { "members": 4 } })),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acc_21_pairs_on_the_admin_set() {
    every_pair("the Admin set", admins).await;
}

/// Contractor roles by name, one short of the quota.
pub(super) async fn roles(world: &World) -> Vec<Call> {
    let acme = world.client("Acme").await;
    let (admin, supplier) = (acme.admin(), acme.role());
    let plumber = ask(world, "contractor_roles.create", by(&admin, json!({ "name": "Plumber" }))).await["id"].clone();
    ask(world, "contractor_roles.archive", by(&admin, json!({ "role": plumber }))).await;
    let limits = |roles: u32| system(json!({ "business": acme.id, "overrides": { "contractor_roles": roles } }));
    ask(world, "businesses.set_limits", limits(2)).await;
    let call = |name, operation, arguments| Call::new(name, operation, by(&admin, arguments));
    let role = |id: &serde_json::Value| json!({ "role": id });
    let supplier = json!(supplier);
    vec![
        call("create", "contractor_roles.create", json!({ "name": "Fitter" })),
        call("create another", "contractor_roles.create", json!({ "name": "Mason" })),
        call("create in other letters", "contractor_roles.create", json!({ "name": "FITTER" })),
        call("rename", "contractor_roles.rename", json!({ "role": supplier, "name": "Fitter" })),
        call("rename the archived one", "contractor_roles.rename", json!({ "role": plumber, "name": "Fitter" })),
        call("restore", "contractor_roles.restore", role(&plumber)),
        call("archive", "contractor_roles.archive", role(&supplier)),
        call("define a category", "contractor_roles.define_category", json!({ "role": supplier, "name": "Roofs" })),
        call(
            "define one of this name",
            "contractor_roles.define_category",
            json!({ "role": supplier, "name": "roofs" }),
        ),
        call(
            "define a requirement",
            "contractor_roles.define_requirement",
            json!({ "role": supplier, "name": "Papers" }),
        ),
        call("enable the group link", "group_links.enable", role(&supplier)),
        call("refresh the group link", "group_links.refresh", role(&supplier)),
        call("rename the business", "businesses.update", json!({ "profile": { "name": "Acme 2" } })),
        call("rename it otherwise", "businesses.update", json!({ "profile": { "name": "Acme 3" } })),
        Call::new("more room", "businesses.set_limits", limits(3)),
        Call::new("archive the business", "businesses.archive", system(json!({ "business": acme.id }))),
        Call::new("restore the business", "businesses.restore", system(json!({ "business": acme.id }))),
        Call::new(
            "no client account",
            "businesses.set_client_account",
            system(json!({ "business": acme.id, "client_account": false })),
        ),
        Call::new(
            "a client account",
            "businesses.set_client_account",
            system(json!({ "business": acme.id, "client_account": true })),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cfg_pairs_on_contractor_roles_and_the_business() {
    every_pair("contractor roles", roles).await;
}
