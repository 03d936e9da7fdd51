//! Defining and removing categories.

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Category;
use super::super::walk::{Call, Context, Operation};
use super::{ContractorRoles, change, own};
use crate::error::{Error, FaultKind, Reason};
use crate::id::{CategoryId, ContractorRoleId, SubCategoryId};
use crate::model::Event;
use crate::model::category::{self, Command, Status, SubCategory};
use crate::model::contractor_role;
use crate::model::user_role::Permission;
use crate::text;

/// The most sub-categories of one category.
const SUB_CATEGORIES: usize = 100;

/// What to define.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DefineCategory {
    /// The contractor role.
    pub role: ContractorRoleId,
    /// Its name, up to 200 graphemes, unique among the role's categories by what it looks like.
    pub name: String,
    /// Whether every contractor of the role is in it.
    #[serde(default)]
    pub mandatory: bool,
    /// Whether a contractor may be in several of its sub-categories beyond the mandatory ones; so it is unless said
    /// otherwise.
    #[serde(default = "yes")]
    pub multiple: bool,
    /// Its sub-categories, up to 100.
    #[serde(default)]
    pub sub_categories: Vec<DefineSubCategory>,
}

/// A sub-category to define.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DefineSubCategory {
    /// Its name, up to 200 graphemes, unique within the category by what it looks like.
    pub name: String,
    /// Whether every contractor of the category is in it.
    #[serde(default)]
    pub mandatory: bool,
}

const fn yes() -> bool {
    true
}

impl DefineCategory {
    /// A category that may be chosen, with sub-categories of these names.
    #[must_use]
    pub fn new(role: ContractorRoleId, name: impl Into<String>, sub_categories: &[&str]) -> Self {
        let sub = |name: &&str| DefineSubCategory { name: (*name).to_owned(), mandatory: false };
        let sub_categories = sub_categories.iter().map(sub).collect();
        Self { role, name: name.into(), mandatory: false, multiple: true, sub_categories }
    }

    /// The same, of which every contractor of the role is.
    #[must_use]
    pub fn mandatory(self) -> Self {
        Self { mandatory: true, ..self }
    }

    fn check(&self) -> Result<Self, Error> {
        if self.sub_categories.len() > SUB_CATEGORIES {
            return Err(Error::argument("sub_categories", Reason::TooLong));
        }
        let mut sub_categories: Vec<DefineSubCategory> = Vec::with_capacity(self.sub_categories.len());
        for sub in &self.sub_categories {
            let name = text::NAME.check("sub_categories.name", &sub.name)?;
            let folded = text::folded(&name);
            if sub_categories.iter().any(|other| text::folded(&other.name) == folded) {
                return Err(Error::NameTaken { field: "sub_categories.name" });
            }
            sub_categories.push(DefineSubCategory { name, ..*sub });
        }
        Ok(Self { name: text::NAME.check("name", &self.name)?, sub_categories, ..*self })
    }
}

/// What to remove.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RemoveCategory {
    /// The category.
    pub category: CategoryId,
}

impl RemoveCategory {
    /// This category.
    #[must_use]
    pub const fn new(category: CategoryId) -> Self {
        Self { category }
    }
}

impl ContractorRoles<'_> {
    /// Defines a category of a contractor role. It is not edited later but removed and defined anew, and counts from
    /// the next classification of a connection.
    ///
    /// # Errors
    /// `not_found`, `name_taken`, `limit_exceeded` (categories), `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, contractor_roles::DefineCategory};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let define = DefineCategory::new(supplier, "Trade", &["Electrics", "Plumbing"]).mandatory();
    /// let trade = handclasp.contractor_roles().define_category(&admin, define).await?;
    /// assert!(trade.mandatory && trade.multiple);
    /// assert_eq!(trade.sub_categories[1].name, "Plumbing");
    /// let alike = DefineCategory::new(supplier, "TRADE", &[]);
    /// let refused = handclasp.contractor_roles().define_category(&admin, alike).await.unwrap_err();
    /// assert_eq!(refused.code(), "name_taken");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn define_category(&self, by: impl Into<Caller>, define: DefineCategory) -> Result<Category, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(define.check())?).await
    }

    /// Lets nobody choose a category any more. It stays on the connections that have it; its requirements apply no
    /// more. What is removed already stays so.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, contractor_roles::{DefineCategory, OfContractorRole, RemoveCategory}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// let trade = DefineCategory::new(supplier, "Trade", &["Electrics", "Plumbing"]);
    /// let trade = handclasp.contractor_roles().define_category(&admin, trade).await?;
    /// let removed = handclasp.contractor_roles().remove_category(&admin, RemoveCategory::new(trade.id)).await?;
    /// assert_eq!(removed, trade);
    /// let left = handclasp.contractor_roles().categories(&admin, OfContractorRole::new(supplier)).await?;
    /// assert!(left.categories.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove_category(&self, by: impl Into<Caller>, remove: RemoveCategory) -> Result<Category, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &remove).await
    }
}

impl Operation for DefineCategory {
    const NAME: &'static str = "contractor_roles.define_category";
    type Answer = Category;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Category, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Configure)?.business;
        let role = own(view, client, self.role)?;
        view.want(role.categories.iter().map(|id| (*id).into()))?;
        let folded = text::folded(&self.name);
        for id in &role.categories {
            if view.find(*id)?.is_some_and(|other| text::folded(&other.name) == folded) {
                return Err(Error::NameTaken { field: "name" }.into());
            }
        }
        let mut changes = Changes::default();
        let id = CategoryId::from_uuid(cx.fresh.ordered(cx.now));
        change(view, &mut changes, role, contractor_role::Command::AddCategory(id))?;
        let mut sub = |sub: &DefineSubCategory| {
            let id = SubCategoryId::from_uuid(cx.fresh.ordered(cx.now));
            SubCategory { id, name: sub.name.clone(), mandatory: sub.mandatory }
        };
        let define = category::Category {
            id,
            role: role.id,
            client: client.id,
            name: self.name.clone(),
            mandatory: self.mandatory,
            multiple: self.multiple,
            sub_categories: self.sub_categories.iter().map(&mut sub).collect(),
            status: Status::Defined,
        };
        let event = category::decide(None, Command::Define(define))?.ok_or(FaultKind::Internal)?;
        let category = changes.evolve(view, category::evolve(None, &event), Event::Category(event))?;
        Ok((Category::of(&category), changes))
    }
}

impl Operation for RemoveCategory {
    const NAME: &'static str = "contractor_roles.remove_category";
    type Answer = Category;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Category, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Configure)?.business;
        let before = view.get_or_not_found(self.category)?;
        let role = own(view, client, before.role)?;
        let mut changes = Changes::default();
        change(view, &mut changes, role, contractor_role::Command::RemoveCategory(before.id))?;
        if let Some(event) = category::decide(Some(before), Command::Remove)? {
            changes.evolve(view, category::evolve(Some(before), &event), Event::Category(event))?;
        }
        Ok((Category::of(before), changes))
    }
}
