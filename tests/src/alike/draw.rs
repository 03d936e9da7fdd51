//! A value of a schema.

use handclasp::Timestamp;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::{Map, Value, json};

use super::known::{Known, PEOPLE, Types, person};

/// What is nobody's.
const NOBODYS: &str = "0197a9b2-5c00-7000-8000-000000000001";
const NAMES: [&str; 9] =
    ["Acme", "ACME", "Acme Roofing", "Bolt", "Bölt", "Болт", "Crane & Sons", "100% Roofs_", "Łódź Dźwigi"];
const CODES: [&str; 4] = ["duplicate", "not_an_employee", "other", "unheard_of"];
const NUMBERS: [u64; 9] = [0, 1, 2, 3, 5, 31, 60, 3_600, 604_800];

/// Draws from what is known.
pub(super) struct Draw<'a> {
    pub(super) rng: &'a mut StdRng,
    pub(super) types: &'a Types,
    pub(super) known: &'a Known,
    pub(super) now: Timestamp,
}

impl Draw<'_> {
    /// A value of this schema, which stands under this name.
    pub(super) fn value(&mut self, name: &str, schema: &Value) -> Value {
        if let Some(named) = schema["$ref"].as_str().and_then(|way| way.rsplit('/').next()) {
            let shared = &self.types[named];
            return match shared["format"].as_str() {
                Some("uuid" | "secret") => self.seen(named),
                _ => self.value(name, shared),
            };
        }
        if let Some(branches) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
            let branch = self.one(branches);
            return self.value(name, branch);
        }
        if !schema["const"].is_null() {
            return schema["const"].clone();
        }
        if let Some(words) = schema["enum"].as_array() {
            return self.one(words).clone();
        }
        let kind = &schema["type"];
        let kind = kind.as_array().map_or(kind, |kinds| self.one(kinds));
        match kind.as_str() {
            Some("object") => self.object(schema).into(),
            Some("array") => (0..self.rng.random_range(0..3)).map(|_| self.value(name, &schema["items"])).collect(),
            Some("boolean") => json!(self.rng.random_bool(if name == "client_account" { 0.8 } else { 0.5 })),
            Some("integer") => self.number(name),
            Some("string") => self.text(name, schema),
            _ => Value::Null,
        }
    }

    /// The fields of an object.
    pub(super) fn object(&mut self, schema: &Value) -> Map<String, Value> {
        let mut fields = Map::new();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let required = schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
            if required || self.rng.random_bool(if name == "cursor" { 0.05 } else { 0.3 }) {
                fields.insert(name.clone(), self.value(name, field));
            }
        }
        fields
    }

    fn number(&mut self, name: &str) -> Value {
        let (least, most) = match name {
            "limit" => (1, 20),
            "anchor_day" => (1, 31),
            _ => return json!(self.one(&NUMBERS)),
        };
        json!(self.rng.random_range(least..=most))
    }

    fn text(&mut self, name: &str, schema: &Value) -> Value {
        if schema["format"] == "date-time" {
            return json!(super::later(self.now, self.rng.random_range(-90..=90) * 86_400));
        }
        match name {
            // A postal address is no text.
            "email" | "address" | "contact_email" | "notification_email" | "reply_to" => {
                let person = person(self.rng.random_range(0..=PEOPLE));
                json!(address(&person))
            }
            "language" => json!(self.one(&["en", "de", "pt-BR"])),
            "country" => json!(self.one(&["DE", "PL"])),
            "currency" => json!(self.one(&["EUR", "PLN"])),
            "colour" => json!("#3366cc"),
            "logo_url" => json!("https://acme.example/logo.png"),
            "cursor" => self.seen("next"),
            "code" if self.rng.random_bool(0.5) => self.seen("code"),
            "code" => json!(self.one(&CODES)),
            "link_or_claim" => {
                let secret = self.one(&["Link", "Claim"]);
                self.seen(secret)
            }
            _ => json!(self.one(&NAMES)),
        }
    }

    /// Something of this type that was seen, mostly; else nobody's.
    fn seen(&mut self, what: &str) -> Value {
        match self.known.of(what).choose(self.rng) {
            Some(seen) if self.rng.random_bool(0.97) => json!(seen),
            _ => json!(NOBODYS),
        }
    }

    /// Who calls with these arguments: mostly a member for a business that they concern.
    pub(super) fn actor(&mut self, operation: &str, arguments: &Map<String, Value>) -> Value {
        // What the host alone does.
        let hosts = ["outbox.", "businesses.", "people.", "fees.set_plan", "history.since"];
        let share = if hosts.iter().any(|name| operation.starts_with(name)) { 0.8 } else { 0.2 };
        let business = match self.known.concerned(arguments, self.rng) {
            Some(business) if self.rng.random_bool(0.7) => json!(business),
            _ => self.seen("BusinessId"),
        };
        if self.rng.random_bool(share) {
            let named = self.rng.random_bool(0.8);
            return if named { json!({ "kind": "system", "business": business }) } else { json!({ "kind": "system" }) };
        }
        let its: Vec<_> = self.known.members.iter().filter(|(_, of)| *of == business).collect();
        let person = match its.choose(self.rng) {
            Some((person, _)) if self.rng.random_bool(0.9) => person.clone(),
            _ => self.seen("PersonId").as_str().unwrap_or_default().to_owned(),
        };
        let verified = if self.rng.random_bool(0.9) { json!([address(&person)]) } else { json!([]) };
        let business =
            if operation.ends_with(".submit") || operation.ends_with(".mine") { Value::Null } else { business };
        json!({ "kind": "person", "id": person, "business": business, "addresses": verified })
    }

    fn one<'b, T>(&mut self, of: &'b [T]) -> &'b T {
        of.choose(self.rng).expect("something to choose from")
    }
}

/// The address of the person of this id.
pub(super) fn address(person: &str) -> String {
    format!("kim{}@people.example", person.chars().last().unwrap_or('0'))
}
