//! The one table of error codes: a code for each situation in which a caller would act differently.
//!
//! A message is safe to show to anybody who made the call: it holds no secret, nobody else's data and no name of a
//! Rust type. What a log may see beyond it hangs on [`std::error::Error::source`].

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::id::{AccessRequestId, ConnectionId};
use crate::time::Timestamp;

/// What went wrong. Nothing has changed, [`FaultKind::OutcomeUnknown`] aside.
///
/// ```
/// use handclasp::{Error, LimitName};
/// let error = Error::LimitExceeded { limit: LimitName::Members };
/// assert_eq!(error.code(), "limit_exceeded");
/// assert_eq!(error.fields()["limit"], "members");
/// ```
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument breaks a rule; mend it and call again.
    #[error("`{field}` is not acceptable: {reason}")]
    InvalidArgument {
        /// Which argument, dotted where it lies within another.
        field: Cow<'static, str>,
        /// Why.
        reason: Reason,
    },
    /// The actor may know that the thing exists, and may not do this.
    #[error("not permitted")]
    Forbidden,
    /// The thing does not exist, or the actor may not know whether it does.
    #[error("not found")]
    NotFound,
    /// The link or claim opens nothing (any more). The cause is for the issuing client alone.
    #[error("Invite code is invalid or has expired")]
    InviteInvalidOrExpired,
    /// The invite is bound to an address, or an access request is made, and the host has verified none of the actor's
    /// addresses.
    #[error("a verified e-mail address is needed")]
    EmailNotVerified,
    /// The invite is bound to another address, or the access request names another, than those that the host has
    /// verified to be the actor's.
    #[error("another verified e-mail address is needed")]
    EmailMismatch,
    /// The two businesses are connected already.
    #[error("already connected")]
    AlreadyConnected {
        /// The connection.
        connection: ConnectionId,
    },
    /// A request waits for its answer already.
    #[error("a request is pending already")]
    AlreadyPending {
        /// The connection whose request is pending.
        connection: Option<ConnectionId>,
        /// The access request that is pending.
        access_request: Option<AccessRequestId>,
    },
    /// The person is a member of the business already, active or disabled.
    #[error("already a member")]
    AlreadyMember,
    /// What is answered or ended can't be answered or ended again.
    #[error("already decided")]
    AlreadyDecided {
        /// How it ended.
        decision: Decided,
        /// When it ended.
        at: Timestamp,
    },
    /// The state of the thing forbids this.
    #[error("the state `{state}` does not allow this")]
    WrongState {
        /// The state that it is in.
        state: &'static str,
    },
    /// Another thing of the same business has this name.
    #[error("`{field}` is taken")]
    NameTaken {
        /// Which argument.
        field: &'static str,
    },
    /// A business can't deal with itself, nor a person with their own request.
    #[error("not with oneself")]
    SelfActionForbidden,
    /// The business would be left without an active Admin.
    #[error("a business needs at least one active Admin")]
    LastAdmin,
    /// A quota of the business is used up.
    #[error("the limit of {limit} is reached")]
    LimitExceeded {
        /// Which quota.
        limit: LimitName,
    },
    /// Too much within 24 hours; nothing was sent.
    #[error("too many within 24 hours, try again in {retry_after} s")]
    RateLimited {
        /// Seconds until there is room again in the limit that refused the call. Another may be full then, and says so.
        retry_after: u64,
    },
    /// The idempotency key was used within 24 hours with other arguments.
    #[error("the idempotency key was used with other arguments")]
    IdempotencyMismatch,
    /// Storage, the clock or the host got in the way.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Why an argument is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Nothing was given.
    Empty,
    /// Nothing visible was given.
    Blank,
    /// More bytes or more graphemes than allowed, or a grapheme of too many marks.
    TooLong,
    /// A control character, or a line break where one line is asked for.
    Control,
    /// A character that turns the direction of writing.
    Bidi,
    /// An invisible character that joins nothing.
    Invisible,
    /// A code point that Unicode keeps out of text.
    Noncharacter,
    /// Not of the form that is asked for.
    Format,
    /// Not within the bounds.
    OutOfRange,
    /// Not one of the values that exist.
    UnknownValue,
    /// No such argument.
    UnknownField,
    /// It is needed here.
    Missing,
    /// It does not go with the other arguments.
    NotAllowedHere,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "it is empty",
            Self::Blank => "it is blank",
            Self::TooLong => "it is too long",
            Self::Control => "it holds a control character",
            Self::Bidi => "it holds a character that turns the direction of writing",
            Self::Invisible => "it holds an invisible character",
            Self::Noncharacter => "it holds a code point that is no character",
            Self::Format => "it is not of the right form",
            Self::OutOfRange => "it is out of range",
            Self::UnknownValue => "there is no such value",
            Self::UnknownField => "there is no such argument",
            Self::Missing => "it is missing",
            Self::NotAllowedHere => "it does not go with the other arguments",
        })
    }
}

