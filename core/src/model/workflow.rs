//! A connection's workflow: which categories it is in, what is demanded of it, and how far it is.
//!
//! Nothing of it is a stored verdict: what applies follows from the role's configuration as it is now.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::category::{Category, Status as CategoryStatus};
use super::contractor_role::ContractorRole;
use super::requirement::Target;
use crate::error::{Error, Reason};
use crate::id::{CategoryId, ContractorRoleId, RequirementId, SubCategoryId};

/// Whether categories have to be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Classification {
    /// No category was configured for the role.
    #[default]
    NotConfigured,
    /// They have to be chosen.
    Required,
    /// They are chosen.
    Classified,
}

/// A category that a connection is in, and its sub-categories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "CategoryChoice"))]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "hosts build choices")]
pub struct Choice {
    /// The category.
    pub category: CategoryId,
    /// Its sub-categories.
    #[serde(default)]
    pub sub_categories: Vec<SubCategoryId>,
}

/// How far a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "RequirementState"))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Progress {
    /// The contractor has not begun.
    Incomplete,
    /// The contractor has done it; the client looks at it.
    Submitted,
    /// The client is content.
    Approved,
    /// The client wants it done again.
    Returned,
}

/// How far a connection is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum WorkflowStatus {
    /// It is not classified yet, or something is incomplete or returned.
    Incomplete,
    /// Everything is submitted or approved, and something is not approved yet.
    Submitted,
    /// Everything is approved, or nothing is demanded.
    Approved,
}

/// What a client says of a submitted requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new verdict must break every match")]
pub enum Verdict {
    /// It is content.
    Approve,
    /// It wants it done again.
    Return,
}

/// What a connection has of a workflow: its own part, which the role's configuration completes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Workflow {
    /// The role under which it was begun. A request for another role leaves it alone until that role is connected.
    pub of: Option<ContractorRoleId>,
    /// Whether categories have to be chosen: decided when connecting, changing role or classifying.
    pub classification: Classification,
    /// The categories that it is in.
    pub categories: Vec<Choice>,
    /// How far requirements are that were begun.
    pub progress: BTreeMap<RequirementId, Progress>,
}

impl Workflow {
    /// Whether categories have to be chosen once connected under the role. What was classified under it stays so, the
    /// rest is asked again; `configured` says whether the role has categories to choose from.
    pub(super) fn classification(&self, role: ContractorRoleId, configured: bool) -> Classification {
        match self.classification {
            Classification::Classified if self.of == Some(role) => Classification::Classified,
            Classification::Classified | Classification::NotConfigured | Classification::Required => {
                if configured {
                    Classification::Required
                } else {
                    Classification::NotConfigured
                }
            }
        }
    }

    /// The same, connected under the role with what was decided of its classification. Under another role nothing of it
    /// stays; under the same, progress does.
    pub(super) fn under(self, role: ContractorRoleId, classification: Classification) -> Self {
        let kept = if self.of == Some(role) { self } else { Self::default() };
        let categories = if classification == Classification::Classified { kept.categories } else { Vec::new() };
        Self { of: Some(role), classification, categories, progress: kept.progress }
    }

    /// Whether what is demanded of the target is demanded of it.
    #[must_use]
    pub fn concerns(&self, target: Target) -> bool {
        if self.classification == Classification::Required {
            return false;
        }
        let chosen = |category| self.categories.iter().find(|choice| choice.category == category);
        match target {
            Target::Role => true,
            Target::Category { category } => chosen(category).is_some(),
            Target::SubCategory { category, sub_category } => {
                chosen(category).is_some_and(|choice| choice.sub_categories.contains(&sub_category))
            }
        }
    }

    /// What is demanded of it, and how far each is.
    pub fn demands<'a>(&'a self, role: &'a ContractorRole) -> impl Iterator<Item = (RequirementId, Progress)> + 'a {
        let demanded = role.requirements.iter().filter(|demand| self.concerns(demand.target));
        demanded.map(|demand| (demand.requirement, self.progress_of(demand.requirement)))
    }

    /// How far a requirement is.
    #[must_use]
    pub fn progress_of(&self, requirement: RequirementId) -> Progress {
        self.progress.get(&requirement).copied().unwrap_or(Progress::Incomplete)
    }

    /// How far the whole is.
    #[must_use]
    pub fn status(&self, role: &ContractorRole) -> WorkflowStatus {
        if self.classification == Classification::Required {
            return WorkflowStatus::Incomplete;
        }
        let mut status = WorkflowStatus::Approved;
        for (_, progress) in self.demands(role) {
            match progress {
                Progress::Incomplete | Progress::Returned => return WorkflowStatus::Incomplete,
                Progress::Submitted => status = WorkflowStatus::Submitted,
                Progress::Approved => {}
            }
        }
        status
    }

    /// The same without the progress of what applies no more.
    #[must_use]
    pub fn pruned(mut self, role: &ContractorRole) -> Self {
        let applies: Vec<_> = self.demands(role).map(|(requirement, _)| requirement).collect();
        self.progress.retain(|requirement, _| applies.contains(requirement));
        self
    }

    /// Its categories and sub-categories as a list finds them: their ids, with a space after each.
    #[must_use]
    pub fn categories_text(&self) -> String {
        let ids = self.categories.iter().flat_map(|choice| {
            let subs = choice.sub_categories.iter().map(SubCategoryId::to_string);
            std::iter::once(choice.category.to_string()).chain(subs)
        });
        ids.fold(String::new(), |text, id| text + &id + " ")
    }

