//! Defining and removing requirements.

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Requirement;
use super::super::walk::{Call, Context, Operation};
use super::{ContractorRoles, change, own};
use crate::error::{Error, FaultKind, Reason};
use crate::id::{ContractorRoleId, RequirementId};
use crate::model::Event;
use crate::model::contractor_role::{self, ContractorRole, Demand};
use crate::model::requirement::{self, Command, Status, Target};
use crate::model::user_role::Permission;
use crate::text;

/// What to demand, and of whom.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DefineRequirement {
    /// The contractor role.
    pub role: ContractorRoleId,
    /// What it is called, up to 200 graphemes.
    pub name: String,
    /// What has to be done, up to 2 000 graphemes, lines allowed.
    #[serde(default)]
    pub description: Option<String>,
    /// Whom it concerns: all contractors of the role unless said otherwise.
    #[serde(default = "all")]
    pub target: Target,
}

const fn all() -> Target {
    Target::Role
}

impl DefineRequirement {
    /// A requirement of all contractors of the role.
    #[must_use]
    pub fn new(role: ContractorRoleId, name: impl Into<String>) -> Self {
        Self { role, name: name.into(), description: None, target: Target::Role }
    }

    /// The same, of those contractors alone.
    #[must_use]
    pub fn of(self, target: Target) -> Self {
        Self { target, ..self }
    }

    fn check(&self) -> Result<Self, Error> {
        let name = text::NAME.check("name", &self.name)?;
        let description = text::MESSAGE.check_optional("description", self.description.as_deref())?;
        Ok(Self { name, description, ..*self })
    }
}

/// What to demand no longer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RemoveRequirement {
    /// The requirement.
    pub requirement: RequirementId,
}

impl RemoveRequirement {
    /// This requirement.
    #[must_use]
    pub const fn new(requirement: RequirementId) -> Self {
        Self { requirement }
    }
}

impl ContractorRoles<'_> {
    /// Demands a workflow step of a role's contractors, or of those in one of its categories. It is incomplete for the
    /// connections that it concerns.
    ///
    /// # Errors
    /// `not_found` for the role or category, `limit_exceeded` (requirements), `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, model::requirement::Target, contractor_roles::{DefineCategory, DefineRequirement}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// # let category = DefineCategory::new(supplier, "Trade", &["Electrics", "Plumbing"]);
    /// # let category = handclasp.contractor_roles().define_category(&admin, category).await?.id;
    /// let of_all = DefineRequirement::new(supplier, "Insurance");
    /// let of_all = handclasp.contractor_roles().define_requirement(&admin, of_all).await?;
    /// assert_eq!(of_all.target, Target::Role);
    /// let of_some = DefineRequirement::new(supplier, "Trade licence").of(Target::Category { category });
    /// let of_some = handclasp.contractor_roles().define_requirement(&admin, of_some).await?;
    /// assert_eq!(of_some.target, Target::Category { category });
    /// # Ok(())
    /// # });
    /// ```
    pub async fn define_requirement(
        &self,
        by: impl Into<Caller>,
        define: DefineRequirement,
    ) -> Result<Requirement, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(define.check())?).await
    }

    /// Demands a workflow step no longer. It leaves every summary and stays in history. What is removed already stays
    /// so.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, contractor_roles::{DefineRequirement, OfContractorRole, RemoveRequirement}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let insurance = DefineRequirement::new(supplier, "Insurance");
    /// let insurance = handclasp.contractor_roles().define_requirement(&admin, insurance).await?;
    /// let remove = RemoveRequirement::new(insurance.id);
    /// assert_eq!(handclasp.contractor_roles().remove_requirement(&admin, remove).await?, insurance);
    /// let left = handclasp.contractor_roles().requirements(&admin, OfContractorRole::new(supplier)).await?;
    /// assert!(left.requirements.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove_requirement(
        &self,
        by: impl Into<Caller>,
        remove: RemoveRequirement,
    ) -> Result<Requirement, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &remove).await
    }
}

/// A category that can be chosen for the role, and a sub-category of it.
fn target_exists(view: &View, role: &ContractorRole, target: Target) -> Result<(), Stop> {
    let Some(category) = target.category() else {
        return Ok(());
    };
    if !role.categories.contains(&category) {
        return Err(Error::NotFound.into());
    }
    let category = view.find(category)?.ok_or(FaultKind::StorageCorrupt)?;
    let known = |id| category.sub_categories.iter().any(|sub| sub.id == id);
    match target.sub_category() {
        Some(sub_category) if !known(sub_category) => {
            Err(Error::argument("target.sub_category", Reason::UnknownValue).into())
        }
        Some(_) | None => Ok(()),
    }
}

impl Operation for DefineRequirement {
    const NAME: &'static str = "contractor_roles.define_requirement";
    type Answer = Requirement;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Requirement, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Configure)?.business;
        let role = own(view, client, self.role)?;
        target_exists(view, role, self.target)?;
        let id = RequirementId::from_uuid(cx.fresh.ordered(cx.now));
        let mut changes = Changes::default();
        let demand = Demand { requirement: id, target: self.target };
        change(view, &mut changes, role, contractor_role::Command::Demand(demand))?;
        let define = requirement::Requirement {
            id,
            role: role.id,
            client: client.id,
            name: self.name.clone(),
            description: self.description.clone(),
            target: self.target,
            status: Status::Defined,
        };
        let event = requirement::decide(None, Command::Define(define))?.ok_or(FaultKind::Internal)?;
        let requirement = changes.evolve(view, requirement::evolve(None, &event), Event::Requirement(event))?;
        Ok((Requirement::of(&requirement), changes))
    }
}

impl Operation for RemoveRequirement {
    const NAME: &'static str = "contractor_roles.remove_requirement";
    type Answer = Requirement;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Requirement, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Configure)?.business;
        let before = view.get_or_not_found(self.requirement)?;
        let role = own(view, client, before.role)?;
        let mut changes = Changes::default();
        change(view, &mut changes, role, contractor_role::Command::Waive(before.id))?;
        if let Some(event) = requirement::decide(Some(before), Command::Remove)? {
            changes.evolve(view, requirement::evolve(Some(before), &event), Event::Requirement(event))?;
        }
        Ok((Requirement::of(before), changes))
    }
}
