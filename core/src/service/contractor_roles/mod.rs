//! `contractor_roles`: a client's own names for kinds of contractors, with their categories and requirements.

mod categories;
mod reads;
mod requirements;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::categories::{DefineCategory, DefineSubCategory, RemoveCategory};
pub use self::reads::{Categories, ContractorRolesPage, ListContractorRoles, OfContractorRole, Requirements};
pub use self::requirements::{DefineRequirement, RemoveRequirement};
use super::Handclasp;
use super::actor::Caller;
use super::authority::acting;
use super::changes::Changes;
use super::view::{GroupLinkOf, Stop, View};
use super::views::ContractorRole;
use super::walk::{Call, Context, Operation};
use crate::error::{Error, FaultKind};
use crate::id::{ContractorRoleId, LinkId, SlotId};
use crate::model::business::Business;
use crate::model::contractor_role::{self, Command};
use crate::model::user_role::Permission;
use crate::model::{Event, group_link};
use crate::storage::record::Slot;
use crate::text;

/// A client's own names for kinds of contractors. Whoever changes them holds `configure`.
#[derive(Debug, Clone, Copy)]
pub struct ContractorRoles<'a>(pub(super) &'a Handclasp);

/// What to create.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateContractorRole {
    /// Its name, up to 200 graphemes, unique among the client's roles by what it looks like.
    pub name: String,
}

impl CreateContractorRole {
    /// A role of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }

    fn check(&self) -> Result<Self, Error> {
        Ok(Self { name: text::NAME.check("name", &self.name)? })
    }
}

/// What to archive.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ArchiveContractorRole {
    /// The role.
    pub role: ContractorRoleId,
}

impl ArchiveContractorRole {
    /// This role.
    #[must_use]
    pub const fn new(role: ContractorRoleId) -> Self {
        Self { role }
    }
}

/// What to restore.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RestoreContractorRole {
    /// The role.
    pub role: ContractorRoleId,
}

impl RestoreContractorRole {
    /// This role.
    #[must_use]
    pub const fn new(role: ContractorRoleId) -> Self {
        Self { role }
    }
}

/// Which role gets which name.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RenameContractorRole {
    /// The role.
    pub role: ContractorRoleId,
    /// Its new name, up to 200 graphemes, unique among the client's roles by what it looks like.
    pub name: String,
}

impl RenameContractorRole {
    /// This role, this name.
    #[must_use]
    pub fn new(role: ContractorRoleId, name: impl Into<String>) -> Self {
        Self { role, name: name.into() }
    }

    fn check(&self) -> Result<Self, Error> {
        Ok(Self { name: text::NAME.check("name", &self.name)?, ..*self })
    }
}

impl ContractorRoles<'_> {
    /// Creates a contractor role, with a group link that is disabled at first.
    ///
    /// # Errors
    /// `name_taken`, `limit_exceeded` (contractor roles), `forbidden` for a business that is no client account.
    ///
    /// ```
    /// # use handclasp::{testing, contractor_roles::CreateContractorRole};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// let created = handclasp.contractor_roles().create(&admin, CreateContractorRole::new("Caterer")).await?;
    /// assert_eq!(created.name, "Caterer");
    /// let alike = handclasp.contractor_roles().create(&admin, CreateContractorRole::new("CATERER")).await;
    /// assert_eq!(alike.unwrap_err().code(), "name_taken");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(&self, by: impl Into<Caller>, create: CreateContractorRole) -> Result<ContractorRole, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(create.check())?).await
    }

    /// Lets a contractor role take no new request, invite or acceptance, and disables its group link. Its connections
    /// keep it. What is archived already stays so.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, model::contractor_role::Status, contractor_roles::ArchiveContractorRole};
    /// # use handclasp::invites::CreateInvite;
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let archived = handclasp.contractor_roles().archive(&admin, ArchiveContractorRole::new(supplier)).await?;
    /// assert_eq!(archived.status, Status::Archived);
    /// let refused = handclasp.invites().create(&admin, CreateInvite::new(supplier)).await.unwrap_err();
    /// assert_eq!(refused.code(), "wrong_state");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn archive(
        &self,
        by: impl Into<Caller>,
        archive: ArchiveContractorRole,
    ) -> Result<ContractorRole, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &archive).await
    }

    /// Lets an archived contractor role take new requests, invites and acceptances again. Its group link stays disabled
    /// until it is enabled anew. What is live already stays so.
    ///
    /// # Errors
    /// `not_found`, `limit_exceeded` (contractor roles).
    ///
    /// ```
    /// # use handclasp::{testing, model::contractor_role::Status, group_links::OfRole};
    /// # use handclasp::contractor_roles::{ArchiveContractorRole, RestoreContractorRole};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// handclasp.group_links().enable(&admin, OfRole::new(supplier)).await?;
    /// handclasp.contractor_roles().archive(&admin, ArchiveContractorRole::new(supplier)).await?;
    /// let restored = handclasp.contractor_roles().restore(&admin, RestoreContractorRole::new(supplier)).await?;
    /// assert_eq!(restored.status, Status::Live);
    /// let dead = handclasp.group_links().copy(&admin, OfRole::new(supplier)).await.unwrap_err();
    /// assert_eq!(dead.code(), "wrong_state");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn restore(
        &self,
        by: impl Into<Caller>,
        restore: RestoreContractorRole,
    ) -> Result<ContractorRole, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &restore).await
    }

    /// Gives a contractor role another name. Its links, invites and connections stay as they are.
    ///
    /// # Errors
    /// `not_found`, `name_taken`, `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, contractor_roles::RenameContractorRole};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let rename = RenameContractorRole::new(supplier, "Vendor");
    /// let renamed = handclasp.contractor_roles().rename(admin, rename).await?;
    /// assert_eq!((renamed.id, renamed.name.as_str()), (supplier, "Vendor"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn rename(&self, by: impl Into<Caller>, rename: RenameContractorRole) -> Result<ContractorRole, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(rename.check())?).await
    }
}

