//! What exists in the end, as the library tells it.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Result;
use handclasp::connections::ConnectionCounts;
use handclasp::history::HistorySince;
use handclasp::{Actor, Handclasp};
use serde::Serialize;

use super::{Counts, Network, pages};
use crate::place::Place;
use crate::postbox::Postbox;
use crate::report::Progress;

/// The closing table.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    /// How often each kind of thing has happened.
    pub(crate) events: BTreeMap<String, u64>,
    /// Over the Clients pages of all businesses.
    pub(crate) connections: ConnectionCounts,
    /// By kind.
    pub(crate) mails: Counts,
}

/// Where everything lies.
#[derive(Debug, Serialize)]
pub(crate) struct Places {
    pub(crate) total_seconds: f64,
    pub(crate) database: String,
    pub(crate) bytes: u64,
    pub(crate) mail: String,
    pub(crate) mails: usize,
    pub(crate) an_invite: Option<String>,
}

/// Counts from the feed of events, and connections from the Clients page of every business.
pub(crate) async fn table(
    handclasp: &Handclasp,
    postbox: &Postbox,
    network: &Network,
    progress: &Progress,
) -> Result<((), Facts)> {
    let mut connections = ConnectionCounts::default();
    for counts in pages::counts(handclasp, network, progress).await? {
        connections.pending += counts.pending;
        connections.connected += counts.connected;
        connections.declined += counts.declined;
        connections.withdrawn += counts.withdrawn;
        connections.disconnected += counts.disconnected;
    }
    let mails = postbox.kinds().into_iter().map(|(kind, count)| (kind.to_owned(), count)).collect();
    Ok(((), Facts { events: events(handclasp).await?, connections, mails }))
}

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

/// Where everything lies.
pub(crate) fn places(place: &Place, postbox: &Postbox, total_seconds: f64) -> Places {
    Places {
        total_seconds: (total_seconds * 1_000.0).round() / 1_000.0,
        database: place.database.display().to_string(),
        bytes: fs::metadata(&place.database).map_or(0, |file| file.len()),
        mail: place.mail.display().to_string(),
        mails: postbox.kinds().values().sum(),
        an_invite: postbox.first("invite").map(|file| file.display().to_string()),
    }
}
