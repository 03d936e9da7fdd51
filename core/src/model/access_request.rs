//! An access request is a person's claim "this business is my employer": requested, then accepted, declined or
//! withdrawn, once and for good.

use serde::{Deserialize, Serialize};

use super::reasons::Reason;
use super::user_role::Role;
use crate::email::Email;
use crate::error::{Decided, Error};
use crate::id::{AccessRequestId, BusinessId, PersonId};
use crate::time::Timestamp;

/// A person's claim that a business is their employer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct AccessRequest {
    /// Its id.
    pub id: AccessRequestId,
    /// What the person said.
    pub claim: Claim,
    /// When.
    pub asked_at: Timestamp,
    /// Its outcome.
    pub state: State,
}

/// What a person says when they ask for access; it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Claim {
    /// The business.
    pub business: BusinessId,
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their verified address.
    pub email: Email,
    /// Where they are called.
    pub phone: Option<String>,
    /// What they do there.
    pub job_title: Option<String>,
    /// A word to the Admins.
    pub message: Option<String>,
    /// The user role that they ask for.
    pub role: Role,
}

/// The outcome of an access request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum State {
    /// Nobody has decided yet.
    Requested,
    /// The person was made a member.
    Accepted {
        /// When.
        at: Timestamp,
        /// With this role.
        role: Role,
    },
    /// It was declined.
    Declined(Decline),
    /// The person took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// How an access request was declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Decline {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
    /// Whether the requester is told why.
    pub disclosed: bool,
}

impl Decline {
    /// Why, as far as its reader may know: the requester only if it was disclosed.
    pub(crate) fn reason_for(&self, requester: bool) -> Option<&Reason> {
        (self.disclosed || !requester).then_some(&self.reason)
    }
}

/// The label of an access request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AccessRequestStatus"))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Status {
    /// Access requested.
    Requested,
    /// Access request accepted.
    Accepted,
    /// Access request declined.
    Declined,
    /// Access request withdrawn.
    Withdrawn,
}

/// What can be asked of an access request.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Make it.
    Submit(AccessRequestId, Box<Claim>),
    /// Make the person a member, with this role.
    Accept(Role),
    /// Say no.
    Decline(Reason, bool),
    /// Take it back.
    Withdraw,
}

/// What happened to an access request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// It was made.
    Submitted {
        /// Its id.
        id: AccessRequestId,
        /// What the person said.
        claim: Box<Claim>,
        /// When.
        at: Timestamp,
    },
    /// The person was made a member.
    Accepted {
        /// When.
        at: Timestamp,
        /// With this role.
        role: Role,
    },
    /// It was declined.
    Declined(Decline),
    /// The person took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// The event that the command leads to.
///
/// # Errors
/// `not_found`; `already_decided`, with the decision: none can be reversed.
pub fn decide(request: Option<&AccessRequest>, command: Command, now: Timestamp) -> Result<Event, Error> {
    let state = match (request.map(|request| &request.state), command) {
        (None, Command::Submit(id, claim)) => return Ok(Event::Submitted { id, claim, at: now }),
        (None, Command::Accept(_) | Command::Decline(..) | Command::Withdraw) => return Err(Error::NotFound),
        (Some(_), Command::Submit(..)) => return Err(Error::WrongState { state: "requested" }),
        (Some(State::Requested), Command::Accept(role)) => return Ok(Event::Accepted { at: now, role }),
        (Some(State::Requested), Command::Decline(reason, disclosed)) => {
            return Ok(Event::Declined(Decline { at: now, reason, disclosed }));
        }
        (Some(State::Requested), Command::Withdraw) => return Ok(Event::Withdrawn { at: now }),
        (
            Some(state @ (State::Accepted { .. } | State::Declined(_) | State::Withdrawn { .. })),
            Command::Accept(_) | Command::Decline(..) | Command::Withdraw,
        ) => state,
    };
    state.open().and(Err(Error::NotFound))
}

/// The access request after the event.
#[must_use]
pub fn evolve(request: Option<&AccessRequest>, event: &Event) -> Option<AccessRequest> {
    let with = |state| request.map(|request| AccessRequest { state, ..request.clone() });
    match event {
        Event::Submitted { id, claim, at } => {
            Some(AccessRequest { id: *id, claim: (**claim).clone(), asked_at: *at, state: State::Requested })
        }
        Event::Accepted { at, role } => with(State::Accepted { at: *at, role: *role }),
        Event::Declined(decline) => with(State::Declined(decline.clone())),
        Event::Withdrawn { at } => with(State::Withdrawn { at: *at }),
    }
}

impl State {
    /// Its label.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Requested => Status::Requested,
            Self::Accepted { .. } => Status::Accepted,
            Self::Declined(_) => Status::Declined,
            Self::Withdrawn { .. } => Status::Withdrawn,
        }
    }

    /// What is decided can't be decided again.
    ///
    /// # Errors
    /// `already_decided`, with the decision.
    pub const fn open(&self) -> Result<(), Error> {
        let (decision, at) = match self {
            Self::Requested => return Ok(()),
            Self::Accepted { at, .. } => (Decided::Accepted, *at),
            Self::Declined(decline) => (Decided::Declined, decline.at),
            Self::Withdrawn { at } => (Decided::Withdrawn, *at),
        };
        Err(Error::AlreadyDecided { decision, at })
    }
}

#[cfg(test)]
mod tests {
    use super::super::user_role::BuiltInRole;
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000).unwrap()
    }

    fn requested() -> AccessRequest {
        let id = uuid::Uuid::from_u128(1);
        let claim = Claim {
            business: BusinessId::from_uuid(id),
            person: PersonId::from_uuid(id),
            name: "Kim".into(),
            email: Email::parse("kim@k1.example").unwrap(),
            phone: None,
            job_title: None,
            message: None,
            role: BuiltInRole::Worker.into(),
        };
        let submit = Command::Submit(AccessRequestId::from_uuid(id), Box::new(claim));
        evolve(None, &decide(None, submit, at(0)).unwrap()).unwrap()
    }

    fn commands() -> [Command; 3] {
        let reason = Reason { code: "wrong_business".into(), label: "Wrong business".into(), text: None };
        [Command::Accept(BuiltInRole::Viewer.into()), Command::Decline(reason, false), Command::Withdraw]
    }

    #[test]
    fn acc_01_given_nothing_when_submitted_then_access_is_requested() {
        assert_eq!(requested().state.status(), Status::Requested);
    }

    #[test]
    fn acc_07_11_given_any_decision_when_decided_again_then_the_first_stands_and_is_named() {
        let decisions = [Decided::Accepted, Decided::Declined, Decided::Withdrawn];
        for (first, expected) in commands().into_iter().zip(decisions) {
            let decided = evolve(Some(&requested()), &decide(Some(&requested()), first, at(5)).unwrap()).unwrap();
            for second in commands() {
                let again = decide(Some(&decided), second, at(6));
                assert!(
                    matches!(again, Err(Error::AlreadyDecided { decision, at: when }) if decision == expected && when == at(5))
                );
            }
        }
    }

    #[test]
    fn acc_03_given_requested_when_accepted_then_it_keeps_the_role_that_was_given() {
        let [accept, ..] = commands();
        let accepted = evolve(Some(&requested()), &decide(Some(&requested()), accept, at(5)).unwrap()).unwrap();
        assert_eq!(accepted.state, State::Accepted { at: at(5), role: BuiltInRole::Viewer.into() });
    }
}
