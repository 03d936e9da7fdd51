//! Access requests of one person to one business.

use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use handclasp::model::user_role::UserRole;
use handclasp::{Actor, Email, Handclasp, PersonId};
use handclasp_tests::races::ask;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{CLIENTS, Requests, Subject, answered, every_history};
use crate::pairs::stages::by;

/// How each request stands, in the order of their ids; and whether the person is a member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct State {
    requests: BTreeMap<String, &'static str>,
    member: bool,
}

const OPEN: &str = "requested";

/// A call by its name, which request it was about, and what it was answered.
type Call = (&'static str, String, String);

struct Claim {
    requester: Actor,
    business: handclasp::BusinessId,
    reviewers: Vec<Actor>,
    requests: Requests,
}

impl Subject for Claim {
    type State = State;
    type Call = Call;

    fn start() -> State {
        State::default()
    }

    fn call<'a>(&'a self, handclasp: &'a Handclasp, client: usize, chosen: usize) -> BoxFuture<'a, Call> {
        Box::pin(async move {
            let reviewer = &self.reviewers[client % self.reviewers.len()];
            let submit = json!({ "business": self.business, "name": "Kim", "email": "kim@k.example" });
            let request = self.requests.one(chosen);
            let of = |more: Value| {
                let mut arguments = json!({ "request": request });
                more.as_object().into_iter().flatten().for_each(|(name, value)| arguments[name] = value.clone());
                arguments
            };
            let reason = json!({ "reason": { "code": "wrong_business" } });
            let (name, operation, arguments) = match (chosen % 13, &request) {
                (3 | 4, Some(_)) => ("withdraw", "access_requests.withdraw", by(&self.requester, of(json!({})))),
                (5..8, Some(_)) => ("decline", "access_requests.decline", by(reviewer, of(reason))),
                (8, Some(_)) => ("accept", "access_requests.accept", by(reviewer, of(json!({})))),
                (9..13, Some(_)) => ("get", "access_requests.get", by(reviewer, of(json!({})))),
                _ => ("submit", "access_requests.submit", by(&self.requester, submit)),
            };
            let (mut answer, value) = answered(handclasp, operation, &arguments).await;
            let mut request = request.unwrap_or_default();
            if name == "submit" && answer == "ok" {
                request = value["id"].as_str().expect("an id").to_owned();
                self.requests.add(request.clone());
            }
            if name == "get" {
                answer = value["status"].as_str().expect("a status").to_owned();
            }
            (name, request, answer)
        })
    }

    fn step(state: &State, (name, request, answer): &Call) -> Option<State> {
        if *name == "submit" {
            let expected = match state {
                State { member: true, .. } => "already_member",
                State { requests, .. } if requests.values().any(|state| *state == OPEN) => "already_pending",
                State { .. } => "ok",
            };
            let mut after = state.clone();
            if expected == "ok" {
                after.requests.insert(request.clone(), OPEN);
            }
            return (answer == expected).then_some(after);
        }
        // Nobody can know a request that is not there yet.
        let stands = *state.requests.get(request)?;
        if *name == "get" {
            return (answer == stands).then(|| state.clone());
        }
        if stands != OPEN {
            return (*answer == format!("already_decided: {stands}")).then(|| state.clone());
        }
        let (word, member) = match *name {
            "accept" => ("accepted", true),
            "decline" => ("declined", state.member),
            _ => ("withdrawn", state.member),
        };
        let mut after = State { member, ..state.clone() };
        after.requests.insert(request.clone(), word);
        (answer == "ok").then_some(after)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_14_histories_of_access_requests_are_linearizable() {
    every_history(async |world, number| {
        let business = world.contractor(&format!("Business {number}")).await;
        let reviewers = vec![business.admin(), world.member(&business, UserRole::ADMIN).await];
        assert!(reviewers.len() < CLIENTS, "reviewers race each other with the same call");
        let kim = PersonId::from_uuid(Uuid::from_u128(0x5000_0000 + number as u128));
        let requester = Actor::signed_in(kim).with_verified(Email::parse("kim@k.example").expect("an address"));
        let put = json!({ "id": kim, "name": "Kim", "email": "kim@k.example" });
        ask(world, "people.put", by(&Actor::system(), put)).await;
        Claim { requester, business: business.id, reviewers, requests: Requests::default() }
    })
    .await;
}