/// The client's own role; another's is not found.
pub(super) fn own<'v>(
    view: &'v View,
    client: &Business,
    role: ContractorRoleId,
) -> Result<&'v Arc<contractor_role::ContractorRole>, Stop> {
    let role = view.get_or_not_found(role)?;
    if role.client == client.id { Ok(role) } else { Err(Error::NotFound.into()) }
}

/// Names are unique among the client's roles, archived ones too. A slot that points to a role of another name by now is
/// free.
fn take_the_name(
    view: &View,
    changes: &mut Changes,
    client: &Business,
    id: ContractorRoleId,
    name: &str,
) -> Result<(), Stop> {
    let folded = text::folded(name);
    let slot = SlotId::contractor_role_name(client.id, &folded);
    if let Some(held) = view.find(slot)? {
        let holder = view.find(ContractorRoleId::from_uuid(held.target))?;
        if holder.is_some_and(|holder| holder.id != id && text::folded(&holder.name) == folded) {
            return Err(Error::NameTaken { field: "name" }.into());
        }
    }
    changes.put(view, Slot { id: slot, target: id.as_uuid() });
    Ok(())
}

/// The command, decided and written.
fn change(
    view: &View,
    changes: &mut Changes,
    before: &Arc<contractor_role::ContractorRole>,
    command: Command,
) -> Result<Arc<contractor_role::ContractorRole>, Stop> {
    match contractor_role::decide(Some(before), command)? {
        Some(event) => {
            changes.evolve(view, contractor_role::evolve(Some(before), &event), Event::ContractorRole(event))
        }
        None => Ok(Arc::clone(before)),
    }
}

/// A new role with its group link.
pub(super) fn create(
    view: &View,
    cx: &mut Context<'_>,
    changes: &mut Changes,
    id: ContractorRoleId,
    client: &Business,
    name: String,
) -> Result<ContractorRole, Stop> {
    take_the_name(view, changes, client, id, &name)?;
    let event = contractor_role::decide(None, Command::Create(id, client.id, name))?.ok_or(FaultKind::Internal)?;
    let role = changes.evolve(view, contractor_role::evolve(None, &event), Event::ContractorRole(event))?;
    let link = LinkId::from_uuid(cx.fresh.random());
    let create = group_link::Command::Create(id, client.id, link, cx.key);
    let event = group_link::decide(None, create, client.authority, cx.now)?.ok_or(FaultKind::Internal)?;
    changes.evolve(view, group_link::evolve(None, event), Event::GroupLink(event))?;
    changes.put(view, Slot { id: SlotId::group_link(link), target: id.as_uuid() });
    Ok(ContractorRole::of(&role))
}

impl Operation for CreateContractorRole {
    const NAME: &'static str = "contractor_roles.create";
    type Answer = ContractorRole;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(ContractorRole, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Configure)?.client_account()?.business;
        let id = ContractorRoleId::from_uuid(cx.fresh.ordered(cx.now));
        let mut changes = Changes::default();
        let role = create(view, cx, &mut changes, id, client, self.name.clone())?;
        Ok((role, changes))
    }
}

impl Operation for ArchiveContractorRole {
    const NAME: &'static str = "contractor_roles.archive";
    type Answer = ContractorRole;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(ContractorRole, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Configure)?.business;
        view.want([self.role.into(), GroupLinkOf(self.role).into()])?;
        let before = own(view, client, self.role)?;
        let mut changes = Changes::default();
        let role = change(view, &mut changes, before, Command::Archive)?;
        let link = view.find(GroupLinkOf(self.role))?;
        let disable = group_link::Command::Disable;
        if let Some(event) = group_link::decide(link.map(Arc::as_ref), disable, client.authority, cx.now)? {
            changes.evolve(view, group_link::evolve(link.map(Arc::as_ref), event), Event::GroupLink(event))?;
        }
        Ok((ContractorRole::of(&role), changes))
    }
}

impl Operation for RestoreContractorRole {
    const NAME: &'static str = "contractor_roles.restore";
    type Answer = ContractorRole;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(ContractorRole, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Configure)?.business;
        let before = own(view, client, self.role)?;
        let mut changes = Changes::default();
        let role = change(view, &mut changes, before, Command::Restore)?;
        Ok((ContractorRole::of(&role), changes))
    }
}

impl Operation for RenameContractorRole {
    const NAME: &'static str = "contractor_roles.rename";
    type Answer = ContractorRole;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(ContractorRole, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Configure)?.business;
        let before = own(view, client, self.role)?;
        let mut changes = Changes::default();
        if before.name != self.name {
            take_the_name(view, &mut changes, client, before.id, &self.name)?;
        }
        let role = change(view, &mut changes, before, Command::Rename(self.name.clone()))?;
        Ok((ContractorRole::of(&role), changes))
    }
}
