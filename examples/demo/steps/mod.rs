//! The steps, in their order. Each gives what the next ones need, and lines for the user.

pub(crate) mod clients;
pub(crate) mod closing;
pub(crate) mod deliver;
pub(crate) mod group_link;
pub(crate) mod invites;
pub(crate) mod register;
pub(crate) mod visitors;

use std::collections::BTreeMap;

use handclasp::{Actor, BusinessId, Email, PersonId};

/// A business that the library took.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub(crate) id: BusinessId,
    pub(crate) name: String,
    pub(crate) admin: PersonId,
    pub(crate) email: Email,
}

impl Registered {
    /// Its Admin, signed in, with the address that the host has verified.
    pub(crate) fn actor(&self) -> Actor {
        Actor::person(self.admin, self.id).with_verified(self.email.clone())
    }
}

/// Every business that the library took, in the order of the file.
#[derive(Debug)]
pub(crate) struct Network(Vec<Registered>);

impl Network {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Registered> {
        self.0.iter()
    }

    /// The business whose Admin has this address.
    pub(crate) fn of_admin(&self, email: &Email) -> Option<&Registered> {
        self.iter().find(|business| business.email == *email)
    }
}

/// How often each thing happened.
#[derive(Debug, Default)]
pub(crate) struct Counts(BTreeMap<String, usize>);

impl Counts {
    pub(crate) fn add(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }

    /// As in `3 this, 2 that`.
    pub(crate) fn told(&self) -> String {
        let told: Vec<_> = self.0.iter().map(|(what, count)| format!("{count} {what}")).collect();
        told.join(", ")
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
