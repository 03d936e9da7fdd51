//! Mailing an invite that was made without an address, and putting a fresh one in the place of another.

use serde::{Deserialize, Serialize};

use super::super::actor::{Actor, Caller};
use super::super::authority::{Acting, acting};
use super::super::changes::Changes;
use super::super::contractor_roles::own;
use super::super::view::{Stop, View};
use super::super::views::{self, InviteCreated};
use super::super::walk::{Call, Context, Operation};
use super::place::take;
use super::{Invites, authority, authority_keys};
use crate::email::Email;
use crate::error::{Error, FaultKind};
use crate::id::{InviteId, NoticeId};
use crate::model::Event;
use crate::model::delivery::About;
use crate::model::invite::{self, Authority, Command, Invite, LIFE, Terms};
use crate::model::user_role::Permission;
use crate::storage::guard::Limit;
use crate::token::LinkRef;

/// Where to mail an invite.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SendInvite {
    /// The invite.
    pub invite: InviteId,
    /// Where to mail it, as one bare e-mail address.
    pub address: String,
    /// Whether only somebody with that verified address can accept from now on; so it is unless said otherwise.
    #[serde(default = "yes")]
    pub bind: bool,
}

const fn yes() -> bool {
    true
}

impl SendInvite {
    /// Mails this invite there, and binds it.
    #[must_use]
    pub fn new(invite: InviteId, address: impl Into<String>) -> Self {
        Self { invite, address: address.into(), bind: true }
    }
}

/// Which invite to send again.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ResendInvite {
    /// The invite.
    pub invite: InviteId,
}

impl ResendInvite {
    /// This invite.
    #[must_use]
    pub const fn new(invite: InviteId) -> Self {
        Self { invite }
    }
}

impl Invites<'_> {
    /// Mails a pending invite that is not bound to an address and, unless `bind` is false, binds it to this one;
    /// another live invite for the same address and role is superseded.
    ///
    /// # Errors
    /// `not_found`, `wrong_state` for one that is bound or not pending, and for an archived role; `rate_limited`,
    /// `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, invites::{CreateInvite, SendInvite}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let invite = handclasp.invites().create(&admin, CreateInvite::new(supplier)).await?.invite.id;
    /// let sent = handclasp.invites().send(&admin, SendInvite::new(invite, "kim@bolt.example")).await?;
    /// assert_eq!((sent.bound, sent.address.as_deref()), (true, Some("kim@bolt.example")));
    /// let again = handclasp.invites().send(&admin, SendInvite::new(invite, "lee@bolt.example")).await.unwrap_err();
    /// assert_eq!(again.code(), "wrong_state");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn send(&self, by: impl Into<Caller>, send: SendInvite) -> Result<views::Invite, Error> {
        let by = by.into();
        let call = Call::from(&by);
        let checked = Email::checked("address", &send.address);
        let checked = checked.map(|address| Send { invite: send.invite, address, bind: send.bind });
        self.0.inner.walk(call, &call.checked(checked)?).await
    }

    /// Puts a fresh invite of seven days in the place of a pending, opened or expired one, whose link and claim are
    /// dead when this returns. A bound one is mailed to its address again; one that anybody may use mails nobody.
    ///
    /// # Errors
    /// `not_found`, `already_decided`, `wrong_state` for one that lost its inviter's authority and for an archived
    /// role, `rate_limited`, `forbidden` for a business that is no client account.
    ///
    /// ```
    /// # use handclasp::{testing, invites::{CreateInvite, ResendInvite}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let old = handclasp.invites().create(&admin, CreateInvite::new(supplier).to("kim@bolt.example")).await?;
    /// let new = handclasp.invites().resend(&admin, ResendInvite::new(old.invite.id)).await?;
    /// assert_eq!(new.invite.address, old.invite.address);
    /// assert!(handclasp.invites().preview(new.link.expose()).await.is_ok());
    /// let dead = handclasp.invites().preview(old.link.expose()).await.unwrap_err();
    /// assert_eq!(dead.code(), "invite_invalid_or_expired");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn resend(&self, by: impl Into<Caller>, resend: ResendInvite) -> Result<InviteCreated, Error> {
        let by = by.into();
        let inner = &self.0.inner;
        let created = inner.walk(Call::from(&by), &resend).await?;
        created.try_map(|link| inner.configuration.keys.link(link, inner.configuration.pages.join()))
    }
}

