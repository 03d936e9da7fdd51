//! Deciding access requests, once and for good.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::actor::{Actor, Caller};
use super::super::authority::{Acting, acting};
use super::super::changes::Changes;
use super::super::reasons::GivenReason;
use super::super::view::{ReasonsOf, Stop, View};
use super::super::views;
use super::super::walk::{Call, Context, Operation};
use super::AccessRequests;
use crate::error::{Error, FaultKind};
use crate::id::{AccessRequestId, MemberId, NoticeId};
use crate::model::access_request::{self, AccessRequest, Command};
use crate::model::delivery::About;
use crate::model::reasons::{self, ReasonKind};
use crate::model::user_role::{Permission, UserRole};
use crate::model::{Event, member};

/// Which access request to accept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AcceptAccess {
    /// The access request.
    pub request: AccessRequestId,
    /// The user role that the person gets; the one asked for unless given. Nobody grants a permission that they do not
    /// hold.
    #[serde(default)]
    pub role: Option<UserRole>,
}

impl AcceptAccess {
    /// This access request, with the role that it asks for.
    #[must_use]
    pub const fn new(request: AccessRequestId) -> Self {
        Self { request, role: None }
    }

    /// The same, with another role.
    #[must_use]
    pub const fn with(self, role: UserRole) -> Self {
        Self { role: Some(role), ..self }
    }
}

/// Which access request to decline, and why.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeclineAccess {
    /// The access request.
    pub request: AccessRequestId,
    /// Why: one of the acting business's reasons for it, or `other` with a text.
    pub reason: GivenReason,
    /// Whether the requester is told why.
    #[serde(default)]
    pub disclose: bool,
}

impl DeclineAccess {
    /// This access request, for a listed reason, which the requester is not told.
    #[must_use]
    pub fn new(request: AccessRequestId, reason: impl Into<String>) -> Self {
        Self { request, reason: GivenReason::listed(reason), disclose: false }
    }
}

impl AccessRequests<'_> {
    /// Makes the requester an active member, with the role that they ask for or another. They are mailed.
    ///
    /// # Errors
    /// `not_found` for the request or the role, `already_decided`, `already_member` if they have become one meanwhile,
    /// `self_action_forbidden`, `forbidden` for granting more than the actor holds, `limit_exceeded` (members).
    ///
    /// ```
    /// # use handclasp::{testing, access_requests::AcceptAccess, model::access_request::Status};
    /// # use handclasp::{members::GetMember, model::user_role::UserRole};
    /// # testing::example_access(async |handclasp, admin, _, request| {
    /// let accept = AcceptAccess::new(request).with(UserRole::VIEWER);
    /// let accepted = handclasp.access_requests().accept(&admin, accept).await?;
    /// assert_eq!(accepted.status, Status::Accepted);
    /// let member = handclasp.members().get(&admin, GetMember::new(accepted.person)).await?;
    /// assert_eq!(member.role, UserRole::VIEWER);
    /// let again = handclasp.access_requests().accept(&admin, accept).await.unwrap_err();
    /// assert_eq!(again.code(), "already_decided");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn accept(&self, by: impl Into<Caller>, accept: AcceptAccess) -> Result<views::AccessRequest, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &accept).await
    }

    /// Declines an access request. The requester is mailed, with the reason only if it is disclosed.
    ///
    /// # Errors
    /// `not_found`, `already_decided`, `self_action_forbidden`, `invalid_argument` for the reason.
    ///
    /// ```
    /// # use handclasp::{testing, access_requests::{DeclineAccess, ListOwn}, model::access_request::Status};
    /// # testing::example_access(async |handclasp, admin, kim, request| {
    /// let decline = DeclineAccess::new(request, "not_an_employee");
    /// let declined = handclasp.access_requests().decline(&admin, decline).await?;
    /// assert_eq!(declined.reason.unwrap().label, "Not an employee");
    /// let told = handclasp.access_requests().mine(&kim, ListOwn::default()).await?;
    /// assert_eq!(told.requests[0].status, Status::Declined);
    /// // It was not disclosed.
    /// assert_eq!(told.requests[0].reason, None);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn decline(&self, by: impl Into<Caller>, decline: DeclineAccess) -> Result<views::AccessRequest, Error> {
        let by = by.into();
        let call = Call::from(&by);
        let checked = decline.reason.check().map(|reason| DeclineAccess { reason, ..decline });
        self.0.inner.walk(call, &call.checked(checked)?).await
    }
}

