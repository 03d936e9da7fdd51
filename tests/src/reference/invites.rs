//! Personal invites, from the client's side.

use serde_json::{Value, json};

use super::answer::{List, No, Said, no, time};
use super::links::{Token, WEEK};
use super::mails::Notice;
use super::model::{Actor, Id, Model, Permission};

#[derive(Debug, Clone)]
pub(super) struct Invite {
    pub(super) client: Id,
    pub(super) role: Id,
    /// System counts as no inviter.
    pub(super) inviter: Option<Id>,
    pub(super) address: Option<String>,
    pub(super) bound: bool,
    pub(super) created: i64,
    pub(super) ends: i64,
    pub(super) state: State,
    /// Its inviter, or its client, could invite no longer: for good.
    pub(super) lost: bool,
    pub(super) connection: Option<Id>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Pending,
    Opened,
    /// As which, and when.
    Ended(&'static str, i64),
}

pub(super) const STATUSES: [&str; 7] =
    ["pending", "opened", "accepted", "declined", "revoked", "superseded", "expired"];

impl Model {
    pub(super) fn status(&self, id: Id) -> &'static str {
        let invite = &self.invites[&id];
        match invite.state {
            State::Ended(status, _) => status,
            State::Pending | State::Opened if invite.lost => "revoked",
            State::Pending | State::Opened if self.now >= invite.ends => "expired",
            State::Pending => "pending",
            State::Opened => "opened",
        }
    }

    fn live(&self, id: Id) -> bool {
        matches!(self.status(id), "pending" | "opened")
    }

    pub(super) fn invite(&self, id: Id) -> Value {
        let invite = &self.invites[&id];
        json!({
            "id": format!("$i{id}"),
            "role": format!("$r{}", invite.role),
            "status": self.status(id),
            "inviter": invite.inviter.map(|person| format!("$p{person}")),
            "address": invite.address,
            "bound": invite.bound,
            "created_at": time(invite.created),
            "ends_at": time(invite.ends),
            "connection": invite.connection.map(|edge| format!("$e{edge}")),
        })
    }

    pub(super) fn end_invite(&mut self, id: Id, how: &'static str) {
        let now = self.now;
        self.invites.entry(id).and_modify(|invite| invite.state = State::Ended(how, now));
    }

    pub(super) fn end_invites_of(&mut self, business: Id, person: Id) {
        let issued = |invite: &&mut Invite| invite.client == business && invite.inviter == Some(person);
        for invite in self.invites.values_mut().filter(issued) {
            invite.lost = true;
        }
    }

    /// One live bound invite per client, address and role: whichever other live one holds the place goes.
    fn take_place(&mut self, id: Id) {
        let invite = &self.invites[&id];
        let (client, role) = (invite.client, invite.role);
        if let Some(address) = invite.address.clone().filter(|_| invite.bound)
            && let Some(earlier) = self.places.insert((client, address, role), id)
            && earlier != id
            && self.live(earlier)
        {
            self.end_invite(earlier, "superseded");
        }
    }

    fn new_invite(&mut self, invite: Invite) -> Said {
        let id = self.invites.len();
        let mailed = invite.address.clone();
        self.invites.insert(id, invite);
        self.take_place(id);
        if let Some(to) = mailed {
            self.owed.push(Notice::Invite { invite: id, to, at: self.now });
        }
        let token = self.tokens.len();
        self.tokens.insert(token, Token::Personal(id));
        self.save(format!("i{id}"), "invite.id");
        self.save(format!("t{token}"), "link");
        Ok(json!({ "invite": self.invite(id) }).into())
    }

    fn spend_invite(&mut self, by: Actor, client: Id, address: Option<&String>) -> Result<(), No> {
        self.spend_sending(by, client, address.map(|address| ("per_address", address.clone())))
    }

    pub(super) fn create_invite(&mut self, by: Actor, role: Id, (to, bind): (Option<String>, bool), life: i64) -> Said {
        let client = self.inviting(by, Permission::Connect)?;
        self.live_role(client, role)?;
        if to.is_some() {
            self.spend_invite(by, client, to.as_ref())?;
        }
        self.new_invite(Invite {
            client,
            role,
            inviter: by.person,
            bound: bind && to.is_some(),
            address: to,
            created: self.now,
            ends: self.now + life,
            state: State::Pending,
            lost: false,
            connection: None,
        })
    }

    fn own_invite(&self, client: Id, id: Id) -> Result<&Invite, No> {
        self.invites.get(&id).filter(|invite| invite.client == client).ok_or_else(|| no("not_found"))
    }

    pub(super) fn send_invite(&mut self, by: Actor, id: Id, to: &String, bind: bool) -> Said {
        let client = self.inviting(by, Permission::Connect)?;
        let invite = self.own_invite(client, id)?;
        self.live_role(client, invite.role)?;
        if invite.bound {
            return Err(No::state("bound"));
        }
        if self.status(id) != "pending" {
            return Err(No::state(self.status(id)));
        }
        self.spend_invite(by, client, Some(to))?;
        self.invites.entry(id).and_modify(|invite| (invite.address, invite.bound) = (Some(to.clone()), bind));
        self.take_place(id);
        self.owed.push(Notice::Invite { invite: id, to: to.clone(), at: self.now });
        Ok(self.invite(id).into())
    }

    pub(super) fn resend_invite(&mut self, by: Actor, id: Id) -> Said {
        let client = self.inviting(by, Permission::Connect)?;
        let earlier = self.own_invite(client, id)?.clone();
        self.live_role(client, earlier.role)?;
        match (earlier.state, self.status(id)) {
            (State::Ended(how, at), _) => return Err(No::decided(how, at)),
            (_, "revoked") => return Err(No::state("revoked")),
            _ => {}
        }
        let address = earlier.address.filter(|_| earlier.bound);
        self.spend_invite(by, client, address.as_ref())?;
        self.end_invite(id, "superseded");
        let (created, ends) = (self.now, self.now + WEEK);
        let fresh =
            Invite { inviter: by.person, address, created, ends, state: State::Pending, lost: false, ..earlier };
        self.new_invite(fresh)
    }

    pub(super) fn revoke_invite(&mut self, by: Actor, id: Id) -> Said {
        let client = self.acting(by, Permission::Connect)?;
        if let State::Ended(how, at) = self.own_invite(client, id)?.state {
            return Err(No::decided(how, at));
        }
        // What has ended by itself stays as it is.
        if self.live(id) {
            self.end_invite(id, "revoked");
        }
        Ok(self.invite(id).into())
    }

    pub(super) fn get_invite(&self, by: Actor, id: Id) -> Said {
        let client = self.acting(by, Permission::See)?;
        self.own_invite(client, id)?;
        Ok(self.invite(id).into())
    }

    pub(super) fn list_invites(&self, by: Actor, only: Option<&str>) -> Said {
        let client = self.acting(by, Permission::See)?;
        let own: Vec<Id> =
            self.invites.iter().filter(|(_, invite)| invite.client == client).map(|(id, _)| *id).collect();
        let count = |status: &str| own.iter().filter(|id| self.status(**id) == status).count();
        let counts: serde_json::Map<_, _> =
            STATUSES.iter().map(|status| ((*status).to_owned(), json!(count(status)))).collect();
        let wanted = own.iter().filter(|id| only.is_none_or(|only| self.status(**id) == only));
        let items = wanted.map(|id| (time(self.invites[id].created), self.invite(*id))).collect();
        let list = Some(List { field: "invites", id: "id", descending: true, items });
        Ok(super::answer::Answer { expect: json!({ "counts": counts }), list })
    }
}
