//! Contractor roles, their group links, and what a link or claim leads to.

use serde_json::{Value, json};

use super::answer::{List, No, Said, no, time};
use super::invites::State;
use super::model::{Actor, Id, Model, Permission, QUOTAS};

pub(super) const HOUR: i64 = 3_600_000_000;
pub(super) const WEEK: i64 = 7 * 24 * HOUR;

#[derive(Debug, Clone)]
pub(super) struct ContractorRole {
    pub(super) client: Id,
    pub(super) name: &'static str,
    pub(super) archived: bool,
    pub(super) link: Id,
    pub(super) enabled: bool,
    /// How often the link was enabled.
    pub(super) spell: u32,
}

/// A link or claim that somebody was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Personal(Id),
    PersonalClaim(Id),
    Group { role: Id, link: Id },
    GroupClaim { role: Id, link: Id, spell: u32, opened: i64 },
}

/// Where a link or claim that lives leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    pub(super) client: Id,
    pub(super) role: Id,
    pub(super) invite: Option<Id>,
    pub(super) until: Option<i64>,
}

fn dead() -> No {
    no("invite_invalid_or_expired")
}

impl Token {
    pub(super) const fn is_claim(self) -> bool {
        matches!(self, Self::PersonalClaim(_) | Self::GroupClaim { .. })
    }
}

impl Model {
    pub(super) fn contractor_role(&self, id: Id) -> Value {
        let role = &self.roles[&id];
        json!({ "id": format!("$r{id}"), "name": role.name, "status": if role.archived { "archived" } else { "live" } })
    }

    pub(super) fn new_role(&mut self, client: Id, name: &'static str) -> Id {
        let (id, link) = (self.roles.len(), self.links);
        self.links += 1;
        self.roles.insert(id, ContractorRole { client, name, archived: false, link, enabled: false, spell: 0 });
        id
    }

    pub(super) fn own_role(&self, client: Id, role: Id) -> Result<&ContractorRole, No> {
        self.roles.get(&role).filter(|role| role.client == client).ok_or_else(|| no("not_found"))
    }

    pub(super) fn live_role(&self, client: Id, role: Id) -> Result<(), No> {
        if self.own_role(client, role)?.archived { Err(No::state("archived")) } else { Ok(()) }
    }

    fn room_for_role(&self, client: Id) -> Result<(), No> {
        let live = self.roles.values().filter(|role| role.client == client && !role.archived).count();
        No::full(live, QUOTAS.contractor_roles, "contractor_roles")
    }

    pub(super) fn create_role(&mut self, by: Actor, name: &'static str) -> Said {
        let client = self.inviting(by, Permission::Configure)?;
        if self.roles.values().any(|role| role.client == client && role.name == name) {
            return Err(No { code: "name_taken", fields: json!({ "field": "name" }) });
        }
        self.room_for_role(client)?;
        let id = self.new_role(client, name);
        self.save(format!("r{id}"), "id");
        Ok(self.contractor_role(id).into())
    }

    pub(super) fn archive_role(&mut self, by: Actor, id: Id) -> Said {
        let client = self.acting(by, Permission::Configure)?;
        self.own_role(client, id)?;
        self.roles.entry(id).and_modify(|role| (role.archived, role.enabled) = (true, false));
        Ok(self.contractor_role(id).into())
    }

    pub(super) fn restore_role(&mut self, by: Actor, id: Id) -> Said {
        let client = self.acting(by, Permission::Configure)?;
        if self.own_role(client, id)?.archived {
            self.room_for_role(client)?;
            self.roles.entry(id).and_modify(|role| role.archived = false);
        }
        Ok(self.contractor_role(id).into())
    }

    pub(super) fn list_roles(&self, by: Actor) -> Said {
        let client = self.acting(by, Permission::See)?;
        let own = self.roles.iter().filter(|(_, role)| role.client == client);
        let items = own.map(|(id, _)| (String::new(), self.contractor_role(*id))).collect();
        Ok(List { field: "roles", id: "id", descending: false, items }.into())
    }

    /// What the client may see of the link; a link that was never shown is saved.
    fn group_link(&mut self, id: Id) -> Value {
        let role = &self.roles[&id];
        let (link, enabled) = (role.link, role.enabled);
        if enabled && self.shown.insert(link) {
            self.tokens.insert(self.tokens.len(), Token::Group { role: id, link });
            self.save(format!("l{link}"), "link");
        }
        json!({ "role": format!("$r{id}"), "enabled": enabled, "link": enabled.then(|| format!("$l{link}")) })
    }

    pub(super) fn enable_link(&mut self, by: Actor, id: Id) -> Said {
        let client = self.inviting(by, Permission::Connect)?;
        self.live_role(client, id)?;
        self.roles.entry(id).and_modify(|role| {
            role.spell += u32::from(!role.enabled);
            role.enabled = true;
        });
        Ok(self.group_link(id).into())
    }

