//! The table of error codes, read where Rust reads it.

use std::fs;

use serde_json::{Map, Value, json};

/// One error code, as hosts see it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ErrorDoc {
    /// The code.
    pub code: String,
    /// When it is answered.
    pub doc: String,
    /// What it carries, each with its schema.
    pub fields: Map<String, Value>,
}

impl ErrorDoc {
    pub(super) fn to_json(&self) -> Value {
        json!({ "code": self.code, "doc": self.doc, "fields": self.fields })
    }
}

/// Every error code, in the order of the core's table.
///
/// # Panics
/// If the table is not as this reads it.
#[must_use]
pub fn errors() -> Vec<ErrorDoc> {
    let file = super::super::golden::path("../core/src/error.rs");
    let source = fs::read_to_string(file).expect("the core's table of errors");
    of(&source, "Error").into_iter().chain(of(&source, "FaultKind")).collect()
}

/// The codes of one enumeration.
fn of(source: &str, name: &str) -> Vec<ErrorDoc> {
    let (variants, codes) = (variants(&body(source, name)), codes(source, name));
    assert!(!codes.is_empty(), "`{name}` has no codes");
    let described = |(variant, code): (String, String)| {
        let found = variants.iter().find(|described| described.name == variant);
        let found = found.unwrap_or_else(|| panic!("`{name}::{variant}` is not described"));
        ErrorDoc { code, doc: found.doc.clone(), fields: found.fields.clone() }
    };
    codes.into_iter().map(described).collect()
}

#[derive(Debug, Clone, Default)]
struct Variant {
    name: String,
    doc: String,
    fields: Map<String, Value>,
}

/// The lines of an enumeration's body.
fn body(source: &str, name: &str) -> Vec<String> {
    let lines = source.lines().skip_while(|line| *line != format!("pub enum {name} {{")).skip(1);
    lines.take_while(|line| *line != "}").map(|line| line.trim().to_owned()).collect()
}

fn variants(body: &[String]) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    let mut doc: Vec<&str> = Vec::new();
    let mut open = false;
    for line in body {
        if let Some(text) = line.strip_prefix("///") {
            doc.push(text.trim());
        } else if let (true, Some((field, kind))) = (open, line.trim_end_matches(',').split_once(": ")) {
            let variant = variants.last_mut().expect("a field belongs to a variant");
            variant.fields.insert(field.to_owned(), schema(kind, &doc.join(" ")));
            doc.clear();
        } else if line.starts_with('}') {
            open = false;
        } else if line.starts_with(char::is_uppercase) {
            let name = line.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
            variants.push(Variant { name: name.to_owned(), doc: doc.join(" "), fields: Map::new() });
            open = line.ends_with('{');
            doc.clear();
        }
    }
    variants
}

/// What `fn code` says of each variant.
fn codes(source: &str, name: &str) -> Vec<(String, String)> {
    let of = source.lines().skip_while(|line| *line != format!("impl {name} {{"));
    let of = of.skip_while(|line| !line.contains("pub const fn code")).take_while(|line| *line != "    }");
    let arm = |line: &str| {
        let (pattern, code) = line.trim().split_once(" => \"")?;
        let variant = pattern.strip_prefix("Self::")?.split(' ').next()?;
        Some((variant.to_owned(), code.trim_end_matches("\",").to_owned()))
    };
    of.filter_map(arm).collect()
}

fn schema(kind: &str, doc: &str) -> Value {
    let mut schema = match kind {
        optional if optional.starts_with("Option<") => {
            let named = optional.trim_start_matches("Option<").trim_end_matches('>');
            json!({ "anyOf": [{ "$ref": format!("#/types/{named}") }, { "type": "null" }] })
        }
        "Cow<'static, str>" | "&'static str" => json!({ "type": "string" }),
        "u64" => json!({ "type": "integer", "minimum": 0 }),
        named => json!({ "$ref": format!("#/types/{named}") }),
    };
    schema["description"] = doc.into();
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_carry_the_fields_that_errors_carry() {
        use handclasp::{ConnectionId, Decided, Error, LimitName, Reason, Timestamp};
        let connection = ConnectionId::from_uuid(uuid::Uuid::from_u128(1));
        let real = [
            Error::InvalidArgument { field: "x".into(), reason: Reason::Empty },
            Error::AlreadyConnected { connection },
            Error::AlreadyPending { connection: Some(connection), access_request: None },
            Error::AlreadyDecided { decision: Decided::Revoked, at: Timestamp::MAX },
            Error::WrongState { state: "x" },
            Error::NameTaken { field: "x" },
            Error::LimitExceeded { limit: LimitName::Members },
            Error::RateLimited { retry_after: 1 },
        ];
        let errors = errors();
        for error in &errors {
            let real = real.iter().find(|real| real.code() == error.code);
            let real: Vec<String> = real.map(|real| real.fields().keys().cloned().collect()).unwrap_or_default();
            let described: Vec<String> = error.fields.keys().cloned().collect();
            assert_eq!(described, real, "{}", error.code);
        }
        assert_eq!(errors.len(), 31);
    }
}
