//! Requests, acceptances and connections.

use serde_json::{Value, json};

use super::answer::{Answer, List, No, Said, no, time};
use super::links::Token;
use super::mails::Notice;
use super::model::{Actor, Id, Model, Permission, QUOTAS, email};

#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub(super) client: Id,
    pub(super) contractor: Id,
    pub(super) role: Id,
    pub(super) status: &'static str,
    /// The request that waits.
    pub(super) request: Option<Id>,
    since: i64,
    changed: i64,
    ended: Ended,
    /// When the client ended it, unless it was made again since.
    ended_by_client: Option<i64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Ended {
    at: i64,
    by: &'static str,
    hidden: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) edge: Id,
    /// As which, and when.
    pub(super) answer: Option<(&'static str, i64)>,
}

pub(super) const STATUSES: [&str; 5] = ["pending", "connected", "declined", "withdrawn", "disconnected"];

impl Model {
    pub(super) fn edge(&self, client: Id, contractor: Id) -> Option<Id> {
        let mut edges = self.edges.iter();
        edges.find(|(_, edge)| (edge.client, edge.contractor) == (client, contractor)).map(|(id, _)| *id)
    }

    fn connection(&self, id: Id, reader: Id) -> Value {
        let edge = &self.edges[&id];
        let (side, other) =
            if reader == edge.client { ("client", edge.contractor) } else { ("contractor", edge.client) };
        let Ended { at, by, hidden } = edge.ended;
        let reason = (by == side || !hidden).then(|| json!({ "code": "duplicate" }));
        json!({
            "id": format!("$e{id}"),
            "side": side,
            "other": { "id": format!("$b{other}"), "name": self.businesses[&other].name },
            "role": format!("$r{}", edge.role),
            "role_name": self.roles[&edge.role].name,
            "status": edge.status,
            "request": edge.request.map(|request| format!("$q{request}")),
            "connected_since": (edge.status == "connected").then(|| time(edge.since)),
            "changed_at": time(edge.changed),
            "ended": (edge.status == "disconnected").then(|| json!({ "at": time(at), "by": by, "reason": reason })),
        })
    }

    fn new_edge(&mut self, client: Id, contractor: Id, role: Id, path: &'static str) -> Id {
        let id = self.edges.len();
        let (status, ended) = ("withdrawn", Ended::default());
        let (request, since, changed, ended_by_client) = (None, 0, 0, None);
        self.edges
            .insert(id, Edge { client, contractor, role, status, request, since, changed, ended, ended_by_client });
        self.save(format!("e{id}"), path);
        id
    }

    fn room_for_connection(&self, client: Id, contractor: Id) -> Result<(), No> {
        let connected = || self.edges.values().filter(|edge| edge.status == "connected");
        let contractors = connected().filter(|edge| edge.client == client).count();
        let clients = connected().filter(|edge| edge.contractor == contractor).count();
        No::full(contractors.max(clients), QUOTAS.connections, "connections")
    }

    pub(super) fn request(&mut self, by: Actor, contractor: Id, role: Option<Id>) -> Said {
        let client = self.inviting(by, Permission::Connect)?;
        if let Some(role) = role {
            self.live_role(client, role)?;
        }
        if self.businesses.get(&contractor).is_none_or(|contractor| contractor.archived) {
            return Err(no("not_found"));
        }
        if client == contractor {
            return Err(no("self_action_forbidden"));
        }
        let edge = self.edge(client, contractor);
        let refused = |code| Err(No { code, fields: json!({ "connection": edge.map(|edge| format!("$e{edge}")) }) });
        let earlier = match edge.map(|edge| &self.edges[&edge]) {
            Some(Edge { status: "pending", .. }) => return refused("already_pending"),
            Some(Edge { status: "connected", .. }) => return refused("already_connected"),
            Some(Edge { status: "disconnected", role, .. }) => Some(*role),
            Some(_) | None => None,
        };
        let role = role.or(earlier).ok_or_else(|| No::argument("role", "missing"))?;
        self.live_role(client, role)?;
        self.spend_sending(by, client, Some(("per_pair", format!("{client} {contractor}"))))?;
        let edge = edge.unwrap_or_else(|| self.new_edge(client, contractor, role, "id"));
        let (request, now) = (self.requests.len(), self.now);
        self.requests.insert(request, Request { edge, answer: None });
        self.save(format!("q{request}"), "request");
        self.edges.entry(edge).and_modify(|edge| {
            (edge.status, edge.request, edge.role, edge.changed) = ("pending", Some(request), role, now);
        });
        self.owe(contractor, Notice::Requested { edge, request });
        Ok(self.connection(edge, client).into())
    }

