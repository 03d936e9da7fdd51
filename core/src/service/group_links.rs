//! `group_links`: one link per contractor role, many uses.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::actor::{Actor, Caller};
use super::authority::acting;
use super::changes::Changes;
use super::contractor_roles::own;
use super::lists::{Paging, readable_records};
use super::view::{GroupLinkOf, Stop, View};
use super::views::{GroupLink, GroupLinkState};
use super::walk::{By, Call, Context, Operation};
use super::{Handclasp, Inner, authority};
use crate::error::{Error, FaultKind};
use crate::id::{ContractorRoleId, LinkId, SlotId};
use crate::model::business::Business;
use crate::model::group_link::{self, Command};
use crate::model::user_role::Permission;
use crate::model::{Event, contractor_role};
use crate::storage::Kind;
use crate::storage::query::{Filter, Source};
use crate::storage::record::Slot;
use crate::storage::rows::{Value, word};
use crate::token::LinkRef;

/// One link per contractor role, many uses. Whoever changes or copies one holds the client's `connect`.
#[derive(Debug, Clone, Copy)]
pub struct GroupLinks<'a>(pub(super) &'a Handclasp);

/// Whose group link.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OfRole {
    /// The contractor role.
    pub role: ContractorRoleId,
}

impl OfRole {
    /// Of this contractor role.
    #[must_use]
    pub const fn new(role: ContractorRoleId) -> Self {
        Self { role }
    }
}

/// Which page of the group links.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListGroupLinks {
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One page of group links, without the links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GroupLinksPage {
    /// Every live contractor role with the state of its link.
    pub group_links: Vec<GroupLinkState>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

impl GroupLinks<'_> {
    /// Lets the role's group link open. It is the same link as before it was disabled. What is enabled stays so.
    ///
    /// # Errors
    /// `not_found`, `wrong_state` for an archived role, `forbidden` for a business that is no client account.
    ///
    /// ```
    /// # use handclasp::{testing, group_links::OfRole};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let enabled = handclasp.group_links().enable(admin, OfRole::new(supplier)).await?;
    /// assert!(enabled.enabled);
    /// assert!(enabled.link.unwrap().expose().starts_with("https://app.example.com/join/"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn enable(&self, by: impl Into<Caller>, of: OfRole) -> Result<GroupLink, Error> {
        self.change(by.into(), &Enable(of.role)).await
    }

    /// Lets the role's group link open nothing, and kills the claims that it gave. What is disabled stays so.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, group_links::OfRole};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let link = handclasp.group_links().enable(&admin, OfRole::new(supplier)).await?.link.unwrap();
    /// let disabled = handclasp.group_links().disable(&admin, OfRole::new(supplier)).await?;
    /// assert_eq!((disabled.enabled, disabled.link.is_none()), (false, true));
    /// let dead = handclasp.invites().preview(link.expose()).await.unwrap_err();
    /// assert_eq!(dead.code(), "invite_invalid_or_expired");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn disable(&self, by: impl Into<Caller>, of: OfRole) -> Result<GroupLink, Error> {
        self.change(by.into(), &Disable(of.role)).await
    }

    /// Makes a new link; the old one and its claims are dead from the moment that this returns. A disabled link stays
    /// disabled.
    ///
    /// # Errors
    /// `not_found`, `wrong_state` for an archived role, `forbidden` for a business that is no client account.
    ///
    /// ```
    /// # use handclasp::{testing, group_links::OfRole};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let old = handclasp.group_links().enable(&admin, OfRole::new(supplier)).await?.link.unwrap();
    /// let new = handclasp.group_links().refresh(&admin, OfRole::new(supplier)).await?.link.unwrap();
    /// assert_eq!(handclasp.invites().preview(new.expose()).await?.client.name, "Acme");
    /// let dead = handclasp.invites().preview(old.expose()).await.unwrap_err();
    /// assert_eq!(dead.code(), "invite_invalid_or_expired");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn refresh(&self, by: impl Into<Caller>, of: OfRole) -> Result<GroupLink, Error> {
        self.change(by.into(), &Refresh(of.role)).await
    }

    /// Shows the role's group link: the same link any number of times, until somebody refreshes it.
    ///
    /// # Errors
    /// `not_found`, `wrong_state` while it is disabled.
    ///
    /// ```
    /// # use handclasp::{testing, group_links::OfRole};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let disabled = handclasp.group_links().copy(&admin, OfRole::new(supplier)).await.unwrap_err();
    /// assert_eq!(disabled.code(), "wrong_state");
    /// let enabled = handclasp.group_links().enable(&admin, OfRole::new(supplier)).await?;
    /// let copied = handclasp.group_links().copy(&admin, OfRole::new(supplier)).await?;
    /// assert_eq!(copied.link.unwrap().expose(), enabled.link.unwrap().expose());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn copy(&self, by: impl Into<Caller>, of: OfRole) -> Result<GroupLink, Error> {
        let by = by.into().actor;
        let shown = self.0.inner.look("group_links.copy", By::Actor(&by), |view, _| {
            let client = acting(view, &by, Permission::Connect)?.business;
            let link = found(view, client, of.role)?;
            match shown(link, client.authority) {
                GroupLink { enabled: true, link, role } => Ok(GroupLink { enabled: true, link, role }),
                GroupLink { enabled: false, .. } => Err(Error::WrongState { state: "disabled" }.into()),
            }
        });
        shown.await.and_then(|link| self.expose(link))
    }

    /// Every live contractor role of the acting client with the state of its group link; no links.
    ///
    /// # Errors
    /// `invalid_argument`, also for a cursor of another list or reader.
    ///
    /// ```
    /// # use handclasp::{testing, group_links::ListGroupLinks};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// let page = handclasp.group_links().list(admin, ListGroupLinks::default()).await?;
    /// let of_supplier = &page.group_links[0];
    /// assert_eq!((of_supplier.role_name.as_str(), of_supplier.enabled), ("Supplier", false));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self, by: impl Into<Caller>, list: ListGroupLinks) -> Result<GroupLinksPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("group_links.list", By::Actor(&actor), page(inner, &actor, &list)).await
    }

    async fn change<O: Operation<Answer = GroupLink<LinkRef>>>(
        &self,
        by: Caller,
        operation: &O,
    ) -> Result<GroupLink, Error> {
        self.0.inner.walk(Call::from(&by), operation).await.and_then(|link| self.expose(link))
    }

    fn expose(&self, link: GroupLink<LinkRef>) -> Result<GroupLink, Error> {
        let configuration = &self.0.inner.configuration;
        link.try_map(|link| configuration.keys.link(link, configuration.pages.join()))
    }
}