/// An access request of the acting business that somebody else made.
fn others<'v>(view: &'v View, actor: &Actor, id: AccessRequestId) -> Result<(Acting<'v>, &'v AccessRequest), Stop> {
    view.soon([id.into()]);
    let acting = acting(view, actor, Permission::Users)?;
    let request = view.get_or_not_found(id)?;
    if request.claim.business != acting.business.id {
        return Err(Error::NotFound.into());
    }
    if acting.is(request.claim.person) {
        return Err(Error::SelfActionForbidden.into());
    }
    request.state.open()?;
    Ok((acting, request))
}

/// Writes the decision and owes the requester a mail.
fn decided(
    view: &View,
    cx: &mut Context<'_>,
    changes: &mut Changes,
    request: &AccessRequest,
    command: Command,
) -> Result<views::AccessRequest, Stop> {
    let (person, request_id) = (request.claim.person, request.id);
    let about = match command {
        Command::Accept(_) => About::AccessRequestAccepted { person, request: request_id },
        Command::Decline(..) | Command::Submit(..) | Command::Withdraw => {
            About::AccessRequestDeclined { person, request: request_id }
        }
    };
    let event = access_request::decide(Some(request), command, cx.now)?;
    let after = access_request::evolve(Some(request), &event);
    let after = changes.evolve(view, after, Event::AccessRequest(event))?;
    changes.owe(view, NoticeId::from_uuid(cx.fresh.ordered(cx.now)), about, cx.now);
    Ok(views::AccessRequest::of(&after, cx.by.actor()?.as_person().ok()))
}

impl Operation for AcceptAccess {
    const NAME: &'static str = "access_requests.accept";
    type Answer = views::AccessRequest;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop> {
        let (acting, request) = others(view, cx.by.actor()?, self.request)?;
        let role = match self.role {
            Some(role) => acting.role(view, role)?,
            None => request.claim.role,
        };
        acting.may_grant(role.permissions)?;
        let claim = &request.claim;
        let membership = MemberId::of(claim.business, claim.person);
        view.want([membership.into(), claim.person.into()])?;
        view.find(claim.person)?.ok_or(FaultKind::StorageCorrupt)?;
        let before = view.find(membership)?;
        let mut changes = Changes::default();
        let add = member::Command::Add(claim.business, claim.person, role);
        let event = member::decide(before.map(Arc::as_ref), add)?.ok_or(FaultKind::Internal)?;
        changes.evolve(view, member::evolve(before.map(Arc::as_ref), event), Event::Member(event))?;
        let answer = decided(view, cx, &mut changes, request, Command::Accept(role))?;
        Ok((answer, changes))
    }
}

impl Operation for DeclineAccess {
    const NAME: &'static str = "access_requests.decline";
    type Answer = views::AccessRequest;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Self::Answer, Changes), Stop> {
        let (acting, request) = others(view, cx.by.actor()?, self.request)?;
        let own = view.find(ReasonsOf(acting.business.id))?;
        let GivenReason { code, text } = &self.reason;
        let reason = reasons::given(own.map(Arc::as_ref), ReasonKind::AccessDecline, code, text.clone())?;
        let mut changes = Changes::default();
        let answer = decided(view, cx, &mut changes, request, Command::Decline(reason, self.disclose))?;
        Ok((answer, changes))
    }
}
