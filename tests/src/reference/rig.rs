//! The same steps on several stores, each answer compared with the others to the letter, and with the model.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use handclasp::testing;
use serde_json::{Map, Value, json};

use super::answer::{List, Said};
use super::limits::LIMITS;
use super::mails::Mail;
use super::model::{PEOPLE, QUOTAS};
use super::play::Call;
use crate::scenarios::{Saved, mismatch, part};
use crate::stores::Place;
use crate::world::World;

/// How often each operation came to which code; `ok` if it succeeded.
pub type Coverage = BTreeMap<(&'static str, String), usize>;

/// Worlds on several stores that live through the same.
pub(super) struct Rig {
    worlds: Vec<(&'static str, World)>,
    /// So many messages were looked at.
    seen: usize,
    saved: Saved,
}

impl Rig {
    pub(super) async fn on(places: &[Place]) -> Self {
        let mut worlds = Vec::with_capacity(places.len());
        for place in places {
            worlds.push((place.name, World::with(place.open().await, configuration()).await));
        }
        let mut saved = Saved::default();
        for person in 0..PEOPLE {
            saved.keep(&format!("p{person}"), format!("00000000-0000-4000-8000-{person:012}").into());
        }
        Self { worlds, seen: 0, saved }
    }

    /// Makes the call on every store, at this time.
    pub(super) async fn step(&mut self, now: i64, call: &Call, coverage: &mut Coverage) -> Result<(), String> {
        let arguments = self.saved.resolve(&call.arguments).to_string();
        let mut first: Option<String> = None;
        for (store, world) in &self.worlds {
            world.clock.set(handclasp::Timestamp::from_micros(now).expect("an instant within the years that count"));
            let mut outcome = handclasp_wire::call(&world.handclasp, call.operation, &arguments).await;
            let mut messages = world.mailer.messages().split_off(self.seen);
            // Messages are sent side by side: their order means nothing.
            messages.sort_by_key(|message| message.message_id.clone());
            write!(outcome, " {messages:?}").expect("text");
            let first = first.get_or_insert_with(|| outcome.clone());
            if *first != outcome {
                return Err(format!("on {store}: {outcome}\nbut on {}: {first}", self.worlds[0].0));
            }
        }
        let answer = answer_of(&first.unwrap_or_default());
        let code = answer.get("error").map_or("ok", |error| error["code"].as_str().unwrap_or_default());
        *coverage.entry((call.operation, code.to_owned())).or_default() += 1;
        self.check(call, &answer).and_then(|()| self.mails(&call.mails)).map_err(|why| format!("{why}\nin {answer:?}"))
    }

    pub(super) async fn close(self) {
        for (_, world) in self.worlds {
            world.handclasp.close().await.expect("a store can be closed");
        }
    }

    fn check(&mut self, call: &Call, answer: &Map<String, Value>) -> Result<(), String> {
        match (&call.said, answer.get("ok"), answer.get("error")) {
            (Ok(expected), Some(answer), None) => {
                for (name, path) in &call.saves {
                    self.saved.keep(name, part(answer, path));
                }
                let why = mismatch(&self.saved, &expected.expect, Some(answer), call.operation);
                why.map_or(Ok(()), Err)?;
                expected.list.as_ref().map_or(Ok(()), |list| self.listed(list, answer))
            }
            (Err(no), None, Some(error)) => {
                let expected = json!({ "code": no.code, "fields": no.fields });
                mismatch(&self.saved, &expected, Some(error), call.operation).map_or(Ok(()), Err)
            }
            _ => Err(format!("the model says {:?}", Shown(&call.said))),
        }
    }

    /// Whether a list is all there, in its order.
    fn listed(&self, list: &List, answer: &Value) -> Result<(), String> {
        let mut expected: Vec<(&str, String, &Value)> = Vec::with_capacity(list.items.len());
        for (key, item) in &list.items {
            let id = self.saved.resolve(&item[list.id]);
            expected.push((key, id.as_str().unwrap_or_default().to_owned(), item));
        }
        expected.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        if list.descending {
            expected.reverse();
        }
        let expected: Vec<&Value> = expected.into_iter().map(|(.., item)| item).collect();
        mismatch(&self.saved, &json!(expected), answer.get(list.field), list.field).map_or(Ok(()), Err)
    }

    fn mails(&mut self, expected: &[Mail]) -> Result<(), String> {
        let mut sent = self.worlds[0].1.mailer.messages().split_off(self.seen);
        self.seen += sent.len();
        for mail in expected {
            let link = mail.link.as_ref().map(|link| self.saved.resolve(&json!(link)));
            let link = link.as_ref().and_then(Value::as_str).unwrap_or_default();
            let like = |message: &handclasp::mail::Message| {
                message.kind == mail.kind && message.to.as_str() == mail.to && message.text.contains(link)
            };
            let at = sent.iter().position(like).ok_or_else(|| format!("no mail like {mail:?}"))?;
            sent.swap_remove(at);
        }
        sent.first().map_or(Ok(()), |message| Err(format!("a mail that nobody expects: {message:?}")))
    }
}

/// What the model says, in short.
struct Shown<'a>(&'a Said);

impl std::fmt::Debug for Shown<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Ok(answer) => write!(out, "yes: {}", answer.expect),
            Err(no) => write!(out, "no: {} {}", no.code, no.fields),
        }
    }
}

/// The answer at the head of an outcome.
fn answer_of(outcome: &str) -> Map<String, Value> {
    let mut answers = serde_json::Deserializer::from_str(outcome).into_iter();
    answers.next().and_then(Result::ok).expect("an answer in JSON")
}

fn configuration() -> handclasp::Configuration {
    let mut configuration = testing::configuration();
    let most = |count: usize| u32::try_from(count).expect("a small number");
    let limits = &mut configuration.limits;
    let fields = [
        &mut limits.per_inviter,
        &mut limits.per_client,
        &mut limits.per_address,
        &mut limits.per_pair,
        &mut limits.per_requester,
        &mut limits.per_requester_pair,
    ];
    for (field, (_, limit)) in fields.into_iter().zip(LIMITS) {
        *field = most(limit);
    }
    let quotas = &mut configuration.quotas;
    quotas.members = most(QUOTAS.members);
    quotas.contractor_roles = most(QUOTAS.contractor_roles);
    quotas.access_requests = most(QUOTAS.access_requests);
    quotas.connections = most(QUOTAS.connections);
    configuration
}
