//! Saying no to an invite.

use serde::Serialize;

use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Preview;
use super::super::walk::{Context, Operation};
use super::lead::{Source, lead};
use crate::error::{Error, FaultKind};
use crate::model::Event;
use crate::model::invite::{self, Command};
use crate::token::LinkRef;

/// Declining with the claim of either kind of link.
#[derive(Serialize)]
pub(super) struct Decline(pub(super) LinkRef);

impl Operation for Decline {
    const NAME: &'static str = "invites.decline";
    type Answer = Preview;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Preview, Changes), Stop> {
        match self.0 {
            LinkRef::PersonalClaim(..) | LinkRef::GroupClaim(..) => {}
            LinkRef::Personal(..) | LinkRef::Group(..) => return Err(Error::InviteInvalidOrExpired.into()),
        }
        let lead = lead(view, self.0, None, cx.now)?;
        let mut changes = Changes::default();
        if let Source::Personal(invite, authority) = &lead.source {
            let event = invite::decide(Some(invite), Command::Decline, *authority, cx.now)?;
            let event = event.ok_or(FaultKind::Internal)?;
            changes.evolve(view, invite::evolve(Some(invite), &event), Event::Invite(event))?;
        }
        Ok((lead.preview(), changes))
    }
}
