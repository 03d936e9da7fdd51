//! Access requests.

use handclasp::model::user_role::UserRole;
use handclasp::{Actor, Email, PersonId};
use handclasp_tests::races::{Call, ask};
use handclasp_tests::world::World;
use serde_json::json;
use uuid::Uuid;

use super::every_pair;
use super::stages::{by, person, system};

/// An open request, and two who may decide it.
pub(super) async fn open(world: &World) -> Vec<Call> {
    let acme = world.client("Acme").await;
    let second = world.member(&acme, UserRole::ADMIN).await;
    let crane = world.contractor("Crane").await;
    let kim = PersonId::from_uuid(Uuid::from_u128(0x3000_0000));
    let address = Email::parse("kim@acme.example").expect("an address");
    let requester = Actor::signed_in(kim).with_verified(address);
    let claim =
        |business| json!({ "business": business, "name": "Kim", "email": "kim@acme.example", "role": "viewer" });
    let asked = ask(world, "access_requests.submit", by(&requester, claim(acme.id))).await["id"].clone();
    let accept = json!({ "request": asked });
    let manager = json!({ "request": asked, "role": "manager" });
    let decline = json!({ "request": asked, "reason": { "code": "wrong_business" }, "disclose": true });
    let admin = acme.admin();
    let of_kim = |role: &str| json!({ "person": kim, "role": role });
    let second_person = json!({ "person": person(&second) });
    vec![
        Call::new("accept", "access_requests.accept", by(&admin, accept.clone())),
        Call::new("accept as another role", "access_requests.accept", by(&second, manager)),
        Call::new("decline", "access_requests.decline", by(&second, decline)),
        Call::new("withdraw", "access_requests.withdraw", by(&requester, accept.clone())),
        Call::new("submit again", "access_requests.submit", by(&requester, claim(acme.id))),
        Call::new("ask another", "access_requests.submit", by(&requester, claim(crane.id))),
        Call::new("add the person", "members.add", by(&admin, of_kim("worker"))),
        Call::new("remove the person", "members.remove", by(&admin, json!({ "person": kim }))),
        Call::new("get", "access_requests.get", by(&admin, accept)),
        Call::new("disable the reviewer", "members.disable", by(&admin, second_person.clone())),
        Call::new(
            "demote the reviewer",
            "members.change_role",
            by(&admin, json!({ "person": person(&second), "role": "viewer" })),
        ),
        Call::new("remove the reviewer", "members.remove", by(&admin, second_person)),
        Call::new(
            "the reviewer wants no mail",
            "members.set_notifications",
            by(&second, json!({ "person": person(&second), "notifications": false })),
        ),
        Call::new("archive the business", "businesses.archive", system(json!({ "business": acme.id }))),
        Call::new(
            "no room for members",
            "businesses.set_limits",
            system(json!({ "business": acme.id, "overrides": { "members": 2 } })),
        ),
        Call::new(
            "no room for requests",
            "businesses.set_limits",
            system(json!({ "business": acme.id, "overrides": { "access_requests": 1 } })),
        ),
        Call::new(
            "rename the person",
            "people.put",
            system(json!({ "id": kim, "name": "Kim Lee", "email": "kim@acme.example" })),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acc_pairs_on_an_access_request() {
    every_pair("an access request", open).await;
}
