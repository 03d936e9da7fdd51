//! Whom a notice reaches, found when it is sent.

use super::model::{Id, Model, PEOPLE, Permission, email};

/// A notice that is owed.
#[derive(Debug, Clone)]
pub(super) enum Notice {
    Invite {
        invite: Id,
        to: String,
        at: i64,
    },
    Requested {
        edge: Id,
        request: Id,
    },
    /// Of a connection that began or ended.
    Told {
        kind: &'static str,
        to: Id,
    },
    Asked {
        access: Id,
    },
    Outcome {
        kind: &'static str,
        person: Id,
    },
}

/// One mail: its kind, its address, and the link that it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mail {
    pub(super) kind: &'static str,
    pub(super) to: String,
    pub(super) link: Option<String>,
}

impl Model {
    /// Owes a notice to a business; what falls due to an archived one is not kept for its return.
    pub(super) fn owe(&mut self, to: Id, notice: Notice) {
        if !self.businesses[&to].archived {
            self.owed.push(notice);
        }
    }

    /// Sends all that is due: the mails that go, and how many are dropped.
    pub(super) fn deliver(&mut self) -> (Vec<Mail>, usize) {
        let now = self.now;
        let (mut sent, mut dropped) = (Vec::new(), 0);
        for notice in std::mem::take(&mut self.owed) {
            let (addresses, goes, kind, link) = match &notice {
                Notice::Invite { at, .. } if *at > now => {
                    self.owed.push(notice);
                    continue;
                }
                Notice::Invite { invite, to, .. } => {
                    let (goes, link) = self.goes(*invite, to);
                    (vec![to.clone()], goes, "invite", link)
                }
                Notice::Requested { edge, request } => {
                    let waits = self.edges[edge].request == Some(*request);
                    (self.connecting(self.edges[edge].contractor), waits, "connection_requested", None)
                }
                Notice::Told { kind, to } => (self.connecting(*to), true, *kind, None),
                Notice::Asked { access } => {
                    let asked = &self.accesses[access];
                    let deciders = self.holders(asked.business, Permission::Users);
                    (deciders, asked.answer.is_none(), "access_requested", None)
                }
                Notice::Outcome { kind, person } => (vec![email(*person)], true, *kind, None),
            };
            if goes {
                sent.extend(addresses.into_iter().map(|to| Mail { kind, to, link: link.clone() }));
            } else {
                dropped += addresses.len();
            }
        }
        sent.sort();
        (sent, dropped)
    }

    /// Whether an invite's mail still goes to this address, and the link in it.
    fn goes(&self, invite: Id, to: &String) -> (bool, Option<String>) {
        let token = super::links::Token::Personal(invite);
        let number = self.tokens.iter().find(|(_, known)| **known == token).map(|(number, _)| format!("$t{number}"));
        let found = &self.invites[&invite];
        let entitled = !found.bound || found.address.as_ref() == Some(to);
        (entitled && self.lead(Some(token)).is_ok(), number)
    }

    fn holders(&self, business: Id, permission: Permission) -> Vec<String> {
        let told = |member: &super::model::Member| member.may(permission) && member.notifications;
        let holders = self.members.iter().filter(|((of, _), member)| *of == business && told(member));
        if self.businesses[&business].archived {
            return Vec::new();
        }
        holders.map(|((_, person), _)| email(*person)).collect()
    }

    fn connecting(&self, id: Id) -> Vec<String> {
        let business = &self.businesses[&id];
        if business.archived {
            return Vec::new();
        }
        let mut addresses: Vec<String> = business.office.then(|| email(id % PEOPLE)).into_iter().collect();
        for address in self.holders(id, Permission::Connect) {
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        if addresses.is_empty() {
            addresses.push(format!("desk{id}@mail.example"));
        }
        addresses
    }
}
