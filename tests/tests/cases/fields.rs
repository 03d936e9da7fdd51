//! Every field of every operation, as the surface describes it.

use serde_json::Value;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Secret,
    Id,
    Instant,
    Whole,
    Yes,
    Word,
}

/// A field of an operation's arguments: the way to it, and what it holds.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// The names on the way; `[]` stands for the first of a list.
    pub(crate) way: Vec<String>,
    pub(crate) holds: Holds,
}

impl Field {
    /// As errors name it.
    pub(crate) fn name(&self) -> String {
        self.way.iter().filter(|step| *step != "[]").cloned().collect::<Vec<_>>().join(".")
    }

    /// The arguments with another value in this place; nothing if the place is not there and can't be made.
    pub(crate) fn put(&self, arguments: &Value, value: Value) -> Option<Value> {
        let mut changed = arguments.clone();
        let mut at = &mut changed;
        for step in &self.way {
            at = match step.as_str() {
                "[]" => at.as_array_mut()?.first_mut()?,
                name => {
                    if at.is_null() {
                        *at = Value::Object(serde_json::Map::new());
                    }
                    at.as_object_mut()?.entry(name).or_insert(Value::Null)
                }
            };
        }
        *at = value;
        Some(changed)
    }
}

/// The fields of an operation.
pub(crate) fn of(operation: &str) -> Vec<Field> {
    let (operations, types) = handclasp_wire::surface();
    let found = operations.iter().find(|known| known.name == operation).expect("an operation");
    let mut fields = Vec::new();
    walk(found.arguments.as_value(), &types, &mut Vec::new(), &mut fields);
    fields
}

type Types = serde_json::Map<String, Value>;

fn walk(schema: &Value, types: &Types, way: &mut Vec<String>, fields: &mut Vec<Field>) {
    if let Some(name) = schema["$ref"].as_str() {
        return walk(&types[name.rsplit('/').next().unwrap_or_default()], types, way, fields);
    }
    if let Some(branches) = schema["anyOf"].as_array() {
        // A word or an id, or something that may be null: the first says enough.
        return walk(&branches[0], types, way, fields);
    }
    let mut holds = |holds| fields.push(Field { way: way.clone(), holds });
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    let variants = schema["oneOf"].as_array();
    if schema["enum"].is_array() || variants.is_some_and(|all| all.iter().all(|one| one["properties"].is_null())) {
        return holds(Holds::Word);
    }
    match (kind, schema["format"].as_str()) {
        (Some("string"), Some("uuid")) => holds(Holds::Id),
        (Some("string"), Some("date-time")) => holds(Holds::Instant),
        (Some("string"), Some("secret")) => holds(Holds::Secret),
        (Some("string"), _) => holds(Holds::Text),
        (Some("integer"), _) => holds(Holds::Whole),
        (Some("boolean"), _) => holds(Holds::Yes),
        (Some("array"), _) => within("[]", &schema["items"], types, way, fields),
        _ => {
            for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
                within(name, inner, types, way, fields);
            }
        }
    }
}

fn within(step: &str, schema: &Value, types: &Types, way: &mut Vec<String>, fields: &mut Vec<Field>) {
    way.push(step.to_owned());
    walk(schema, types, way, fields);
    way.pop();
}
