//! What a world needs before a call: a link, a connection, a parked mail.

use futures_util::future::BoxFuture;
use handclasp::access_requests::SubmitAccess;
use handclasp::connections::{AcceptRequest, RequestConnection, SubmitRequirement};
use handclasp::contractor_roles::{DefineCategory, DefineRequirement};
use handclasp::fees::SetPlan;
use handclasp::invites::CreateInvite;
use handclasp::model::delivery::{About, Delivery, State};
use handclasp::testing::samples;
use handclasp::views::{Connection, InviteCreated};
use handclasp::{Actor, CategoryId, ConnectionId, DeliveryId, Email, NoticeId, PersonId, RequirementId, people};
use serde_json::{Value, json};
use uuid::Uuid;

use super::stage::{Home, Stage};
use crate::world::rewrite;

pub(super) const NEWCOMER: &str = "00000000-0000-4000-8000-00000000eeee";

pub(super) async fn newcomer(stage: &Stage) -> Value {
    let newcomer = people::Profile::new(NEWCOMER.parse().expect("an id"), "Al", "al@acme.example");
    stage.world.handclasp.people().put(Actor::system(), newcomer).await.expect("a person can be put");
    json!({ "person": NEWCOMER, "role": "worker" })
}

pub(super) fn of_role<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move { json!({ "role": stage.acme.company.role() }) })
}

pub(super) fn enabled<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move {
        stage.world.group_link(&stage.acme.company).await;
        json!({ "role": stage.acme.company.role() })
    })
}

pub(super) fn link<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move { json!({ "link": invite(stage).await.link.expose() }) })
}

pub(super) fn claim<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move {
        let link = invite(stage).await.link;
        let opened = stage.world.handclasp.invites().open(&link, None).await.expect("a link that opens");
        json!({ "claim": opened.claim.expose() })
    })
}

pub(super) async fn invite(stage: &Stage) -> InviteCreated {
    let create = CreateInvite::new(stage.acme.company.role());
    stage.world.handclasp.invites().create(stage.acme.company.admin(), create).await.expect("an invite can be created")
}

pub(super) async fn category(stage: &Stage) -> CategoryId {
    let define = DefineCategory::new(stage.acme.company.role(), "Roofs", &[]);
    let defined = stage.world.handclasp.contractor_roles().define_category(stage.acme.company.admin(), define).await;
    defined.expect("a category can be defined").id
}

pub(super) async fn requirement(stage: &Stage) -> RequirementId {
    let define = DefineRequirement::new(stage.acme.company.role(), "Insurance");
    let roles = stage.world.handclasp.contractor_roles();
    let defined = roles.define_requirement(stage.acme.company.admin(), define).await;
    defined.expect("a requirement can be defined").id
}

/// A request of Acme that waits for Bolt.
pub(super) fn pending<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move { json!({ "request": asked(stage).await.request }) })
}

async fn asked(stage: &Stage) -> Connection {
    let (acme, bolt) = (&stage.acme.company, &stage.bolt.company);
    let request = RequestConnection::new(bolt.id, acme.role());
    stage.world.handclasp.connections().request(acme.admin(), request).await.expect("Bolt can be asked")
}

pub(super) async fn connected(stage: &Stage) -> Connection {
    let accept = AcceptRequest::new(asked(stage).await.request.expect("a pending request"));
    let bolt = stage.bolt.company.admin();
    stage.world.handclasp.connections().accept(bolt, accept).await.expect("Bolt can accept").connection
}

pub(super) async fn disconnected(stage: &Stage) -> Value {
    json!({ "connection": connected(stage).await.id, "reason": { "code": "duplicate" } })
}

/// A requirement of Bolt's connection that waits for Acme's review.
pub(super) async fn submitted(stage: &Stage) -> (ConnectionId, RequirementId) {
    let requirement = requirement(stage).await;
    let connection = connected(stage).await.id;
    let submit = SubmitRequirement::new(connection, requirement);
    let done = stage.world.handclasp.connections().submit_requirement(stage.bolt.company.admin(), submit).await;
    done.expect("Bolt can submit");
    (connection, requirement)
}

/// A stranger's access request to Acme.
pub(super) fn access<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move {
        let kim = Actor::signed_in(PersonId::from_uuid(Uuid::from_u128(0xcc1)));
        let kim = kim.with_verified(Email::parse("kim@acme.example").expect("an address"));
        let claim = SubmitAccess::new(stage.acme.company.id, "Kim", "kim@acme.example");
        let asked = stage.world.handclasp.access_requests().submit(kim, claim).await.expect("Kim can ask");
        json!({ "request": asked.id })
    })
}

/// The caller's own access request to Crane, if they are somebody who can ask.
pub(super) fn own_access<'a>(stage: &'a Stage, caller: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move {
        let actor: Option<Actor> =
            stage.caller(Home::Acme, caller).and_then(|actor| serde_json::from_value(actor).ok());
        let address = stage.address(Home::Acme, caller);
        let claim = SubmitAccess::new(stage.crane.id, "Al", address.as_str().unwrap_or_default());
        let asked = match actor {
            Some(actor) => stage.world.handclasp.access_requests().submit(actor, claim).await.ok(),
            None => None,
        };
        match asked {
            Some(asked) => json!({ "request": asked.id }),
            None => access(stage, caller).await,
        }
    })
}

pub(super) fn plan() -> Value {
    json!({ "currency": "EUR", "anchor_day": 1, "tiers": [{ "price": 500 }], "payer": "client" })
}

pub(super) fn planned<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move {
        let plan = serde_json::from_value(plan()).expect("a plan");
        let set = SetPlan::new(stage.acme.company.id, plan);
        stage.world.handclasp.fees().set_plan(Actor::system(), set).await.expect("a plan can be set");
        json!({})
    })
}

/// A mail that no attempt can help any more.
pub(super) fn parked<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move {
        let parked = Delivery {
            id: DeliveryId::from_uuid(samples::uuid(1)),
            notice: NoticeId::from_uuid(samples::uuid(1)),
            about: About::Invite { invite: handclasp::InviteId::from_uuid(samples::uuid(1)) },
            address: Email::parse("kim@k.example").expect("an address"),
            at: samples::time(0),
            attempts: 3,
            last_error: Some("550".into()),
            state: State::Parked { at: samples::time(1) },
        };
        let id = parked.id;
        rewrite(stage.storage(), parked, &[]).await;
        json!({ "delivery": id })
    })
}

/// The person who calls; another one for System and nobody.
pub(super) fn person_of(stage: &Stage, home: Home, caller: &str) -> Value {
    match caller {
        "System" | "nobody" | "stranger" | "foreign Admin" | "other Admin" | "other Viewer" => {
            json!(super::stage::person(&stage.acme.worker))
        }
        _ => stage.person(home, caller),
    }
}