    pub(super) fn disable_link(&mut self, by: Actor, id: Id) -> Said {
        let client = self.acting(by, Permission::Connect)?;
        self.own_role(client, id)?;
        self.roles.entry(id).and_modify(|role| role.enabled = false);
        Ok(self.group_link(id).into())
    }

    pub(super) fn refresh_link(&mut self, by: Actor, id: Id) -> Said {
        let client = self.inviting(by, Permission::Connect)?;
        self.live_role(client, id)?;
        let link = self.links;
        self.links += 1;
        self.roles.entry(id).and_modify(|role| role.link = link);
        Ok(self.group_link(id).into())
    }

    pub(super) fn copy_link(&mut self, by: Actor, id: Id) -> Said {
        let client = self.acting(by, Permission::Connect)?;
        if !self.own_role(client, id)?.enabled {
            return Err(No::state("disabled"));
        }
        Ok(self.group_link(id).into())
    }

    pub(super) fn list_links(&self, by: Actor) -> Said {
        let client = self.acting(by, Permission::See)?;
        let live = self.roles.iter().filter(|(_, role)| role.client == client && !role.archived);
        let state = |(id, role): (&Id, &ContractorRole)| {
            let role_id = format!("$r{id}");
            (String::new(), json!({ "role": role_id, "role_name": role.name, "enabled": role.enabled }))
        };
        Ok(List { field: "group_links", id: "role", descending: false, items: live.map(state).collect() }.into())
    }

    /// A client that is archived, or a client account no longer, has no link that lives.
    pub(super) fn end_links(&mut self, client: Id) {
        for role in self.roles.values_mut().filter(|role| role.client == client) {
            role.enabled = false;
        }
        for invite in self.invites.values_mut().filter(|invite| invite.client == client) {
            invite.lost = true;
        }
    }

    pub(super) fn lead(&self, token: Option<Token>) -> Result<Lead, No> {
        let lead = match token.ok_or_else(dead)? {
            Token::Personal(id) | Token::PersonalClaim(id) => {
                let invite = &self.invites[&id];
                let wanted = if token.is_some_and(Token::is_claim) { State::Opened } else { State::Pending };
                let lives = invite.state == wanted && !invite.lost && self.now < invite.ends;
                let lead =
                    Lead { client: invite.client, role: invite.role, invite: Some(id), until: Some(invite.ends) };
                lives.then_some(lead)
            }
            Token::Group { role, link } => {
                let of = &self.roles[&role];
                let lead = Lead { client: of.client, role, invite: None, until: None };
                (of.enabled && of.link == link).then_some(lead)
            }
            Token::GroupClaim { role, link, spell, opened } => {
                let of = &self.roles[&role];
                let lives = of.enabled && of.link == link && of.spell == spell && self.now < opened + WEEK;
                lives.then_some(Lead { client: of.client, role, invite: None, until: Some(opened + WEEK) })
            }
        };
        let lead = lead.ok_or_else(dead)?;
        let client = &self.businesses[&lead.client];
        let takes = !self.roles[&lead.role].archived && !client.archived && client.client_account;
        if takes { Ok(lead) } else { Err(dead()) }
    }

    fn previewed(&self, lead: Lead) -> Value {
        let kind = if lead.invite.is_some() { "personal" } else { "group" };
        let client = json!({ "id": format!("$b{}", lead.client), "name": self.businesses[&lead.client].name });
        json!({ "kind": kind, "client": client, "role": self.roles[&lead.role].name, "until": lead.until.map(time) })
    }

    pub(super) fn preview(&self, token: Option<Token>) -> Said {
        Ok(self.previewed(self.lead(token)?).into())
    }

    pub(super) fn open(&mut self, token: Option<Token>) -> Said {
        let lead = self.lead(token.filter(|token| !token.is_claim()))?;
        let (claim, until) = match lead.invite {
            Some(id) => {
                let until = self.invites[&id].ends.max(self.now + 24 * HOUR);
                self.invites.entry(id).and_modify(|invite| (invite.state, invite.ends) = (State::Opened, until));
                (Token::PersonalClaim(id), until)
            }
            None => {
                let of = &self.roles[&lead.role];
                let (link, spell) = (of.link, of.spell);
                (Token::GroupClaim { role: lead.role, link, spell, opened: self.now }, self.now + WEEK)
            }
        };
        let number = self.tokens.len();
        self.tokens.insert(number, claim);
        self.save(format!("t{number}"), "claim");
        Ok(json!({ "until": time(until) }).into())
    }

    pub(super) fn decline_claim(&mut self, token: Option<Token>) -> Said {
        let lead = self.lead(token.filter(|token| token.is_claim()))?;
        if let Some(id) = lead.invite {
            self.end_invite(id, "declined");
        }
        Ok(self.previewed(lead).into())
    }
}