    /// The request, if it is the acting business's to answer or to withdraw, and still open.
    fn asked(&self, by: Actor, id: Id, as_client: bool) -> Result<(Id, Id), No> {
        let business = self.acting(by, Permission::Connect)?;
        let request = self.requests.get(&id).ok_or_else(|| no("not_found"))?;
        let edge = &self.edges[&request.edge];
        let (own, other) = if as_client { (edge.client, edge.contractor) } else { (edge.contractor, edge.client) };
        match (business == own, business == other, request.answer) {
            (true, _, None) => Ok((request.edge, business)),
            (true, _, Some((how, at))) => Err(No::decided(how, at)),
            (false, true, _) => Err(no("forbidden")),
            (false, false, _) => Err(no("not_found")),
        }
    }

    fn answer(&mut self, edge: Id, how: &'static str) {
        let now = self.now;
        let request = self.edges.get_mut(&edge).and_then(|edge| edge.request.take());
        if let Some(request) = request {
            self.requests.entry(request).and_modify(|request| request.answer = Some((how, now)));
        }
    }

    fn connect(&mut self, edge: Id, role: Id) -> Answer {
        self.answer(edge, "accepted");
        let now = self.now;
        self.edges.entry(edge).and_modify(|edge| {
            (edge.status, edge.role, edge.since, edge.changed) = ("connected", role, now, now);
            edge.ended_by_client = None;
        });
        let (client, contractor) = (self.edges[&edge].client, self.edges[&edge].contractor);
        self.owe(client, Notice::Told { kind: "connection_accepted", to: client });
        self.owe(contractor, Notice::Told { kind: "connection_confirmed", to: contractor });
        json!({ "connection": self.connection(edge, contractor), "classification": "not_configured" }).into()
    }

    pub(super) fn accept_request(&mut self, by: Actor, id: Id) -> Said {
        let (edge, _) = self.asked(by, id, false)?;
        let Edge { client, contractor, role, .. } = self.edges[&edge];
        self.live_role(client, role)?;
        self.active(client)?;
        self.room_for_connection(client, contractor)?;
        Ok(self.connect(edge, role))
    }

    pub(super) fn end_request(&mut self, by: Actor, id: Id, as_client: bool) -> Said {
        let (edge, business) = self.asked(by, id, as_client)?;
        let how = if as_client { "withdrawn" } else { "declined" };
        self.answer(edge, how);
        let now = self.now;
        self.edges.entry(edge).and_modify(|edge| (edge.status, edge.changed) = (how, now));
        Ok(self.connection(edge, business).into())
    }

    /// A link or claim, accepted by somebody who connects for a contractor.
    pub(super) fn join(&mut self, by: Actor, token: Option<Token>) -> Said {
        let contractor = match token {
            Some(_) => self.acting(by, Permission::Connect)?,
            None => return Err(no("invite_invalid_or_expired")),
        };
        let lead = self.lead(token)?;
        let invite = lead.invite.map(|id| (id, self.invites[&id].clone()));
        if let Some((_, invite)) = &invite
            && let Some(address) = invite.address.as_ref().filter(|_| invite.bound)
        {
            let own = by.person.filter(|_| by.verified).map(email).ok_or_else(|| no("email_not_verified"))?;
            if own != *address {
                return Err(no("email_mismatch"));
            }
        }
        if lead.client == contractor {
            return Err(no("self_action_forbidden"));
        }
        let edge = self.edge(lead.client, contractor);
        if let Some(id) = edge {
            let edge = &self.edges[&id];
            if edge.status == "connected" {
                return Err(No { code: "already_connected", fields: json!({ "connection": format!("$e{id}") }) });
            }
            let newer = |ended| invite.as_ref().is_some_and(|(_, invite)| invite.created > ended);
            if edge.ended_by_client.is_some_and(|ended| !newer(ended)) {
                return Err(no("forbidden"));
            }
        }
        self.room_for_connection(lead.client, contractor)?;
        let edge = edge.unwrap_or_else(|| self.new_edge(lead.client, contractor, lead.role, "connection.id"));
        if let Some((id, _)) = invite {
            self.end_invite(id, "accepted");
            self.invites.entry(id).and_modify(|invite| invite.connection = Some(edge));
        }
        Ok(self.connect(edge, lead.role))
    }

