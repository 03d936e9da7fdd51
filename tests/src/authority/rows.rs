//! Every operation, with a world in which it succeeds for somebody.

use futures_util::future::BoxFuture;
use handclasp::connections::{AcceptRequest, RequestConnection};
use handclasp::invites::CreateInvite;
use handclasp::views::{Connection, InviteCreated};
use handclasp::{Actor, people};
use serde_json::{Value, json};

use super::stage::{Home, Stage, person};
use Home::{Acme, Bolt};

type Prepare = for<'a> fn(&'a Stage, &'a str) -> BoxFuture<'a, Value>;

/// One operation.
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

pub(super) const ROWS: &[Row] = &[
    row("businesses.register", Acme, |stage, caller| {
        Box::pin(async move {
            let admin = json!({ "id": stage.person(Acme, caller), "name": "Al", "email": "al@dot.example" });
            json!({ "profile": { "name": "Dot" }, "admin": admin })
        })
    }),
    row("businesses.set_client_account", Bolt, |stage, _| {
        Box::pin(async move { json!({ "business": stage.bolt.company.id, "client_account": true }) })
    }),
    row("people.put", Acme, |_, _| {
        Box::pin(async move { json!({ "id": NEWCOMER, "name": "Al", "email": "al@acme.example" }) })
    }),
    row("members.add", Acme, |stage, _| Box::pin(newcomer(stage))),
    row("members.change_role", Acme, |stage, _| {
        Box::pin(async move { json!({ "person": person(&stage.acme.worker), "role": "viewer" }) })
    }),
    row("members.disable", Acme, |stage, _| Box::pin(async move { json!({ "person": person(&stage.acme.worker) }) })),
    row("contractor_roles.create", Acme, |_, _| Box::pin(async move { json!({ "name": "Plumber" }) })),
    row("contractor_roles.archive", Acme, of_role),
    row("group_links.enable", Acme, of_role),
    row("group_links.disable", Acme, enabled),
    row("group_links.refresh", Acme, of_role),
    row("group_links.copy", Acme, enabled),
    row("invites.create", Acme, of_role),
    row("invites.preview", Acme, |stage, _| {
        Box::pin(async move { json!({ "link_or_claim": invite(stage).await.link.expose() }) })
    }),
    row("invites.open", Acme, link),
    row("invites.accept", Bolt, |stage, _| {
        Box::pin(async move {
            let link = invite(stage).await.link;
            let opened = stage.world.handclasp.invites().open(&link, None).await.expect("a link that opens");
            json!({ "claim": opened.claim.expose() })
        })
    }),
    row("invites.redeem", Bolt, link),
    row("invites.revoke", Acme, |stage, _| Box::pin(async move { json!({ "invite": invite(stage).await.invite.id }) })),
    row("connections.request", Acme, |stage, _| {
        Box::pin(async move { json!({ "contractor": stage.bolt.company.id, "role": stage.acme.company.role() }) })
    }),
    row("connections.accept", Bolt, |stage, _| {
        Box::pin(async move { json!({ "request": asked(stage).await.request }) })
    }),
    row("connections.change_role", Acme, |stage, _| {
        Box::pin(async move {
            let connection = connected(stage).await;
            json!({ "connection": connection.id, "role": stage.acme.company.role() })
        })
    }),
    row("connections.clients", Bolt, |stage, _| {
        Box::pin(async move {
            connected(stage).await;
            json!({})
        })
    }),
    row("outbox.deliver_due", Acme, |stage, _| {
        Box::pin(async move {
            asked(stage).await;
            json!({})
        })
    }),
    Row {
        note: " (a role)",
        ..row("history.of", Acme, |stage, _| {
            Box::pin(
                async move { json!({ "subject": { "kind": "contractor_role", "id": stage.acme.company.role() } }) },
            )
        })
    },
    Row {
        note: " (a connection)",
        ..row("history.of", Bolt, |stage, _| {
            Box::pin(async move { json!({ "subject": { "kind": "connection", "id": connected(stage).await.id } }) })
        })
    },
    Row {
        note: " (a person)",
        ..row("history.of", Acme, |stage, _| {
            Box::pin(async move { json!({ "subject": { "kind": "person", "id": stage.acme.company.person } }) })
        })
    },
    row("history.since", Acme, |_, _| Box::pin(async move { json!({}) })),
];

const NEWCOMER: &str = "00000000-0000-4000-8000-00000000eeee";

async fn newcomer(stage: &Stage) -> Value {
    let newcomer = people::Profile::new(NEWCOMER.parse().expect("an id"), "Al", "al@acme.example");
    stage.world.handclasp.people().put(Actor::system(), newcomer).await.expect("a person can be put");
    json!({ "person": NEWCOMER, "role": "worker" })
}

fn of_role<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move { json!({ "role": stage.acme.company.role() }) })
}

fn enabled<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move {
        stage.world.group_link(&stage.acme.company).await;
        json!({ "role": stage.acme.company.role() })
    })
}

fn link<'a>(stage: &'a Stage, _: &'a str) -> BoxFuture<'a, Value> {
    Box::pin(async move { json!({ "link": invite(stage).await.link.expose() }) })
}

async fn invite(stage: &Stage) -> InviteCreated {
    let create = CreateInvite::new(stage.acme.company.role());
    stage.world.handclasp.invites().create(stage.acme.company.admin(), create).await.expect("an invite can be created")
}

async fn asked(stage: &Stage) -> Connection {
    let (acme, bolt) = (&stage.acme.company, &stage.bolt.company);
    let request = RequestConnection::new(bolt.id, acme.role());
    stage.world.handclasp.connections().request(acme.admin(), request).await.expect("Bolt can be asked")
}

async fn connected(stage: &Stage) -> Connection {
    let accept = AcceptRequest::new(asked(stage).await.request.expect("a pending request"));
    let bolt = stage.bolt.company.admin();
    stage.world.handclasp.connections().accept(bolt, accept).await.expect("Bolt can accept").connection
}
