//! Contractors choose their categories and do what is required; the client looks at it.

use anyhow::{Context, Result};
use futures_util::{StreamExt, stream};
use handclasp::connections::{Classify, ListConnections, OfConnection, ReviewRequirement, SubmitRequirement};
use handclasp::contractor_roles::OfContractorRole;
use handclasp::model::workflow::{Choice, Progress as State, Verdict, WorkflowStatus};
use handclasp::views::{Category, Connection, WorkflowSummary};
use handclasp::{Actor, Handclasp};
use serde::Serialize;

use super::{Client, Network};
use crate::report::Progress;

const AT_ONCE: usize = 32;

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Facts {
    pub(crate) classified: usize,
    /// Connections whose categories still have to be chosen.
    pub(crate) not_classified: usize,
    pub(crate) submitted: usize,
    pub(crate) approved: usize,
    pub(crate) returned: usize,
    pub(crate) clients: Vec<Workflows>,
    pub(crate) summary: Option<WorkflowSummary>,
}

/// How many of a client's connections are how far.
#[derive(Debug, Serialize)]
pub(crate) struct Workflows {
    pub(crate) client: String,
    pub(crate) incomplete: u64,
    pub(crate) submitted: u64,
    pub(crate) approved: u64,
}

/// What was done for one connection.
struct Done {
    place: usize,
    classified: bool,
    states: Vec<State>,
    summary: Option<WorkflowSummary>,
}

/// Classifies, submits and reviews. By their place in the list, so that every run tells the same.
pub(crate) async fn all(
    handclasp: &Handclasp,
    clients: &[Client],
    network: &Network,
    progress: &Progress,
) -> Result<((), Facts)> {
    let mut work = Vec::new();
    for client in clients {
        for connection in required(handclasp, client).await? {
            work.push((client.business.actor(), connection));
        }
    }
    let total = work.len();
    let mut doing = stream::iter(work.into_iter().enumerate())
        .map(|(place, (client, connection))| one(handclasp, network, client, connection, place))
        .buffer_unordered(AT_ONCE);
    let (mut facts, mut first) = (Facts::default(), usize::MAX);
    while let Some(done) = doing.next().await {
        progress.tick(total);
        let done = done?;
        let of = |state| done.states.iter().filter(|of| **of == state).count();
        facts.submitted += done.states.len();
        (facts.approved, facts.returned) = (facts.approved + of(State::Approved), facts.returned + of(State::Returned));
        *if done.classified { &mut facts.classified } else { &mut facts.not_classified } += 1;
        if done.place < first && done.summary.is_some() {
            (first, facts.summary) = (done.place, done.summary);
        }
    }
    for client in clients {
        facts.clients.push(workflows(handclasp, client).await?);
    }
    Ok(((), facts))
}

/// A client's connections whose categories have to be chosen.
async fn required(handclasp: &Handclasp, client: &Client) -> Result<Vec<Connection>> {
    let mut list = ListConnections::default();
    (list.classification_required, list.limit) = (Some(true), Some(1_000));
    Ok(handclasp.connections().contractors(client.business.actor(), list).await?.connections)
}

/// One in ten does not get round to it; of the others, half submit, and the client looks at half of that.
async fn one(
    handclasp: &Handclasp,
    network: &Network,
    client: Actor,
    connection: Connection,
    place: usize,
) -> Result<Done> {
    let mut done = Done { place, classified: false, states: Vec::new(), summary: None };
    if place % 10 == 9 {
        return Ok(done);
    }
    let contractor = network.of(connection.other.id).context("a contractor is not registered")?.actor();
    let categories =
        handclasp.contractor_roles().categories(&contractor, OfContractorRole::new(connection.role)).await?;
    let choices = choices(&categories.categories, place);
    handclasp.connections().classify(&contractor, Classify::new(connection.id, choices)).await?;
    done.classified = true;
    if place.is_multiple_of(2) {
        done.states = require(handclasp, (&client, &contractor), &connection, place).await?;
        let summary = handclasp.connections().workflow_summary(&client, OfConnection::new(connection.id)).await?;
        done.summary = Some(summary);
    }
    Ok(done)
}

/// The mandatory categories, and the one that the place falls on; in each, the sub-category that it falls on.
fn choices(categories: &[Category], place: usize) -> Vec<Choice> {
    let chosen = place % categories.len().max(1);
    let of = categories.iter().enumerate().filter(|(nth, category)| category.mandatory || *nth == chosen);
    let choice = |(_, category): (usize, &Category)| {
        let subs = &category.sub_categories;
        let sub = subs.get(place / 2 % subs.len().max(1)).map(|sub| sub.id);
        Choice { category: category.id, sub_categories: sub.into_iter().collect() }
    };
    of.map(choice).collect()
}

/// Submits all that applies. The client approves every second contractor's, but returns one thing of every third of
/// those.
async fn require(
    handclasp: &Handclasp,
    (client, contractor): (&Actor, &Actor),
    connection: &Connection,
    place: usize,
) -> Result<Vec<State>> {
    let connections = handclasp.connections();
    let summary = connections.workflow_summary(contractor, OfConnection::new(connection.id)).await?;
    let mut states = Vec::new();
    for (nth, applies) in summary.requirements.iter().enumerate() {
        let requirement = applies.requirement.id;
        connections.submit_requirement(contractor, SubmitRequirement::new(connection.id, requirement)).await?;
        let (verdict, state) = match (place % 4, nth, place % 12) {
            (0, 0, 8) => (Verdict::Return, State::Returned),
            (0, ..) => (Verdict::Approve, State::Approved),
            _ => {
                states.push(State::Submitted);
                continue;
            }
        };
        connections.review_requirement(client, ReviewRequirement::new(connection.id, requirement, verdict)).await?;
        states.push(state);
    }
    Ok(states)
}

async fn workflows(handclasp: &Handclasp, client: &Client) -> Result<Workflows> {
    let count = async |status| {
        let mut list = ListConnections::default();
        (list.workflow_status, list.limit) = (Some(status), Some(1));
        let page = handclasp.connections().contractors(client.business.actor(), list).await;
        page.map(|page| page.counts.connected)
    };
    Ok(Workflows {
        client: client.business.name.clone(),
        incomplete: count(WorkflowStatus::Incomplete).await?,
        submitted: count(WorkflowStatus::Submitted).await?,
        approved: count(WorkflowStatus::Approved).await?,
    })
}
