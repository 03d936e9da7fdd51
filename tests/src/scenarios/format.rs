//! What a scenario is made of. The documentation here is that of `tests/scenarios/schema.json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One story, told through public methods alone.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it shows, behind the ids of the cases that it proves.
    pub title: String,
    /// A file of `given/` whose actors and steps come first.
    #[serde(default)]
    pub given: Option<String>,
    /// How the handle is opened.
    #[serde(default)]
    pub settings: Settings,
    /// Who calls, by name. `system` and `visitor` need no entry.
    #[serde(default)]
    pub actors: BTreeMap<String, ActorDef>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// What several scenarios begin with.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// What is there.
    pub title: String,
    /// Who calls, by name.
    #[serde(default)]
    pub actors: BTreeMap<String, ActorDef>,
    /// What happens first.
    pub steps: Vec<Step>,
}

/// How the handle is opened; what is left out is as usual.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How much may be sent within 24 hours.
    pub limits: Limits,
    /// How much a business may have.
    pub quotas: Quotas,
}

/// How much may be sent within 24 hours.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// By one person.
    pub per_inviter: Option<u32>,
    /// By one client.
    pub per_client: Option<u32>,
    /// To one address.
    pub per_address: Option<u32>,
    /// From one client to one contractor.
    pub per_pair: Option<u32>,
    /// Access requests of one person.
    pub per_requester: Option<u32>,
    /// Access requests of one person to one business.
    pub per_requester_pair: Option<u32>,
}

/// How much a business may have.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Quotas {
    /// Members, active or disabled.
    pub members: Option<u32>,
    /// Contractor roles that are not archived.
    pub contractor_roles: Option<u32>,
    /// Access requests that are open.
    pub access_requests: Option<u32>,
    /// Connected contractors, and as many connected clients.
    pub connections: Option<u32>,
}

/// Somebody who calls. References are resolved at each call.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ActorDef {
    /// A signed-in person.
    Person {
        /// The host's id for them.
        id: String,
        /// The addresses that the host has verified.
        #[serde(default)]
        addresses: Vec<String>,
        /// The business that they act for.
        #[serde(default)]
        business: Option<String>,
    },
    /// The host itself.
    System {
        /// The business that it acts for.
        #[serde(default)]
        business: Option<String>,
    },
}

/// One step: the clock is moved, then something is called, then what came of it is looked at.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is meant, where that is not plain to see.
    #[serde(default)]
    pub note: Option<String>,
    /// Sets the clock to this instant, RFC 3339 in UTC.
    #[serde(default)]
    pub at: Option<String>,
    /// Moves the clock on by so many seconds.
    #[serde(default)]
    pub advance: Option<u64>,
    /// How the mailer fails during this step. Left out, it takes what it is given.
    #[serde(default)]
    pub mailer: Option<Trouble>,
    /// Who calls: an actor's name, `system`, or `visitor` for nobody.
    #[serde(default, rename = "as")]
    pub by: Option<String>,
    /// The operation, as in `invites.create`; or `close`, which closes the handle.
    #[serde(default)]
    pub call: Option<String>,
    /// Its arguments, without actor and key.
    #[serde(default)]
    pub with: Map<String, Value>,
    /// The idempotency key.
    #[serde(default)]
    pub key: Option<String>,
    /// What the answer must hold. Neither this nor `error`: any answer will do.
    #[serde(default, skip_serializing_if = "Expected::is_nothing")]
    #[schemars(with = "Option<Value>")]
    pub expect: Expected,
    /// The error that must come instead of an answer.
    #[serde(default)]
    pub error: Option<Failure>,
    /// Names for parts of the answer: name to path, as in `supplier.id` or `entries.0.at`; an empty path is all of it.
    #[serde(default)]
    pub save: BTreeMap<String, String>,
    /// The messages sent during this step, all of them, in any order. Left out, they are not looked at.
    #[serde(default)]
    pub mails: Option<Vec<Mail>>,
}

/// How a mailer fails: it says "the mailer fails".
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trouble {
    /// Whether another attempt may help.
    pub fails: Fails,
    /// Messages to this address alone; all, unless given.
    #[serde(default)]
    pub to: Option<String>,
}

/// Whether another attempt may help.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fails {
    /// It may.
    Temporary,
    /// No other attempt can.
    Permanent,
}

/// What is expected, if anything; a given `null` is something.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Expected(pub Option<Value>);

impl Expected {
    const fn is_nothing(&self) -> bool {
        self.0.is_none()
    }
}

impl<'de> Deserialize<'de> for Expected {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Value::deserialize(input).map(|value| Self(Some(value)))
    }
}

/// An expected error: its code, or its code with what it carries.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Failure {
    /// The code alone.
    Code(String),
    /// The code and more.
    Whole(Called),
}

/// An error's code, text and fields.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Called {
    /// The stable code.
    pub code: String,
    /// The whole text.
    #[serde(default)]
    pub message: Option<String>,
    /// What it carries, matched like an answer.
    #[serde(default)]
    pub fields: Map<String, Value>,
}

/// One expected message.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The one address, matched like an answer.
    pub to: Value,
    /// The notice, as in `connection_requested`.
    pub kind: String,
    /// The subject, matched like an answer.
    #[serde(default)]
    pub subject: Option<Value>,
    /// The text, matched like an answer.
    #[serde(default)]
    pub text: Option<Value>,
    /// Where answers go, matched like an answer.
    #[serde(default)]
    pub reply_to: Option<Value>,
    /// A name for the first `https://` address in the text.
    #[serde(default)]
    pub save_link: Option<String>,
}
