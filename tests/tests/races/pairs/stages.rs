//! What the families share: who is there, and what may befall any of a client's links.

use handclasp::model::user_role::UserRole;
use handclasp::{Actor, PersonId};
use handclasp_tests::races::{Call, ask};
use handclasp_tests::world::{Company, World};
use serde_json::{Value, json};

/// Two businesses that may connect, and a third.
pub(crate) struct Cast {
    /// A client.
    pub(crate) acme: Company,
    /// A second Admin of Acme, by whom it invites and asks.
    pub(crate) inviter: Actor,
    /// A contractor.
    pub(crate) bolt: Company,
    /// A second Admin of Bolt, who acts for it.
    pub(crate) joiner: Actor,
    /// Another contractor.
    pub(crate) crane: Company,
}

pub(crate) async fn cast(world: &World) -> Cast {
    let acme = world.client("Acme").await;
    let inviter = world.member(&acme, UserRole::ADMIN).await;
    let bolt = world.contractor("Bolt").await;
    let joiner = world.member(&bolt, UserRole::ADMIN).await;
    let crane = world.contractor("Crane").await;
    Cast { acme, inviter, bolt, joiner, crane }
}

/// Arguments with the actor beside them.
pub(crate) fn by(actor: &Actor, mut arguments: Value) -> Value {
    arguments["actor"] = json!(actor);
    arguments
}

/// System's, for no business.
pub(crate) fn system(arguments: Value) -> Value {
    by(&Actor::system(), arguments)
}

pub(crate) fn person(actor: &Actor) -> PersonId {
    match actor {
        Actor::Person { id, .. } => *id,
        Actor::System { .. } => panic!("System is no person"),
    }
}

pub(crate) const DUPLICATE: &str = "duplicate";

impl Cast {
    /// An invite of the second Admin's, with its link.
    pub(crate) async fn invited(&self, world: &World, address: Option<&str>) -> Value {
        let arguments = json!({ "role": self.acme.role(), "address": address });
        ask(world, "invites.create", by(&self.inviter, arguments)).await
    }

    /// A request of the second Admin's to Bolt.
    pub(crate) async fn asked(&self, world: &World) -> Value {
        let arguments = json!({ "contractor": self.bolt.id, "role": self.acme.role() });
        ask(world, "connections.request", by(&self.inviter, arguments)).await
    }

    /// Acme and Bolt, connected by a request.
    pub(crate) async fn connected(&self, world: &World) -> Value {
        let request = self.asked(world).await["request"].clone();
        ask(world, "connections.accept", by(&self.joiner, json!({ "request": request }))).await["connection"].take()
    }

    /// What ends all links of a client, or those of one of its Admins; and what renames a role, which ends nothing.
    pub(crate) fn ends(&self) -> Vec<Call> {
        let (admin, inviter) = (self.acme.admin(), person(&self.inviter));
        let demote = json!({ "person": inviter, "role": "viewer" });
        vec![
            Call::new("the inviter is demoted", "members.change_role", by(&admin, demote)),
            Call::new("the inviter is disabled", "members.disable", by(&admin, json!({ "person": inviter }))),
            Call::new("the inviter is removed", "members.remove", by(&admin, json!({ "person": inviter }))),
            Call::new(
                "the role is archived",
                "contractor_roles.archive",
                by(&admin, json!({ "role": self.acme.role() })),
            ),
            Call::new(
                "the role is renamed",
                "contractor_roles.rename",
                by(&admin, json!({ "role": self.acme.role(), "name": "Trade" })),
            ),
            Call::new("the client is archived", "businesses.archive", system(json!({ "business": self.acme.id }))),
            Call::new(
                "the client loses its account",
                "businesses.set_client_account",
                system(json!({ "business": self.acme.id, "client_account": false })),
            ),
        ]
    }

    /// What takes the contractor's part away.
    pub(crate) fn losses(&self) -> Vec<Call> {
        let demote = json!({ "person": person(&self.joiner), "role": "viewer" });
        vec![
            Call::new("the joiner is demoted", "members.change_role", by(&self.bolt.admin(), demote)),
            Call::new("the contractor is archived", "businesses.archive", system(json!({ "business": self.bolt.id }))),
            Call::new(
                "the contractor is renamed",
                "businesses.update",
                by(&self.bolt.admin(), json!({ "profile": { "name": "Bolt & Nut", "trading_name": "Nuts" } })),
            ),
        ]
    }
}
