//! Whether an answer is as expected.

use serde_json::{Map, Value};

use super::references::Saved;

/// Why the value is not as expected, with the path; nothing if it is.
///
/// An object's given fields must match, others are free; a list must match item by item; anything else must be equal.
/// `null` also matches what is missing. An object with one key that begins with `$` is a matcher.
pub(crate) fn mismatch(saved: &Saved, expected: &Value, found: Option<&Value>, path: &str) -> Option<String> {
    match (expected, found) {
        (Value::Object(fields), _) if matcher(fields).is_some() => {
            let (name, argument) = matcher(fields)?;
            (!matches(saved, name, argument, found)).then(|| format!("{path}: {expected} does not match {found:?}"))
        }
        (Value::Object(fields), Some(Value::Object(found))) => {
            fields.iter().find_map(|(name, value)| mismatch(saved, value, found.get(name), &format!("{path}.{name}")))
        }
        (Value::Array(items), Some(Value::Array(found))) if items.len() == found.len() => {
            let mut pairs = items.iter().zip(found).enumerate();
            pairs.find_map(|(at, (item, found))| mismatch(saved, item, Some(found), &format!("{path}.{at}")))
        }
        (Value::Null, None | Some(Value::Null)) => None,
        (_, found) => {
            let expected = saved.resolve(expected);
            (Some(&expected) != found).then(|| format!("{path}: expected {expected}, found {found:?}"))
        }
    }
}

fn matcher(fields: &Map<String, Value>) -> Option<(&str, &Value)> {
    let (name, argument) = fields.iter().next()?;
    (fields.len() == 1).then_some(())?;
    Some((name.strip_prefix('$')?, argument))
}

fn matches(saved: &Saved, name: &str, argument: &Value, found: Option<&Value>) -> bool {
    let text = found.and_then(Value::as_str);
    match (name, argument.as_str()) {
        ("any", Some("id")) => text.is_some_and(|text| text.parse::<uuid::Uuid>().is_ok()),
        ("any", Some("string")) => text.is_some(),
        ("any", Some("time")) => text.is_some_and(|text| text.parse::<handclasp::Timestamp>().is_ok()),
        ("any", Some("number")) => found.is_some_and(Value::is_number),
        ("contains", _) => match (saved.resolve(argument), found) {
            (Value::String(part), Some(Value::String(text))) => text.contains(&part),
            (_, Some(Value::Array(items))) => {
                items.iter().any(|item| mismatch(saved, argument, Some(item), "").is_none())
            }
            (part, found) => panic!("`$contains` {part} of {found:?}"),
        },
        ("length", _) => found.and_then(Value::as_array).map(Vec::len).map(Value::from).as_ref() == Some(argument),
        ("not", _) => mismatch(saved, argument, found, "").is_some(),
        _ => panic!("no matcher `${name}` of {argument}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fits(expected: &Value, found: &Value) -> bool {
        mismatch(&Saved::default(), expected, Some(found), "").is_none()
    }

    #[test]
    fn given_fields_must_match_and_others_are_free() {
        assert!(fits(&json!({ "a": 1, "c": null }), &json!({ "a": 1, "b": 2 })));
        assert!(!fits(&json!({ "a": 1 }), &json!({ "a": 2 })));
        assert!(!fits(&json!({ "a": null }), &json!({ "a": 0 })));
        assert!(!fits(&json!([1]), &json!([1, 2])));
        assert!(fits(&json!([{ "a": 1 }, 2]), &json!([{ "a": 1, "b": 2 }, 2])));
        assert!(!fits(&json!({}), &json!(1)));
    }

    #[test]
    fn matchers_match_what_they_say() {
        assert!(fits(&json!({ "$any": "string" }), &json!("x")) && !fits(&json!({ "$any": "string" }), &json!(1)));
        assert!(fits(&json!({ "$any": "id" }), &json!("0197a9b2-5c00-7000-8000-00000000abcd")));
        assert!(!fits(&json!({ "$any": "id" }), &json!("x")));
        assert!(fits(&json!({ "$any": "time" }), &json!("2026-01-05T09:00:00.000000Z")));
        assert!(!fits(&json!({ "$any": "time" }), &json!("yesterday")));
        assert!(
            fits(&json!({ "$contains": "b" }), &json!("abc")) && !fits(&json!({ "$contains": "x" }), &json!("abc"))
        );
        assert!(fits(&json!({ "$contains": { "a": 1 } }), &json!([{ "a": 2 }, { "a": 1 }])));
        assert!(!fits(&json!({ "$contains": { "a": 1 } }), &json!([{ "a": 2 }])));
        assert!(fits(&json!({ "$length": 2 }), &json!([1, 2])) && !fits(&json!({ "$length": 2 }), &json!([1])));
        assert!(fits(&json!({ "$not": "x" }), &json!("y")) && !fits(&json!({ "$not": "x" }), &json!("x")));
    }
}