/// How a request, an invite, an access request or a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Decided {
    /// It was accepted.
    Accepted,
    /// It was declined.
    Declined,
    /// It was withdrawn by who had made it.
    Withdrawn,
    /// It was revoked by its client, or with its inviter's authority.
    Revoked,
    /// Another took its place.
    Superseded,
    /// It was disconnected.
    Disconnected,
}

/// A quota of a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LimitName {
    /// Members, active or disabled.
    Members,
    /// Contractor roles that are not archived.
    ContractorRoles,
    /// Connections that are Connected, on either side.
    Connections,
    /// Access requests that are open.
    AccessRequests,
    /// Categories of one contractor role.
    Categories,
    /// Requirements of one contractor role.
    Requirements,
}

impl fmt::Display for LimitName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Members => "members",
            Self::ContractorRoles => "contractor roles",
            Self::Connections => "connections",
            Self::AccessRequests => "open access requests",
            Self::Categories => "categories",
            Self::Requirements => "requirements",
        })
    }
}

/// Something outside the domain failed.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{kind}")]
#[non_exhaustive]
pub struct Fault {
    /// Which kind of failure.
    pub kind: FaultKind,
    /// For the log alone: it may name hosts, files and statements.
    pub source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Fault {
    /// A failure with its cause, which only a log may see.
    pub fn new(kind: FaultKind, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { kind, source: Some(Arc::from(source.into())) }
    }
}

impl From<FaultKind> for Fault {
    fn from(kind: FaultKind) -> Self {
        Self { kind, source: None }
    }
}

impl From<FaultKind> for Error {
    fn from(kind: FaultKind) -> Self {
        Self::Fault(kind.into())
    }
}

/// The kinds of failure from outside the domain, each with the code that callers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// Others were faster, round after round; nothing has changed.
    Conflict,
    /// The commit was sent and its answer lost: the call may or may not have taken effect. Calling again with the same
    /// idempotency key is safe.
    OutcomeUnknown,
    /// The host gave up waiting.
    Cancelled,
    /// The database can't be reached.
    StorageUnavailable,
    /// A queue or a lock was not free within the deadline.
    StorageBusy,
    /// No room left.
    StorageFull,
    /// The database takes no writes.
    StorageReadOnly,
    /// A stored value makes no sense.
    StorageCorrupt,
    /// The database is missing, foreign, or of a newer version.
    SchemaMismatch,
    /// The configuration can't be used, or its keys are not those of the database.
    ConfigInvalid,
    /// The clock shows a year that the library can't count in.
    ClockOutOfRange,
    /// The handle was closed.
    Closed,
    /// The handle was made before a fork.
    Forked,
    /// A fault of the library or of a part that the host brought.
    Internal,
}