    /// Its progress as a list reckons with it; [`Workflow::from_texts`] reads it.
    #[must_use]
    pub fn progress_text(&self) -> String {
        let begun = self.progress.iter();
        begun.fold(String::new(), |text, (requirement, progress)| {
            text + &requirement.to_string() + " " + progress.letter() + " "
        })
    }

    /// As much of a workflow as its status follows from, made of what a list holds. Every id stands for itself: a
    /// category's and a sub-category's are never the same.
    #[must_use]
    pub fn from_texts(classification: Classification, categories: &str, progress: &str) -> Self {
        let sub_categories: Vec<SubCategoryId> =
            categories.split_whitespace().filter_map(|id| id.parse().ok()).collect();
        let ids = categories.split_whitespace().filter_map(|id| id.parse().ok());
        let choices = ids.map(|category| Choice { category, sub_categories: sub_categories.clone() });
        let mut words = progress.split_whitespace();
        let mut begun = BTreeMap::new();
        while let (Some(id), Some(letter)) = (words.next(), words.next()) {
            begun.extend(id.parse().ok().zip(Progress::of_letter(letter)));
        }
        Self { of: None, classification, categories: choices.collect(), progress: begun }
    }

    /// The next state of a requirement that the contractor submits, or none if it waits already.
    ///
    /// # Errors
    /// `wrong_state` for what is approved.
    pub fn submit(&self, requirement: RequirementId) -> Result<Option<Progress>, Error> {
        match self.progress_of(requirement) {
            Progress::Incomplete | Progress::Returned => Ok(Some(Progress::Submitted)),
            Progress::Submitted => Ok(None),
            Progress::Approved => Err(Error::WrongState { state: "approved" }),
        }
    }

    /// The next state of a requirement that the client reviews, or none if that was said already.
    ///
    /// # Errors
    /// `wrong_state` unless it is submitted.
    pub fn review(&self, requirement: RequirementId, verdict: Verdict) -> Result<Option<Progress>, Error> {
        match (self.progress_of(requirement), verdict) {
            (Progress::Submitted, Verdict::Approve) => Ok(Some(Progress::Approved)),
            (Progress::Submitted, Verdict::Return) => Ok(Some(Progress::Returned)),
            (Progress::Approved, Verdict::Approve) | (Progress::Returned, Verdict::Return) => Ok(None),
            (Progress::Incomplete, Verdict::Approve | Verdict::Return) => {
                Err(Error::WrongState { state: "incomplete" })
            }
            (Progress::Approved, Verdict::Return) => Err(Error::WrongState { state: "approved" }),
            (Progress::Returned, Verdict::Approve) => Err(Error::WrongState { state: "returned" }),
        }
    }
}

impl Progress {
    const fn letter(self) -> &'static str {
        match self {
            Self::Incomplete => "i",
            Self::Submitted => "s",
            Self::Approved => "a",
            Self::Returned => "r",
        }
    }

    fn of_letter(letter: &str) -> Option<Self> {
        let all = [Self::Incomplete, Self::Submitted, Self::Approved, Self::Returned];
        all.into_iter().find(|progress| progress.letter() == letter)
    }
}

/// The categories that a choice leads to: what was chosen, what is mandatory, and what was removed since and stays.
///
/// `configured` are the role's categories as they are now.
///
/// # Errors
/// `not_found` for a category that the role does not have, `invalid_argument` for a sub-category of another, for none
/// where there are some, for several where one is allowed, and for choosing nothing where there is something.
pub fn classified(
    before: &[Choice],
    chosen: &[Choice],
    configured: &[impl AsRef<Category>],
) -> Result<Vec<Choice>, Error> {
    let known = |id: CategoryId| configured.iter().map(AsRef::as_ref).find(|category| category.id == id);
    if chosen.iter().any(|choice| known(choice.category).is_none()) {
        return Err(Error::NotFound);
    }
    let mut categories = Vec::new();
    for category in configured.iter().map(AsRef::as_ref).filter(|category| category.status == CategoryStatus::Defined) {
        let asked: Vec<_> = chosen.iter().filter(|choice| choice.category == category.id).collect();
        if category.mandatory || !asked.is_empty() {
            let asked: Vec<_> = asked.into_iter().flat_map(|choice| choice.sub_categories.iter().copied()).collect();
            categories.push(Choice { category: category.id, sub_categories: sub_categories(category, &asked)? });
        }
    }
    if categories.is_empty() && !configured.is_empty() {
        return Err(Error::argument("categories", Reason::Missing));
    }
    categories.extend(before.iter().filter(|choice| known(choice.category).is_none()).cloned());
    Ok(categories)
}

/// The sub-categories of a chosen category, the mandatory ones among them.
fn sub_categories(category: &Category, asked: &[SubCategoryId]) -> Result<Vec<SubCategoryId>, Error> {
    let field = "categories.sub_categories";
    let all = &category.sub_categories;
    if asked.iter().any(|id| all.iter().all(|sub| sub.id != *id)) {
        return Err(Error::argument(field, Reason::UnknownValue));
    }
    let taken: Vec<_> = all.iter().filter(|sub| sub.mandatory || asked.contains(&sub.id)).collect();
    if taken.is_empty() && !all.is_empty() {
        return Err(Error::argument(field, Reason::Missing));
    }
    if !category.multiple && taken.iter().filter(|sub| !sub.mandatory).count() > 1 {
        return Err(Error::argument(field, Reason::OutOfRange));
    }
    Ok(taken.into_iter().map(|sub| sub.id).collect())
}

#[cfg(test)]
mod tests;
