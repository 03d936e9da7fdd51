//! Where the database lies, and the only ways to connect to it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use handclasp::{Fault, FaultKind};
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use crate::faults::{at_open, fault, sqlite_error};

/// More statements than there are, lists of the usual shapes among them.
const STATEMENTS: usize = 160;

/// A file that may be a database of ours.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// Absolute: SQLite gives a meaning to `:memory:`, to the empty name and, as it is built here, to `file:`.
    path: PathBuf,
    /// Nobody can change the file: SQLite then needs no lock and no file beside it, and may make none.
    immutable: bool,
}

/// What lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    /// A file of no bytes, such as a creator leaves that has only just begun.
    Empty,
    File,
}

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    Create,
}

impl Place {
    /// Looks without opening: whatever else than a regular file lies there might block, or do something.
    pub(crate) fn find(path: &Path) -> Result<(Self, Found), Fault> {
        let path = std::path::absolute(path).map_err(|error| Fault::new(FaultKind::ConfigInvalid, error))?;
        let found = match fs::metadata(&path) {
            Ok(found) if found.is_file() && found.len() == 0 => Found::Empty,
            Ok(found) if found.is_file() => Found::File,
            Ok(_) => return Err(Fault::new(FaultKind::SchemaMismatch, "no regular file")),
            Err(error) if error.kind() == ErrorKind::NotFound => match fs::symlink_metadata(&path) {
                // A link that leads nowhere is not a place to create a file at.
                Ok(entry) if entry.is_symlink() => return Err(Fault::new(FaultKind::SchemaMismatch, error)),
                // Another has begun to create it since the look before.
                Ok(_) => Found::Empty,
                Err(_) => Found::Nothing,
            },
            Err(error) if error.kind() == ErrorKind::InvalidInput => {
                return Err(Fault::new(FaultKind::ConfigInvalid, error));
            }
            Err(error) => return Err(Fault::new(FaultKind::StorageUnavailable, error)),
        };
        Ok((Self { path, immutable: false }, found))
    }

    /// A connection that only reads, to find out what the file is; nothing on disk changes by it, but that SQLite's
    /// own two files may come to lie beside a database that is in WAL mode.
    ///
    /// In a directory that takes no files SQLite can't make them and refuses. If there are none, nobody writes, and the
    /// file can be read as immutable: from then on this place is.
    pub(crate) fn probe<T>(
        &mut self,
        patience: Duration,
        look: impl Fn(&Connection) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut looked = self.connect(Access::Read, patience).and_then(|connection| look(&connection));
        let refused = matches!(&looked, Err(fault) if may_be_closed_to_files(fault));
        if cfg!(unix) && refused && !self.has_log() && self.is_closed_to_files() {
            self.immutable = true;
            looked = self.connect(Access::Read, patience).and_then(|connection| look(&connection));
        }
        looked
    }

    /// A connection.
    pub(crate) fn connect(&self, access: Access, patience: Duration) -> Result<Connection, Fault> {
        // A connection is used by one thread at a time: the pool and the writer see to it.
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let connection = if self.immutable {
            let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(self.immutable_uri(), flags)
        } else {
            Connection::open_with_flags(&self.path, flags | access.flags())
        };
        let connection = connection.map_err(at_open)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        wait_for_locks(&connection, patience)?;
        // Damage is found where a page is read, not where it has misled; no function in a schema is trusted.
        connection.execute_batch("PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF").map_err(at_open)?;
        Ok(connection)
    }

    /// Where the path is a link, SQLite's own files lie beside what the link leads to.
    fn target(&self) -> PathBuf {
        fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone())
    }

    /// Whether something beside the file belongs to its content: the log, or the journal of a creator that died.
    fn has_log(&self) -> bool {
        ["-wal", "-journal"].into_iter().any(|suffix| {
            let mut log = self.target().into_os_string();
            log.push(suffix);
            fs::symlink_metadata(log).is_ok()
        })
    }

    /// Whether no file can be made beside the database. SQLite says the same where descriptors or room have run out, and
    /// will have files again; so one is made, and removed.
    fn is_closed_to_files(&self) -> bool {
        let tried = self.target().with_file_name(format!(".handclasp-{}", std::process::id()));
        match fs::File::create_new(&tried) {
            Ok(_) => {
                // What can't be removed is empty, and in nobody's way.
                #[expect(clippy::disallowed_methods, reason = "it was made just now, and is no database")]
                drop(fs::remove_file(&tried));
                false
            }
            Err(error) => matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem),
        }
    }

    fn immutable_uri(&self) -> String {
        let mut uri = String::from("file://");
        for byte in self.path.as_os_str().as_encoded_bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => uri.push((*byte).into()),
                _ => uri.push_str(&format!("%{byte:02X}")),
            }
        }
        uri + "?immutable=1"
    }
}

impl Access {
    const fn flags(self) -> OpenFlags {
        match self {
            Self::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Self::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Self::Create => OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_CREATE),
        }
    }
}

/// How long the connection waits for a lock of others.
pub(crate) fn wait_for_locks(connection: &Connection, patience: Duration) -> Result<(), Fault> {
    let millis = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
    let patience = Duration::from_millis(u64::try_from(millis).unwrap_or_default());
    #[expect(clippy::disallowed_methods, reason = "the one place, and the span is within bounds")]
    connection.busy_timeout(patience).map_err(fault)
}

fn may_be_closed_to_files(fault: &Fault) -> bool {
    let codes = [ffi::SQLITE_READONLY_CANTINIT, ffi::SQLITE_READONLY_DIRECTORY];
    sqlite_error(fault).is_some_and(|error| error.code == ErrorCode::CannotOpen || codes.contains(&error.extended_code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn res_05_a_file_that_can_not_be_opened_for_the_moment_is_not_taken_as_immutable() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        fs::File::create_new(&path).unwrap();
        let (mut place, _) = Place::find(&path).unwrap();
        let refusal = || rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CANTOPEN), None);
        let refused = place.probe(Duration::ZERO, |_| Err::<(), _>(fault(refusal())));
        assert_eq!(refused.unwrap_err().kind, FaultKind::StorageUnavailable);
        assert!(!place.immutable);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
