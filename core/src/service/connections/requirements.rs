//! Submitting what a client demands, and reviewing it.

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Connection;
use super::super::walk::{Call, Context, Operation};
use super::{Connections, Own, own};
use crate::error::Error;
use crate::id::{ConnectionId, RequirementId};
use crate::model::Side;
use crate::model::connection::{Command, Status};
use crate::model::user_role::Permission;
use crate::model::workflow::{Classification, Verdict};

/// Which requirement is done.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SubmitRequirement {
    /// The connection.
    pub connection: ConnectionId,
    /// The requirement.
    pub requirement: RequirementId,
}

impl SubmitRequirement {
    /// This requirement of this connection.
    #[must_use]
    pub const fn new(connection: ConnectionId, requirement: RequirementId) -> Self {
        Self { connection, requirement }
    }
}

/// What is said of a submitted requirement.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReviewRequirement {
    /// The connection.
    pub connection: ConnectionId,
    /// The requirement.
    pub requirement: RequirementId,
    /// What is said of it.
    pub verdict: Verdict,
}

impl ReviewRequirement {
    /// This verdict on this requirement of this connection.
    #[must_use]
    pub const fn new(connection: ConnectionId, requirement: RequirementId, verdict: Verdict) -> Self {
        Self { connection, requirement, verdict }
    }
}

impl Connections<'_> {
    /// Says that a requirement is done, for the contractor. What waits for review already stays so.
    ///
    /// # Errors
    /// `not_found` for the connection, or a requirement that does not apply to it; `wrong_state` unless Connected and
    /// classified, and for what is approved; `forbidden` for the client.
    ///
    /// ```
    /// # use handclasp::{testing, connections::{AcceptRequest, SubmitRequirement}};
    /// # use handclasp::{contractor_roles::DefineRequirement, model::workflow::WorkflowStatus};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let accept = AcceptRequest::new(pending.request.unwrap());
    /// # let connection = handclasp.connections().accept(&contractor, accept).await?.connection.id;
    /// let insurance = DefineRequirement::new(pending.role, "Insurance");
    /// let insurance = handclasp.contractor_roles().define_requirement(&client, insurance).await?.id;
    /// let submit = SubmitRequirement::new(connection, insurance);
    /// let submitted = handclasp.connections().submit_requirement(&contractor, submit).await?;
    /// assert_eq!(submitted.workflow_status, Some(WorkflowStatus::Submitted));
    /// let refused = handclasp.connections().submit_requirement(&client, submit).await.unwrap_err();
    /// assert_eq!(refused.code(), "forbidden");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn submit_requirement(
        &self,
        by: impl Into<Caller>,
        submit: SubmitRequirement,
    ) -> Result<Connection, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &submit).await
    }

    /// Approves a submitted requirement or returns it, for the client. The same said again changes nothing.
    ///
    /// # Errors
    /// `not_found` for the connection, or a requirement that does not apply to it; `wrong_state` unless Connected and
    /// classified, and for what is not submitted; `forbidden` for the contractor.
    ///
    /// ```
    /// # use handclasp::{testing, connections::{AcceptRequest, ReviewRequirement, SubmitRequirement}};
    /// # use handclasp::{contractor_roles::DefineRequirement, model::workflow::{Verdict, WorkflowStatus}};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let accept = AcceptRequest::new(pending.request.unwrap());
    /// # let connection = handclasp.connections().accept(&contractor, accept).await?.connection.id;
    /// # let insurance = DefineRequirement::new(pending.role, "Insurance");
    /// # let insurance = handclasp.contractor_roles().define_requirement(&client, insurance).await?.id;
    /// let approve = ReviewRequirement::new(connection, insurance, Verdict::Approve);
    /// let early = handclasp.connections().review_requirement(&client, approve).await.unwrap_err();
    /// assert_eq!(early.code(), "wrong_state");
    /// let submit = SubmitRequirement::new(connection, insurance);
    /// handclasp.connections().submit_requirement(&contractor, submit).await?;
    /// let reviewed = handclasp.connections().review_requirement(&client, approve).await?;
    /// assert_eq!(reviewed.workflow_status, Some(WorkflowStatus::Approved));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn review_requirement(
        &self,
        by: impl Into<Caller>,
        review: ReviewRequirement,
    ) -> Result<Connection, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &review).await
    }
}

/// The connection, if the actor's side may do this and the requirement applies to it.
fn applying(own: Own<'_>, side: Side, requirement: RequirementId) -> Result<Own<'_>, Error> {
    let wrong = |state| Err(Error::WrongState { state });
    let workflow = &own.connection.workflow;
    if own.side != side {
        Err(Error::Forbidden)
    } else if own.connection.status() != Status::Connected {
        wrong(own.connection.status().word())
    } else if workflow.classification == Classification::Required {
        wrong("classification_required")
    } else if workflow.demands(own.role).all(|(demanded, _)| demanded != requirement) {
        Err(Error::NotFound)
    } else {
        Ok(own)
    }
}

impl Operation for SubmitRequirement {
    const NAME: &'static str = "connections.submit_requirement";
    type Answer = Connection;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connection, Changes), Stop> {
        let own = own(view, cx.by.actor()?, self.connection, |_| Permission::Classify)?;
        let own = applying(own, Side::Contractor, self.requirement)?;
        let mut changes = Changes::default();
        let after = own.change(view, cx, &mut changes, Command::Submit(self.requirement))?;
        Ok((own.shown(&after), changes))
    }
}

impl Operation for ReviewRequirement {
    const NAME: &'static str = "connections.review_requirement";
    type Answer = Connection;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connection, Changes), Stop> {
        let own = own(view, cx.by.actor()?, self.connection, |_| Permission::Classify)?;
        let own = applying(own, Side::Client, self.requirement)?;
        let mut changes = Changes::default();
        let after = own.change(view, cx, &mut changes, Command::Review(self.requirement, self.verdict))?;
        Ok((own.shown(&after), changes))
    }
}
