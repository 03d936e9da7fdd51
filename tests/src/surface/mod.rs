//! The description of the surface, from which the Python and Node packages are generated: `tests/surface.json`.
//!
//! What operations take and answer comes from their types, what they do from their documentation, what they refuse
//! from its `# Errors`. Nothing is described twice.

mod docs;
mod errors;

use serde_json::{Value, json};

pub use self::docs::Docs;
pub use self::errors::{ErrorDoc, errors};

/// The checked-in description.
pub const FILE: &str = "surface.json";

/// The description as text.
///
/// # Panics
/// If an operation has no documentation, or an error no code.
#[must_use]
pub fn describe() -> String {
    let errors = errors();
    let codes: Vec<&str> = errors.iter().map(|error| error.code.as_str()).collect();
    let (operations, types) = handclasp_wire::surface();
    let operations = operations.iter().map(|operation| {
        let (group, name) = operation.name.split_once('.').expect("a group and a name");
        let docs = Docs::of(group, name);
        json!({
            "group": group,
            "name": name,
            "doc": docs.text,
            "actor": operation.actor,
            "changes": operation.changes,
            "arguments": operation.arguments,
            "answer": operation.answer,
            "errors": docs.codes(&codes),
        })
    });
    let operations: Vec<Value> = operations.collect();
    let errors: Vec<Value> = errors.iter().map(ErrorDoc::to_json).collect();
    let whole = json!({ "operations": operations, "types": types, "errors": errors });
    format!("{}\n", serde_json::to_string_pretty(&whole).expect("JSON"))
}
