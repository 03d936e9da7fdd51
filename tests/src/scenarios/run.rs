//! The runner: opens a handle on a store, and tells the story through `handclasp_wire::call`, step by step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use handclasp::mail::{MailFailure, Message};
use handclasp::storage::Storage;
use handclasp::{Configuration, testing};
use serde_json::{Map, Value, json};

use super::expect::mismatch;
use super::format::{ActorDef, Fails, Failure, Mail, Scenario, Settings, Step, Trouble};
use super::references::{Saved, part};
use super::rehearse::{Rehearsal, Rehearsed, Thoroughness};
use crate::fickle::{How, Messages, Mishap};
use crate::flaky::Flaky;
use crate::world::World;

/// What a scenario came to.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// Every answer and every message, to the letter.
    pub transcript: String,
    /// The operations that answered with a success.
    pub operations: BTreeSet<String>,
    /// The errors that came, each with its operation; but for `wrong_state` of what is archived.
    pub errors: BTreeSet<(String, String)>,
}

/// Makes the calls of a story.
#[async_trait]
pub trait Teller: Send {
    /// The answer that counts.
    ///
    /// # Errors
    /// What went otherwise than it must.
    async fn call(&mut self, world: &World, operation: &str, arguments: Map<String, Value>) -> Result<String, String>;
}

/// Calls, and no more.
struct Plain;

#[async_trait]
impl Teller for Plain {
    async fn call(&mut self, world: &World, operation: &str, arguments: Map<String, Value>) -> Result<String, String> {
        Ok(handclasp_wire::call(&world.handclasp, operation, &Value::Object(arguments).to_string()).await)
    }
}

/// Tells a scenario on an empty store.
///
/// # Errors
/// Where the story differs from what is expected, and how.
///
/// # Panics
/// If the scenario itself makes no sense.
pub async fn run(scenario: &Scenario, storage: Arc<dyn Storage>) -> Result<Outcome, String> {
    tell(scenario, storage, &mut Plain).await
}

/// Tells a scenario on an empty store, with rehearsals of each call.
///
/// # Errors
/// Where the story, or a rehearsal, differs from what is expected, and how.
///
/// # Panics
/// If the scenario itself makes no sense.
pub async fn rehearse(scenario: &Scenario, storage: Arc<dyn Storage>, how: Thoroughness) -> Result<Rehearsed, String> {
    let flaky = Arc::new(Flaky::new(storage));
    let mut rehearsal = Rehearsal::new(Arc::clone(&flaky), how);
    tell(scenario, flaky, &mut rehearsal).await?;
    Ok(rehearsal.rehearsed)
}

/// Tells a scenario on an empty store, with calls as somebody makes them.
///
/// # Errors
/// Where the story, or a call, differs from what is expected, and how.
///
/// # Panics
/// If the scenario itself makes no sense.
pub async fn tell(scenario: &Scenario, storage: Arc<dyn Storage>, teller: &mut dyn Teller) -> Result<Outcome, String> {
    let world = World::with(storage, configuration(&scenario.settings)).await;
    let (actors, saved) = (BTreeMap::new(), Saved::default());
    let mut run = Run { world, teller, actors, saved, seen: 0, outcome: Outcome::default() };
    let given = scenario.given.as_deref().map(super::given);
    for (name, actor) in given.iter().flat_map(|given| &given.actors).chain(&scenario.actors) {
        run.saved.keep(name, json!(actor));
        run.actors.insert(name.clone(), actor.clone());
    }
    let given = given.iter().flat_map(|given| given.steps.iter().map(|step| ("given", step)));
    for (number, (part, step)) in given.chain(scenario.steps.iter().map(|step| ("step", step))).enumerate() {
        let place = |why| format!("{part} {}, {}: {why}", number + 1, step.call.as_deref().unwrap_or("no call"));
        run.step(step).await.map_err(place)?;
    }
    Ok(run.outcome)
}

/// The settings of tests, with those of a story.
#[must_use]
pub fn configuration(settings: &Settings) -> Configuration {
    let mut configuration = testing::configuration();
    let (limits, quotas) = (&mut configuration.limits, &mut configuration.quotas);
    let set = |place: &mut u32, wanted: Option<u32>| *place = wanted.unwrap_or(*place);
    set(&mut limits.per_inviter, settings.limits.per_inviter);
    set(&mut limits.per_client, settings.limits.per_client);
    set(&mut limits.per_address, settings.limits.per_address);
    set(&mut limits.per_pair, settings.limits.per_pair);
    set(&mut limits.per_requester, settings.limits.per_requester);
    set(&mut limits.per_requester_pair, settings.limits.per_requester_pair);
    set(&mut quotas.members, settings.quotas.members);
    set(&mut quotas.contractor_roles, settings.quotas.contractor_roles);
    set(&mut quotas.access_requests, settings.quotas.access_requests);
    set(&mut quotas.connections, settings.quotas.connections);
    configuration
}

struct Run<'a> {
    world: World,
    teller: &'a mut dyn Teller,
    actors: BTreeMap<String, ActorDef>,
    saved: Saved,
    /// So many messages were looked at.
    seen: usize,
    outcome: Outcome,
}

type Checked = Result<(), String>;

