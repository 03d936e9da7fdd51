//! `invites`: personal invites, and what visitors do with any link.

mod accept;
mod create;
mod decline;
mod lead;
mod open;
mod place;
mod reads;
mod revoke;
mod send;

use self::accept::{Accept, Redeem};
pub use self::create::CreateInvite;
use self::decline::Decline;
use self::open::Open;
pub use self::reads::{GetInvite, InviteCounts, InvitesPage, ListInvites};
pub use self::revoke::RevokeInvite;
pub use self::send::{ResendInvite, SendInvite};
use super::Handclasp;
use super::actor::Caller;
use super::view::{Stop, View};
use super::views::{Connected, Opened, Preview};
use super::walk::{By, Call};
use crate::error::Error;
use crate::id::MemberId;
use crate::model::{Author, invite};
use crate::storage::Key;
use crate::token::{Claim, Link, LinkRef};

/// Personal invites, and what visitors do with any link.
#[derive(Debug, Clone, Copy)]
pub struct Invites<'a>(pub(super) &'a Handclasp);

impl Invites<'_> {
    /// What a link or claim leads to. It changes nothing, for anybody, any number of times: answer a GET with it, since
    /// mail scanners follow links too.
    ///
    /// # Errors
    /// `invite_invalid_or_expired`, whatever the cause.
    pub async fn preview(&self, link_or_claim: &str) -> Result<Preview, Error> {
        let inner = &self.0.inner;
        let link = inner.configuration.keys.verify(link_or_claim)?;
        inner.look("invites.preview", By::Visitor, |view, cx| Ok(lead::lead(view, link, None, cx.now)?.preview())).await
    }

    /// The one click. It consumes a personal link, which is dead for everybody from then on, and answers with a claim
    /// for the visitor's session; a group link gives a claim and stays. Answer a POST with it.
    ///
    /// A lost answer is got again with the same idempotency key.
    ///
    /// # Errors
    /// `invite_invalid_or_expired`, whatever the cause.
    pub async fn open(&self, link: &Link, idempotency_key: Option<&str>) -> Result<Opened, Error> {
        let inner = &self.0.inner;
        let opened = match inner.configuration.keys.verify(link.expose())? {
            link @ LinkRef::Group(..) => {
                inner.look("invites.open", By::Visitor, |view, cx| open::open_group(view, link, cx.now)).await?
            }
            link @ (LinkRef::Personal(..) | LinkRef::PersonalClaim(..) | LinkRef::GroupClaim(..)) => {
                inner.walk(Call { by: By::Visitor, key: idempotency_key }, &Open(link)).await?
            }
        };
        opened.try_map(|claim| inner.configuration.keys.claim(claim))
    }

    /// Connects the acting business, as contractor, by the claim that opening gave. Everything is checked again: role
    /// and client live, the inviter still able to invite, the address verified.
    ///
    /// # Errors
    /// `invite_invalid_or_expired`, `already_connected` (the claim is not consumed), `email_not_verified`,
    /// `email_mismatch`, `self_action_forbidden`, `limit_exceeded` (connections), `forbidden`, also for a link to a
    /// client that has ended the connection since (the link is not consumed).
    pub async fn accept(&self, by: impl Into<Caller>, claim: &Claim) -> Result<Connected, Error> {
        let by = by.into();
        let claim = self.0.inner.configuration.keys.verify(claim.expose())?;
        self.0.inner.walk(Call::from(&by), &Accept(claim)).await
    }

    /// Says no to a personal invite, with the claim that opening gave. Nobody is mailed. A claim of a group link has
    /// nothing to end, and nothing happens.
    ///
    /// # Errors
    /// `invite_invalid_or_expired`, whatever the cause.
    pub async fn decline(&self, claim: &Claim, idempotency_key: Option<&str>) -> Result<Preview, Error> {
        let claim = self.0.inner.configuration.keys.verify(claim.expose())?;
        self.0.inner.walk(Call { by: By::Visitor, key: idempotency_key }, &Decline(claim)).await
    }

    /// Opens and accepts in one, for somebody signed in. Refused, it consumes nothing.
    ///
    /// # Errors
    /// As [`Invites::accept`].
    pub async fn redeem(&self, by: impl Into<Caller>, link: &Link) -> Result<Connected, Error> {
        let by = by.into();
        let link = self.0.inner.configuration.keys.verify(link.expose())?;
        self.0.inner.walk(Call::from(&by), &Redeem(link)).await
    }
}

/// The membership by which an invite was made.
fn membership(terms: &invite::Terms) -> Option<MemberId> {
    match terms.inviter {
        Author::Person(person) => Some(MemberId::of(terms.client, person)),
        Author::System | Author::Visitor => None,
    }
}

/// The keys that [`authority`] will ask for, to be wanted with others.
fn authority_keys(terms: &invite::Terms) -> impl Iterator<Item = Key> + use<> {
    std::iter::once(terms.client.into()).chain(membership(terms).map(Into::into))
}

/// The authority that an invite's inviter and client have now.
pub(super) fn authority(view: &View, terms: &invite::Terms) -> Result<invite::Authority, Stop> {
    view.want(authority_keys(terms))?;
    let business = view.get_or_not_found(terms.client)?.authority;
    let member = match membership(terms) {
        Some(membership) => view.find(membership)?.map(|member| member.authority),
        None => None,
    };
    Ok(invite::Authority { member, business })
}
