//! One link, many contractors, all at once.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use handclasp::group_links::OfRole;
use handclasp::{Actor, Email, Error, Handclasp, Link};
use serde::Serialize;
use tokio::task::JoinSet;

use super::{Client, Counts, Network, Registered};
use crate::input::{ClientRow, InviteRow, RequestRow};
use crate::report::Progress;
use crate::table::Table;

/// So many contractors join, if there are so many.
const CONTRACTORS: usize = 100;

/// What came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) client: String,
    pub(crate) role: String,
    pub(crate) visitors: usize,
    pub(crate) connected: usize,
    /// By error code.
    pub(crate) refused: Counts,
    /// What the old link is answered with after a refresh.
    pub(crate) after_refresh: String,
}

/// Who comes by the group link: everybody who is no client, and of whom no other file tells.
pub(crate) fn guests(
    network: &Network,
    clients: &Table<ClientRow>,
    invites: &Table<InviteRow>,
    requests: &Table<RequestRow>,
) -> Vec<Registered> {
    let invited = invites.rows.iter().filter_map(|row| Email::parse(&row.row.email).ok());
    let mut others: BTreeSet<_> = invited.filter_map(|email| network.of_admin(&email)).map(|of| of.id).collect();
    let clients = clients.rows.iter().map(|row| &row.row.name);
    let named: BTreeSet<_> = clients.chain(requests.rows.iter().map(|row| &row.row.contractor)).collect();
    others.extend(network.iter().filter(|business| named.contains(&business.name)).map(|business| business.id));
    network.iter().filter(|business| !others.contains(&business.id)).take(CONTRACTORS).cloned().collect()
}

/// Enables the first client's group link, lets contractors join through it, and makes a new one in its place.
pub(crate) async fn join(
    handclasp: &Handclasp,
    clients: &[Client],
    guests: Vec<Registered>,
    progress: &Progress,
) -> Result<((), Facts)> {
    let client = clients.first().context("there is no client")?;
    let role = &client.first_role().context("the client has no contractor role")?.role;
    let (admin, of) = (client.business.actor(), OfRole::new(role.id));
    let links = handclasp.group_links();
    links.enable(&admin, of).await?;
    let link = links.copy(&admin, of).await?.link.context("an enabled group link was not shown")?;
    let again = links.copy(&admin, of).await?.link;
    ensure!(again.is_some_and(|again| again.expose() == link.expose()), "a group link copied twice was not the same");

    let mut joining = JoinSet::new();
    for guest in guests {
        joining.spawn(visit(handclasp.clone(), link.clone(), guest.actor()));
    }
    let (visitors, mut connected, mut refused) = (joining.len(), 0, Counts::new());
    while let Some(outcome) = joining.join_next().await {
        progress.tick(visitors);
        match outcome? {
            Ok(()) => connected += 1,
            Err(fault @ Error::Fault(_)) => return Err(fault).context("a contractor could not join"),
            Err(error) => *refused.entry(error.code().to_owned()).or_default() += 1,
        }
    }
    links.refresh(&admin, of).await?;
    let after_refresh = match handclasp.invites().open(&link, None).await {
        Err(error @ Error::InviteInvalidOrExpired) => error.to_string(),
        other => other.map(|_| String::new()).context("a refreshed link was not refused as every dead link is")?,
    };
    ensure!(!after_refresh.is_empty(), "a group link opened after it was refreshed");
    let (client, role) = (client.business.name.clone(), role.name.clone());
    Ok(((), Facts { client, role, visitors, connected, refused, after_refresh }))
}

/// What a browser does: open, keep the claim while the visitor signs in, accept.
async fn visit(handclasp: Handclasp, link: Link, contractor: Actor) -> Result<(), Error> {
    let opened = handclasp.invites().open(&link, None).await?;
    handclasp.invites().accept(contractor, &opened.claim).await.map(|_| ())
}
