//! The one click.

use serde::Serialize;

use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Opened;
use super::super::walk::{Context, Operation};
use super::lead::{Source, lead, spell};
use crate::error::{Error, FaultKind};
use crate::model::Event;
use crate::model::group_link::CLAIM_LIFE;
use crate::model::invite::{self, Command};
use crate::time::Timestamp;
use crate::token::LinkRef;

/// Opening a personal link.
#[derive(Serialize)]
pub(super) struct Open(pub(super) LinkRef);

impl Operation for Open {
    const NAME: &'static str = "invites.open";
    type Answer = Opened<LinkRef>;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop> {
        let LinkRef::Personal(..) = self.0 else {
            return Err(Error::InviteInvalidOrExpired.into());
        };
        let Source::Personal(invite, authority) = lead(view, self.0, None, cx.now)?.source else {
            return Err(Error::InviteInvalidOrExpired.into());
        };
        let event = invite::decide(Some(invite), Command::Open, authority, cx.now)?.ok_or(FaultKind::Internal)?;
        let mut changes = Changes::default();
        let opened = changes.evolve(view, invite::evolve(Some(invite), &event), Event::Invite(event))?;
        Ok((Opened { claim: opened.claim(), until: opened.ends_at }, changes))
    }
}

/// Opening a group link consumes and writes nothing: the claim carries its own time.
pub(super) fn open_group(view: &View, link: LinkRef, now: Timestamp) -> Result<Opened<LinkRef>, Stop> {
    let role = lead(view, link, None, now)?.role.id;
    match link {
        LinkRef::Group(key, id) => {
            let claim = LinkRef::GroupClaim(key, id, now, spell(view, role)?);
            Ok(Opened { claim, until: now.plus(CLAIM_LIFE) })
        }
        LinkRef::Personal(..) | LinkRef::PersonalClaim(..) | LinkRef::GroupClaim(..) => {
            Err(Error::InviteInvalidOrExpired.into())
        }
    }
}
