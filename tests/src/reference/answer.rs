//! What the model says must come of a call.

use serde_json::{Value, json};

/// An answer, or why there is none.
pub(super) type Said = Result<Answer, No>;

/// What an answer must hold; `$name` stands for what an earlier answer held.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) expect: Value,
    pub(super) list: Option<List>,
}

/// A list of which each item and the order are known: by the first text, then by the id.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// Where in the answer it stands.
    pub(super) field: &'static str,
    /// Where in an item the id stands.
    pub(super) id: &'static str,
    pub(super) descending: bool,
    pub(super) items: Vec<(String, Value)>,
}

/// A refusal.
#[derive(Debug, Clone)]
pub(super) struct No {
    pub(super) code: &'static str,
    pub(super) fields: Value,
}

pub(super) fn no(code: &'static str) -> No {
    No { code, fields: json!({}) }
}

impl No {
    pub(super) fn argument(field: &str, reason: &str) -> Self {
        Self { code: "invalid_argument", fields: json!({ "field": field, "reason": reason }) }
    }

    pub(super) fn state(state: &str) -> Self {
        Self { code: "wrong_state", fields: json!({ "state": state }) }
    }

    pub(super) fn decided(decision: &str, at: i64) -> Self {
        Self { code: "already_decided", fields: json!({ "decision": decision, "at": time(at) }) }
    }

    /// Refused if one more would be too many.
    pub(super) fn full(count: usize, quota: usize, limit: &str) -> Result<(), Self> {
        if count < quota { Ok(()) } else { Err(Self { code: "limit_exceeded", fields: json!({ "limit": limit }) }) }
    }
}

/// An instant as answers have it.
pub(super) fn time(micros: i64) -> String {
    handclasp::Timestamp::from_micros(micros).expect("an instant within the years that count").to_string()
}

impl From<Value> for Answer {
    fn from(expect: Value) -> Self {
        Self { expect, list: None }
    }
}

impl From<List> for Answer {
    fn from(list: List) -> Self {
        Self { expect: json!({}), list: Some(list) }
    }
}
