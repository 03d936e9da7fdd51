//! Access requests: those to the acting business, and a person's own.

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::authority::acting;
use super::super::lists::{Paging, readable_records};
use super::super::views::{AccessRequest, OwnAccessRequest};
use super::super::walk::By;
use super::AccessRequests;
use crate::error::{Error, FaultKind};
use crate::id::AccessRequestId;
use crate::model::access_request::{self, Status};
use crate::model::user_role::Permission;
use crate::storage::Kind;
use crate::storage::query::{Filter, Source};
use crate::storage::rows::{Value, word};

/// Which access request.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetAccess {
    /// The access request.
    pub request: AccessRequestId,
}

impl GetAccess {
    /// This access request.
    #[must_use]
    pub const fn new(request: AccessRequestId) -> Self {
        Self { request }
    }
}

/// Which access requests to the acting business.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListAccess {
    /// Only these; all, unless given.
    pub statuses: Option<Vec<Status>>,
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One page of access requests, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AccessRequestsPage {
    /// The access requests.
    pub requests: Vec<AccessRequest>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

/// Which page of a person's own access requests.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListOwn {
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One page of a person's own access requests, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OwnAccessRequestsPage {
    /// The access requests.
    pub requests: Vec<OwnAccessRequest>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

impl AccessRequests<'_> {
    /// One access request to the acting business, for holders of `users`.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, access_requests::GetAccess, model::access_request::Status};
    /// # testing::example_access(async |handclasp, admin, _, request| {
    /// let asked = handclasp.access_requests().get(&admin, GetAccess::new(request)).await?;
    /// assert_eq!((asked.name.as_str(), asked.email.as_str()), ("Kim Lee", "kim@acme.example"));
    /// assert_eq!((asked.status, asked.decided_at), (Status::Requested, None));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(&self, by: impl Into<Caller>, get: GetAccess) -> Result<AccessRequest, Error> {
        let by = by.into().actor;
        let found = self.0.inner.look("access_requests.get", By::Actor(&by), |view, _| {
            let business = acting(view, &by, Permission::Users)?.business;
            let request = view.get_or_not_found(get.request)?;
            let own = request.claim.business == business.id;
            if own { Ok(AccessRequest::of(request, by.as_person().ok())) } else { Err(Error::NotFound.into()) }
        });
        found.await
    }

    /// The access requests to the acting business, the oldest first, for holders of `users`.
    ///
    /// # Errors
    /// `invalid_argument`, also for a cursor of another list, filter or reader.
    ///
    /// ```
    /// # use handclasp::{testing, access_requests::ListAccess, model::access_request::Status};
    /// # testing::example_access(async |handclasp, admin, _, request| {
    /// let mut open = ListAccess::default();
    /// open.statuses = Some(vec![Status::Requested]);
    /// let page = handclasp.access_requests().list(&admin, open).await?;
    /// assert_eq!((page.requests[0].id, page.next), (request, None));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self, by: impl Into<Caller>, list: ListAccess) -> Result<AccessRequestsPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("access_requests.list", By::Actor(&actor), page(inner, &actor, &list)).await
    }

    /// The acting person's own access requests and their outcomes, the latest first.
    ///
    /// # Errors
    /// `forbidden` for System, `invalid_argument`, also for a cursor of another list or reader.
    ///
    /// ```
    /// # use handclasp::{testing, access_requests::ListOwn};
    /// # testing::example_access(async |handclasp, admin, kim, _| {
    /// let page = handclasp.access_requests().mine(&kim, ListOwn::default()).await?;
    /// assert_eq!(page.requests[0].business.name, "Acme");
    /// // The Admin has asked nobody.
    /// assert!(handclasp.access_requests().mine(&admin, ListOwn::default()).await?.requests.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn mine(&self, by: impl Into<Caller>, list: ListOwn) -> Result<OwnAccessRequestsPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("access_requests.mine", By::Actor(&actor), own(inner, &actor, &list)).await
    }
}

const SOURCE: Source = Source::Records(Kind::AccessRequest);

async fn page(inner: &Inner, actor: &Actor, list: &ListAccess) -> Result<AccessRequestsPage, Error> {
    let name = ("access_requests.list", actor);
    let paging = Paging::new(inner, name, &list.statuses, list.cursor.as_deref(), list.limit)?;
    let reader =
        inner.peek(By::Actor(actor), |view, _| acting(view, actor, Permission::Users).map(|acting| acting.business.id));
    let mut all = vec![Filter::Is("business_id", Value::Uuid(reader.await?.as_uuid()))];
    let states = |statuses: &Vec<Status>| Filter::OneOf("state", statuses.iter().map(word).collect());
    all.extend(list.statuses.as_ref().map(states));
    let page = paging.page(inner, (SOURCE, Filter::All(all)), vec!["asked_at", "id"], false).await?;
    let requests = readable_records::<access_request::AccessRequest>(Kind::AccessRequest, page.rows);
    let requests = requests.iter().map(|request| AccessRequest::of(request, actor.as_person().ok())).collect();
    Ok(AccessRequestsPage { requests, next: page.next })
}

async fn own(inner: &Inner, actor: &Actor, list: &ListOwn) -> Result<OwnAccessRequestsPage, Error> {
    let person = actor.as_person()?;
    let name = ("access_requests.mine", actor);
    let paging = Paging::new(inner, name, &(), list.cursor.as_deref(), list.limit)?;
    let filter = Filter::Is("person_id", Value::Uuid(person.as_uuid()));
    let page = paging.page(inner, (SOURCE, filter), vec!["asked_at", "id"], true).await?;
    let requests = readable_records::<access_request::AccessRequest>(Kind::AccessRequest, page.rows);
    let keys = |request: &std::sync::Arc<access_request::AccessRequest>| vec![request.claim.business.into()];
    let shown = inner.show_each(actor, &requests, keys, |view, request| {
        let business = view.find(request.claim.business)?.ok_or(FaultKind::StorageCorrupt)?;
        Ok(OwnAccessRequest::of(request, business))
    });
    Ok(OwnAccessRequestsPage { requests: shown.await?, next: page.next })
}
