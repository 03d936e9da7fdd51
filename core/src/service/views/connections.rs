//! Connections and their workflow as one of the two businesses sees them.

use serde::{Deserialize, Serialize};

use super::{Card, Requirement};
use crate::id::{CategoryId, ConnectionId, ContractorRoleId, RequestId, SubCategoryId};
use crate::model::connection::{self, Ending, State};
use crate::model::reasons::Reason;
use crate::model::workflow::{Classification, Progress, WorkflowStatus};
use crate::model::{Side, business, contractor_role};
use crate::time::Timestamp;

/// A connection as one of its two businesses sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// Which end the acting business is.
    pub side: Side,
    /// The business at the other end; no more than its name once the two are apart, unless anybody sees more.
    pub other: Card,
    /// The contractor role that it is about.
    pub role: ContractorRoleId,
    /// The role's name.
    pub role_name: String,
    /// Where it stands.
    pub status: connection::Status,
    /// The request that waits for an answer.
    pub request: Option<RequestId>,
    /// Since when the two are connected.
    pub connected_since: Option<Timestamp>,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// Whether categories have to be chosen; while Connected.
    pub classification: Option<Classification>,
    /// How far its requirements are; while Connected.
    pub workflow_status: Option<WorkflowStatus>,
    /// How it was ended; while Disconnected.
    pub ended: Option<Ended>,
}

/// How a connection was ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// By which side.
    pub by: Side,
    /// Why; not for the other side if it is hidden from them.
    pub reason: Option<Reason>,
}

/// What connecting answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Connected {
    /// The connection.
    pub connection: Connection,
    /// Whether the contractor must now choose categories.
    pub classification: Classification,
}

/// Where a connection stands with all that is demanded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WorkflowSummary {
    /// The connection.
    pub connection: ConnectionId,
    /// The client.
    pub client: Card,
    /// The contractor.
    pub contractor: Card,
    /// The contractor role.
    pub role: ContractorRoleId,
    /// The role's name.
    pub role_name: String,
    /// Whether categories have to be chosen.
    pub classification: Classification,
    /// The categories that the connection is in.
    pub categories: Vec<ChosenCategory>,
    /// What is demanded, and how far each is.
    pub requirements: Vec<RequirementProgress>,
    /// How far the whole is.
    pub status: WorkflowStatus,
}

/// A category that a connection is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ChosenCategory {
    /// The category.
    pub category: CategoryId,
    /// Its name.
    pub name: String,
    /// Whether the client has removed it since: nothing is demanded of it any more.
    pub removed: bool,
    /// The sub-categories.
    pub sub_categories: Vec<ChosenSubCategory>,
}

/// A sub-category that a connection is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ChosenSubCategory {
    /// The sub-category.
    pub sub_category: SubCategoryId,
    /// Its name.
    pub name: String,
}

/// A requirement and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RequirementProgress {
    /// The requirement.
    pub requirement: Requirement,
    /// How far it is.
    pub progress: Progress,
}

impl Connection {
    pub(crate) fn of(
        connection: &connection::Connection,
        side: Side,
        other: &business::Business,
        role: &contractor_role::ContractorRole,
    ) -> Self {
        let (request, connected_since, ended) = match &connection.state {
            State::Pending { request } => (Some(*request), None, None),
            State::Connected { since, .. } => (None, Some(*since), None),
            State::Declined | State::Withdrawn => (None, None, None),
            State::Disconnected(ending) => (None, None, Some(ending)),
        };
        let workflow = connected_since.map(|_| &connection.workflow);
        let role_then = ended.filter(|_| side == Side::Contractor).map(|ending| ending.role_name.clone());
        Self {
            id: connection.id,
            side,
            other: if connection.near() { Card::of(other) } else { Card::from_afar(other) },
            role: role.id,
            role_name: role_then.unwrap_or_else(|| role.name.clone()),
            status: connection.status(),
            request,
            connected_since,
            changed_at: connection.changed_at,
            classification: workflow.map(|workflow| workflow.classification),
            workflow_status: workflow.map(|workflow| workflow.status(role)),
            ended: ended.map(|ending| Ended::of(ending, side)),
        }
    }
}

impl Ended {
    fn of(ending: &Ending, reader: Side) -> Self {
        let seen = ending.by == reader || !ending.hidden;
        Self { at: ending.at, by: ending.by, reason: seen.then(|| ending.reason.clone()) }
    }
}
