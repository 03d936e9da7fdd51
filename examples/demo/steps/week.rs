//! Seven days pass, in a moment: what nobody has opened is over.

use anyhow::{Context, Result, ensure};
use handclasp::invites::{InviteCounts, ListInvites, ResendInvite};
use handclasp::testing::ManualClock;
use handclasp::{Handclasp, Link, Timestamp};
use serde::Serialize;

use super::invites::{Course, Sent};
use super::visitors::{dead, key, read};
use super::{Client, Counts, Network, deliver};
use crate::postbox::Postbox;

/// What came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    /// What the clock of the story shows now.
    pub(crate) now: Timestamp,
    /// Links that nobody had opened.
    pub(crate) unopened: usize,
    /// How many of them still led somewhere one microsecond before the end, and at the end.
    pub(crate) alive_before: usize,
    pub(crate) alive_after: usize,
    /// By what was said.
    pub(crate) refusals: Counts,
    /// Sent again, for seven fresh days, and accepted.
    pub(crate) resent: usize,
    pub(crate) clients: Vec<Invites>,
}

/// What a client's invites are now; it alone sees that.
#[derive(Debug, Serialize)]
pub(crate) struct Invites {
    pub(crate) client: String,
    #[serde(flatten)]
    pub(crate) counts: InviteCounts,
}

/// Moves the clock to the end of the invites, and sends some of them again.
pub(crate) async fn passes(
    handclasp: &Handclasp,
    clock: &ManualClock,
    postbox: &Postbox,
    (sent, unused): (&[Sent], Vec<Link>),
    (clients, network): (&[Client], &Network),
) -> Result<((), Facts)> {
    let mut facts = Facts {
        now: Timestamp::MIN,
        unopened: unused.len(),
        alive_before: 0,
        alive_after: 0,
        refusals: Counts::new(),
        resent: 0,
        clients: Vec::new(),
    };
    if let Some(end) = sent.iter().map(|sent| sent.invite.ends_at).max() {
        clock.set(Timestamp::from_micros(end.as_micros() - 1)?);
        facts.alive_before = alive(handclasp, &unused).await;
        clock.set(end);
        facts.now = end;
    }
    facts.alive_after = alive(handclasp, &unused).await;
    for link in &unused {
        *facts.refusals.entry(dead(handclasp.invites().open(link, None).await)?).or_default() += 1;
    }
    facts.resent = resend(handclasp, postbox, sent, network).await?;
    for client in clients {
        let page = handclasp.invites().list(client.business.actor(), ListInvites::default()).await?;
        facts.clients.push(Invites { client: client.business.name.clone(), counts: page.counts });
    }
    Ok(((), facts))
}

async fn alive(handclasp: &Handclasp, links: &[Link]) -> usize {
    let mut alive = 0;
    for link in links {
        alive += usize::from(handclasp.invites().preview(link.expose()).await.is_ok());
    }
    alive
}

/// Sends again, and lets the invited accept in one go.
async fn resend(handclasp: &Handclasp, postbox: &Postbox, sent: &[Sent], network: &Network) -> Result<usize> {
    let mut fresh = Vec::new();
    for sent in sent.iter().filter(|sent| sent.course == Course::Resend) {
        let created = handclasp.invites().resend(&sent.inviter, ResendInvite::new(sent.invite.id)).await?;
        fresh.push((sent, created.link));
    }
    deliver::now(handclasp, postbox, "invite").await?;
    let mut mailed = read(handclasp, postbox).await?;
    let mut resent = 0;
    for (sent, shown) in fresh {
        // A copied one has been handed over; a mailed one is taken from its mail.
        let link = match sent.copied {
            Some(_) => shown,
            None => mailed.remove(&key(sent)).with_context(|| format!("no second mail has come to {}", sent.to))?,
        };
        ensure!(handclasp.invites().preview(link.expose()).await.is_ok(), "a resent link leads nowhere");
        if let Some(visitor) = network.of_admin(&sent.to) {
            handclasp.invites().redeem(visitor.actor(), &link).await.context("a resent link was not accepted")?;
            resent += 1;
        }
    }
    Ok(resent)
}
