//! One link, many contractors, all at once.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use handclasp::group_links::OfRole;
use handclasp::{Actor, Email, Error, Handclasp, Link};
use tokio::task::JoinSet;

use super::clients::Client;
use super::{Counts, Network, Registered};
use crate::report::{Lines, count};
use crate::rows::{InviteRow, Table};

/// So many contractors join, if there are so many.
const CONTRACTORS: usize = 100;

/// Enables the first client's group link and lets contractors join through it.
pub(crate) async fn join(
    handclasp: &Handclasp,
    clients: &[Client],
    invited: &Table<InviteRow>,
    network: &Network,
) -> Result<((), Lines)> {
    let client = clients.first().context("there is no client")?;
    let enabled = handclasp.group_links().enable(client.business.actor(), OfRole::new(client.role)).await?;
    let link = enabled.link.context("an enabled group link was not shown")?;

    let mut joining = JoinSet::new();
    for contractor in contractors(clients, invited, network).take(CONTRACTORS) {
        joining.spawn(visit(handclasp.clone(), link.clone(), contractor.actor()));
    }
    let (total, mut connected, mut refused) = (joining.len(), 0, Counts::default());
    for outcome in joining.join_all().await {
        match outcome {
            Ok(()) => connected += 1,
            Err(fault @ Error::Fault(_)) => return Err(fault).context("a contractor could not join"),
            Err(error) => refused.add(error.code()),
        }
    }
    let who = count(total, "contractor", "contractors");
    let mut lines = vec![
        format!("{} enables its link for {}", client.business.name, client.role_name),
        format!("{who} opened it and accepted at the same time: {connected} connected"),
    ];
    if !refused.is_empty() {
        lines.push(format!("refused: {}", refused.told()));
    }
    Ok(((), lines))
}

/// Who is neither a client nor gets an invite of their own.
fn contractors<'a>(
    clients: &[Client],
    invited: &Table<InviteRow>,
    network: &'a Network,
) -> impl Iterator<Item = &'a Registered> {
    let addresses = invited.rows.iter().filter_map(|row| Email::parse(&row.row.email).ok());
    let mut others: BTreeSet<_> =
        addresses.filter_map(|address| network.of_admin(&address)).map(|one| one.id).collect();
    others.extend(clients.iter().map(|client| client.business.id));
    network.iter().filter(move |business| !others.contains(&business.id))
}

/// What a browser does: open, keep the claim while the visitor signs in, accept.
async fn visit(handclasp: Handclasp, link: Link, contractor: Actor) -> Result<(), Error> {
    let opened = handclasp.invites().open(&link, None).await?;
    handclasp.invites().accept(contractor, &opened.claim).await.map(|_| ())
}
