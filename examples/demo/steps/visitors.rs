//! What people do with the links in their mails, some of it in vain.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use handclasp::invites::RevokeInvite;
use handclasp::{Actor, Error, Handclasp, InviteId, Link};
use tokio::task::JoinSet;

use super::Network;
use super::invites::Sent;
use crate::postbox::{Invitation, Postbox};
use crate::report::{Lines, count};

/// What comes of one mail. Chosen by its place, so that every run tells the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Once,
    /// The visitor comes back, with the link and with the claim.
    Twice,
    /// The client revokes before the link is opened.
    RevokedUnopened,
    /// The client revokes between opening and accepting.
    RevokedOpened,
}

impl Course {
    const fn of(place: usize) -> Self {
        match (place % 10, place % 3) {
            (4, _) => Self::RevokedUnopened,
            (9, _) => Self::RevokedOpened,
            (_, 0) => Self::Twice,
            _ => Self::Once,
        }
    }
}

/// Somebody with a mail, and the client who might change their mind.
struct Visit {
    course: Course,
    link: Link,
    invite: InviteId,
    visitor: Actor,
    inviter: Actor,
}

/// What came of it: the texts of all refusals that had to be.
struct Visited {
    course: Course,
    refusals: Vec<String>,
}

/// Lets the invited read their mails and use the links, all at once.
pub(crate) async fn all(
    handclasp: &Handclasp,
    postbox: &Postbox,
    sent: &Sent,
    network: &Network,
) -> Result<((), Lines)> {
    let files = postbox.of_kind("invite");
    let mut mails = files.iter().map(|file| Invitation::read(file)).collect::<Result<Vec<_>>>()?;
    // Files are named by chance.
    mails.sort_by_key(|mail| mail.to.canonical());
    for mail in &mails {
        let preview = handclasp.invites().preview(mail.link.expose()).await;
        preview.with_context(|| format!("the link mailed to {} does not open", mail.to))?;
    }
    let mut lines =
        vec![format!("{} previewed by mail scanners, which uses up nothing", count(mails.len(), "link", "links"))];

    let (mut visits, mut strangers) = (JoinSet::new(), 0);
    for (place, Invitation { to, link }) in mails.into_iter().enumerate() {
        match (network.of_admin(&to), sent.to(&to)) {
            (Some(invited), Some(invite)) => {
                let (visitor, inviter) = (invited.actor(), sent.inviter.clone());
                visits.spawn(visit(
                    handclasp.clone(),
                    Visit { course: Course::of(place), link, invite, visitor, inviter },
                ));
            }
            _ => strangers += 1,
        }
    }
    let visited = visits.join_all().await.into_iter().collect::<Result<Vec<_>>>()?;
    if strangers > 0 {
        lines.push(format!("{strangers} left alone: the address is no registered Admin's"));
    }
    lines.extend(told(&visited));
    Ok(((), lines))
}

async fn visit(handclasp: Handclasp, visit: Visit) -> Result<Visited> {
    let Visit { course, link, invite, visitor, inviter } = visit;
    let invites = handclasp.invites();
    let revoke = async || invites.revoke(&inviter, RevokeInvite::new(invite)).await.context("revoking failed");
    let mut refusals = Vec::new();
    if course == Course::RevokedUnopened {
        revoke().await?;
        refusals.push(dead(invites.open(&link, None).await)?);
        return Ok(Visited { course, refusals });
    }
    let claim = invites.open(&link, None).await.context("a link that lives was not opened")?.claim;
    if course == Course::RevokedOpened {
        revoke().await?;
        refusals.push(dead(invites.accept(&visitor, &claim).await)?);
        return Ok(Visited { course, refusals });
    }
    invites.accept(&visitor, &claim).await.context("a claim that lives was not accepted")?;
    if course == Course::Twice {
        refusals.push(dead(invites.open(&link, None).await)?);
        refusals.push(dead(invites.accept(&visitor, &claim).await)?);
    }
    Ok(Visited { course, refusals })
}

/// What a dead link or claim is answered with; anything else is a failure of the demo.
fn dead<T>(outcome: Result<T, Error>) -> Result<String> {
    match outcome {
        Err(error @ Error::InviteInvalidOrExpired) => Ok(error.to_string()),
        Err(error) => Err(error).context("a dead link was refused with another answer than that for dead links"),
        Ok(_) => bail!("a dead link was taken"),
    }
}

fn told(visited: &[Visited]) -> Lines {
    let of = |course| visited.iter().filter(|visited| visited.course == course).count();
    let (once, twice) = (of(Course::Once), of(Course::Twice));
    let mut lines = vec![
        format!("{} opened and accepted", once + twice),
        format!("{twice} of them tried a second time, with the link and with the claim: refused"),
        format!("{} revoked before they were opened: opening refused", of(Course::RevokedUnopened)),
        format!("{} revoked between opening and accepting: accepting refused", of(Course::RevokedOpened)),
    ];
    let refusals: Vec<_> = visited.iter().flat_map(|visited| &visited.refusals).collect();
    let answers: Vec<_> =
        refusals.iter().collect::<BTreeSet<_>>().into_iter().map(|text| format!("\"{text}\"")).collect();
    if !refusals.is_empty() {
        lines.push(format!("all {} refusals read: {}", refusals.len(), answers.join(", ")));
    }
    lines
}
