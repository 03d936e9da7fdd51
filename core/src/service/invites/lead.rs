//! Where a link or claim leads, if it is alive. Every way to be dead has one answer.

use super::super::view::{GroupLinkOf, Stop, View};
use super::super::views::{Card, LinkKind, Preview};
use super::authority;
use crate::error::{Error, Fault, FaultKind};
use crate::id::{BusinessId, ContractorRoleId, InviteId, LinkId, SlotId};
use crate::model::business::Business;
use crate::model::connection::Ends;
use crate::model::contractor_role::ContractorRole;
use crate::model::group_link::{CLAIM_LIFE, GroupLink};
use crate::model::invite::{Authority, Invite, Status};
use crate::storage::Key;
use crate::time::Timestamp;
use crate::token::{KeyNumber, LinkRef};

/// Where a living link or claim leads.
#[derive(Debug)]
pub(super) struct Lead<'v> {
    pub(super) client: &'v Business,
    pub(super) role: &'v ContractorRole,
    pub(super) until: Option<Timestamp>,
    pub(super) source: Source<'v>,
    /// Between the client and the contractor who comes by it, if one does.
    pub(super) ends: Option<Ends>,
}

/// What it is a link or claim of.
#[derive(Debug)]
pub(super) enum Source<'v> {
    Personal(&'v Invite, Authority),
    Group,
}

const DEAD: Error = Error::InviteInvalidOrExpired;

/// Where the link or claim leads now. For a contractor who comes by it, the connection is loaded together with the
/// rest: each load is a round trip.
pub(super) fn lead(
    view: &View,
    link: LinkRef,
    contractor: Option<BusinessId>,
    now: Timestamp,
) -> Result<Lead<'_>, Stop> {
    let between = |client| contractor.map(|contractor| Ends::between(client, contractor));
    match link {
        LinkRef::Personal(key, invite) => personal(view, (key, invite, Status::Pending), between, now),
        LinkRef::PersonalClaim(key, invite) => personal(view, (key, invite, Status::Opened), between, now),
        LinkRef::Group(key, link) => {
            let (role, group) = group(view, key, link)?;
            let ends = between(group.client);
            view.want(connection_key(ends).chain([group.client.into()]))?;
            let (client, role) = target(view, role)?;
            if group.link != link || !group.enabled(client.authority) {
                return Err(DEAD.into());
            }
            Ok(Lead { client, role, until: None, source: Source::Group, ends })
        }
        LinkRef::GroupClaim(key, link, opened, opened_in) => {
            let (role, group) = group(view, key, link)?;
            let ends = between(group.client);
            view.want(connection_key(ends).chain([group.client.into()]))?;
            let (client, role) = target(view, role)?;
            if spell(view, role.id)? != opened_in || !group.honours(link, opened, client.authority, now) {
                return Err(DEAD.into());
            }
            Ok(Lead { client, role, until: Some(opened.plus(CLAIM_LIFE)), source: Source::Group, ends })
        }
    }
}

fn personal(
    view: &View,
    (key, id, live): (KeyNumber, InviteId, Status),
    between: impl Fn(BusinessId) -> Option<Ends>,
    now: Timestamp,
) -> Result<Lead<'_>, Stop> {
    let invite = view.find(id)?.ok_or(DEAD)?;
    let ends = between(invite.terms.client);
    view.soon(connection_key(ends).chain([invite.terms.role.into()]));
    let authority = authority(view, &invite.terms)?;
    let (client, role) = target(view, invite.terms.role)?;
    if invite.terms.key != key || invite.status(authority, now) != live {
        return Err(DEAD.into());
    }
    Ok(Lead { client, role, until: Some(invite.ends_at), source: Source::Personal(invite, authority), ends })
}

/// What the connection is kept under.
fn connection_key(ends: Option<Ends>) -> impl Iterator<Item = Key> {
    ends.map(|ends| Key::from(ends.id)).into_iter()
}

fn group(view: &View, key: KeyNumber, link: LinkId) -> Result<(ContractorRoleId, &GroupLink), Stop> {
    let slot = view.find(SlotId::group_link(link))?.ok_or(DEAD)?;
    let role = ContractorRoleId::from_uuid(slot.target);
    view.want([role.into(), GroupLinkOf(role).into()])?;
    let group = view.find(GroupLinkOf(role))?.ok_or(DEAD)?;
    if group.key == key { Ok((role, group)) } else { Err(DEAD.into()) }
}

/// How often the role's group link has been written: another number than when a claim was made, and it was refreshed or
/// disabled meanwhile.
pub(super) fn spell(view: &View, role: ContractorRoleId) -> Result<u32, Error> {
    let version = view.seen(GroupLinkOf(role).into()).version;
    u32::try_from(version.0).map_err(|error| Fault::new(FaultKind::Internal, error).into())
}

/// The role and its client, both live.
fn target(view: &View, role: ContractorRoleId) -> Result<(&Business, &ContractorRole), Stop> {
    let role = view.find(role)?.ok_or(DEAD)?;
    let client = view.find(role.client)?.ok_or(DEAD)?;
    if client.invites() && role.live().is_ok() { Ok((client, role)) } else { Err(DEAD.into()) }
}

impl Lead<'_> {
    pub(super) fn preview(self) -> Preview {
        let (kind, message) = match &self.source {
            Source::Personal(invite, _) => (LinkKind::Personal, invite.terms.message.clone()),
            Source::Group => (LinkKind::Group, None),
        };
        Preview { kind, client: Card::of(self.client), role: self.role.name.clone(), message, until: self.until }
    }
}
