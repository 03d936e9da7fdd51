//! Every operation, with a world in which it succeeds for somebody.

use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use super::props::{
    NEWCOMER, access, category, claim, connected, disconnected, enabled, invite, link, newcomer, of_role, own_access,
    parked, pending, person_of, planned, requirement, submitted,
};
use super::stage::{Home, Stage, person};
use Home::{Acme, Bolt};

type Prepare = for<'a> fn(&'a Stage, &'a str) -> BoxFuture<'a, Value>;

/// One operation.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) operation: &'static str,
    /// Which of its cases, if it has several.
    pub(super) note: &'static str,
    pub(super) home: Home,
    /// Makes the world ready for the call, and its arguments.
    pub(super) prepare: Prepare,
}

const fn row(operation: &'static str, home: Home, prepare: Prepare) -> Row {
    Row { operation, note: "", home, prepare }
}

const fn noted(operation: &'static str, note: &'static str, home: Home, prepare: Prepare) -> Row {
    Row { operation, note, home, prepare }
}

fn nothing<'a>(_: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move { json!({}) })
}

pub(super) const ROWS: &[Row] = &[
    row("businesses.register", Acme, |stage, caller| {
        Box::pin(async move {
            let admin = json!({ "id": stage.person(Acme, caller), "name": "Al", "email": "al@dot.example" });
            json!({ "profile": { "name": "Dot" }, "admin": admin })
        })
    }),
    row("businesses.update", Acme, |_, _| Box::pin(async move { json!({ "profile": { "name": "Acme 2" } }) })),
    row("businesses.archive", Bolt, |stage, _| Box::pin(async move { json!({ "business": stage.crane.id }) })),
    row("businesses.restore", Bolt, |stage, _| Box::pin(async move { json!({ "business": stage.crane.id }) })),
    row("businesses.set_client_account", Bolt, |stage, _| {
        Box::pin(async move { json!({ "business": stage.bolt.company.id, "client_account": true }) })
    }),
    row("businesses.set_limits", Bolt, |stage, _| {
        Box::pin(async move { json!({ "business": stage.bolt.company.id, "overrides": { "per_client": 7 } }) })
    }),
    row("businesses.get", Acme, |stage, _| Box::pin(async move { json!({ "business": stage.acme.company.id }) })),
    row("businesses.search", Acme, |_, _| Box::pin(async move { json!({ "text": "bolt" }) })),
    row("people.put", Acme, |_, _| {
        Box::pin(async move { json!({ "id": NEWCOMER, "name": "Al", "email": "al@acme.example" }) })
    }),
    row("members.add", Acme, |stage, _| Box::pin(newcomer(stage))),
    row("members.change_role", Acme, |stage, _| {
        Box::pin(async move { json!({ "person": person(&stage.acme.worker), "role": "viewer" }) })
    }),
    row("members.disable", Acme, |stage, _| Box::pin(async move { json!({ "person": person(&stage.acme.worker) }) })),
    row("members.enable", Acme, |stage, _| Box::pin(async move { json!({ "person": person(&stage.acme.disabled) }) })),
    row("members.remove", Acme, |stage, _| Box::pin(async move { json!({ "person": person(&stage.acme.worker) }) })),
    noted("members.set_notifications", " (another's)", Acme, |stage, _| {
        Box::pin(async move { json!({ "person": person(&stage.acme.disabled), "notifications": false }) })
    }),
    noted("members.set_notifications", " (one's own)", Acme, |stage, caller| {
        Box::pin(async move { json!({ "person": person_of(stage, Acme, caller), "notifications": false }) })
    }),
    row("members.define_role", Acme, |_, _| Box::pin(async move { json!({ "name": "Eye", "permissions": ["see"] }) })),
    row("members.roles", Acme, nothing),
    row("members.get", Acme, |stage, _| Box::pin(async move { json!({ "person": person(&stage.acme.worker) }) })),
    row("members.list", Acme, nothing),
    noted("members.list", " (disabled ones too)", Acme, |_, _| Box::pin(async move { json!({ "disabled": true }) })),
    row("contractor_roles.create", Acme, |_, _| Box::pin(async move { json!({ "name": "Plumber" }) })),
    row("contractor_roles.rename", Acme, |stage, _| {
        Box::pin(async move { json!({ "role": stage.acme.company.role(), "name": "Plumber" }) })
    }),
    row("contractor_roles.archive", Acme, of_role),
    row("contractor_roles.restore", Acme, of_role),
    row("contractor_roles.define_category", Acme, |stage, _| {
        Box::pin(async move { json!({ "role": stage.acme.company.role(), "name": "Roofs" }) })
    }),
    row("contractor_roles.remove_category", Acme, |stage, _| {
        Box::pin(async move { json!({ "category": category(stage).await }) })
    }),
    row("contractor_roles.define_requirement", Acme, |stage, _| {
        Box::pin(async move { json!({ "role": stage.acme.company.role(), "name": "Insurance" }) })
    }),
    row("contractor_roles.remove_requirement", Acme, |stage, _| {
        Box::pin(async move { json!({ "requirement": requirement(stage).await }) })
    }),
    row("contractor_roles.list", Acme, nothing),
    row("contractor_roles.categories", Acme, of_role),
    noted("contractor_roles.categories", " (of a connected client)", Bolt, |stage, _| {
        Box::pin(async move {
            connected(stage).await;
            json!({ "role": stage.acme.company.role() })
        })
    }),
    row("contractor_roles.requirements", Acme, of_role),
    row("group_links.enable", Acme, of_role),
    row("group_links.disable", Acme, enabled),
    row("group_links.refresh", Acme, of_role),
    row("group_links.copy", Acme, enabled),
    row("group_links.list", Acme, nothing),
    row("invites.create", Acme, of_role),
    row("invites.send", Acme, |stage, _| {
        Box::pin(async move { json!({ "invite": invite(stage).await.invite.id, "address": "kim@k.example" }) })
    }),
    row("invites.resend", Acme, |stage, _| Box::pin(async move { json!({ "invite": invite(stage).await.invite.id }) })),
    row("invites.revoke", Acme, |stage, _| Box::pin(async move { json!({ "invite": invite(stage).await.invite.id }) })),
    row("invites.get", Acme, |stage, _| Box::pin(async move { json!({ "invite": invite(stage).await.invite.id }) })),
    row("invites.list", Acme, nothing),
    row("invites.preview", Acme, |stage, _| {
        Box::pin(async move { json!({ "link_or_claim": invite(stage).await.link.expose() }) })
    }),
    row("invites.open", Acme, link),
    row("invites.decline", Bolt, claim),
    row("invites.accept", Bolt, claim),
    row("invites.redeem", Bolt, link),
    row("connections.request", Acme, |stage, _| {
        Box::pin(async move { json!({ "contractor": stage.bolt.company.id, "role": stage.acme.company.role() }) })
    }),
    row("connections.accept", Bolt, pending),
    row("connections.decline", Bolt, pending),
    row("connections.withdraw", Acme, pending),
    row("connections.change_role", Acme, |stage, _| {
        Box::pin(async move {
            let connection = connected(stage).await;
            json!({ "connection": connection.id, "role": stage.acme.company.role() })
        })
    }),
    noted("connections.disconnect", " (the client)", Acme, |stage, _| Box::pin(disconnected(stage))),
    noted("connections.disconnect", " (the contractor)", Bolt, |stage, _| Box::pin(disconnected(stage))),
    noted("connections.classify", " (the client)", Acme, |stage, _| {
        Box::pin(async move { json!({ "connection": connected(stage).await.id, "categories": [] }) })
    }),
    noted("connections.classify", " (the contractor)", Bolt, |stage, _| {
        Box::pin(async move { json!({ "connection": connected(stage).await.id, "categories": [] }) })
    }),
    row("connections.submit_requirement", Bolt, |stage, _| {
        Box::pin(async move {
            let requirement = requirement(stage).await;
            json!({ "connection": connected(stage).await.id, "requirement": requirement })
        })
    }),
    row("connections.review_requirement", Acme, |stage, _| {
        Box::pin(async move {
            let (connection, requirement) = submitted(stage).await;
            json!({ "connection": connection, "requirement": requirement, "verdict": "approve" })
        })
    }),
    row("connections.get", Bolt, |stage, _| {
        Box::pin(async move { json!({ "connection": connected(stage).await.id }) })
    }),
    row("connections.clients", Bolt, |stage, _| {
        Box::pin(async move {
            connected(stage).await;
            json!({})
        })
    }),
    row("connections.contractors", Acme, nothing),
    row("connections.pending", Bolt, nothing),
    noted("connections.workflow_summary", " (the client)", Acme, |stage, _| {
        Box::pin(async move { json!({ "connection": connected(stage).await.id }) })
    }),
    noted("connections.workflow_summary", " (the contractor)", Bolt, |stage, _| {
        Box::pin(async move { json!({ "connection": connected(stage).await.id }) })
    }),
    row("access_requests.submit", Acme, |stage, caller| {
        Box::pin(async move {
            let email = stage.address(Acme, caller);
            json!({ "business": stage.crane.id, "name": "Al", "email": email })
        })
    }),
    noted("access_requests.withdraw", " (another's)", Acme, access),
    noted("access_requests.withdraw", " (one's own)", Acme, own_access),
    row("access_requests.accept", Acme, access),
    row("access_requests.decline", Acme, |stage, caller| {
        Box::pin(async move {
            let mut arguments = access(stage, caller).await;
            arguments["reason"] = json!({ "code": "wrong_business" });
            arguments
        })
    }),
    row("access_requests.mine", Acme, nothing),
    row("access_requests.list", Acme, nothing),
    row("access_requests.get", Acme, access),
    row("reasons.set", Acme, |_, _| {
        Box::pin(async move { json!({ "kind": "disconnect", "reasons": [{ "code": "moved", "label": "Moved" }] }) })
    }),
    row("reasons.list", Acme, |_, _| Box::pin(async move { json!({ "kind": "disconnect" }) })),
    row("fees.set_plan", Acme, |stage, _| {
        Box::pin(async move { json!({ "client": stage.acme.company.id, "plan": super::props::plan() }) })
    }),
    row("fees.quote", Acme, planned),
    row("fees.statement", Acme, planned),
    row("outbox.deliver_due", Acme, |stage, caller| {
        Box::pin(async move {
            pending(stage, caller).await;
            json!({})
        })
    }),
    row("outbox.run", Acme, |_, _| Box::pin(async move { json!({ "until": crate::world::START }) })),
    row("outbox.list", Acme, nothing),
    row("outbox.retry", Acme, parked),
    row("outbox.purge", Acme, |_, _| Box::pin(async move { json!({ "older_than": 60 }) })),
    noted("history.of", " (a role)", Acme, |stage, _| {
        Box::pin(async move { json!({ "subject": { "kind": "contractor_role", "id": stage.acme.company.role() } }) })
    }),
    noted("history.of", " (a connection)", Bolt, |stage, _| {
        Box::pin(async move { json!({ "subject": { "kind": "connection", "id": connected(stage).await.id } }) })
    }),
    noted("history.of", " (an access request)", Acme, |stage, caller| {
        Box::pin(async move {
            let request = access(stage, caller).await["request"].clone();
            json!({ "subject": { "kind": "access_request", "id": request } })
        })
    }),
    noted("history.of", " (a person)", Acme, |stage, _| {
        Box::pin(async move { json!({ "subject": { "kind": "person", "id": stage.acme.company.person } }) })
    }),
    row("history.since", Acme, nothing),
];
