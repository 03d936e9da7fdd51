//! Requests of one client to one contractor, and what becomes of their connection.

use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use handclasp::{Actor, BusinessId, ConnectionId, Handclasp};
use handclasp_tests::world::Company;
use serde_json::{Value, json};

use super::{CLIENTS, Requests, Subject, answered, every_history};
use crate::pairs::stages::{DUPLICATE, by};

/// How each request stands, in the order of their ids, and the connection, once there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct State {
    requests: BTreeMap<String, &'static str>,
    connection: Option<&'static str>,
}

/// A call by its name, which request it was about, and what it was answered.
type Call = (&'static str, String, String);

struct Pair {
    asking: Actor,
    asked: Actor,
    contractor: BusinessId,
    connection: ConnectionId,
    role: Value,
    requests: Requests,
}

impl Pair {
    fn between(client: &Company, contractor: &Company) -> Self {
        let connection = ConnectionId::between(client.id, contractor.id);
        let (asking, asked) = (client.admin(), contractor.admin());
        let role = json!(client.role());
        Self { asking, asked, contractor: contractor.id, connection, role, requests: Requests::default() }
    }
}

impl Subject for Pair {
    type State = State;
    type Call = Call;

    fn start() -> State {
        State::default()
    }

    fn call<'a>(&'a self, handclasp: &'a Handclasp, client: usize, chosen: usize) -> BoxFuture<'a, Call> {
        Box::pin(async move {
            let known = self.requests.one(chosen);
            let of = json!({ "request": known });
            let end = json!({ "connection": self.connection, "reason": { "code": DUPLICATE } });
            let either = if client < CLIENTS / 2 { &self.asking } else { &self.asked };
            let (name, operation, arguments) = match (chosen % 16, &known) {
                (3 | 4, Some(_)) => ("withdraw", "connections.withdraw", by(&self.asking, of)),
                (5 | 6, Some(_)) => ("decline", "connections.decline", by(&self.asked, of)),
                (7..10, Some(_)) => ("accept", "connections.accept", by(&self.asked, of)),
                (10..13, _) => ("disconnect", "connections.disconnect", by(either, end)),
                (13..16, _) => ("look", "connections.clients", by(&self.asked, json!({}))),
                _ => {
                    let request = json!({ "contractor": self.contractor, "role": self.role });
                    ("request", "connections.request", by(&self.asking, request))
                }
            };
            let (mut answer, value) = answered(handclasp, operation, &arguments).await;
            let mut request = known.unwrap_or_default();
            if name == "request" && answer == "ok" {
                request = value["request"].as_str().expect("an id").to_owned();
                self.requests.add(request.clone());
            }
            if name == "look" {
                answer = value["connections"][0]["status"].as_str().unwrap_or("none").to_owned();
            }
            (name, request, answer)
        })
    }

    fn step(state: &State, (name, request, answer): &Call) -> Option<State> {
        let mut after = state.clone();
        let expected = match (*name, state.connection) {
            ("look", stands) => stands.unwrap_or("none").to_owned(),
            ("request", Some("pending")) => "already_pending".to_owned(),
            ("request", Some("connected")) => "already_connected".to_owned(),
            ("request", _) => {
                after.requests.insert(request.clone(), "pending");
                after.connection = Some("pending");
                "ok".to_owned()
            }
            ("disconnect", None) => "not_found".to_owned(),
            ("disconnect", Some("disconnected")) => "already_decided: disconnected".to_owned(),
            ("disconnect", Some("connected")) => {
                after.connection = Some("disconnected");
                "ok".to_owned()
            }
            ("disconnect", Some(_)) => "wrong_state".to_owned(),
            // Nobody can know a request that is not there yet.
            (answering, _) => match *state.requests.get(request)? {
                "pending" => {
                    let (word, connection) = match answering {
                        "accept" => ("accepted", "connected"),
                        "decline" => ("declined", "declined"),
                        _ => ("withdrawn", "withdrawn"),
                    };
                    after.requests.insert(request.clone(), word);
                    after.connection = Some(connection);
                    "ok".to_owned()
                }
                decided => format!("already_decided: {decided}"),
            },
        };
        (*answer == expected).then_some(after)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_14_histories_of_connection_requests_are_linearizable() {
    every_history(async |world, number| {
        let client = world.client(&format!("Client {number}")).await;
        Pair::between(&client, &world.contractor(&format!("Contractor {number}")).await)
    })
    .await;
}

#[test]
fn what_a_request_can_not_answer_is_refused() {
    let step = |state: &State, name, answer: &str| Pair::step(state, &(name, "one".to_owned(), answer.to_owned()));
    let pending = step(&State::default(), "request", "ok").expect("the first");
    assert_eq!(step(&pending, "request", "ok"), None);
    assert_eq!(step(&pending, "disconnect", "ok"), None);
    let connected = step(&pending, "accept", "ok").expect("it waits");
    assert_eq!(step(&connected, "withdraw", "ok"), None);
    assert_eq!(step(&connected, "withdraw", "already_decided: accepted"), Some(connected.clone()));
    assert_eq!(step(&connected, "look", "pending"), None);
    let ended = step(&connected, "disconnect", "ok").expect("it stands");
    assert_eq!(step(&ended, "disconnect", "ok"), None);
    assert_eq!(step(&ended, "accept", "already_decided: accepted"), Some(ended.clone()), "it was");
}
