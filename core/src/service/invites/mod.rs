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
#[cfg(feature = "testing")]
use super::actor::Actor;
use super::actor::Caller;
use super::view::{MemberOf, Names, Stop, View};
use super::views::{Connected, Opened, Preview};
use super::walk::{By, Call, Operation};
use crate::error::Error;
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
    ///
    /// ```
    /// # use handclasp::{testing, invites::CreateInvite};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let link = handclasp.invites().create(admin, CreateInvite::new(supplier)).await?.link;
    /// let preview = handclasp.invites().preview(link.expose()).await?;
    /// assert_eq!((preview.client.name.as_str(), preview.role.as_str()), ("Acme", "Supplier"));
    /// let nonsense = handclasp.invites().preview("nonsense").await.unwrap_err();
    /// assert_eq!(nonsense.code(), "invite_invalid_or_expired");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn preview(&self, link_or_claim: &str) -> Result<Preview, Error> {
        let inner = &self.0.inner;
        let link = By::Visitor.told("invites.preview", inner.configuration.keys.verify(link_or_claim))?;
        inner.look("invites.preview", By::Visitor, |view, cx| Ok(lead::lead(view, link, None, cx.now)?.preview())).await
    }

    /// The one click. It consumes a personal link, which is dead for everybody from then on, and answers with a claim
    /// for the visitor's session; a group link gives a claim and stays. Answer a POST with it.
    ///
    /// A lost answer is got again with the same idempotency key.
    ///
    /// # Errors
    /// `invite_invalid_or_expired`, whatever the cause.
    ///
    /// ```
    /// # use handclasp::{testing, invites::CreateInvite};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let link = handclasp.invites().create(admin, CreateInvite::new(supplier)).await?.link;
    /// let opened = handclasp.invites().open(&link, Some("click-1")).await?;
    /// let same_click = handclasp.invites().open(&link, Some("click-1")).await?;
    /// assert_eq!(same_click.claim.expose(), opened.claim.expose());
    /// let other_click = handclasp.invites().open(&link, Some("click-2")).await.unwrap_err();
    /// assert_eq!(other_click.code(), "invite_invalid_or_expired");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn open(&self, link: &Link, idempotency_key: Option<&str>) -> Result<Opened, Error> {
        let inner = &self.0.inner;
        let call = Call { by: By::Visitor, key: idempotency_key };
        let opened = match call.by.told(Open::NAME, inner.configuration.keys.verify(link.expose()))? {
            link @ LinkRef::Group(..) => {
                inner.look(Open::NAME, call.by, |view, cx| open::open_group(view, link, cx.now)).await?
            }
            link @ (LinkRef::Personal(..) | LinkRef::PersonalClaim(..) | LinkRef::GroupClaim(..)) => {
                inner.walk(call, &Open(link)).await?
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
    ///
    /// ```
    /// # use handclasp::{testing, Actor, Email, PersonId, businesses::Register, people::Profile};
    /// # use handclasp::invites::CreateInvite;
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// # let kim = PersonId::from_uuid(uuid::Uuid::from_u128(9));
    /// # let bolt = Register::new("Bolt", Profile::new(kim, "Kim Lee", "kim@bolt.example"));
    /// # let bolt = handclasp.businesses().register(Actor::system(), bolt).await?.id;
    /// let link = handclasp.invites().create(admin, CreateInvite::new(supplier).to("kim@bolt.example")).await?.link;
    /// let claim = handclasp.invites().open(&link, None).await?.claim;
    /// let kim = Actor::person(kim, bolt);
    /// assert_eq!(handclasp.invites().accept(&kim, &claim).await.unwrap_err().code(), "email_not_verified");
    /// let kim = kim.with_verified(Email::parse("kim@bolt.example")?);
    /// let connected = handclasp.invites().accept(&kim, &claim).await?;
    /// assert_eq!(connected.connection.other.name, "Acme");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn accept(&self, by: impl Into<Caller>, claim: &Claim) -> Result<Connected, Error> {
        let (inner, by) = (&self.0.inner, by.into());
        let call = Call::from(&by);
        let accept = call.checked(inner.configuration.keys.verify(claim.expose()).map(Accept))?;
        inner.walk(call, &accept).await
    }

    /// Says no to a personal invite, with the claim that opening gave. Nobody is mailed. A claim of a group link has
    /// nothing to end, and nothing happens.
    ///
    /// # Errors
    /// `invite_invalid_or_expired`, whatever the cause.
    ///
    /// ```
    /// # use handclasp::{testing, model::invite::Status, invites::{CreateInvite, GetInvite}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let created = handclasp.invites().create(&admin, CreateInvite::new(supplier)).await?;
    /// let claim = handclasp.invites().open(&created.link, None).await?.claim;
    /// assert_eq!(handclasp.invites().decline(&claim, None).await?.client.name, "Acme");
    /// let invite = handclasp.invites().get(&admin, GetInvite::new(created.invite.id)).await?;
    /// assert_eq!(invite.status, Status::Declined);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn decline(&self, claim: &Claim, idempotency_key: Option<&str>) -> Result<Preview, Error> {
        let inner = &self.0.inner;
        let call = Call { by: By::Visitor, key: idempotency_key };
        let decline = call.checked(inner.configuration.keys.verify(claim.expose()).map(Decline))?;
        inner.walk(call, &decline).await
    }

    /// Opens and accepts in one, for somebody signed in. Refused, it consumes nothing.
    ///
    /// # Errors
    /// As [`Invites::accept`].
    ///
    /// ```
    /// # use handclasp::{testing, Actor, PersonId, businesses::Register, invites::CreateInvite, people::Profile};
    /// # use handclasp::model::connection::Status;
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// # let kim = PersonId::from_uuid(uuid::Uuid::from_u128(9));
    /// # let bolt = Register::new("Bolt", Profile::new(kim, "Kim Lee", "kim@bolt.example"));
    /// # let bolt = handclasp.businesses().register(Actor::system(), bolt).await?.id;
    /// let link = handclasp.invites().create(&admin, CreateInvite::new(supplier)).await?.link;
    /// let oneself = handclasp.invites().redeem(&admin, &link).await.unwrap_err();
    /// assert_eq!(oneself.code(), "self_action_forbidden");
    /// let connected = handclasp.invites().redeem(Actor::person(kim, bolt), &link).await?;
    /// assert_eq!(connected.connection.status, Status::Connected);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn redeem(&self, by: impl Into<Caller>, link: &Link) -> Result<Connected, Error> {
        let (inner, by) = (&self.0.inner, by.into());
        let call = Call::from(&by);
        let redeem = call.checked(inner.configuration.keys.verify(link.expose()).map(Redeem))?;
        inner.walk(call, &redeem).await
    }
}

