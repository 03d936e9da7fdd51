//! A person is the library's copy of a row in the host's user table; the host alone changes it.

use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::id::PersonId;

/// A human in the host's own user table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Person {
    /// The host's id for them.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Where they get mail.
    pub email: Email,
    /// The language of their mails, as a BCP 47 tag.
    pub language: Option<String>,
}

/// What can be asked of a person's copy.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Take this copy, whatever was there.
    Put(Person),
    /// Take this copy unless there is one.
    Introduce(Person),
}

/// What happened to a person's copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// It was made or refreshed.
    Put(Person),
}

/// The event that the command leads to, or none if all is as asked.
#[must_use]
pub fn decide(person: Option<&Person>, command: Command) -> Option<Event> {
    match (person, command) {
        (None, Command::Put(copy) | Command::Introduce(copy)) => Some(Event::Put(copy)),
        (Some(known), Command::Put(copy)) => (!known.same(&copy)).then_some(Event::Put(copy)),
        (Some(_), Command::Introduce(_)) => None,
    }
}

/// The person after the event.
#[must_use]
pub fn evolve(event: &Event) -> Person {
    match event {
        Event::Put(person) => person.clone(),
    }
}

impl Person {
    /// Equal to the letter: a changed case of an address is a change here.
    fn same(&self, other: &Self) -> bool {
        self == other && self.email.as_str() == other.email.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, email: &str) -> Person {
        let id = PersonId::from_uuid(uuid::Uuid::from_u128(1));
        Person { id, name: name.into(), email: Email::parse(email).unwrap(), language: None }
    }

    #[test]
    fn given_a_known_person_when_put_then_the_copy_is_refreshed_and_the_same_again_changes_nothing() {
        let (old, new) = (person("Jo", "jo@a.example"), person("Jo Doe", "Jo@a.example"));
        let event = decide(Some(&old), Command::Put(new.clone())).unwrap();
        assert_eq!(evolve(&event), new);
        assert_eq!(decide(Some(&new), Command::Put(new.clone())), None);
        assert!(decide(Some(&old), Command::Put(person("Jo", "JO@a.example"))).is_some());
    }

    #[test]
    fn given_a_known_person_when_introduced_by_a_profile_then_they_stay_as_they_are() {
        assert_eq!(decide(Some(&person("Jo", "jo@a.example")), Command::Introduce(person("X", "x@a.example"))), None);
        assert!(decide(None, Command::Introduce(person("X", "x@a.example"))).is_some());
    }
}
