//! Connecting by a claim, or by a link in one go.

use serde::Serialize;

use super::super::actor::Actor;
use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::connections::{connect, edge, start};
use super::super::view::{Stop, View};
use super::super::views::Connected;
use super::super::walk::{Context, Operation};
use super::lead::{Source, lead};
use crate::error::{Error, FaultKind};
use crate::id::{ConnectionId, SlotId};
use crate::model::Event;
use crate::model::connection::{self, Way};
use crate::model::invite::{self, Command};
use crate::model::user_role::Permission;
use crate::storage::Key;
use crate::token::LinkRef;

/// Accepting with the claim of either kind of link.
#[derive(Serialize)]
pub(super) struct Accept(pub(super) LinkRef);

/// Opening and accepting with either kind of link.
#[derive(Serialize)]
pub(super) struct Redeem(pub(super) LinkRef);

impl Operation for Accept {
    const NAME: &'static str = "invites.accept";
    type Answer = Connected;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connected, Changes), Stop> {
        match self.0 {
            LinkRef::PersonalClaim(..) | LinkRef::GroupClaim(..) => join(view, cx, self.0, Command::Accept),
            LinkRef::Personal(..) | LinkRef::Group(..) => Err(Error::InviteInvalidOrExpired.into()),
        }
    }
}

impl Operation for Redeem {
    const NAME: &'static str = "invites.redeem";
    type Answer = Connected;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connected, Changes), Stop> {
        match self.0 {
            LinkRef::Personal(..) | LinkRef::Group(..) => join(view, cx, self.0, Command::Redeem),
            LinkRef::PersonalClaim(..) | LinkRef::GroupClaim(..) => Err(Error::InviteInvalidOrExpired.into()),
        }
    }
}

fn join(
    view: &View,
    cx: &mut Context<'_>,
    link: LinkRef,
    consume: fn(ConnectionId) -> Command,
) -> Result<(Connected, Changes), Stop> {
    let actor = cx.by.actor()?;
    view.soon([first_key(link)]);
    let contractor = acting(view, actor, Permission::Connect)?.business;
    let lead = lead(view, link, Some(contractor.id), cx.now)?;
    let ends = lead.ends.ok_or(FaultKind::Internal)?;
    let edge = edge(view, ends)?;
    let mut changes = Changes::default();
    let way = match &lead.source {
        Source::Group => Way::GroupLink,
        Source::Personal(invite, authority) => {
            verified(&invite.terms, actor)?;
            let event =
                invite::decide(Some(invite), consume(ends.id), *authority, cx.now)?.ok_or(FaultKind::Internal)?;
            changes.evolve(view, invite::evolve(Some(invite), &event), Event::Invite(event))?;
            Way::Invite { invite: invite.id, created_at: invite.terms.created_at }
        }
    };
    let command = connection::Command::Join { role: lead.role.id, way, start: start(cx, lead.role) };
    let connected = connect(view, cx, &mut changes, (lead.client, contractor), &edge, (lead.role, command))?;
    Ok((connected, changes))
}

/// The record that the link names, to be loaded together with the actor's.
fn first_key(link: LinkRef) -> Key {
    match link {
        LinkRef::Personal(_, invite) | LinkRef::PersonalClaim(_, invite) => invite.into(),
        LinkRef::Group(_, link) | LinkRef::GroupClaim(_, link, ..) => SlotId::group_link(link).into(),
    }
}

/// Only somebody with the verified address can accept a bound invite. The texts never say which address that is.
fn verified(terms: &invite::Terms, actor: &Actor) -> Result<(), Error> {
    let address = match &terms.address {
        Some(address) if terms.bound => address,
        Some(_) | None => return Ok(()),
    };
    match actor {
        Actor::Person { addresses, .. } if addresses.contains(address) => Ok(()),
        Actor::Person { addresses, .. } if !addresses.is_empty() => Err(Error::EmailMismatch),
        Actor::Person { .. } | Actor::System { .. } => Err(Error::EmailNotVerified),
    }
}
