//! What the player has seen: ids by their type, secrets, cursors, codes, and who is a member of what.

use std::collections::BTreeMap;

use handclasp::storage::{Filter, Kind, Query, Source, Storage, Value as Cell};
use handclasp_wire::OperationSchema;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::{Map, Value};
use uuid::Uuid;

/// The types that the surface shares by name.
pub(super) type Types = Map<String, Value>;

/// So many of each are remembered, the latest.
const REMEMBERED: usize = 4;
/// So many people the host knows.
pub(super) const PEOPLE: u128 = 6;

/// The id of this person.
pub(super) fn person(number: u128) -> String {
    Uuid::from_u128(0x1000 + number).to_string()
}

/// What there is to draw from.
pub(super) struct Known {
    values: BTreeMap<String, Vec<String>>,
    /// A person, and the business that they are an active member of.
    pub(super) members: Vec<(String, String)>,
    /// The businesses that each id concerns: those that were named when it was first seen.
    concerned: BTreeMap<String, Vec<String>>,
    named: Vec<String>,
}

impl Known {
    pub(super) fn new() -> Self {
        let people = (0..PEOPLE).map(person).collect();
        Self {
            values: [("PersonId".to_owned(), people)].into(),
            members: Vec::new(),
            concerned: BTreeMap::new(),
            named: Vec::new(),
        }
    }

    /// The latest of this type or name; nobody has seen one of most names.
    pub(super) fn of(&self, what: &str) -> &[String] {
        self.values.get(what).map_or(&[], Vec::as_slice)
    }

    /// Who is a member of what now.
    pub(super) async fn looks_at(&mut self, storage: &dyn Storage) {
        let source = Source::Records(Kind::Member);
        let filter = Filter::All(vec![Filter::Is("status", Cell::Text("active".to_owned()))]);
        let query = Query { source, filter, order: vec!["id"], descending: false, after: None, limit: 1_000 };
        let rows = storage.list(&query).await.expect("members");
        let id = |row: &handclasp::storage::Row, column| match row.get(source.table(), column) {
            Some(Cell::Uuid(id)) => id.to_string(),
            _ => panic!("a member without {column}"),
        };
        self.members = rows.iter().map(|row| (id(row, "person_id"), id(row, "business_id"))).collect();
    }

    /// A business that something in these arguments concerns, if one is known.
    pub(super) fn concerned(&self, arguments: &Map<String, Value>, rng: &mut StdRng) -> Option<&String> {
        let mut ids = Vec::new();
        arguments.values().for_each(|value| texts(value, &mut ids));
        let known: Vec<_> = ids.into_iter().filter_map(|id| self.concerned.get(id)).flatten().collect();
        known.choose(rng).copied()
    }

    /// Takes what a call was for, and what it showed.
    pub(super) fn learns_of(&mut self, arguments: &Value, operation: &OperationSchema, types: &Types, answer: &Value) {
        let named = [&arguments["actor"]["business"], &arguments["contractor"], &arguments["business"]];
        self.named = named.into_iter().filter_map(Value::as_str).map(str::to_owned).collect();
        self.learns(operation.answer.as_value(), types, answer);
    }

    /// Takes what an answer shows.
    fn learns(&mut self, schema: &Value, types: &Types, answer: &Value) {
        if let Some(name) = schema["$ref"].as_str().and_then(|way| way.rsplit('/').next()) {
            let schema = &types[name];
            // The host knows its people.
            if name != "PersonId" && (schema["format"] == "uuid" || schema["format"] == "secret") {
                self.remembers(name, answer);
            }
            return self.learns(schema, types, answer);
        }
        for branch in ["anyOf", "oneOf"].into_iter().filter_map(|of| schema[of].as_array()).flatten() {
            if is_of(branch, answer) {
                self.learns(branch, types, answer);
            }
        }
        for answer in answer.as_array().into_iter().flatten() {
            self.learns(&schema["items"], types, answer);
        }
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            if name == "next" || name == "code" {
                self.remembers(name, &answer[name]);
            }
            self.learns(field, types, &answer[name]);
        }
    }

    fn remembers(&mut self, what: &str, value: &Value) {
        let Some(text) = value.as_str() else { return };
        if !self.concerned.contains_key(text) {
            self.concerned.insert(text.to_owned(), self.named.clone());
        }
        let known = self.values.entry(what.to_owned()).or_default();
        known.retain(|known| known != text);
        known.insert(0, text.to_owned());
        known.truncate(REMEMBERED);
    }
}

/// Whether no constant in it says otherwise.
fn is_of(branch: &Value, answer: &Value) -> bool {
    let fields = branch["properties"].as_object().into_iter().flatten();
    !answer.is_null()
        && fields.into_iter().all(|(name, field)| field["const"].is_null() || field["const"] == answer[name])
}

/// Every text in it.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(all) => all.iter().for_each(|one| texts(one, found)),
        Value::Object(fields) => fields.values().for_each(|one| texts(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
