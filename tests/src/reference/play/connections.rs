//! Requests, connections, access requests.

use serde_json::json;

use super::super::answer::Said;
use super::super::connections::STATUSES;
use super::super::model::{Actor, Id, Model, Permission, UNKNOWN, email};
use super::super::op::{OnAccess, OnConnection, Who};
use super::{Play, Played, id, pick_live};

impl Play<'_> {
    pub(super) fn connection(&mut self, what: OnConnection) -> Played {
        use Permission::{Connect, See};
        match what {
            OnConnection::Request(role, contractor, named) => {
                let contractor = self.model.a_business(contractor);
                let role = pick_live(self.model.roles.iter().map(|(id, role)| (*id, !role.archived)), role);
                let (actor, by) = self.by(self.client_of(role), Connect);
                let arguments = json!({ "contractor": id("b", contractor), "role": named.then(|| id("r", role)) });
                ("connections.request", by, arguments, self.model.request(actor, contractor, named.then_some(role)))
            }
            OnConnection::Accept(request) => {
                self.of_request("connections.accept", request, false, Model::accept_request)
            }
            OnConnection::Decline(request) => {
                let decline = |model: &mut Model, actor, id| model.end_request(actor, id, false);
                self.of_request("connections.decline", request, false, decline)
            }
            OnConnection::Withdraw(request) => {
                let withdraw = |model: &mut Model, actor, id| model.end_request(actor, id, true);
                self.of_request("connections.withdraw", request, true, withdraw)
            }
            OnConnection::Disconnect(edge, client, hidden) => {
                let (edge, actor, by) = self.of_edge(edge, client, Connect);
                let arguments =
                    json!({ "connection": id("e", edge), "reason": { "code": "duplicate" }, "hide_reason": hidden });
                ("connections.disconnect", by, arguments, self.model.disconnect(actor, edge, hidden))
            }
            OnConnection::ChangeRole(edge, role) => {
                let (edge, actor, by) = self.of_edge(edge, role % 8 != 0, Connect);
                let own = self.model.roles.iter().filter(|(_, role)| actor.business == Some(role.client));
                let role = pick_live(own.map(|(id, role)| (*id, !role.archived)), role);
                let arguments = json!({ "connection": id("e", edge), "role": id("r", role) });
                ("connections.change_role", by, arguments, self.model.change_connection_role(actor, edge, role))
            }
            OnConnection::Get(edge, client) => {
                let (edge, actor, by) = self.of_edge(edge, client, See);
                ("connections.get", by, json!({ "connection": id("e", edge) }), self.model.get_connection(actor, edge))
            }
            OnConnection::List(of, as_client, by_name, only) => {
                let (actor, by) = self.by(self.model.a_business(of), See);
                let only = only.map(|only| STATUSES[usize::from(only) % STATUSES.len()]);
                let sort = if by_name { "name" } else { "last_change" };
                let arguments = json!({ "sort": sort, "statuses": only.map(|only| [only]) });
                let operation = if as_client { "connections.contractors" } else { "connections.clients" };
                (operation, by, arguments, self.model.list_connections(actor, as_client, by_name, only))
            }
            OnConnection::Pending(of) => {
                let (actor, by) = self.by(self.model.a_business(of), See);
                ("connections.pending", by, json!({}), self.model.list_pending(actor))
            }
        }
    }

    fn of_request(
        &mut self,
        operation: &'static str,
        request: u8,
        client: bool,
        run: impl Fn(&mut Model, Actor, Id) -> Said,
    ) -> Played {
        let all = self.model.requests.iter();
        let request = pick_live(all.map(|(id, request)| (*id, request.answer.is_none())), request);
        let edge = self.model.requests.get(&request).map(|request| &self.model.edges[&request.edge]);
        let business = edge.map_or(UNKNOWN, |edge| if client { edge.client } else { edge.contractor });
        let (actor, by) = self.by(business, Permission::Connect);
        (operation, by, json!({ "request": id("q", request) }), run(self.model, actor, request))
    }

    fn of_edge(&self, edge: u8, client: bool, needs: Permission) -> (Id, Actor, Option<Actor>) {
        let all = self.model.edges.iter();
        let id = pick_live(all.map(|(id, edge)| (*id, edge.status == "connected")), edge);
        let edge = self.model.edges.get(&id);
        let business = edge.map_or(UNKNOWN, |edge| if client { edge.client } else { edge.contractor });
        let (actor, by) = self.by(business, needs);
        (id, actor, by)
    }

    pub(super) fn access(&mut self, what: OnAccess) -> Played {
        match what {
            OnAccess::Submit(person, of, role) => {
                let (person, business) = (Model::a_person(person), self.model.a_business(of));
                let actor = self.themselves(person);
                let arguments = json!({
                    "business": id("b", business),
                    "name": format!("P{person}"),
                    "email": email(person),
                    "role": self.user_role(role, Some(business)),
                });
                ("access_requests.submit", Some(actor), arguments, self.model.submit(actor, person, business, role))
            }
            OnAccess::Withdraw(access) => {
                let access = self.an_access(access);
                let actor = self.themselves(self.model.accesses.get(&access).map_or(0, |access| access.person));
                let arguments = json!({ "request": id("a", access) });
                ("access_requests.withdraw", Some(actor), arguments, self.model.withdraw_access(actor, access))
            }
            OnAccess::Accept(access, role) => {
                let (access, actor, by) = self.of_access(access);
                let role_json = role.map(|role| self.user_role(role, actor.business));
                let arguments = json!({ "request": id("a", access), "role": role_json });
                ("access_requests.accept", by, arguments, self.model.accept_access(actor, access, role))
            }
            OnAccess::Decline(access, disclose) => {
                let (access, actor, by) = self.of_access(access);
                let reason = json!({ "code": "wrong_business" });
                let arguments = json!({ "request": id("a", access), "reason": reason, "disclose": disclose });
                ("access_requests.decline", by, arguments, self.model.decline_access(actor, access, disclose))
            }
            OnAccess::Get(access) => {
                let (access, actor, by) = self.of_access(access);
                ("access_requests.get", by, json!({ "request": id("a", access) }), self.model.get_access(actor, access))
            }
            OnAccess::List(of) => {
                let (actor, by) = self.by(self.model.a_business(of), Permission::Users);
                ("access_requests.list", by, json!({}), self.model.list_access(actor))
            }
            OnAccess::Mine(person) => {
                let actor = self.themselves(Model::a_person(person));
                ("access_requests.mine", Some(actor), json!({}), self.model.mine(actor))
            }
        }
    }

    /// What a person does for themselves, or somebody else in their stead.
    fn themselves(&self, person: Id) -> Actor {
        let verified = self.op.who != Who::Unverified;
        match self.op.who {
            Who::System => Actor { person: None, business: None, verified },
            Who::Stranger => Actor { person: Some(Model::a_person(self.op.by)), business: None, verified },
            Who::Able | Who::Unverified | Who::Member | Who::Pretender | Who::Nobody => {
                Actor { person: Some(person), business: None, verified }
            }
        }
    }

    fn an_access(&self, access: u8) -> Id {
        pick_live(self.model.accesses.iter().map(|(id, access)| (*id, access.answer.is_none())), access)
    }

    fn of_access(&self, access: u8) -> (Id, Actor, Option<Actor>) {
        let access = self.an_access(access);
        let business = self.model.accesses.get(&access).map_or(UNKNOWN, |access| access.business);
        let (actor, by) = self.by(business, Permission::Users);
        (access, actor, by)
    }
}
