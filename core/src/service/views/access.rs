//! Access requests as they are shown: one way to those who decide, another to the requester.

use serde::{Deserialize, Serialize};

use super::Card;
use crate::id::{AccessRequestId, PersonId};
use crate::model::access_request::{self, State, Status};
use crate::model::business;
use crate::model::reasons::Reason;
use crate::model::user_role::UserRole;
use crate::time::Timestamp;

/// An access request as those see it who decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AccessRequest {
    /// Its id.
    pub id: AccessRequestId,
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their verified address.
    pub email: String,
    /// Where they are called.
    pub phone: Option<String>,
    /// What they do there.
    pub job_title: Option<String>,
    /// A word to the Admins.
    pub message: Option<String>,
    /// The user role that they ask for or, once accepted, the one that they were given.
    pub role: UserRole,
    /// Its label.
    pub status: Status,
    /// When it was made.
    pub asked_at: Timestamp,
    /// When it was decided or withdrawn.
    pub decided_at: Option<Timestamp>,
    /// Why it was declined. Who asked themselves, and decides now, reads it here if it was disclosed.
    pub reason: Option<Reason>,
    /// Whether the requester was told why.
    pub disclosed: Option<bool>,
}

/// An access request as the requester sees it: never who decided, nor a reason that was not disclosed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OwnAccessRequest {
    /// Its id.
    pub id: AccessRequestId,
    /// The business.
    pub business: Card,
    /// The user role that was asked for or, once accepted, the one that was given.
    pub role: UserRole,
    /// Its label.
    pub status: Status,
    /// When it was made.
    pub asked_at: Timestamp,
    /// When it was decided or withdrawn.
    pub decided_at: Option<Timestamp>,
    /// Why it was declined, if that was disclosed.
    pub reason: Option<Reason>,
}

fn decided(state: &State) -> Option<Timestamp> {
    match state {
        State::Requested => None,
        State::Accepted { at, .. } | State::Withdrawn { at } => Some(*at),
        State::Declined(decline) => Some(decline.at),
    }
}

fn role(request: &access_request::AccessRequest) -> UserRole {
    match &request.state {
        State::Accepted { role, .. } => role.which,
        State::Requested | State::Declined(_) | State::Withdrawn { .. } => request.claim.role.which,
    }
}

impl AccessRequest {
    /// To a reader who was the requester, it tells no more of the reason than it did then.
    pub(crate) fn of(request: &access_request::AccessRequest, reader: Option<PersonId>) -> Self {
        let claim = &request.claim;
        let decline = match &request.state {
            State::Declined(decline) => Some(decline),
            State::Requested | State::Accepted { .. } | State::Withdrawn { .. } => None,
        };
        Self {
            id: request.id,
            person: claim.person,
            name: claim.name.clone(),
            email: claim.email.as_str().to_owned(),
            phone: claim.phone.clone(),
            job_title: claim.job_title.clone(),
            message: claim.message.clone(),
            role: role(request),
            status: request.state.status(),
            asked_at: request.asked_at,
            decided_at: decided(&request.state),
            reason: decline.and_then(|decline| decline.reason_for(reader == Some(claim.person))).cloned(),
            disclosed: decline.map(|decline| decline.disclosed),
        }
    }
}

impl OwnAccessRequest {
    pub(crate) fn of(request: &access_request::AccessRequest, business: &business::Business) -> Self {
        let reason = match &request.state {
            State::Declined(decline) => decline.reason_for(true).cloned(),
            State::Requested | State::Accepted { .. } | State::Withdrawn { .. } => None,
        };
        Self {
            id: request.id,
            business: Card::from_afar(business),
            role: role(request),
            status: request.state.status(),
            asked_at: request.asked_at,
            decided_at: decided(&request.state),
            reason,
        }
    }
}