/// Parts of a redeem alone, for benches.
#[cfg(feature = "testing")]
impl Handclasp {
    /// Whether the text is a link or claim of this handle.
    pub(crate) fn verifies(&self, link: &Link) -> bool {
        self.inner.configuration.keys.verify(link.expose()).is_ok()
    }

    /// The decision, as often as it is called, on records that are loaded once; whether it said yes.
    pub(crate) async fn redeeming<'a>(&'a self, by: &'a Actor, link: &Link) -> Result<impl Fn() -> bool + 'a, Error> {
        let link = self.inner.configuration.keys.verify(link.expose())?;
        self.inner.deciding(By::Actor(by), Redeem(link)).await
    }
}

/// The membership by which an invite was made.
fn membership(terms: &invite::Terms) -> Option<MemberOf> {
    match terms.inviter {
        Author::Person(person) => Some(MemberOf(terms.client, person)),
        Author::System | Author::Visitor => None,
    }
}

/// The keys that [`authority`] will ask for, to be wanted with others.
fn authority_keys(terms: &invite::Terms) -> impl Iterator<Item = Key> + use<> {
    std::iter::once(terms.client.into()).chain(membership(terms).map(MemberOf::key))
}

/// The authority that an invite's inviter and client have now.
pub(super) fn authority(view: &View, terms: &invite::Terms) -> Result<invite::Authority, Stop> {
    let membership = membership(terms);
    view.want(std::iter::once(terms.client.into()).chain(membership.and_then(|membership| view.missing(membership))))?;
    let business = view.get_or_not_found(terms.client)?.authority;
    let member = match membership {
        Some(membership) => view.find(membership)?.map(|member| member.authority),
        None => None,
    };
    Ok(invite::Authority { member, business })
}
