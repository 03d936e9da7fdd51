//! What the model knows, who may do what, and businesses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::answer::{Answer, No, Said, no};
use super::connections::{Edge, Request};
use super::invites::Invite;
use super::links::{ContractorRole, Token};
use super::mails::Notice;

/// The number of a thing, in the order in which things of its kind were made.
pub(super) type Id = usize;
/// The number of a thing that nobody made.
pub(super) const UNKNOWN: Id = usize::MAX;
/// How many people there are; the last is unknown to the library at first.
pub(super) const PEOPLE: Id = 9;
/// So much a business may have of each: small, so that runs reach it.
pub(super) const QUOTAS: Quotas = Quotas { members: 4, contractor_roles: 4, access_requests: 2, connections: 2 };

/// So much a business may have.
pub(super) struct Quotas {
    pub(super) members: usize,
    pub(super) contractor_roles: usize,
    pub(super) access_requests: usize,
    pub(super) connections: usize,
}

/// The whole world, as the domain's words have it.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    /// Microseconds since 1970.
    pub(super) now: i64,
    pub(super) known: BTreeSet<Id>,
    pub(super) businesses: BTreeMap<Id, Business>,
    pub(super) members: BTreeMap<(Id, Id), Member>,
    pub(super) roles: BTreeMap<Id, ContractorRole>,
    /// Group links that were made, whether or not they were ever shown.
    pub(super) links: Id,
    pub(super) shown: BTreeSet<Id>,
    pub(super) tokens: BTreeMap<Id, Token>,
    pub(super) invites: BTreeMap<Id, Invite>,
    /// Which bound invite holds the place of (client, address, role).
    pub(super) places: BTreeMap<(Id, String, Id), Id>,
    pub(super) edges: BTreeMap<Id, Edge>,
    pub(super) requests: BTreeMap<Id, Request>,
    pub(super) accesses: BTreeMap<Id, super::access::Access>,
    pub(super) owed: Vec<Notice>,
    /// The hours at which something that is limited was done.
    pub(super) spent: BTreeMap<(&'static str, String), Vec<i64>>,
    /// The parts of the answer that later calls refer to: name and path.
    pub(super) saves: Vec<(String, &'static str)>,
}

#[derive(Debug, Clone)]
pub(super) struct Business {
    pub(super) name: &'static str,
    /// Whether it has an address that takes notices.
    pub(super) office: bool,
    pub(super) client_account: bool,
    pub(super) archived: bool,
    /// The user role of its own, which holds `users`, `connect` and `see`.
    pub(super) steward: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) role: UserRole,
    pub(super) active: bool,
    pub(super) notifications: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UserRole {
    Admin,
    Manager,
    Viewer,
    Worker,
    Steward,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Permission {
    Users,
    Connect,
    Configure,
    See,
}

/// Who calls; nobody named is System.
#[derive(Debug, Clone, Copy)]
pub(super) struct Actor {
    pub(super) person: Option<Id>,
    pub(super) business: Option<Id>,
    /// Whether the host has verified their address.
    pub(super) verified: bool,
}

impl UserRole {
    pub(super) fn may(self, permission: Permission) -> bool {
        match self {
            Self::Admin => true,
            Self::Manager | Self::Viewer => permission == Permission::See,
            Self::Worker => false,
            Self::Steward => permission != Permission::Configure,
        }
    }

    /// Nobody grants a permission that they do not hold; Managers hold `classify`, which no Steward does.
    fn may_grant(self, other: Self) -> bool {
        match self {
            Self::Admin => true,
            Self::Steward => matches!(other, Self::Steward | Self::Viewer | Self::Worker),
            Self::Manager | Self::Viewer | Self::Worker => false,
        }
    }

    pub(super) fn json(self, business: Id) -> Value {
        match self {
            Self::Admin => json!("admin"),
            Self::Manager => json!("manager"),
            Self::Viewer => json!("viewer"),
            Self::Worker => json!("worker"),
            Self::Steward => json!(format!("$steward{business}")),
        }
    }
}

impl Member {
    pub(super) fn may(self, permission: Permission) -> bool {
        self.active && self.role.may(permission)
    }
}

pub(super) fn email(person: Id) -> String {
    format!("p{person}@mail.example")
}

/// What a business says of itself.
pub(super) fn profile(id: Id, name: &str, office: bool) -> Value {
    let office = office.then(|| email(id % PEOPLE));
    json!({ "name": name, "notification_email": office, "contact_email": format!("desk{id}@mail.example") })
}

impl Model {
    /// The business that is acted for, if the actor may do this and the business can act.
    pub(super) fn acting(&self, by: Actor, needs: Permission) -> Result<Id, No> {
        let business = self.member_of(by)?;
        if !self.may(by, business, needs) {
            return Err(no("forbidden"));
        }
        self.active(business)?;
        Ok(business)
    }

    /// The business that is acted for; who is no member learns nothing.
    pub(super) fn member_of(&self, by: Actor) -> Result<Id, No> {
        let business = by.business.ok_or_else(|| No::argument("actor.business", "missing"))?;
        let member = by.person.is_none_or(|person| self.members.contains_key(&(business, person)));
        if self.businesses.contains_key(&business) && member { Ok(business) } else { Err(no("not_found")) }
    }

    pub(super) fn may(&self, by: Actor, business: Id, permission: Permission) -> bool {
        by.person
            .is_none_or(|person| self.members.get(&(business, person)).is_some_and(|member| member.may(permission)))
    }

    pub(super) fn active(&self, business: Id) -> Result<(), No> {
        if self.businesses[&business].archived { Err(No::state("archived")) } else { Ok(()) }
    }

    /// The same as [`Self::acting`], for what only a client account does.
    pub(super) fn inviting(&self, by: Actor, needs: Permission) -> Result<Id, No> {
        let client = self.acting(by, needs)?;
        if self.businesses[&client].client_account { Ok(client) } else { Err(no("forbidden")) }
    }

    pub(super) fn granting(&self, by: Actor, business: Id, role: UserRole) -> Result<(), No> {
        let own = by.person.map(|person| self.members[&(business, person)].role);
        if own.is_none_or(|own| own.may_grant(role)) { Ok(()) } else { Err(no("forbidden")) }
    }

    pub(super) fn defined(&self, business: Id, role: UserRole) -> Result<(), No> {
        let there = role != UserRole::Steward || self.businesses[&business].steward;
        if there { Ok(()) } else { Err(no("not_found")) }
    }

    fn system(by: Actor) -> Result<(), No> {
        if by.person.is_none() { Ok(()) } else { Err(no("forbidden")) }
    }

    pub(super) fn save(&mut self, name: String, path: &'static str) {
        self.saves.push((name, path));
    }

    fn business(&self, id: Id) -> Answer {
        let business = &self.businesses[&id];
        let (archived, client_account) = (business.archived, business.client_account);
        let profile = profile(id, business.name, business.office);
        json!({ "id": format!("$b{id}"), "profile": profile, "archived": archived, "client_account": client_account })
            .into()
    }

    pub(super) fn register(&mut self, admin: Id, name: &'static str, office: bool) -> Said {
        let id = self.businesses.len();
        let business = Business { name, office, client_account: false, archived: false, steward: false };
        self.businesses.insert(id, business);
        self.known.insert(admin);
        self.members.insert((id, admin), Member { role: UserRole::Admin, active: true, notifications: true });
        self.save(format!("b{id}"), "id");
        Ok(self.business(id))
    }

    pub(super) fn update(&mut self, by: Actor, name: &'static str, office: bool) -> Said {
        let id = self.acting(by, Permission::Configure)?;
        self.businesses.entry(id).and_modify(|business| (business.name, business.office) = (name, office));
        Ok(self.business(id))
    }

    pub(super) fn archive(&mut self, by: Actor, id: Id) -> Said {
        Self::system(by)?;
        let business = self.businesses.get_mut(&id).ok_or_else(|| no("not_found"))?;
        if !business.archived {
            business.archived = true;
            self.end_links(id);
        }
        Ok(self.business(id))
    }

    pub(super) fn restore(&mut self, by: Actor, id: Id) -> Said {
        Self::system(by)?;
        self.businesses.get_mut(&id).ok_or_else(|| no("not_found"))?.archived = false;
        Ok(self.business(id))
    }

    pub(super) fn set_client_account(&mut self, by: Actor, id: Id, on: bool) -> Said {
        Self::system(by)?;
        let business = self.businesses.get_mut(&id).ok_or_else(|| no("not_found"))?;
        if business.archived {
            return Err(No::state("archived"));
        }
        let was = std::mem::replace(&mut business.client_account, on);
        if was && !on {
            self.end_links(id);
        }
        let supplier = self.roles.iter().find(|(_, role)| role.client == id && role.name == "Supplier");
        let supplier = match supplier.map(|(supplier, _)| *supplier) {
            None if on => {
                let supplier = self.new_role(id, "Supplier");
                self.save(format!("r{supplier}"), "supplier.id");
                Some(supplier)
            }
            supplier => supplier,
        };
        let supplier = supplier.map(|supplier| self.contractor_role(supplier));
        Ok(json!({ "business": self.business(id).expect, "supplier": supplier }).into())
    }

    pub(super) fn define_steward(&mut self, by: Actor) -> Said {
        let id = self.acting(by, Permission::Users)?;
        self.businesses.entry(id).and_modify(|business| business.steward = true);
        self.save(format!("steward{id}"), "id");
        Ok(json!({}).into())
    }
}
