//! What people see: a contractor's Clients page and its dashboard.

use anyhow::{Context, Result};
use futures_util::{StreamExt, TryStreamExt, stream};
use handclasp::Handclasp;
use handclasp::connections::{ConnectionCounts, ListConnections, ListPending, Sort};
use handclasp::views::Connection;
use serde::Serialize;

use super::{Network, Registered};
use crate::report::Progress;

/// So many pages are asked for at once.
const AT_ONCE: usize = 32;

/// One contractor's pages.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) contractor: String,
    pub(crate) clients: Vec<Connection>,
    pub(crate) counts: ConnectionCounts,
    /// The requests that wait, the longest waiting first.
    pub(crate) dashboard: Vec<Connection>,
}

/// How many connections there are, whatever their status.
pub(crate) const fn total(counts: &ConnectionCounts) -> u64 {
    counts.pending + counts.connected + counts.declined + counts.withdrawn + counts.disconnected
}

/// The counts on every business's Clients page, in the order of the network.
pub(crate) async fn counts(
    handclasp: &Handclasp,
    network: &Network,
    progress: &Progress,
) -> Result<Vec<ConnectionCounts>> {
    let of = async |business: &Registered| {
        let mut list = ListConnections::default();
        list.limit = Some(1);
        Ok(handclasp.connections().clients(business.actor(), list).await?.counts)
    };
    let businesses: Vec<_> = network.iter().collect();
    let total = businesses.len();
    let pages = stream::iter(businesses).map(of).buffered(AT_ONCE).inspect(|_| progress.tick(total));
    pages.try_collect().await
}

/// Shows the pages of the contractor that has most to do with clients, and something to answer if any has.
pub(crate) async fn of_one(handclasp: &Handclasp, network: &Network, progress: &Progress) -> Result<((), Facts)> {
    let counts = counts(handclasp, network, progress).await?;
    let busiest = network.iter().zip(counts).max_by_key(|(_, counts)| (counts.pending.min(1), total(counts)));
    let (contractor, _) = busiest.context("no business is registered")?;
    let mut list = ListConnections::default();
    list.sort = Sort::LastChange;
    let page = handclasp.connections().clients(contractor.actor(), list).await?;
    let dashboard = handclasp.connections().pending(contractor.actor(), ListPending::default()).await?;
    let facts = Facts {
        contractor: contractor.name.clone(),
        clients: page.connections,
        counts: page.counts,
        dashboard: dashboard.connections,
    };
    Ok(((), facts))
}
