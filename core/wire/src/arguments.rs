//! From JSON to typed arguments, with the field and the reason of whatever does not fit.

use handclasp::{Actor, Caller, Error, Reason};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What no call needs to exceed; looked at before anything is parsed.
const LONGEST: usize = 1 << 20;

/// The arguments of one call.
pub(crate) struct Arguments(Map<String, Value>);

fn invalid(field: impl Into<String>, reason: Reason) -> Error {
    Error::InvalidArgument { field: field.into().into(), reason }
}

impl Arguments {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > LONGEST {
            return Err(invalid("arguments", Reason::TooLong));
        }
        match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) | Err(_) => Err(invalid("arguments", Reason::Format)),
        }
    }

    /// Who calls, and the idempotency key.
    pub(crate) fn caller(&mut self) -> Result<Caller, Error> {
        let actor = self.0.remove("actor").ok_or_else(|| invalid("actor", Reason::Missing))?;
        let actor: Actor = typed(actor, "actor")?;
        Ok(match self.key()? {
            Some(key) => actor.once(key),
            None => actor.into(),
        })
    }

    pub(crate) fn key(&mut self) -> Result<Option<String>, Error> {
        match self.0.remove("idempotency_key") {
            None | Some(Value::Null) => Ok(None),
            Some(key) => typed(key, "idempotency_key").map(Some),
        }
    }

    /// A call that changes nothing takes no idempotency key.
    pub(crate) fn reader(&mut self) -> Result<Caller, Error> {
        let caller = self.caller()?;
        match caller.idempotency_key {
            None => Ok(caller),
            Some(_) => Err(invalid("idempotency_key", Reason::UnknownField)),
        }
    }

    /// Everything else.
    pub(crate) fn rest<T: DeserializeOwned>(self) -> Result<T, Error> {
        typed(Value::Object(self.0), "")
    }
}

fn typed<T: DeserializeOwned>(value: Value, root: &str) -> Result<T, Error> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let (name, reason) = reason(&error.inner().to_string());
        let parts = [root, if path == "." { "" } else { &path }, name.as_deref().unwrap_or_default()];
        let field: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let mut field = field.join(".");
        // For an unknown field the path names it already.
        if let Some(name) = &name
            && field.ends_with(&format!("{name}.{name}"))
        {
            field.truncate(field.len() - name.len() - 1);
        }
        invalid(if field.is_empty() { "arguments".to_owned() } else { field }, reason)
    })
}

/// What serde says tells which field it is and why; the value itself is never repeated.
fn reason(message: &str) -> (Option<String>, Reason) {
    let named = |prefix: &str| {
        let rest = message.strip_prefix(prefix)?;
        rest.split('`').nth(1).map(str::to_owned)
    };
    if let Some(name) = named("missing field ") {
        (Some(name), Reason::Missing)
    } else if let Some(name) = named("unknown field ") {
        (Some(name), Reason::UnknownField)
    } else if message.starts_with("unknown variant") {
        (None, Reason::UnknownValue)
    } else {
        // A type that reads itself from text, as an address does, says why it does not.
        let mut known = [Reason::Empty, Reason::TooLong, Reason::Control].into_iter();
        let reason = known.find(|reason| message.ends_with(&reason.to_string()));
        (None, reason.unwrap_or(Reason::Format))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use handclasp::invites::CreateInvite;

    fn refused(text: &str) -> (String, Reason) {
        let create = Arguments::parse(text).and_then(|mut arguments| {
            arguments.caller()?;
            arguments.rest::<CreateInvite>()
        });
        match create {
            Err(Error::InvalidArgument { field, reason }) => (field.into_owned(), reason),
            other => panic!("{other:?}"),
        }
    }

    const ACTOR: &str = r#""actor":{"kind":"system"}"#;

    #[test]
    fn inp_30_the_field_and_the_reason_are_named() {
        for (rest, field, expected) in [
            (r#","role":"x""#, "role", Reason::Format),
            ("", "role", Reason::Missing),
            (r#","role":"0197a9b2-5c00-7000-8000-00000000abcd","is_admin":true"#, "is_admin", Reason::UnknownField),
            (r#","role":"0197a9b2-5c00-7000-8000-00000000abcd","life":-1"#, "life", Reason::Format),
            (r#","role":"0197a9b2-5c00-7000-8000-00000000abcd","bind":1"#, "bind", Reason::Format),
        ] {
            assert_eq!(refused(&format!("{{{ACTOR}{rest}}}")), (field.to_owned(), expected), "{rest}");
        }
        assert_eq!(refused(r#"{"actor":{"kind":"root"}}"#), ("actor.kind".to_owned(), Reason::UnknownValue));
        assert_eq!(refused("{}"), ("actor".to_owned(), Reason::Missing));
        assert_eq!(refused("[]"), ("arguments".to_owned(), Reason::Format));
        assert_eq!(refused(&" ".repeat(LONGEST + 1)), ("arguments".to_owned(), Reason::TooLong));
    }
}
