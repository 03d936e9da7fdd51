//! Why somebody declines or disconnects: each business lists its reasons, and *Other* takes a text.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Reason as Why};
use crate::id::BusinessId;

/// The code that takes a text of its own; no list may hold it.
pub const OTHER: &str = "other";

/// What reasons are given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new kind must break every match")]
pub enum ReasonKind {
    /// Declining an access request.
    AccessDecline,
    /// Disconnecting.
    Disconnect,
}

/// One reason of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ListedReason"))]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "hosts build lists of reasons")]
pub struct Listed {
    /// A stable code of lower-case letters, digits and underscores, up to 64.
    pub code: String,
    /// What people read, up to 200 graphemes.
    pub label: String,
}

/// A reason as it was given; it stays as it was when the list changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "StatedReason"))]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Reason {
    /// Its code; `other` for a text.
    pub code: String,
    /// What people read.
    pub label: String,
    /// The text that goes with `other`.
    pub text: Option<String>,
}

/// The reasons of a business, as far as it has set them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Reasons {
    /// Whose.
    pub business: BusinessId,
    /// For declining access requests; those that every business starts with, unless set.
    pub access_decline: Option<Vec<Listed>>,
    /// For disconnecting; those that every business starts with, unless set.
    pub disconnect: Option<Vec<Listed>>,
}

/// What can be asked of a business's reasons.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Have these, and no others.
    Set(ReasonKind, Vec<Listed>),
}

/// What happened to a business's reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// They were set.
    Set {
        /// For this.
        kind: ReasonKind,
        /// These.
        reasons: Vec<Listed>,
    },
}

/// The event that the command leads to, or none if all is as asked.
#[must_use]
pub fn decide(reasons: Option<&Reasons>, command: Command) -> Option<Event> {
    match command {
        Command::Set(kind, set) => (listed(reasons, kind) != set).then_some(Event::Set { kind, reasons: set }),
    }
}

/// The reasons after the event.
#[must_use]
pub fn evolve(business: BusinessId, reasons: Option<&Reasons>, event: &Event) -> Reasons {
    let none = Reasons { business, access_decline: None, disconnect: None };
    let before = reasons.cloned().unwrap_or(none);
    match event {
        Event::Set { kind: ReasonKind::AccessDecline, reasons } => {
            Reasons { access_decline: Some(reasons.clone()), ..before }
        }
        Event::Set { kind: ReasonKind::Disconnect, reasons } => Reasons { disconnect: Some(reasons.clone()), ..before },
    }
}

/// The reasons that a business lists.
#[must_use]
pub fn listed(reasons: Option<&Reasons>, kind: ReasonKind) -> Vec<Listed> {
    let (set, usual): (_, &[(&str, &str)]) = match kind {
        ReasonKind::AccessDecline => (
            reasons.and_then(|reasons| reasons.access_decline.clone()),
            &[
                ("not_an_employee", "Not an employee"),
                ("wrong_business", "Wrong business"),
                ("duplicate_request", "Duplicate request"),
                ("no_access_needed", "No access needed"),
            ],
        ),
        ReasonKind::Disconnect => (
            reasons.and_then(|reasons| reasons.disconnect.clone()),
            &[("work_finished", "Work finished"), ("wrong_business", "Wrong business"), ("duplicate", "Duplicate")],
        ),
    };
    let listed = |(code, label): &(&str, &str)| Listed { code: (*code).to_owned(), label: (*label).to_owned() };
    set.unwrap_or_else(|| usual.iter().map(listed).collect())
}

/// The reason that a code and a text name: a listed one takes no text, and *Other* needs one.
///
/// # Errors
/// `invalid_argument` for `reason.code` or `reason.text`.
pub fn given(reasons: Option<&Reasons>, kind: ReasonKind, code: &str, text: Option<String>) -> Result<Reason, Error> {
    match (code, text) {
        (OTHER, None) => Err(Error::argument("reason.text", Why::Missing)),
        (OTHER, text) => Ok(Reason { code: OTHER.to_owned(), label: "Other".to_owned(), text }),
        (code, text) => {
            let Some(listed) = listed(reasons, kind).into_iter().find(|listed| listed.code == code) else {
                return Err(Error::argument("reason.code", Why::UnknownValue));
            };
            match text {
                Some(_) => Err(Error::argument("reason.text", Why::NotAllowedHere)),
                None => Ok(Reason { code: listed.code, label: listed.label, text: None }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: &str, text: Option<&str>) -> (String, Why) {
        match given(None, ReasonKind::AccessDecline, code, text.map(str::to_owned)) {
            Err(Error::InvalidArgument { field, reason }) => (field.into_owned(), reason),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn given_nothing_set_then_every_business_has_the_usual_reasons() {
        let codes = |kind| listed(None, kind).into_iter().map(|listed| listed.code).collect::<Vec<_>>();
        let declines = ["not_an_employee", "wrong_business", "duplicate_request", "no_access_needed"];
        assert_eq!(codes(ReasonKind::AccessDecline), declines);
        assert_eq!(codes(ReasonKind::Disconnect), ["work_finished", "wrong_business", "duplicate"]);
    }

    #[test]
    fn acc_05_06_given_a_code_and_a_text_then_a_listed_reason_takes_none_and_other_needs_one() {
        assert_eq!(refused("work_finished", None), ("reason.code".into(), Why::UnknownValue));
        assert_eq!(refused("other", None), ("reason.text".into(), Why::Missing));
        assert_eq!(refused("wrong_business", Some("x")), ("reason.text".into(), Why::NotAllowedHere));
        let other = given(None, ReasonKind::Disconnect, "other", Some("Moved away".into())).unwrap();
        assert_eq!((other.label.as_str(), other.text.as_deref()), ("Other", Some("Moved away")));
    }

    #[test]
    fn given_reasons_when_set_for_one_kind_then_the_other_keeps_its_own() {
        let business = BusinessId::from_uuid(uuid::Uuid::from_u128(1));
        let own = vec![Listed { code: "moved".into(), label: "Moved".into() }];
        let event = decide(None, Command::Set(ReasonKind::Disconnect, own.clone())).unwrap();
        let set = evolve(business, None, &event);
        assert_eq!(listed(Some(&set), ReasonKind::Disconnect), own);
        assert_eq!(listed(Some(&set), ReasonKind::AccessDecline).len(), 4);
        assert_eq!(decide(Some(&set), Command::Set(ReasonKind::Disconnect, own)), None);
        assert_eq!(given(Some(&set), ReasonKind::Disconnect, "moved", None).unwrap().label, "Moved");
    }

    #[test]
    fn given_reasons_of_ones_own_then_those_of_their_kind_are_listed_and_the_others_stay() {
        let business = BusinessId::from_uuid(uuid::Uuid::from_u128(1));
        let own = vec![Listed { code: "left".into(), label: "Left".into() }];
        for (kind, other) in
            [(ReasonKind::AccessDecline, ReasonKind::Disconnect), (ReasonKind::Disconnect, ReasonKind::AccessDecline)]
        {
            let event = decide(None, Command::Set(kind, own.clone())).unwrap();
            let reasons = evolve(business, None, &event);
            assert_eq!(listed(Some(&reasons), kind), own);
            assert_eq!(listed(Some(&reasons), other), listed(None, other));
        }
    }
}
