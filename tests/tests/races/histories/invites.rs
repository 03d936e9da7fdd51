//! Personal invites.

use std::sync::OnceLock;

use futures_util::future::BoxFuture;
use handclasp::{Actor, Handclasp};
use handclasp_tests::races::ask;
use handclasp_tests::world::Company;
use serde_json::{Value, json};

use super::{CLIENTS, Subject, answered, every_history};
use crate::pairs::stages::by;

const DEAD: &str = "invite_invalid_or_expired";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum State {
    Pending,
    Opened,
    Accepted,
    Declined,
    Revoked,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Opened => "opened",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
        }
    }
}

/// A call by its name, and what it was answered.
type Call = (&'static str, String);

struct Invite {
    admin: Actor,
    invite: Value,
    link: Value,
    /// Once somebody has told.
    claim: OnceLock<Value>,
    contractors: Vec<Company>,
}

impl Subject for Invite {
    type State = State;
    type Call = Call;

    fn start() -> State {
        State::Pending
    }

    fn call<'a>(&'a self, handclasp: &'a Handclasp, client: usize, chosen: usize) -> BoxFuture<'a, Call> {
        Box::pin(async move {
            let contractor = self.contractors[client].admin();
            let (link, invite) = (json!({ "link": self.link }), json!({ "invite": self.invite }));
            // Whoever does not know the claim looks at the link.
            let claim = self.claim.get();
            let (name, operation, arguments) = match (chosen % 16, claim) {
                (0..3, _) => ("open", "invites.open", link),
                (3, _) => ("redeem", "invites.redeem", by(&contractor, link)),
                (4, _) => ("revoke", "invites.revoke", by(&self.admin, invite)),
                (5..8, _) => ("get", "invites.get", by(&self.admin, invite)),
                (8..11, Some(claim)) => ("accept", "invites.accept", by(&contractor, json!({ "claim": claim }))),
                (11, Some(claim)) => ("decline", "invites.decline", json!({ "claim": claim })),
                (12..14, Some(claim)) => ("preview the claim", "invites.preview", json!({ "link_or_claim": claim })),
                _ => ("preview", "invites.preview", json!({ "link_or_claim": self.link })),
            };
            let (mut answer, value) = answered(handclasp, operation, &arguments).await;
            if name == "open" && answer == "ok" {
                self.claim.set(value["claim"].clone()).expect("one opens a link");
            }
            if name == "get" {
                answer = value["status"].as_str().expect("a status").to_owned();
            }
            (name, answer)
        })
    }

    fn step(state: &State, (name, answer): &Call) -> Option<State> {
        let (after, expected) = match (*name, *state) {
            ("open", State::Pending) => (State::Opened, "ok"),
            ("redeem", State::Pending) | ("accept", State::Opened) => (State::Accepted, "ok"),
            ("decline", State::Opened) => (State::Declined, "ok"),
            ("preview", State::Pending) | ("preview the claim", State::Opened) => (*state, "ok"),
            ("revoke", State::Pending | State::Opened) => (State::Revoked, "ok"),
            ("revoke", ended) => return (*answer == format!("already_decided: {}", ended.word())).then_some(ended),
            ("get", state) => (state, state.word()),
            (_, state) => (state, DEAD),
        };
        (answer == expected).then_some(after)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_14_histories_of_invites_are_linearizable() {
    every_history(async |world, number| {
        // A client of its own, so that no connection by another invite is in the way.
        let client = world.client(&format!("Client {number}")).await;
        let contractors = world.contractors(CLIENTS).await;
        let created = ask(world, "invites.create", by(&client.admin(), json!({ "role": client.role() }))).await;
        let (invite, link) = (created["invite"]["id"].clone(), created["link"].clone());
        Invite { admin: client.admin(), invite, link, claim: OnceLock::new(), contractors }
    })
    .await;
}

#[test]
fn what_an_invite_can_not_answer_is_refused() {
    let step = |state, name, answer: &str| Invite::step(&state, &(name, answer.to_owned()));
    assert_eq!(step(State::Pending, "open", "ok"), Some(State::Opened));
    assert_eq!(step(State::Opened, "open", "ok"), None);
    assert_eq!(step(State::Pending, "open", DEAD), None);
    assert_eq!(step(State::Accepted, "accept", "ok"), None);
    assert_eq!(step(State::Accepted, "revoke", "ok"), None);
    assert_eq!(step(State::Accepted, "revoke", "already_decided: accepted"), Some(State::Accepted));
    assert_eq!(step(State::Revoked, "get", "opened"), None);
    assert_eq!(step(State::Opened, "accept", "conflict"), None);
}
