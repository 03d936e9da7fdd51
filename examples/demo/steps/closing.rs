//! What exists in the end, as the library tells it.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Result;
use futures_util::{StreamExt, stream};
use handclasp::connections::{ConnectionCounts, ListConnections};
use handclasp::history::HistorySince;
use handclasp::{Actor, Handclasp};

use super::{Network, Registered};
use crate::place::Place;
use crate::postbox::Postbox;
use crate::report::Lines;

/// So many pages are asked for at once.
const AT_ONCE: usize = 32;

/// Counts from the feed of events, and connections from the Clients page of every business.
pub(crate) async fn table(handclasp: &Handclasp, network: &Network) -> Result<((), Lines)> {
    let events = events(handclasp).await?;
    let mut lines = Vec::new();
    for (what, event) in [
        ("businesses", "business.registered"),
        ("client accounts", "business.client_account_set"),
        ("members", "member.added"),
        ("contractor roles", "contractor_role.created"),
        ("personal invites", "invite.created"),
    ] {
        lines.push(row(events.get(event).copied().unwrap_or(0), what));
    }
    let (counts, clients) = connections(handclasp, network).await?;
    lines.push(row(counts.connected, &format!("connections, and {} that wait for an answer", counts.pending)));
    lines.extend(clients.into_iter().map(|(to, count)| format!("{count:>11}  {to}")));
    lines.push(row(events.values().sum(), "events in the history"));
    Ok(((), lines))
}

fn row(count: u64, what: &str) -> String {
    format!("{count:>7}  {what}")
}

/// How often each kind of thing happened.
async fn events(handclasp: &Handclasp) -> Result<BTreeMap<String, u64>> {
    let (mut events, mut since) = (BTreeMap::new(), HistorySince::default());
    since.limit = Some(1_000);
    loop {
        let feed = handclasp.history().since(Actor::system(), since).await?;
        if feed.entries.is_empty() {
            return Ok(events);
        }
        since.after = feed.next;
        for entry in feed.entries {
            *events.entry(entry.entry.event).or_default() += 1;
        }
    }
}

/// How many connections there are, and how many to each client and role.
async fn connections(handclasp: &Handclasp, network: &Network) -> Result<(ConnectionCounts, BTreeMap<String, u64>)> {
    let page =
        async |business: &Registered| handclasp.connections().clients(business.actor(), ListConnections::default()).await;
    let mut pages = stream::iter(network.iter()).map(page).buffer_unordered(AT_ONCE);
    let (mut counts, mut clients) = (ConnectionCounts::default(), BTreeMap::new());
    while let Some(page) = pages.next().await {
        let page = page?;
        counts.pending += page.counts.pending;
        counts.connected += page.counts.connected;
        for connection in page.connections {
            *clients.entry(format!("to {} as {}", connection.other.name, connection.role_name)).or_default() += 1;
        }
    }
    Ok((counts, clients))
}

/// Where everything lies.
pub(crate) fn places(place: &Place, postbox: &Postbox, seconds: f64) -> String {
    let mails: usize = postbox.kinds().values().sum();
    let size = fs::metadata(&place.database).map_or(0, |file| file.len().div_ceil(1024));
    let mut text = format!("\nDone in {seconds:.2} s.\n");
    text += &format!("   database  {} ({size} KiB)\n", place.database.display());
    text += &format!("   mails     {} ({mails} .eml files)\n", place.mail.display());
    if let Some(invite) = postbox.of_kind("invite").first() {
        text += &format!("   an invite {}", invite.display());
    }
    text
}