/// The arguments, checked.
#[derive(Serialize)]
struct Send {
    invite: InviteId,
    address: Email,
    bind: bool,
}

/// The client's own invite for a live role, and the authority that it stands under now.
fn live<'v>(view: &'v View, actor: &Actor, id: InviteId) -> Result<(Acting<'v>, &'v Invite, Authority), Stop> {
    let acting = acting(view, actor, Permission::Connect)?.client_account()?;
    let invite = view.get_or_not_found(id)?;
    if invite.terms.client != acting.business.id {
        return Err(Error::NotFound.into());
    }
    view.soon(authority_keys(&invite.terms));
    own(view, acting.business, invite.terms.role)?.live()?;
    let authority = authority(view, &invite.terms)?;
    Ok((acting, invite, authority))
}

impl Operation for Send {
    const NAME: &'static str = "invites.send";
    type Answer = views::Invite;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(views::Invite, Changes), Stop> {
        let actor = cx.by.actor()?;
        let (acting, invite, authority) = live(view, actor, self.invite)?;
        let command = Command::Send(self.address.clone(), self.bind);
        let event = invite::decide(Some(invite), command, authority, cx.now)?.ok_or(FaultKind::Internal)?;
        let mut changes = Changes::default();
        if self.bind {
            let place = (acting.business.id, &self.address, invite.terms.role);
            take(view, cx, &mut changes, place, invite.id, invite.id)?;
        }
        let sent = changes.evolve(view, invite::evolve(Some(invite), &event), Event::Invite(event))?;
        let notice = NoticeId::from_uuid(cx.fresh.ordered(cx.now));
        changes.owe_to(view, notice, About::Invite { invite: invite.id }, (&self.address, cx.now));
        changes.spend(actor.author(), acting.business, [Limit::address(&self.address.canonical())]);
        Ok((views::Invite::of(&sent, authority, cx.now), changes))
    }
}

impl Operation for ResendInvite {
    const NAME: &'static str = "invites.resend";
    type Answer = InviteCreated<LinkRef>;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop> {
        let actor = cx.by.actor()?;
        let (acting, earlier, authority) = live(view, actor, self.invite)?;
        let id = InviteId::from_uuid(cx.fresh.random());
        let mut changes = Changes::default();
        let event = invite::decide(Some(earlier), Command::Resend(id), authority, cx.now)?;
        let event = event.ok_or(FaultKind::Internal)?;
        changes.evolve(view, invite::evolve(Some(earlier), &event), Event::Invite(event))?;
        let bound = earlier.terms.address.as_ref().filter(|_| earlier.terms.bound);
        if let Some(address) = bound {
            let place = (acting.business.id, address, earlier.terms.role);
            take(view, cx, &mut changes, place, id, earlier.id)?;
            let notice = NoticeId::from_uuid(cx.fresh.ordered(cx.now));
            changes.owe_to(view, notice, About::Invite { invite: id }, (address, cx.now));
        }
        let of_address = bound.map(|address| Limit::address(&address.canonical()));
        changes.spend(actor.author(), acting.business, of_address);
        let authority = Authority { member: acting.member_authority(), business: acting.business.authority };
        let terms = fresh(&earlier.terms, cx, actor, authority);
        let create = Command::Create(id, Box::new(terms), LIFE);
        let event = invite::decide(None, create, authority, cx.now)?.ok_or(FaultKind::Internal)?;
        let invite = changes.evolve(view, invite::evolve(None, &event), Event::Invite(event))?;
        let link = invite.link();
        Ok((InviteCreated { invite: views::Invite::of(&invite, authority, cx.now), link }, changes))
    }
}

/// The same invite, made now by whoever sends it again. One that anybody may use goes to no address.
fn fresh(earlier: &Terms, cx: &Context<'_>, actor: &Actor, authority: Authority) -> Terms {
    Terms {
        inviter: actor.author(),
        authority,
        address: earlier.address.clone().filter(|_| earlier.bound),
        key: cx.key,
        created_at: cx.now,
        ..earlier.clone()
    }
}
