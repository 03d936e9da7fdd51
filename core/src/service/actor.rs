//! Who calls.

use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::error::{Error, Reason};
use crate::id::{BusinessId, PersonId};
use crate::model::Author;

/// Who calls, for which business. Membership is looked up, never believed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[expect(clippy::exhaustive_enums, reason = "there are people and the host, and nobody else calls")]
pub enum Actor {
    /// A signed-in person.
    Person {
        /// The host's id for them.
        id: PersonId,
        /// The e-mail addresses that the host has verified to be theirs.
        #[serde(default)]
        addresses: Vec<Email>,
        /// The business they act for, where the operation needs one.
        #[serde(default)]
        business: Option<BusinessId>,
    },
    /// The host itself. It may do what an Admin of the business that it names may, and obeys every state rule.
    System {
        /// The business it acts for, where the operation needs one.
        #[serde(default)]
        business: Option<BusinessId>,
    },
}

impl Actor {
    /// A person who acts for a business.
    #[must_use]
    pub const fn person(id: PersonId, business: BusinessId) -> Self {
        Self::Person { id, addresses: Vec::new(), business: Some(business) }
    }

    /// A person who acts for no business.
    #[must_use]
    pub const fn signed_in(id: PersonId) -> Self {
        Self::Person { id, addresses: Vec::new(), business: None }
    }

    /// The host, acting for no business.
    #[must_use]
    pub const fn system() -> Self {
        Self::System { business: None }
    }

    /// The host, acting for a business.
    #[must_use]
    pub const fn system_for(business: BusinessId) -> Self {
        Self::System { business: Some(business) }
    }

    /// The same person with an address that the host has verified to be theirs; System has no addresses.
    #[must_use]
    pub fn with_verified(self, address: Email) -> Self {
        match self {
            Self::Person { id, mut addresses, business } => {
                addresses.push(address);
                Self::Person { id, addresses, business }
            }
            Self::System { .. } => self,
        }
    }

    /// The call with an idempotency key: within 24 hours the same key and arguments give the same answer and no second
    /// effect.
    #[must_use]
    pub fn once(self, key: impl Into<String>) -> Caller {
        Caller { actor: self, idempotency_key: Some(key.into()) }
    }

    pub(crate) const fn business(&self) -> Result<BusinessId, Error> {
        match self {
            Self::Person { business: Some(business), .. } | Self::System { business: Some(business) } => Ok(*business),
            Self::Person { .. } | Self::System { .. } => Err(Error::argument("actor.business", Reason::Missing)),
        }
    }

    pub(crate) const fn author(&self) -> Author {
        match self {
            Self::Person { id, .. } => Author::Person(*id),
            Self::System { .. } => Author::System,
        }
    }

    /// What only people do for themselves.
    pub(crate) const fn as_person(&self) -> Result<PersonId, Error> {
        match self {
            Self::Person { id, .. } => Ok(*id),
            Self::System { .. } => Err(Error::Forbidden),
        }
    }

    /// What the host alone may do.
    pub(crate) const fn is_system(&self) -> Result<(), Error> {
        match self {
            Self::Person { .. } => Err(Error::Forbidden),
            Self::System { .. } => Ok(()),
        }
    }
}

/// An actor and, if the call may be repeated, its idempotency key.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Caller {
    /// Who calls.
    pub actor: Actor,
    /// Up to 200 bytes of the caller's choice.
    pub idempotency_key: Option<String>,
}

impl From<Actor> for Caller {
    fn from(actor: Actor) -> Self {
        Self { actor, idempotency_key: None }
    }
}

impl From<&Actor> for Caller {
    fn from(actor: &Actor) -> Self {
        actor.clone().into()
    }
}
