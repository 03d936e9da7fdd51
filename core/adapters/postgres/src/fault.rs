//! What PostgreSQL and the pool say, as the kinds of failure that callers know.

use deadpool_postgres::{PoolError, TimeoutType};
use handclasp::{Fault, FaultKind};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// Raised by `handclasp.check_commits` and `handclasp.count_commits` when not every commit of a group stands.
const VERDICT: &str = "UH001";
/// Raised by `handclasp.doubt` when a guard is so near its bounds that commits must be counted one after the other.
const DOUBT: &str = "UH002";

/// Another transaction got in the way, and the same again may pass.
pub(crate) fn is_conflict(error: &Error) -> bool {
    matches!(error.code(), Some(code) if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED)
}

/// The verdict on a group of commits, if this is one.
pub(crate) fn verdict(error: &Error) -> Option<&str> {
    let error = error.as_db_error()?;
    (error.code().code() == VERDICT).then(|| error.detail().unwrap_or_default())
}

/// Whether this is a doubt about guards.
pub(crate) fn is_doubt(error: &Error) -> bool {
    error.code().is_some_and(|code| code.code() == DOUBT)
}

/// The server said so itself: it has ended the transaction, and the connection is whole. Anything else is silence.
pub(crate) fn is_answer(error: &Error) -> bool {
    error.as_db_error().is_some()
}

/// The server said so itself while it was ending the connection.
pub(crate) fn is_farewell(error: &Error) -> bool {
    error.code().is_some_and(|code| matches!(kind(code), FaultKind::StorageUnavailable))
}

pub(crate) fn of(error: Error) -> Fault {
    let kind = error.code().map_or(FaultKind::StorageUnavailable, kind);
    Fault::new(kind, error)
}

fn kind(code: &SqlState) -> FaultKind {
    match code.code() {
        "53100" => FaultKind::StorageFull,
        "25006" => FaultKind::StorageReadOnly,
        // Lock and statement timeouts, conflicts that kept coming, no room for connections or locks.
        "55P03" | "57014" | "40001" | "40P01" | "53200" | "53300" | "53400" => FaultKind::StorageBusy,
        // The database or the rights that the URL names.
        "3D000" | "42501" | "0LP01" => FaultKind::ConfigInvalid,
        // Schema, table, column or function: somebody else's, or changed by hand.
        "3F000" | "42P01" | "42703" | "42883" | "42804" => FaultKind::SchemaMismatch,
        // Ended by an operator, by a timeout between statements, or not yet up.
        "57P01" | "57P02" | "57P03" | "57P05" | "25P03" => FaultKind::StorageUnavailable,
        code => match code.get(..2) {
            Some("08") => FaultKind::StorageUnavailable,
            Some("28") => FaultKind::ConfigInvalid,
            Some("23" | "XX") => FaultKind::StorageCorrupt,
            _ => FaultKind::Internal,
        },
    }
}

pub(crate) fn of_pool(error: PoolError) -> Fault {
    match error {
        PoolError::Backend(error) => of(error),
        PoolError::Timeout(TimeoutType::Wait) => Fault::new(FaultKind::StorageBusy, error),
        PoolError::Timeout(TimeoutType::Create | TimeoutType::Recycle) => {
            Fault::new(FaultKind::StorageUnavailable, error)
        }
        PoolError::Closed => FaultKind::Closed.into(),
        PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => Fault::new(FaultKind::Internal, error),
    }
}

/// No answer in time.
#[derive(Debug, thiserror::Error)]
#[error("the server did not answer in time")]
pub(crate) struct Silent;

/// The statement does not fit the tables that it found.
pub(crate) fn is_shape(error: &Error) -> bool {
    error.code().is_some_and(|code| matches!(kind(code), FaultKind::SchemaMismatch))
}

/// The server had no room for so many locks.
pub(crate) fn is_out_of_room(fault: &Fault) -> bool {
    let error = fault.source.as_deref().and_then(|source| source.downcast_ref::<Error>());
    error.and_then(Error::code).is_some_and(|code| *code == SqlState::OUT_OF_MEMORY)
}

/// A result is not of the type that its column has.
pub(crate) fn unreadable(error: Error) -> Fault {
    Fault::new(FaultKind::StorageCorrupt, error)
}