impl FaultKind {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::Cancelled => "cancelled",
            Self::StorageUnavailable => "storage_unavailable",
            Self::StorageBusy => "storage_busy",
            Self::StorageFull => "storage_full",
            Self::StorageReadOnly => "storage_read_only",
            Self::StorageCorrupt => "storage_corrupt",
            Self::SchemaMismatch => "schema_mismatch",
            Self::ConfigInvalid => "config_invalid",
            Self::ClockOutOfRange => "clock_out_of_range",
            Self::Closed => "closed",
            Self::Forked => "forked",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Conflict => "others changed the same things at the same time, try again",
            Self::OutcomeUnknown => "the outcome is unknown, try again with the same idempotency key",
            Self::Cancelled => "cancelled",
            Self::StorageUnavailable => "the storage can't be reached",
            Self::StorageBusy => "the storage is busy",
            Self::StorageFull => "the storage is full",
            Self::StorageReadOnly => "the storage is read-only",
            Self::StorageCorrupt => "the storage holds something that makes no sense",
            Self::SchemaMismatch => "the storage is missing, foreign or of another version",
            Self::ConfigInvalid => "the configuration can't be used",
            Self::ClockOutOfRange => "the clock is out of range",
            Self::Closed => "the handle is closed",
            Self::Forked => "the handle was made before a fork",
            Self::Internal => "internal error",
        })
    }
}

impl Error {
    /// An argument that breaks a rule.
    pub(crate) const fn argument(field: &'static str, reason: Reason) -> Self {
        Self::InvalidArgument { field: Cow::Borrowed(field), reason }
    }

    /// The stable code, the same in every language.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidArgument { .. } => "invalid_argument",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::InviteInvalidOrExpired => "invite_invalid_or_expired",
            Self::EmailNotVerified => "email_not_verified",
            Self::EmailMismatch => "email_mismatch",
            Self::AlreadyConnected { .. } => "already_connected",
            Self::AlreadyPending { .. } => "already_pending",
            Self::AlreadyMember => "already_member",
            Self::AlreadyDecided { .. } => "already_decided",
            Self::WrongState { .. } => "wrong_state",
            Self::NameTaken { .. } => "name_taken",
            Self::SelfActionForbidden => "self_action_forbidden",
            Self::LastAdmin => "last_admin",
            Self::LimitExceeded { .. } => "limit_exceeded",
            Self::RateLimited { .. } => "rate_limited",
            Self::IdempotencyMismatch => "idempotency_mismatch",
            Self::Fault(fault) => fault.kind.code(),
        }
    }

    /// What the caller may act on, by name: `field`, `reason`, `connection`, `access_request`, `decision`, `at`,
    /// `state`, `limit`, `retry_after` (seconds). Of the two things that may be pending, the other is null.
    #[must_use]
    pub fn fields(&self) -> Map<String, Value> {
        let fields: &[(&str, Value)] = &match self {
            Self::InvalidArgument { field, reason } => {
                vec![("field", field.as_ref().into()), ("reason", word(reason))]
            }
            Self::AlreadyConnected { connection } => vec![("connection", connection.to_string().into())],
            Self::AlreadyPending { connection, access_request } => {
                vec![("connection", word(connection)), ("access_request", word(access_request))]
            }
            Self::AlreadyDecided { decision, at } => {
                vec![("decision", word(decision)), ("at", at.to_string().into())]
            }
            Self::WrongState { state } => vec![("state", (*state).into())],
            Self::NameTaken { field } => vec![("field", (*field).into())],
            Self::LimitExceeded { limit } => vec![("limit", word(limit))],
            Self::RateLimited { retry_after } => vec![("retry_after", (*retry_after).into())],
            Self::Forbidden
            | Self::NotFound
            | Self::InviteInvalidOrExpired
            | Self::EmailNotVerified
            | Self::EmailMismatch
            | Self::AlreadyMember
            | Self::SelfActionForbidden
            | Self::LastAdmin
            | Self::IdempotencyMismatch
            | Self::Fault(_) => Vec::new(),
        };
        fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }
}

fn word(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}
