//! Revoking a personal invite.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Invite;
use super::super::walk::{Call, Context, Operation};
use super::{Invites, authority};
use crate::error::Error;
use crate::id::InviteId;
use crate::model::Event;
use crate::model::invite::{self, Command};
use crate::model::user_role::Permission;

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
    /// Ends a pending or opened invite; its link or claim is dead when this returns. An expired one stays as it is.
    ///
    /// # Errors
    /// `not_found`, `already_decided`.
    ///
    /// ```
    /// # use handclasp::{testing, model::invite::Status, invites::{CreateInvite, RevokeInvite}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let created = handclasp.invites().create(&admin, CreateInvite::new(supplier)).await?;
    /// let revoked = handclasp.invites().revoke(&admin, RevokeInvite::new(created.invite.id)).await?;
    /// assert_eq!(revoked.status, Status::Revoked);
    /// let dead = handclasp.invites().preview(created.link.expose()).await.unwrap_err();
    /// assert_eq!(dead.code(), "invite_invalid_or_expired");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn revoke(&self, by: impl Into<Caller>, revoke: RevokeInvite) -> Result<Invite, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &revoke).await
    }
}

impl Operation for RevokeInvite {
    const NAME: &'static str = "invites.revoke";
    type Answer = Invite;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Invite, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Connect)?.business;
        let invite = view.get_or_not_found(self.invite)?;
        if invite.terms.client != client.id {
            return Err(Error::NotFound.into());
        }
        let now = authority(view, &invite.terms)?;
        let mut changes = Changes::default();
        let after = match invite::decide(Some(invite), Command::Revoke, now, cx.now)? {
            Some(event) => changes.evolve(view, invite::evolve(Some(invite), &event), Event::Invite(event))?,
            None => Arc::clone(invite),
        };
        Ok((Invite::of(&after, now, cx.now), changes))
    }
}
