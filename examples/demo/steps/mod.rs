//! The steps, in their order. Each gives what the next ones need, and the facts of which the user is told.

pub(crate) mod clients;
pub(crate) mod closing;
pub(crate) mod deliver;
pub(crate) mod employers;
pub(crate) mod group_link;
pub(crate) mod invites;
pub(crate) mod pages;
pub(crate) mod reconnect;
pub(crate) mod register;
pub(crate) mod requests;
pub(crate) mod roles;
pub(crate) mod statement;
pub(crate) mod visitors;
pub(crate) mod week;
pub(crate) mod workflow;

use std::collections::BTreeMap;

use handclasp::businesses::SearchBusinesses;
use handclasp::views::{Category, ContractorRole};
use handclasp::{Actor, BusinessId, Email, Error, Handclasp, PersonId};

use crate::table::Why;

/// How often each thing happened, by its name.
pub(crate) type Counts = BTreeMap<String, usize>;

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

/// Every business that the library took, in the order of the file: the host's own table.
#[derive(Debug)]
pub(crate) struct Network(Vec<Registered>);

impl Network {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Registered> {
        self.0.iter()
    }

    pub(crate) fn of(&self, id: BusinessId) -> Option<&Registered> {
        self.iter().find(|business| business.id == id)
    }

    /// The business whose Admin has this address.
    pub(crate) fn of_admin(&self, email: &Email) -> Option<&Registered> {
        self.iter().find(|business| business.email == *email)
    }

    /// The one business of this name.
    pub(crate) fn named(&self, column: &str, name: &str) -> Result<&Registered, Why> {
        let mut all = self.iter().filter(|business| business.name == name);
        match (all.next(), all.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(Why::column(column, "no business of this name is registered")),
            (Some(_), Some(_)) => Err(Why::column(column, "several businesses have this name")),
        }
    }
}

/// A contractor role and the categories that can be chosen for it.
#[derive(Debug)]
pub(crate) struct Role {
    pub(crate) role: ContractorRole,
    pub(crate) categories: Vec<Category>,
}

/// A client account; its roles begin with *Supplier*.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) business: Registered,
    pub(crate) roles: Vec<Role>,
}

impl Client {
    /// A role of its own if it has one, else *Supplier*.
    pub(crate) fn first_role(&self) -> Option<&Role> {
        self.roles.get(1).or_else(|| self.roles.first())
    }

    pub(crate) fn role(&self, name: &str) -> Result<&Role, Why> {
        let role = self.roles.iter().find(|role| role.role.name == name);
        role.ok_or_else(|| Why::column("role", "the client has no contractor role of this name"))
    }
}

/// The client account of this name.
pub(crate) fn client<'a>(clients: &'a [Client], name: &str) -> Result<&'a Client, Why> {
    let client = clients.iter().find(|client| client.business.name == name);
    client.ok_or_else(|| Why::column("client", "no client account has this name"))
}

/// The one business that somebody means, found as people find it: by search.
pub(crate) async fn find(handclasp: &Handclasp, who: &Actor, column: &str, text: &str) -> Result<BusinessId, Why> {
    let mut search = SearchBusinesses::new(text);
    let mut found = Vec::new();
    loop {
        let page = handclasp.businesses().search(who, search.clone()).await.map_err(|error| match error {
            Error::InvalidArgument { reason, .. } => Why::column(column, reason),
            error => error.into(),
        })?;
        found.extend(page.businesses);
        search.cursor = page.next;
        if search.cursor.is_none() {
            break;
        }
    }
    // "Acme" means Acme, though there is an Acme Holdings.
    let said = |given: &Option<String>| given.as_deref() == Some(text);
    let exact = found.iter().filter(|card| card.name == text || said(&card.registration_number)).count();
    found.retain(|card| exact == 0 || card.name == text || said(&card.registration_number));
    match found.as_slice() {
        [only] => Ok(only.id),
        [] => Err(Why::column(column, "search finds no such business")),
        [_, _, ..] => Err(Why::column(column, format_args!("search finds {} such businesses", found.len()))),
    }
}