    fn own_edge(&self, by: Actor, id: Id, needs: Permission) -> Result<Id, No> {
        let business = self.member_of(by)?;
        if !self.may(by, business, needs) {
            return Err(no("forbidden"));
        }
        let own = self.edges.get(&id).is_some_and(|edge| edge.client == business || edge.contractor == business);
        if !own {
            return Err(no("not_found"));
        }
        self.active(business)?;
        Ok(business)
    }

    pub(super) fn disconnect(&mut self, by: Actor, id: Id, hidden: bool) -> Said {
        let business = self.own_edge(by, id, Permission::Connect)?;
        let (now, edge) = (self.now, &self.edges[&id]);
        match edge.status {
            "connected" => {}
            "disconnected" => return Err(No::decided("disconnected", edge.ended.at)),
            status => return Err(No::state(status)),
        }
        let (by, told) =
            if business == edge.client { ("client", edge.contractor) } else { ("contractor", edge.client) };
        self.edges.entry(id).and_modify(|edge| {
            (edge.status, edge.changed, edge.ended) = ("disconnected", now, Ended { at: now, by, hidden });
            edge.ended_by_client = (by == "client").then_some(now);
        });
        self.owe(told, Notice::Told { kind: "connection_ended", to: told });
        Ok(self.connection(id, business).into())
    }

    pub(super) fn change_connection_role(&mut self, by: Actor, id: Id, role: Id) -> Said {
        let business = self.own_edge(by, id, Permission::Connect)?;
        if business != self.edges[&id].client {
            return Err(no("forbidden"));
        }
        if role != self.edges[&id].role {
            self.live_role(business, role)?;
        }
        if self.edges[&id].status != "connected" {
            return Err(No::state(self.edges[&id].status));
        }
        let now = self.now;
        self.edges.entry(id).and_modify(|edge| {
            edge.changed = if edge.role == role { edge.changed } else { now };
            edge.role = role;
        });
        Ok(json!({ "connection": self.connection(id, business), "classification": "not_configured" }).into())
    }

    pub(super) fn get_connection(&self, by: Actor, id: Id) -> Said {
        let business = self.own_edge(by, id, Permission::See)?;
        Ok(self.connection(id, business).into())
    }

    fn edges_of(&self, business: Id, as_client: bool) -> Vec<(Id, &Edge, Id)> {
        let ends = |edge: &Edge| {
            if as_client { (edge.client, edge.contractor) } else { (edge.contractor, edge.client) }
        };
        let own = self.edges.iter().filter(|(_, edge)| ends(edge).0 == business);
        own.map(|(id, edge)| (*id, edge, ends(edge).1)).collect()
    }

    pub(super) fn list_connections(&self, by: Actor, as_client: bool, by_name: bool, only: Option<&str>) -> Said {
        let business = self.acting(by, Permission::See)?;
        let own = self.edges_of(business, as_client);
        let count = |status: &str| own.iter().filter(|(_, edge, _)| edge.status == status).count();
        let counts: serde_json::Map<_, _> =
            STATUSES.iter().map(|status| ((*status).to_owned(), json!(count(status)))).collect();
        let wanted = own.iter().filter(|(_, edge, _)| only.is_none_or(|only| edge.status == only));
        let key = |edge: &Edge, other: &Id| {
            if by_name { self.businesses[other].name.to_lowercase() } else { time(edge.changed) }
        };
        let items = wanted.map(|(id, edge, other)| (key(edge, other), self.connection(*id, business))).collect();
        let list = Some(List { field: "connections", id: "id", descending: !by_name, items });
        Ok(Answer { expect: json!({ "counts": counts }), list })
    }

    pub(super) fn list_pending(&self, by: Actor) -> Said {
        let business = self.acting(by, Permission::See)?;
        let own = self.edges_of(business, false).into_iter().filter(|(_, edge, _)| edge.status == "pending");
        let items = own.map(|(id, edge, _)| (time(edge.changed), self.connection(id, business))).collect();
        Ok(List { field: "connections", id: "id", descending: false, items }.into())
    }
}
