//! SQLite's errors as the kinds that callers can act on.

use handclasp::{Fault, FaultKind};
use rusqlite::{CachedStatement, Connection, Error, ErrorCode, ffi};

/// What a failed call means to the caller; the error itself is kept for the log.
pub(crate) fn fault(error: Error) -> Fault {
    Fault::new(kind(&error), error)
}

/// The same while a file is being opened, when it is not known yet to be ours.
pub(crate) fn at_open(error: Error) -> Fault {
    match error.sqlite_error_code() {
        // SQLite has no code of its own for a format that it does not know.
        Some(ErrorCode::NotADatabase | ErrorCode::Unknown) => Fault::new(FaultKind::SchemaMismatch, error),
        _ => fault(error),
    }
}

/// A statement of this library. Each fits the tables that it makes: one that does not has met others, as when a name in
/// the schema was damaged, which SQLite takes as it is.
pub(crate) fn prepared<'a>(connection: &'a Connection, sql: &str) -> Result<CachedStatement<'a>, Fault> {
    connection.prepare_cached(sql).map_err(|error| {
        let unfit = matches!(error, Error::SqlInputError { .. })
            || error.sqlite_error_code().is_some_and(|code| code == ErrorCode::Unknown);
        if unfit { Fault::new(FaultKind::StorageCorrupt, error) } else { fault(error) }
    })
}

/// The same of a `COMMIT`. Where a flush fails, or what comes after it, the index of the log, nothing is known: the frames
/// lie in the log, whole perhaps, and a crash before the next commit overwrites them would bring them back. After every
/// other error nothing has changed.
pub(crate) fn at_commit(error: Error) -> Fault {
    let written = [
        ffi::SQLITE_IOERR_FSYNC,
        ffi::SQLITE_IOERR_DIR_FSYNC,
        ffi::SQLITE_IOERR_SHMOPEN,
        ffi::SQLITE_IOERR_SHMSIZE,
        ffi::SQLITE_IOERR_SHMMAP,
        ffi::SQLITE_IOERR_NOMEM,
        ffi::SQLITE_NOMEM,
    ];
    match error.sqlite_error().is_some_and(|error| written.contains(&error.extended_code)) {
        true => Fault::new(FaultKind::OutcomeUnknown, error),
        false => fault(error),
    }
}

/// The same of a value that is not what its column holds.
pub(crate) fn unreadable(error: Error) -> Fault {
    match error.sqlite_error_code() {
        Some(_) => fault(error),
        None => Fault::new(FaultKind::StorageCorrupt, error),
    }
}

/// What SQLite itself said.
pub(crate) fn sqlite_error(fault: &Fault) -> Option<&ffi::Error> {
    fault.source.as_deref()?.downcast_ref::<Error>()?.sqlite_error()
}

/// Whether somebody else holds the lock.
pub(crate) fn is_busy(error: &Error) -> bool {
    kind(error) == FaultKind::StorageBusy
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is a statement that must not have been made")]
fn kind(error: &Error) -> FaultKind {
    // What SQLite says of its own data comes with a code; without one the fault lies in the call.
    let Some(code) = error.sqlite_error_code() else { return FaultKind::Internal };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => FaultKind::StorageBusy,
        ErrorCode::DiskFull => FaultKind::StorageFull,
        ErrorCode::ReadOnly => FaultKind::StorageReadOnly,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => FaultKind::StorageCorrupt,
        ErrorCode::CannotOpen
        | ErrorCode::SystemIoFailure
        | ErrorCode::PermissionDenied
        | ErrorCode::FileLockingProtocolFailed
        | ErrorCode::NoLargeFileSupport
        | ErrorCode::OutOfMemory => FaultKind::StorageUnavailable,
        _ => FaultKind::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crs_01_a_commit_that_fails_after_its_frames_are_written_may_stand_and_no_other() {
        let told = |code| at_commit(Error::SqliteFailure(ffi::Error::new(code), None)).kind;
        for code in [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_SHMSIZE, ffi::SQLITE_IOERR_SHMMAP, ffi::SQLITE_NOMEM] {
            assert_eq!(told(code), FaultKind::OutcomeUnknown, "{code}");
        }
        assert_eq!(told(ffi::SQLITE_FULL), FaultKind::StorageFull);
        assert_eq!(told(ffi::SQLITE_IOERR_WRITE), FaultKind::StorageUnavailable);
    }
}