impl Run<'_> {
    async fn step(&mut self, step: &Step) -> Checked {
        if let Some(at) = &step.at {
            self.world.clock.set(at.parse().map_err(|_| format!("`{at}` is no instant"))?);
        }
        if let Some(seconds) = step.advance {
            self.world.clock.advance(Duration::from_secs(seconds));
        }
        self.world.mailer.arm(step.mailer.as_ref().map(mishap));
        match step.call.as_deref() {
            None => {}
            Some("close") => self.world.handclasp.close().await.map_err(|error| error.to_string())?,
            Some(operation) => self.call(operation, step).await?,
        }
        self.mails(step.mails.as_deref())
    }

    async fn call(&mut self, operation: &str, step: &Step) -> Checked {
        let mut arguments = self.saved.fields(&step.with);
        if let Some(actor) = self.actor(step.by.as_deref().unwrap_or("visitor"))? {
            arguments.insert("actor".into(), actor);
        }
        if let Some(key) = &step.key {
            arguments.insert("idempotency_key".into(), key.clone().into());
        }
        let answer = self.teller.call(&self.world, operation, arguments).await?;
        self.outcome.transcript.push_str(&format!("{operation} {answer}\n"));
        let answer: Map<String, Value> = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
        match (answer.get("ok"), answer.get("error")) {
            (Some(answer), None) => self.answered(operation, step, answer),
            (None, Some(error)) => self.refused(operation, step, error),
            _ => Err(format!("neither an answer nor an error: {answer:?}")),
        }
    }

    fn answered(&mut self, operation: &str, step: &Step, answer: &Value) -> Checked {
        if step.error.is_some() {
            return Err(format!("it answered {answer}"));
        }
        self.outcome.operations.insert(operation.to_owned());
        let expected = step.expect.0.as_ref();
        let why = expected.and_then(|expected| mismatch(&self.saved, expected, Some(answer), operation));
        for (name, path) in &step.save {
            self.saved.keep(name, part(answer, path));
        }
        why.map_or(Ok(()), Err)
    }

    fn refused(&mut self, operation: &str, step: &Step, error: &Value) -> Checked {
        let (code, message, fields) = match &step.error {
            None => return Err(format!("refused: {error}")),
            Some(Failure::Code(code)) => (code, None, Map::new()),
            Some(Failure::Whole(whole)) => (&whole.code, whole.message.as_ref(), whole.fields.clone()),
        };
        // That an archived business can't act goes without saying, as that a closed handle doesn't.
        if error["fields"]["state"] != "archived" {
            self.outcome.errors.insert((operation.to_owned(), error["code"].as_str().unwrap_or_default().to_owned()));
        }
        let mut expected = json!({ "code": code, "fields": fields });
        if let Some(message) = message {
            expected["message"] = message.as_str().into();
        }
        mismatch(&self.saved, &expected, Some(error), operation).map_or(Ok(()), Err)
    }

    fn actor(&self, name: &str) -> Result<Option<Value>, String> {
        match (name, self.actors.get(name)) {
            ("visitor", None) => Ok(None),
            ("system", None) => Ok(Some(json!({ "kind": "system" }))),
            (_, Some(actor)) => Ok(Some(self.saved.resolve(&json!(actor)))),
            (_, None) => Err(format!("there is no actor `{name}`")),
        }
    }

    fn mails(&mut self, expected: Option<&[Mail]>) -> Checked {
        let all = self.world.mailer.messages();
        let mut sent: Vec<Value> = all[self.seen..].iter().map(message).collect();
        self.seen = all.len();
        // Messages are sent side by side: their order means nothing.
        sent.sort_by_key(Value::to_string);
        for mail in &sent {
            self.outcome.transcript.push_str(&format!("mail {mail}\n"));
        }
        let Some(expected) = expected else { return Ok(()) };
        let mut left = sent.clone();
        for mail in expected {
            let wanted = wanted(mail);
            let at = left.iter().position(|found| mismatch(&self.saved, &wanted, Some(found), "mail").is_none());
            let found = left.remove(at.ok_or_else(|| format!("no mail like {wanted} among {}", summary(&left)))?);
            if let Some(name) = &mail.save_link {
                let text = found["text"].as_str().unwrap_or_default();
                let link = text.split_whitespace().find(|word| word.starts_with("https://"));
                self.saved.keep(name, link.ok_or("no link in the mail")?.into());
            }
        }
        if left.is_empty() { Ok(()) } else { Err(format!("mails that nobody expects: {}", summary(&left))) }
    }
}

fn mishap(trouble: &Trouble) -> Mishap {
    let says = "the mailer fails".to_owned();
    let failure = match trouble.fails {
        Fails::Temporary => MailFailure::Temporary(says),
        Fails::Permanent => MailFailure::Permanent(says),
    };
    let with = trouble.to.clone().map_or(Messages::All, |to| Messages::To(vec![to]));
    Mishap { with, how: How::Fails(failure) }
}

fn message(message: &Message) -> Value {
    json!({
        "to": message.to.as_str(),
        "kind": message.kind,
        "subject": message.subject,
        "text": message.text,
        "reply_to": message.reply_to.as_ref().map(handclasp::Email::as_str),
        "date": message.date,
        "message_id": message.message_id,
    })
}

fn summary(mails: &[Value]) -> String {
    let lines: Vec<String> =
        mails.iter().map(|mail| format!("\n  {} to {}: {}", mail["kind"], mail["to"], mail["text"])).collect();
    lines.concat()
}

fn wanted(mail: &Mail) -> Value {
    let mut wanted = json!({ "to": mail.to, "kind": mail.kind });
    for (name, value) in [("subject", &mail.subject), ("text", &mail.text), ("reply_to", &mail.reply_to)] {
        if let Some(value) = value {
            wanted[name] = value.clone();
        }
    }
    wanted
}
