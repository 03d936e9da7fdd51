//! Creating a personal invite.

use std::time::Duration;

use serde::Serialize;

use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::contractor_roles::own;
use super::super::view::{Stop, View};
use super::super::views::{Invite, InviteCreated};
use super::super::walk::{Context, Operation};
use super::{CreateInvite, authority};
use crate::email::Email;
use crate::error::{Error, FaultKind, Reason};
use crate::id::{BusinessId, ContractorRoleId, InviteId, NoticeId, SlotId};
use crate::model::delivery::About;
use crate::model::invite::{self, Authority, Command, LIFE, Terms};
use crate::model::member::Permission;
use crate::model::{Author, Event};
use crate::storage::guard::Limit;
use crate::storage::record::Slot;
use crate::text;
use crate::token::LinkRef;

/// The arguments, checked.
#[derive(Serialize)]
pub(super) struct Create {
    role: ContractorRoleId,
    address: Option<Email>,
    bound: bool,
    message: Option<String>,
    language: Option<String>,
    life: Duration,
}

pub(super) fn check(create: &CreateInvite) -> Result<Create, Error> {
    let life = create.life.unwrap_or(LIFE);
    if life < Duration::from_secs(1) || life > LIFE {
        return Err(Error::argument("life", Reason::OutOfRange));
    }
    let address = Email::checked_optional("address", create.address.as_deref())?;
    Ok(Create {
        role: create.role,
        bound: create.bind && address.is_some(),
        address,
        message: text::MESSAGE.check_optional("message", create.message.as_deref())?,
        language: text::language_optional("language", create.language.as_deref())?,
        life,
    })
}

impl Operation for Create {
    const NAME: &'static str = "invites.create";
    type Answer = InviteCreated<LinkRef>;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop> {
        let actor = cx.by.actor()?;
        let acting = acting(view, actor, Permission::Connect)?.client_account()?;
        own(view, &acting.business, self.role)?.live()?;
        let authority = Authority { member: acting.member_authority(), business: acting.business.authority };
        let id = InviteId::from_uuid(cx.fresh.random());
        let mut changes = Changes::default();
        if self.bound {
            self.take_the_place(view, cx, &mut changes, acting.business.id, id)?;
        }
        let terms = self.terms(cx, acting.business.id, actor.author(), authority);
        let create = Command::Create(id, Box::new(terms), self.life);
        let event = invite::decide(None, create, authority, cx.now)?.ok_or(FaultKind::Internal)?;
        let invite = changes.evolve(view, invite::evolve(None, &event), Event::Invite(event))?;
        if let Some(address) = &self.address {
            let notice = NoticeId::from_uuid(cx.fresh.ordered(cx.now));
            changes.owe(view, notice, About::Invite { invite: id }, cx.now);
            let limits = [Limit::client(acting.business.id), Limit::address(&address.canonical())];
            changes.spend(actor.author(), limits);
        }
        let link = invite.link();
        Ok((InviteCreated { invite: Invite::of(&invite, authority, cx.now), link }, changes))
    }
}

impl Create {
    fn terms(&self, cx: &Context<'_>, client: BusinessId, inviter: Author, authority: Authority) -> Terms {
        Terms {
            client,
            role: self.role,
            inviter,
            authority,
            address: self.address.clone(),
            bound: self.bound,
            message: self.message.clone(),
            language: self.language.clone(),
            key: cx.key,
            created_at: cx.now,
        }
    }

    /// One live bound invite per (client, address, role): whichever holds the place is superseded.
    fn take_the_place(
        &self,
        view: &View,
        cx: &Context<'_>,
        changes: &mut Changes,
        client: BusinessId,
        by: InviteId,
    ) -> Result<(), Stop> {
        let Some(address) = &self.address else {
            return Ok(());
        };
        let slot = SlotId::invite(client, &address.canonical(), self.role);
        if let Some(held) = view.find(slot)?
            && let Some(earlier) = view.find(InviteId::from_uuid(held.target))?
        {
            let now = authority(view, &earlier.terms)?;
            let live = matches!(earlier.status(now, cx.now), invite::Status::Pending | invite::Status::Opened);
            if live && let Some(event) = invite::decide(Some(&earlier), Command::Supersede(by), now, cx.now)? {
                changes.evolve(view, invite::evolve(Some(&earlier), &event), Event::Invite(event))?;
            }
        }
        changes.put(view, Slot { id: slot, target: by.as_uuid() });
        Ok(())
    }
}
