//! `$name` and `$name.path` in a step stand for what an earlier step has saved, or for an actor.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What was saved so far.
#[derive(Debug, Default)]
pub(crate) struct Saved(BTreeMap<String, Value>);

impl Saved {
    pub(crate) fn keep(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// The value with every reference replaced: a text that is one reference by the value itself, others within the text.
    pub(crate) fn resolve(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => items.iter().map(|item| self.resolve(item)).collect(),
            Value::Object(fields) => Value::Object(self.fields(fields)),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    pub(super) fn fields(&self, fields: &Map<String, Value>) -> Map<String, Value> {
        fields.iter().map(|(name, value)| (name.clone(), self.resolve(value))).collect()
    }

    fn text(&self, text: &str) -> Value {
        if let Some(name) = text.strip_prefix('$')
            && reference(name) == name
            && !name.is_empty()
        {
            return self.get(name);
        }
        let mut parts = text.split('$');
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match reference(part) {
                "" => whole.push_str(&format!("${part}")),
                name => {
                    let value = self.get(name);
                    match value.as_str() {
                        Some(text) => whole.push_str(text),
                        None => whole.push_str(&value.to_string()),
                    }
                    whole.push_str(&part[name.len()..]);
                }
            }
        }
        whole.into()
    }

    fn get(&self, reference: &str) -> Value {
        let (name, path) = reference.split_once('.').unwrap_or((reference, ""));
        let value = self.0.get(name).unwrap_or_else(|| panic!("nothing was saved as `{name}`"));
        // An actor's own fields hold references themselves.
        self.resolve(&part(value, path))
    }
}

/// The part of a value at a path, as in `entries.0.at`; an empty path is all of it.
pub(crate) fn part(value: &Value, path: &str) -> Value {
    let pointer = if path.is_empty() { String::new() } else { format!("/{}", path.replace('.', "/")) };
    value.pointer(&pointer).unwrap_or_else(|| panic!("no `{path}` in {value}")).clone()
}

/// The reference at the beginning of a text: a name, and dotted parts of it.
fn reference(text: &str) -> &str {
    let word =
        |text: &str| text.find(|each: char| !(each.is_ascii_alphanumeric() || each == '_')).unwrap_or(text.len());
    if !text.starts_with(|each: char| each.is_ascii_lowercase()) {
        return "";
    }
    let mut end = word(text);
    while let Some(rest) = text[end..].strip_prefix('.') {
        match word(rest) {
            0 => break,
            length => end += 1 + length,
        }
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_found_whole_and_within_texts() {
        let mut saved = Saved::default();
        saved.keep("a", json!({ "id": 7, "list": ["x"] }));
        saved.keep("b", json!("$a.id"));
        assert_eq!(saved.resolve(&json!("$a")), json!({ "id": 7, "list": ["x"] }));
        assert_eq!(saved.resolve(&json!(["$a.id", "$a.list.0", "$b"])), json!([7, "x", 7]));
        assert_eq!(saved.resolve(&json!({ "k": "no. $a.id. ${x} $1 $" })), json!({ "k": "no. 7. ${x} $1 $" }));
    }
}