fn found<'v>(
    view: &'v View,
    client: &Business,
    role: ContractorRoleId,
) -> Result<&'v Arc<group_link::GroupLink>, Stop> {
    view.want([role.into(), GroupLinkOf(role).into()])?;
    own(view, client, role)?;
    Ok(view.find(GroupLinkOf(role))?.ok_or(FaultKind::StorageCorrupt)?)
}

fn shown(link: &group_link::GroupLink, authority: u64) -> GroupLink<LinkRef> {
    let enabled = link.enabled(authority);
    GroupLink { role: link.role, enabled, link: enabled.then(|| link.link()) }
}

async fn page(inner: &Inner, actor: &Actor, list: &ListGroupLinks) -> Result<GroupLinksPage, Error> {
    let name = ("group_links.list", actor);
    let paging = Paging::new(inner, name, &(), list.cursor.as_deref(), list.limit)?;
    let reader = inner.peek(By::Actor(actor), |view, _| Ok(Arc::clone(acting(view, actor, Permission::See)?.business)));
    let client = reader.await?;
    let filter = Filter::All(vec![
        Filter::Is("client_id", Value::Uuid(client.id.as_uuid())),
        Filter::Is("status", word(&contractor_role::Status::Live)),
    ]);
    let page = paging.page(inner, (Source::Records(Kind::ContractorRole), filter), vec!["id"], false).await?;
    let roles = readable_records::<contractor_role::ContractorRole>(Kind::ContractorRole, page.rows);
    let keys = |role: &Arc<contractor_role::ContractorRole>| vec![GroupLinkOf(role.id).into()];
    let shown = inner.show_each(actor, &roles, keys, |view, role| {
        let link = view.find(GroupLinkOf(role.id))?.ok_or(FaultKind::StorageCorrupt)?;
        Ok(GroupLinkState { role: role.id, role_name: role.name.clone(), enabled: link.enabled(client.authority) })
    });
    Ok(GroupLinksPage { group_links: shown.await?, next: page.next })
}

/// The command, decided and written.
fn change(
    view: &View,
    cx: &Context<'_>,
    client: &Business,
    role: ContractorRoleId,
    command: Command,
) -> Result<(GroupLink<LinkRef>, Changes), Stop> {
    let before = found(view, client, role)?;
    let mut changes = Changes::default();
    let after = match group_link::decide(Some(before), command, client.authority, cx.now)? {
        Some(event) => changes.evolve(view, group_link::evolve(Some(before), event), Event::GroupLink(event))?,
        None => Arc::clone(before),
    };
    Ok((shown(&after, client.authority), changes))
}

#[derive(Serialize)]
struct Enable(ContractorRoleId);
#[derive(Serialize)]
struct Disable(ContractorRoleId);
#[derive(Serialize)]
struct Refresh(ContractorRoleId);

impl Operation for Enable {
    const NAME: &'static str = "group_links.enable";
    type Answer = GroupLink<LinkRef>;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop> {
        let client = authority::acting(view, cx.by.actor()?, Permission::Connect)?.client_account()?.business;
        own(view, client, self.0)?.live()?;
        change(view, cx, client, self.0, Command::Enable)
    }
}

impl Operation for Disable {
    const NAME: &'static str = "group_links.disable";
    type Answer = GroupLink<LinkRef>;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Connect)?.business;
        change(view, cx, client, self.0, Command::Disable)
    }
}

impl Operation for Refresh {
    const NAME: &'static str = "group_links.refresh";
    type Answer = GroupLink<LinkRef>;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Connect)?.client_account()?.business;
        own(view, client, self.0)?.live()?;
        let link = LinkId::from_uuid(cx.fresh.random());
        let (answer, mut changes) = change(view, cx, client, self.0, Command::Refresh(link, cx.key))?;
        changes.put(view, Slot { id: SlotId::group_link(link), target: self.0.as_uuid() });
        Ok((answer, changes))
    }
}
