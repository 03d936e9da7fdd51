//! Changing a business: what it says of itself, whether it can act, its own limits.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::{Business, BusinessProfile};
use super::super::walk::{Call, Context, Operation};
use super::profile::profile;
use super::{Businesses, directory};
use crate::error::Error;
use crate::id::BusinessId;
use crate::model::Event;
use crate::model::business::{self, Command, Overrides, Profile};
use crate::model::user_role::Permission;

/// What the acting business says of itself from now on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateBusiness {
    /// All of it: what is left out is gone. Take what `get` shows, change it, hand it in.
    pub profile: BusinessProfile,
}

impl UpdateBusiness {
    /// This profile.
    #[must_use]
    pub const fn new(profile: BusinessProfile) -> Self {
        Self { profile }
    }
}

/// Which business to archive.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ArchiveBusiness {
    /// The business.
    pub business: BusinessId,
}

impl ArchiveBusiness {
    /// This business.
    #[must_use]
    pub const fn new(business: BusinessId) -> Self {
        Self { business }
    }
}

/// Which business to restore.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RestoreBusiness {
    /// The business.
    pub business: BusinessId,
}

impl RestoreBusiness {
    /// This business.
    #[must_use]
    pub const fn new(business: BusinessId) -> Self {
        Self { business }
    }
}

/// A business's own limits and quotas.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetLimits {
    /// The business.
    pub business: BusinessId,
    /// All of them: for what is left out, the configuration holds. A quota below what there is already stops increases
    /// alone.
    pub overrides: Overrides,
}

impl SetLimits {
    /// These, for this business.
    #[must_use]
    pub const fn new(business: BusinessId, overrides: Overrides) -> Self {
        Self { business, overrides }
    }
}

impl Businesses<'_> {
    /// Changes what the acting business says of itself, in all lists that show it too.
    ///
    /// # Errors
    /// `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, businesses::{GetBusiness, UpdateBusiness}};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// # let Actor::Person { business: Some(acme), .. } = admin else { unreachable!() };
    /// let seen = handclasp.businesses().get(&admin, GetBusiness::new(acme)).await?;
    /// let mut profile = seen.own.unwrap().profile;
    /// profile.trading_name = Some("Acme Catering".into());
    /// let updated = handclasp.businesses().update(&admin, UpdateBusiness::new(profile)).await?;
    /// assert_eq!(updated.profile.name, "Acme");
    /// assert_eq!(updated.profile.trading_name.as_deref(), Some("Acme Catering"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(&self, by: impl Into<Caller>, update: UpdateBusiness) -> Result<Business, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(profile(&update.profile).map(Update))?).await
    }

    /// Freezes a business: it can't act, isn't found and gets no notices; requests to it wait, its personal invites are
    /// revoked and its group links disabled, for good. What is archived already stays so.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, businesses::ArchiveBusiness, invites::CreateInvite};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// # let Actor::Person { business: Some(acme), .. } = admin else { unreachable!() };
    /// let archived = handclasp.businesses().archive(Actor::system(), ArchiveBusiness::new(acme)).await?;
    /// assert!(archived.archived);
    /// let refused = handclasp.invites().create(admin, CreateInvite::new(supplier)).await.unwrap_err();
    /// assert_eq!(refused.code(), "wrong_state");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn archive(&self, by: impl Into<Caller>, archive: ArchiveBusiness) -> Result<Business, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &archive).await
    }

    /// Lets an archived business act again. What it had issued stays dead. What is active already stays so.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, businesses::{ArchiveBusiness, RestoreBusiness}, group_links::OfRole};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// # let Actor::Person { business: Some(acme), .. } = admin else { unreachable!() };
    /// handclasp.group_links().enable(&admin, OfRole::new(supplier)).await?;
    /// handclasp.businesses().archive(Actor::system(), ArchiveBusiness::new(acme)).await?;
    /// let restored = handclasp.businesses().restore(Actor::system(), RestoreBusiness::new(acme)).await?;
    /// assert!(!restored.archived);
    /// let dead = handclasp.group_links().copy(admin, OfRole::new(supplier)).await.unwrap_err();
    /// assert_eq!(dead.code(), "wrong_state");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn restore(&self, by: impl Into<Caller>, restore: RestoreBusiness) -> Result<Business, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &restore).await
    }

    /// Sets a business's own limits and quotas.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, businesses::SetLimits, contractor_roles::CreateContractorRole};
    /// # use handclasp::model::business::Overrides;
    /// # testing::example_client(async |handclasp, admin, _| {
    /// # let Actor::Person { business: Some(acme), .. } = admin else { unreachable!() };
    /// let one_role = Overrides { contractor_roles: Some(1), ..Overrides::default() };
    /// let limited = handclasp.businesses().set_limits(Actor::system(), SetLimits::new(acme, one_role)).await?;
    /// assert_eq!(limited.overrides, one_role);
    /// // Supplier is there already.
    /// let second = handclasp.contractor_roles().create(admin, CreateContractorRole::new("Caterer")).await;
    /// assert_eq!(second.unwrap_err().code(), "limit_exceeded");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn set_limits(&self, by: impl Into<Caller>, set: SetLimits) -> Result<Business, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &set).await
    }
}

/// The profile, checked.
#[derive(Serialize)]
struct Update(Profile);

/// The command, decided, written, and found in the directory and the lists of others.
fn change(
    view: &View,
    cx: &Context<'_>,
    before: &Arc<business::Business>,
    command: Command,
) -> Result<(Arc<business::Business>, Changes), Stop> {
    let mut changes = Changes::default();
    let Some(event) = business::decide(Some(before), command, cx.now)? else {
        return Ok((Arc::clone(before), changes));
    };
    let after = changes.evolve(view, business::evolve(Some(before), &event), Event::Business(event))?;
    directory::list(view, &mut changes, Some(before), &after)?;
    if !before.told_alike(&after) {
        changes.retell(&after);
    }
    Ok((after, changes))
}

impl Operation for Update {
    const NAME: &'static str = "businesses.update";
    type Answer = Business;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Business, Changes), Stop> {
        let before = acting(view, cx.by.actor()?, Permission::Configure)?.business;
        let (after, changes) = change(view, cx, before, Command::Update(Box::new(self.0.clone())))?;
        Ok((Business::of(&after), changes))
    }
}

impl Operation for ArchiveBusiness {
    const NAME: &'static str = "businesses.archive";
    type Answer = Business;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Business, Changes), Stop> {
        cx.by.actor()?.is_system()?;
        let before = view.get_or_not_found(self.business)?;
        let (after, changes) = change(view, cx, before, Command::Archive)?;
        Ok((Business::of(&after), changes))
    }
}

impl Operation for RestoreBusiness {
    const NAME: &'static str = "businesses.restore";
    type Answer = Business;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Business, Changes), Stop> {
        cx.by.actor()?.is_system()?;
        let before = view.get_or_not_found(self.business)?;
        let (after, changes) = change(view, cx, before, Command::Restore)?;
        Ok((Business::of(&after), changes))
    }
}

impl Operation for SetLimits {
    const NAME: &'static str = "businesses.set_limits";
    type Answer = Business;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Business, Changes), Stop> {
        cx.by.actor()?.is_system()?;
        let before = view.get_or_not_found(self.business)?;
        let (after, changes) = change(view, cx, before, Command::SetLimits(self.overrides))?;
        Ok((Business::of(&after), changes))
    }
}
