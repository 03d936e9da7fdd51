//! What people do with the links that they got, some of it in vain.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use handclasp::invites::{GetInvite, RevokeInvite};
use handclasp::model::invite::Status;
use handclasp::{Actor, Error, Handclasp, Link};
use serde::Serialize;

use super::invites::{Course, Sent};
use super::{Counts, Network};
use crate::postbox::{Invitation, Postbox};
use crate::report::Progress;

/// So many visitors come at once.
const AT_ONCE: usize = 16;
/// So often a scanner looks at a link.
const LOOKS: usize = 3;

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Facts {
    pub(crate) mails_read: usize,
    pub(crate) courses: BTreeMap<Course, usize>,
    pub(crate) previews_by_scanners: usize,
    /// Links that wait: nobody of that address is an Admin here.
    pub(crate) strangers: usize,
    /// By what was said.
    pub(crate) refusals: Counts,
}

/// What came of one link: what every refusal that had to be said.
type Refusals = Vec<String>;

/// Lets the invited read their mails and use the links. Gives the links that nobody has used.
pub(crate) async fn all(
    handclasp: &Handclasp,
    postbox: &Postbox,
    sent: &[Sent],
    network: &Network,
    progress: &Progress,
) -> Result<(Vec<Link>, Facts)> {
    let mut mailed = read(handclasp, postbox).await?;
    let (mut facts, mut unused, mut visits) = (Facts { mails_read: mailed.len(), ..Facts::default() }, vec![], vec![]);
    for sent in sent {
        let link = match &sent.copied {
            Some(link) => link.clone(),
            None => mailed.remove(&key(sent)).with_context(|| format!("no mail has come to {}", sent.to))?,
        };
        match (network.of_admin(&sent.to), sent.course) {
            (_, Course::Expire | Course::Resend) => unused.push(link),
            (None, _) => {
                facts.strangers += 1;
                unused.push(link);
            }
            (Some(visitor), course) => {
                *facts.courses.entry(course).or_default() += 1;
                visits.push(visit(handclasp, sent, link, visitor.actor()));
            }
        }
    }
    let total = visits.len();
    let mut visiting = stream::iter(visits).buffer_unordered(AT_ONCE);
    while let Some(refusals) = visiting.try_next().await? {
        progress.tick(total);
        for refusal in refusals {
            *facts.refusals.entry(refusal).or_default() += 1;
        }
    }
    facts.previews_by_scanners = LOOKS * facts.courses.get(&Course::Scanner).unwrap_or(&0);
    Ok((unused, facts))
}

/// Whom an invite is for, from whom, as what; all of it stands on the page that previews a link.
type Key = (String, handclasp::BusinessId, String);

pub(crate) fn key(sent: &Sent) -> Key {
    (sent.to.canonical(), sent.client, sent.role.clone())
}

/// The links in the mails that have come.
pub(crate) async fn read(handclasp: &Handclasp, postbox: &Postbox) -> Result<BTreeMap<Key, Link>> {
    let mut links = BTreeMap::new();
    for file in postbox.unread("invite") {
        let Invitation { to, link } = Invitation::read(&file)?;
        let preview = handclasp.invites().preview(link.expose()).await;
        let preview = preview.with_context(|| format!("the link mailed to {to} leads nowhere"))?;
        links.insert((to.canonical(), preview.client.id, preview.role), link);
    }
    Ok(links)
}

async fn visit(handclasp: &Handclasp, sent: &Sent, link: Link, visitor: Actor) -> Result<Refusals> {
    let invites = handclasp.invites();
    let revoke = async || invites.revoke(&sent.inviter, RevokeInvite::new(sent.invite.id)).await.context("revoking");
    if sent.course == Course::Revoke {
        revoke().await?;
        return Ok(vec![dead(invites.open(&link, None).await)?]);
    }
    if sent.course == Course::Scanner {
        scan(handclasp, sent, &link).await?;
    }
    let (claim, mut refusals) = click(handclasp, sent.course, &link).await?;
    match sent.course {
        Course::Decline => {
            invites.decline(&claim, None).await.context("declining")?;
            refusals.push(dead(invites.accept(&visitor, &claim).await)?);
        }
        Course::RevokeOpened => {
            revoke().await?;
            refusals.push(dead(invites.accept(&visitor, &claim).await)?);
        }
        _ => {
            invites.accept(&visitor, &claim).await.context("a claim that lives was not accepted")?;
        }
    }
    Ok(refusals)
}

/// A mail scanner follows the link as often as it likes: a GET previews, and uses up nothing.
async fn scan(handclasp: &Handclasp, sent: &Sent, link: &Link) -> Result<()> {
    for _ in 0..LOOKS {
        handclasp.invites().preview(link.expose()).await?;
    }
    let seen = handclasp.invites().get(&sent.inviter, GetInvite::new(sent.invite.id)).await?;
    ensure!(seen.status == Status::Pending, "looking at a link has changed it");
    Ok(())
}

/// The one click; of two at the same time, one opens.
async fn click(handclasp: &Handclasp, course: Course, link: &Link) -> Result<(handclasp::Claim, Refusals)> {
    let open = async || handclasp.invites().open(link, None).await;
    if course != Course::Twice {
        return Ok((open().await.context("a link that lives was not opened")?.claim, Vec::new()));
    }
    match tokio::join!(open(), open()) {
        (Ok(opened), other) | (other, Ok(opened)) => Ok((opened.claim, vec![dead(other)?])),
        (Err(error), Err(_)) => Err(error).context("neither of two clicks opened a link that lives"),
    }
}

/// What a dead link or claim is answered with; anything else is a failure of the demo.
pub(crate) fn dead<T>(outcome: Result<T, Error>) -> Result<String> {
    match outcome {
        Err(error @ Error::InviteInvalidOrExpired) => Ok(error.to_string()),
        Err(error) => Err(error).context("a dead link was refused with another answer than that for dead links"),
        Ok(_) => bail!("a dead link was taken"),
    }
}
