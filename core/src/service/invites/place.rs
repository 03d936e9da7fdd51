//! One live bound invite per (client, address, role): a newer one takes the place, and whichever held it is superseded.

use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::walk::Context;
use super::authority;
use crate::email::Email;
use crate::id::{BusinessId, ContractorRoleId, InviteId, SlotId};
use crate::model::Event;
use crate::model::invite::{self, Command};
use crate::storage::record::Slot;

/// Takes the place for an invite. What is dealt with already is left alone.
pub(super) fn take(
    view: &View,
    cx: &Context<'_>,
    changes: &mut Changes,
    (client, address, role): (BusinessId, &Email, ContractorRoleId),
    by: InviteId,
    dealt_with: InviteId,
) -> Result<(), Stop> {
    let slot = SlotId::invite(client, &address.canonical(), role);
    let held = view.find(slot)?.map(|held| InviteId::from_uuid(held.target));
    if let Some(held) = held.filter(|held| *held != dealt_with)
        && let Some(earlier) = view.find(held)?
    {
        let now = authority(view, &earlier.terms)?;
        let live = matches!(earlier.status(now, cx.now), invite::Status::Pending | invite::Status::Opened);
        if live && let Some(event) = invite::decide(Some(earlier), Command::Supersede(by), now, cx.now)? {
            changes.evolve(view, invite::evolve(Some(earlier), &event), Event::Invite(event))?;
        }
    }
    changes.put(view, Slot { id: slot, target: by.as_uuid() });
    Ok(())
}
