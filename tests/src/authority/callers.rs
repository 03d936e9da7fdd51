//! Who calls.

use handclasp::Actor;
use serde_json::{Value, json};

use super::stage::{Home, Stage};

/// Every kind of caller, in the order of the columns.
pub const CALLERS: [&str; 13] = [
    "Admin",
    "Manager",
    "Viewer",
    "Worker",
    "Clerk",
    "disabled",
    "former",
    "other Admin",
    "other Viewer",
    "foreign Admin",
    "stranger",
    "nobody",
    "System",
];

impl Stage {
    /// The actor that such a caller gives; none for nobody.
    pub(super) fn caller(&self, home: Home, caller: &str) -> Option<Value> {
        let (own, other) = match home {
            Home::Acme => (&self.acme, &self.bolt),
            Home::Bolt => (&self.bolt, &self.acme),
        };
        let actor = match caller {
            "Admin" => own.company.admin(),
            "Manager" => own.manager.clone(),
            "Viewer" => own.viewer.clone(),
            "Worker" => own.worker.clone(),
            "Clerk" => own.clerk.clone(),
            "disabled" => own.disabled.clone(),
            "former" => own.former.clone(),
            "other Admin" => other.company.admin(),
            "other Viewer" => other.viewer.clone(),
            "foreign Admin" => self.crane.admin(),
            "stranger" => Actor::person(self.stranger, own.company.id),
            "nobody" => return None,
            "System" => Actor::system_for(own.company.id),
            other => panic!("no caller `{other}`"),
        };
        Some(json!(actor))
    }

    /// The id of the person who calls, or of a new one.
    pub(super) fn person(&self, home: Home, caller: &str) -> Value {
        let actor = self.caller(home, caller).unwrap_or_default();
        json!(actor["id"].as_str().unwrap_or("00000000-0000-4000-8000-00000000ffff"))
    }

    /// An address of the caller that the host has verified, or one that it has not.
    pub(super) fn address(&self, home: Home, caller: &str) -> Value {
        let actor = self.caller(home, caller).unwrap_or_default();
        json!(actor["addresses"][0].as_str().unwrap_or("al@dot.example"))
    }
}
