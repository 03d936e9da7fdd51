//! Connections end, and some are made again.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use handclasp::connections::{AcceptRequest, Disconnect, ListConnections, OfConnection, RequestConnection};
use handclasp::group_links::OfRole;
use handclasp::model::connection::Status;
use handclasp::model::workflow::WorkflowStatus;
use handclasp::reasons::GivenReason;
use handclasp::testing::ManualClock;
use handclasp::views::Connection;
use handclasp::{Error, Handclasp};
use serde::Serialize;

use super::{Client, Network, Registered, deliver};
use crate::postbox::Postbox;

/// The kind of mail that tells of an end. It is sent at once: later, when the two are connected again, nobody is told.
const ENDED: &str = "connection_ended";

/// What came of it; nothing where there are too few connections.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Facts {
    /// To the other sides.
    pub(crate) mails: usize,
    pub(crate) by_client: Option<ByClient>,
    pub(crate) by_contractor: Option<ByContractor>,
    /// The contractor whose connection stays ended.
    pub(crate) for_good: Option<String>,
}

/// The client ends a connection and asks again.
#[derive(Debug, Serialize)]
pub(crate) struct ByClient {
    pub(crate) contractor: String,
    /// Whether the contractor sees the reason, which the client hides.
    pub(crate) reason_seen: bool,
    /// What the contractor's try through the group link is answered with.
    pub(crate) by_group_link: &'static str,
    pub(crate) workflow_before: Option<WorkflowStatus>,
    pub(crate) workflow_after: Option<WorkflowStatus>,
}

/// The contractor ends a connection and comes back.
#[derive(Debug, Serialize)]
pub(crate) struct ByContractor {
    pub(crate) contractor: String,
    pub(crate) reason: String,
    pub(crate) by_group_link: Status,
}

/// Ends three of the first client's connections; two are made again.
pub(crate) async fn some(
    handclasp: &Handclasp,
    (clock, postbox): (&ManualClock, &Postbox),
    clients: &[Client],
    network: &Network,
) -> Result<((), Facts)> {
    clock.advance(Duration::from_secs(3_600));
    let client = clients.first().context("there is no client")?;
    let mut connected = connected(handclasp, client).await?.into_iter();
    let (mut facts, before) = (Facts::default(), ended(postbox));
    if let Some(connection) = connected.next() {
        facts.by_client =
            Some(by_client((handclasp, postbox), client, contractor(network, &connection)?, &connection).await?);
    }
    if let Some(connection) = connected.next() {
        let contractor = contractor(network, &connection)?;
        facts.by_contractor = Some(by_contractor((handclasp, postbox), client, contractor, &connection).await?);
    }
    if let Some(connection) = connected.next() {
        let end = Disconnect::new(connection.id, "work_finished");
        let ended = handclasp.connections().disconnect(client.business.actor(), end).await?;
        facts.for_good = Some(ended.other.name);
    }
    deliver::now(handclasp, postbox, ENDED).await?;
    facts.mails = ended(postbox) - before;
    Ok(((), facts))
}

fn ended(postbox: &Postbox) -> usize {
    postbox.kinds().get(ENDED).copied().unwrap_or_default()
}

fn contractor<'a>(network: &'a Network, connection: &Connection) -> Result<&'a Registered> {
    network.of(connection.other.id).context("a contractor is not registered")
}

/// Connections of the role that has the group link, those with all approved first.
async fn connected(handclasp: &Handclasp, client: &Client) -> Result<Vec<Connection>> {
    let mut list = ListConnections::default();
    (list.statuses, list.limit) = (Some(vec![Status::Connected]), Some(1_000));
    list.role = client.first_role().map(|role| role.role.id);
    let mut connections = handclasp.connections().contractors(client.business.actor(), list).await?.connections;
    connections.sort_by_key(|connection| connection.workflow_status != Some(WorkflowStatus::Approved));
    Ok(connections)
}

async fn by_client(
    (handclasp, postbox): (&Handclasp, &Postbox),
    client: &Client,
    contractor: &Registered,
    before: &Connection,
) -> Result<ByClient> {
    let (connections, admin) = (handclasp.connections(), client.business.actor());
    let mut end = Disconnect::new(before.id, "work_finished");
    end.hide_reason = true;
    connections.disconnect(&admin, end).await?;
    deliver::now(handclasp, postbox, ENDED).await?;
    let seen = connections.get(contractor.actor(), OfConnection::new(before.id)).await?;
    let by_group_link = match by_link(handclasp, client, contractor).await {
        Err(error @ Error::Forbidden) => error.code(),
        Err(error) => return Err(error).context("the group link was refused with another answer"),
        Ok(_) => bail!("a group link has remade a connection that its client had ended"),
    };
    // Without a role: the earlier one.
    let asked = connections.request(&admin, RequestConnection::again(contractor.id)).await?;
    let request = asked.request.context("a request has no id")?;
    deliver::now(handclasp, postbox, ENDED).await?;
    connections.accept(contractor.actor(), AcceptRequest::new(request)).await?;
    let after = connections.get(&admin, OfConnection::new(before.id)).await?;
    Ok(ByClient {
        contractor: contractor.name.clone(),
        reason_seen: seen.ended.is_some_and(|ended| ended.reason.is_some()),
        by_group_link,
        workflow_before: before.workflow_status,
        workflow_after: after.workflow_status,
    })
}

async fn by_contractor(
    (handclasp, postbox): (&Handclasp, &Postbox),
    client: &Client,
    contractor: &Registered,
    before: &Connection,
) -> Result<ByContractor> {
    let mut end = Disconnect::new(before.id, "");
    end.reason = GivenReason::other("We move house, and are away for a while.");
    let ended = handclasp.connections().disconnect(contractor.actor(), end).await?;
    deliver::now(handclasp, postbox, ENDED).await?;
    let reason = ended.ended.and_then(|ended| ended.reason).and_then(|reason| reason.text);
    let by_group_link = by_link(handclasp, client, contractor).await.context("coming back by the group link")?;
    Ok(ByContractor { contractor: contractor.name.clone(), reason: reason.unwrap_or_default(), by_group_link })
}

/// The contractor tries the group link.
async fn by_link(handclasp: &Handclasp, client: &Client, contractor: &Registered) -> Result<Status, Error> {
    let Some(role) = client.first_role() else {
        return Err(Error::NotFound);
    };
    let copied = handclasp.group_links().copy(client.business.actor(), OfRole::new(role.role.id)).await?;
    let link = copied.link.ok_or(Error::NotFound)?;
    Ok(handclasp.invites().redeem(contractor.actor(), &link).await?.connection.status)
}
