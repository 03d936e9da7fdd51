//! `people`: the library's copy of the host's user table.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Handclasp;
use super::actor::Caller;
use super::changes::Changes;
use super::view::{Stop, View};
use super::walk::{Call, Context, Operation};
use crate::email::Email;
use crate::error::Error;
use crate::id::PersonId;
use crate::model::Event;
use crate::model::person::{self, Command, Person};
use crate::text;

/// The library's copy of the host's user table.
#[derive(Debug, Clone, Copy)]
pub struct People<'a>(pub(super) &'a Handclasp);

/// A person as the host knows them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PersonProfile"))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Profile {
    /// The host's id for them.
    pub id: PersonId,
    /// Their name, up to 200 graphemes.
    pub name: String,
    /// Where they get mail, as one bare e-mail address.
    pub email: String,
    /// The language of their mails, as a BCP 47 tag.
    #[serde(default)]
    pub language: Option<String>,
}

impl Profile {
    /// A person without a language of their own.
    #[must_use]
    pub fn new(id: PersonId, name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { id, name: name.into(), email: email.into(), language: None }
    }

    /// Checked; what does not fit is reported under these names of name, e-mail and language.
    pub(super) fn check(&self, [name, email, language]: [&'static str; 3]) -> Result<Person, Error> {
        Ok(Person {
            id: self.id,
            name: text::NAME.check(name, &self.name)?,
            email: Email::checked(email, &self.email)?,
            language: text::language_optional(language, self.language.as_deref())?,
        })
    }
}

impl People<'_> {
    /// Takes or refreshes the copy of a person. The host authenticates people and verifies addresses; the library
    /// never does.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, PersonId, people::Profile};
    /// # testing::example(async |handclasp| {
    /// let kim = PersonId::from_uuid(uuid::Uuid::from_u128(9));
    /// let put = handclasp.people().put(Actor::system(), Profile::new(kim, "Kim Lee", "kim@acme.example")).await?;
    /// assert_eq!(put.email.as_str(), "kim@acme.example");
    /// let mistyped = Profile::new(kim, "Kim Lee", "kim at acme.example");
    /// let refused = handclasp.people().put(Actor::system(), mistyped).await.unwrap_err();
    /// assert_eq!((refused.code(), &refused.fields()["field"]), ("invalid_argument", &"email".into()));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn put(&self, by: impl Into<Caller>, person: Profile) -> Result<Person, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(person.check(["name", "email", "language"]).map(Put))?).await
    }
}

#[derive(Serialize)]
struct Put(Person);

impl Operation for Put {
    const NAME: &'static str = "people.put";
    type Answer = Person;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Person, Changes), Stop> {
        cx.by.actor()?.is_system()?;
        let known = view.find(self.0.id)?;
        let mut changes = Changes::default();
        if let Some(event) = person::decide(known.map(Arc::as_ref), Command::Put(self.0.clone())) {
            changes.evolve(view, Some(person::evolve(&event)), Event::Person(event))?;
        }
        Ok((self.0.clone(), changes))
    }
}
