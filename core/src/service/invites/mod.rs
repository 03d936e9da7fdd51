//! `invites`: personal invites, and what visitors do with any link.

mod accept;
mod create;
mod lead;
mod open;
mod revoke;

use serde::{Deserialize, Serialize};

use self::accept::{Accept, Redeem};
use self::open::Open;
use super::Handclasp;
use super::actor::Caller;
use super::view::{Stop, View};
use super::views::{Connected, Invite, InviteCreated, Opened, Preview};
use super::walk::{By, Call};
use crate::error::Error;
use crate::id::{ContractorRoleId, InviteId, MemberId};
use crate::model::{Author, invite};
use crate::storage::Key;
use crate::token::{Claim, Link, LinkRef};

/// Personal invites, and what visitors do with any link.
#[derive(Debug, Clone, Copy)]
pub struct Invites<'a>(pub(super) &'a Handclasp);

/// What to create.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateInvite {
    /// The contractor role of the connection to be.
    pub role: ContractorRoleId,
    /// Where to mail the link, as one bare e-mail address. Without it the answer's link is all there is.
    #[serde(default)]
    pub address: Option<String>,
    /// Whether only somebody with that verified address can accept; so it is unless said otherwise.
    #[serde(default = "yes")]
    pub bind: bool,
    /// A word to the invited, up to 2 000 graphemes, lines allowed.
    #[serde(default)]
    pub message: Option<String>,
    /// The language of the mail, as a BCP 47 tag.
    #[serde(default)]
    pub language: Option<String>,
    /// How long the link lives, in seconds: from 1 to 604 800, which is seven days and what it is unless said otherwise.
    #[serde(default, with = "crate::time::seconds")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>"))]
    pub life: Option<std::time::Duration>,
}

const fn yes() -> bool {
    true
}

impl CreateInvite {
    /// A link for seven days that nobody is mailed.
    #[must_use]
    pub const fn new(role: ContractorRoleId) -> Self {
        Self { role, address: None, bind: true, message: None, language: None, life: None }
    }

    /// The same, mailed and bound to an address.
    #[must_use]
    pub fn to(self, address: impl Into<String>) -> Self {
        Self { address: Some(address.into()), ..self }
    }
}

/// Which invite to revoke.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RevokeInvite {
    /// The invite.
    pub invite: InviteId,
}

impl RevokeInvite {
    /// This invite.
    #[must_use]
    pub const fn new(invite: InviteId) -> Self {
        Self { invite }
    }
}

impl Invites<'_> {
    /// Creates a personal invite and shows its link, this once. With an address it is mailed there and, unless `bind`
    /// is false, only somebody with that verified address can accept; another live invite for the same address and role
    /// is superseded.
    ///
    /// # Errors
    /// `not_found` for the role, `wrong_state` for an archived one, `forbidden` for a business that is no client
    /// account, `rate_limited` for a mailed one, `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, invites::CreateInvite};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let created = handclasp.invites().create(admin, CreateInvite::new(supplier).to("kim@k1.example")).await?;
    /// assert!(created.invite.bound);
    /// assert!(created.link.expose().starts_with("https://app.example.com/join/hclasp1_"));
    /// assert_eq!(format!("{:?}", created.link), "Link(…)");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(&self, by: impl Into<Caller>, create: CreateInvite) -> Result<InviteCreated, Error> {
        let by = by.into();
        let inner = &self.0.inner;
        let created = inner.walk(Call::from(&by), &create::check(&create)?).await?;
        created.try_map(|link| inner.configuration.keys.link(link, inner.configuration.pages.join()))
    }

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
    /// `email_mismatch`, `self_action_forbidden`, `limit_exceeded` (connections), `forbidden`.
    pub async fn accept(&self, by: impl Into<Caller>, claim: &Claim) -> Result<Connected, Error> {
        let by = by.into();
        let claim = self.0.inner.configuration.keys.verify(claim.expose())?;
        self.0.inner.walk(Call::from(&by), &Accept(claim)).await
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

    /// Ends a pending or opened invite; its link or claim is dead when this returns. An expired one stays as it is.
    ///
    /// # Errors
    /// `not_found`, `already_decided`.
    pub async fn revoke(&self, by: impl Into<Caller>, revoke: RevokeInvite) -> Result<Invite, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &revoke).await
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
