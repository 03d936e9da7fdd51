//! One connection, and where it stands with all that is demanded.

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::super::view::{Stop, View};
use super::super::views::{
    Card, ChosenCategory, ChosenSubCategory, Connection, Requirement, RequirementProgress, WorkflowSummary,
};
use super::super::walk::By;
use super::{Connections, Own, own};
use crate::error::{Error, FaultKind};
use crate::id::ConnectionId;
use crate::model::category::Status as CategoryStatus;
use crate::model::connection::Status;
use crate::model::user_role::Permission;
use crate::storage::Key;

/// Which connection.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OfConnection {
    /// The connection.
    pub connection: ConnectionId,
}

impl OfConnection {
    /// This connection.
    #[must_use]
    pub const fn new(connection: ConnectionId) -> Self {
        Self { connection }
    }
}

impl Connections<'_> {
    /// One connection of the acting business.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, connections::OfConnection, model::Side};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// let own = handclasp.connections().get(&client, OfConnection::new(pending.id)).await?;
    /// assert_eq!((own.side, own.other.name.as_str()), (Side::Client, "Bolt"));
    /// let theirs = handclasp.connections().get(&contractor, OfConnection::new(pending.id)).await?;
    /// assert_eq!((theirs.side, theirs.other.name.as_str()), (Side::Contractor, "Acme"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(&self, by: impl Into<Caller>, of: OfConnection) -> Result<Connection, Error> {
        let by = by.into().actor;
        let shown = self.0.inner.look("connections.get", By::Actor(&by), |view, _| {
            let own = own(view, &by, of.connection, |_| Permission::See)?;
            Ok(own.shown(own.connection))
        });
        shown.await
    }

    /// Both businesses, role, categories, each requirement with its state, and one workflow status, for either side.
    ///
    /// # Errors
    /// `not_found`, `wrong_state` unless Connected.
    ///
    /// ```
    /// # use handclasp::{testing, connections::{AcceptRequest, OfConnection}, contractor_roles::DefineRequirement};
    /// # use handclasp::model::workflow::{Progress, WorkflowStatus};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let request = pending.request.unwrap();
    /// let early = handclasp.connections().workflow_summary(&client, OfConnection::new(pending.id)).await.unwrap_err();
    /// assert_eq!(early.code(), "wrong_state");
    /// let insurance = DefineRequirement::new(pending.role, "Insurance");
    /// handclasp.contractor_roles().define_requirement(&client, insurance).await?;
    /// handclasp.connections().accept(&contractor, AcceptRequest::new(request)).await?;
    /// let summary = handclasp.connections().workflow_summary(&client, OfConnection::new(pending.id)).await?;
    /// assert_eq!(summary.requirements[0].progress, Progress::Incomplete);
    /// assert_eq!(summary.status, WorkflowStatus::Incomplete);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn workflow_summary(&self, by: impl Into<Caller>, of: OfConnection) -> Result<WorkflowSummary, Error> {
        let by = by.into().actor;
        let summary = self.0.inner.look("connections.workflow_summary", By::Actor(&by), |view, _| {
            let own = own(view, &by, of.connection, |_| Permission::See)?;
            match own.connection.status() {
                Status::Connected => summary(view, &own),
                status @ (Status::Pending | Status::Declined | Status::Withdrawn | Status::Disconnected) => {
                    Err(Error::WrongState { state: status.word() }.into())
                }
            }
        });
        summary.await
    }
}

fn summary(view: &View, own: &Own) -> Result<WorkflowSummary, Stop> {
    let workflow = &own.connection.workflow;
    let categories = workflow.categories.iter().map(|choice| Key::from(choice.category));
    view.want(categories.chain(workflow.demands(own.role).map(|(requirement, _)| requirement.into())))?;
    let mut requirements = Vec::new();
    for (requirement, progress) in workflow.demands(own.role) {
        let requirement = view.find(requirement)?.ok_or(FaultKind::StorageCorrupt)?;
        requirements.push(RequirementProgress { requirement: Requirement::of(requirement), progress });
    }
    Ok(WorkflowSummary {
        connection: own.connection.id,
        client: Card::of(own.client),
        contractor: Card::of(own.contractor),
        role: own.role.id,
        role_name: own.role.name.clone(),
        classification: workflow.classification,
        categories: chosen(view, own)?,
        requirements,
        status: workflow.status(own.role),
    })
}

fn chosen(view: &View, own: &Own) -> Result<Vec<ChosenCategory>, Stop> {
    let mut categories = Vec::new();
    for choice in &own.connection.workflow.categories {
        let category = view.find(choice.category)?.ok_or(FaultKind::StorageCorrupt)?;
        let taken = category.sub_categories.iter().filter(|sub| choice.sub_categories.contains(&sub.id));
        categories.push(ChosenCategory {
            category: category.id,
            name: category.name.clone(),
            removed: category.status == CategoryStatus::Removed,
            sub_categories: taken
                .map(|sub| ChosenSubCategory { sub_category: sub.id, name: sub.name.clone() })
                .collect(),
        });
    }
    Ok(categories)
}
