//! Listing contractor roles, and what is configured for one.

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::authority::{acting, member_of};
use super::super::lists::{Paging, readable_records};
use super::super::view::{Stop, View};
use super::super::views::{Category, ContractorRole, Requirement};
use super::super::walk::By;
use super::ContractorRoles;
use crate::error::{Error, FaultKind};
use crate::id::{ConnectionId, ContractorRoleId};
use crate::model::connection::Status as ConnectionStatus;
use crate::model::contractor_role::{self, Status};
use crate::model::user_role::Permission;
use crate::storage::Kind;
use crate::storage::query::{Filter, Source};
use crate::storage::rows::{Value, word};

/// Which contractor roles.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListContractorRoles {
    /// Only these statuses; all, unless given.
    pub statuses: Option<Vec<Status>>,
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One page of contractor roles: *Supplier* where its id falls, the others as they were created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ContractorRolesPage {
    /// The roles.
    pub roles: Vec<ContractorRole>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

/// Which contractor role.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OfContractorRole {
    /// The role.
    pub role: ContractorRoleId,
}

impl OfContractorRole {
    /// This role.
    #[must_use]
    pub const fn new(role: ContractorRoleId) -> Self {
        Self { role }
    }
}

/// The categories of a contractor role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Categories {
    /// Those that can be chosen, in the order in which they were defined.
    pub categories: Vec<Category>,
}

/// The requirements of a contractor role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Requirements {
    /// Those that are demanded, in the order in which they were defined.
    pub requirements: Vec<Requirement>,
}

impl ContractorRoles<'_> {
    /// The acting client's contractor roles.
    ///
    /// # Errors
    /// `invalid_argument`, also for a cursor of another list, filter or reader.
    ///
    /// ```
    /// # use handclasp::{testing, model::contractor_role::Status};
    /// # use handclasp::contractor_roles::{ArchiveContractorRole, ListContractorRoles};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// handclasp.contractor_roles().archive(&admin, ArchiveContractorRole::new(supplier)).await?;
    /// let all = handclasp.contractor_roles().list(&admin, ListContractorRoles::default()).await?;
    /// assert_eq!(all.roles[0].name, "Supplier");
    /// let mut live = ListContractorRoles::default();
    /// live.statuses = Some(vec![Status::Live]);
    /// assert!(handclasp.contractor_roles().list(&admin, live).await?.roles.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self, by: impl Into<Caller>, list: ListContractorRoles) -> Result<ContractorRolesPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("contractor_roles.list", By::Actor(&actor), page(inner, &actor, &list)).await
    }

    /// The categories of a contractor role, for its client, and for a contractor that is Connected under it.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, connections::AcceptRequest, contractor_roles::{DefineCategory, OfContractorRole}};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let (role, request) = (pending.role, pending.request.unwrap());
    /// handclasp.contractor_roles().define_category(&client, DefineCategory::new(role, "Trade", &["Plumbing"])).await?;
    /// let of = OfContractorRole::new(role);
    /// let own = handclasp.contractor_roles().categories(&client, of).await?;
    /// assert_eq!(own.categories[0].name, "Trade");
    /// let pending = handclasp.contractor_roles().categories(&contractor, of).await.unwrap_err();
    /// assert_eq!(pending.code(), "not_found");
    /// handclasp.connections().accept(&contractor, AcceptRequest::new(request)).await?;
    /// assert_eq!(handclasp.contractor_roles().categories(&contractor, of).await?, own);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn categories(&self, by: impl Into<Caller>, of: OfContractorRole) -> Result<Categories, Error> {
        let by = by.into().actor;
        let found = self.0.inner.look("contractor_roles.categories", By::Actor(&by), |view, _| {
            let role = readable(view, &by, of.role)?;
            view.want(role.categories.iter().map(|id| (*id).into()))?;
            let mut categories = Vec::with_capacity(role.categories.len());
            for id in &role.categories {
                categories.push(Category::of(view.find(*id)?.ok_or(FaultKind::StorageCorrupt)?));
            }
            Ok(Categories { categories })
        });
        found.await
    }

    /// The requirements of a contractor role, for its client, and for a contractor that is Connected under it.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, contractor_roles::{DefineRequirement, OfContractorRole}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// handclasp.contractor_roles().define_requirement(&admin, DefineRequirement::new(supplier, "Insurance")).await?;
    /// let demanded = handclasp.contractor_roles().requirements(&admin, OfContractorRole::new(supplier)).await?;
    /// assert_eq!(demanded.requirements[0].name, "Insurance");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn requirements(&self, by: impl Into<Caller>, of: OfContractorRole) -> Result<Requirements, Error> {
        let by = by.into().actor;
        let found = self.0.inner.look("contractor_roles.requirements", By::Actor(&by), |view, _| {
            let role = readable(view, &by, of.role)?;
            view.want(role.requirements.iter().map(|demand| demand.requirement.into()))?;
            let mut requirements = Vec::with_capacity(role.requirements.len());
            for demand in &role.requirements {
                let requirement = view.find(demand.requirement)?.ok_or(FaultKind::StorageCorrupt)?;
                requirements.push(Requirement::of(requirement));
            }
            Ok(Requirements { requirements })
        });
        found.await
    }
}

/// A role of the acting business, or one under which it is Connected.
fn readable<'v>(
    view: &'v View,
    actor: &Actor,
    id: ContractorRoleId,
) -> Result<&'v contractor_role::ContractorRole, Stop> {
    let reader = member_of(view, actor)?.permitted(Permission::See)?.business;
    let role = view.get_or_not_found(id)?;
    if role.client == reader.id {
        return Ok(role);
    }
    let connection = view.get_or_not_found(ConnectionId::between(role.client, reader.id))?;
    let under = connection.status() == ConnectionStatus::Connected && connection.role == role.id;
    if under { Ok(role) } else { Err(Error::NotFound.into()) }
}

async fn page(inner: &Inner, actor: &Actor, list: &ListContractorRoles) -> Result<ContractorRolesPage, Error> {
    let name = ("contractor_roles.list", actor);
    let paging = Paging::new(inner, name, &list.statuses, list.cursor.as_deref(), list.limit)?;
    let reader = |view: &View| acting(view, actor, Permission::See).map(|acting| acting.business.id);
    let client = inner.peek(By::Actor(actor), |view, _| reader(view)).await?;
    let mut all = vec![Filter::Is("client_id", Value::Uuid(client.as_uuid()))];
    let statuses = |statuses: &Vec<Status>| Filter::OneOf("status", statuses.iter().map(word).collect());
    all.extend(list.statuses.as_ref().map(statuses));
    let source = Source::Records(Kind::ContractorRole);
    let page = paging.page(inner, (source, Filter::All(all)), vec!["id"], false).await?;
    let roles = readable_records::<contractor_role::ContractorRole>(Kind::ContractorRole, page.rows);
    Ok(ContractorRolesPage { roles: roles.iter().map(|role| ContractorRole::of(role)).collect(), next: page.next })
}
