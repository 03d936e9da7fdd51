//! Revoking a personal invite.

use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Invite;
use super::super::walk::{Context, Operation};
use super::{RevokeInvite, authority};
use crate::error::Error;
use crate::model::Event;
use crate::model::invite::{self, Command};
use crate::model::member::Permission;

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
        let after = match invite::decide(Some(&invite), Command::Revoke, now, cx.now)? {
            Some(event) => changes.evolve(view, invite::evolve(Some(&invite), &event), Event::Invite(event))?,
            None => (*invite).clone(),
        };
        Ok((Invite::of(&after, now, cx.now), changes))
    }
}
