//! One call: JSON in, JSON out.

use handclasp::{Error, Handclasp};
use serde_json::{Value, json};

use crate::operations;

/// Runs one operation.
///
/// `operation` is as in `invites.create`; `arguments` is a JSON object of the operation's own arguments with `actor`
/// and, if the call may be repeated, `idempotency_key` beside them. Answers `{"ok": …}` or
/// `{"error": {"code", "message", "fields"}}`.
pub async fn call(handclasp: &Handclasp, operation: &str, arguments: &str) -> String {
    match operations::run(handclasp, operation, arguments).await {
        Ok(answer) => json!({ "ok": answer }).to_string(),
        Err(error) => json!({ "error": error_json(&error) }).to_string(),
    }
}

/// Hosts run calls on many threads: this does not compile if one could not move between them.
const _: () = {
    const fn moves_between_threads<T: Send>(_: &T) {}
    fn any_call(handclasp: &Handclasp) {
        moves_between_threads(&call(handclasp, "", ""));
    }
    let _: fn(&Handclasp) = any_call;
};

/// An error as hosts see it.
#[must_use]
pub fn error_json(error: &Error) -> Value {
    json!({ "code": error.code(), "message": error.to_string(), "fields": error.fields() })
}
