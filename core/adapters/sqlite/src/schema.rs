//! Whose file it is, and how it is brought to the version of this library.
//!
//! A database of ours carries [`APPLICATION_ID`] and counts its migrations in `user_version`, both in the file's first
//! page. refinery was tried in thought and left: it reads its history in one transaction and migrates in another, so
//! that two processes that start at once both create the tables; it marks no file as ours; and a damaged line of its
//! history panics. Here the look, the migrations and the marks are one `BEGIN IMMEDIATE`.

use std::path::Path;
use std::time::Duration;

use handclasp::{Fault, FaultKind};
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::{Batch, Connection, TransactionBehavior, ffi};

use crate::faults::{at_open, fault, is_busy, sqlite_error};
use crate::patience::Patience;
use crate::place::{Access, Found, Place, wait_for_locks};
use crate::points::{Point, pass};

/// "hclp": what `file` and SQLite itself show of a database of ours.
pub const APPLICATION_ID: i32 = 0x6863_6c70;

/// Each one leads from the version that is its place in the list to the next.
const MIGRATIONS: &[&str] = &[include_str!("../migrations/V1__tables.sql")];

/// Before it a reset of the log could lose a commit when two connections met in it.
const OLDEST_SQLITE: i32 = 3_051_003;

/// What a file is, by its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// Without any table or mark: nobody's.
    Blank,
    /// Ours, after so many migrations.
    Ours(usize),
}

/// Opens the database that lies there, at the version of this library, for the one connection that writes.
///
/// A file that is not ours, or newer than this library, is refused before anything is written.
pub(crate) fn open(path: &Path, create: bool, patience: Duration) -> Result<(Connection, Place), Fault> {
    supported(rusqlite::version_number(), rusqlite::version())?;
    let (mut place, found) = Place::find(path)?;
    match found {
        Found::Nothing if !create => return Err(mismatch("there is no such file")),
        Found::Nothing => {}
        Found::Empty if !create => return Err(mismatch("the file is empty")),
        Found::Empty => {}
        Found::File => look(&mut place, path, (create, patience))?,
    }
    let access = if found == Found::Nothing { Access::Create } else { Access::Write };
    let mut connection = place.connect(access, patience)?;
    migrate(&mut connection, create)?;
    if !connection.is_readonly("main").map_err(at_open)? {
        keep_log(&connection, patience)?;
    }
    // The writer waits by itself, as long as those whose work it holds have patience.
    wait_for_locks(&connection, Duration::ZERO)?;
    Ok((connection, place))
}

fn supported(number: i32, version: &str) -> Result<(), Fault> {
    if number >= OLDEST_SQLITE {
        return Ok(());
    }
    Err(Fault::new(FaultKind::ConfigInvalid, format!("SQLite {version}, not 3.51.3 or newer")))
}

/// Looks through a connection that can't write.
fn look(place: &mut Place, path: &Path, (create, patience): (bool, Duration)) -> Result<(), Fault> {
    match place.probe(patience, marks) {
        Ok(Marks::Ours(_)) => Ok(()),
        // What a creator had begun that died has been undone since somebody saw a file there.
        Ok(Marks::Blank) if create && Place::find(path)?.1 == Found::Empty => Ok(()),
        // SQLite takes a handful of any bytes for an empty database, and would write over them.
        Ok(Marks::Blank) => Err(mismatch("the file is no database")),
        // Its creator died within the first transaction. The connection that writes undoes that, then looks again.
        Err(fault) if is_half_made(&fault) => Ok(()),
        Err(fault) => Err(fault),
    }
}

fn is_half_made(fault: &Fault) -> bool {
    sqlite_error(fault).is_some_and(|error| error.extended_code == ffi::SQLITE_READONLY_ROLLBACK)
}

fn marks(connection: &Connection) -> Result<Marks, Fault> {
    let sql = "SELECT (SELECT application_id FROM pragma_application_id), \
               (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found: (i32, i64, i64) = connection.query_row(sql, (), read).map_err(at_open)?;
    match found {
        (0, 0, 0) => Ok(Marks::Blank),
        (APPLICATION_ID, version, _) => match usize::try_from(version) {
            Ok(version) if version <= MIGRATIONS.len() => Ok(Marks::Ours(version)),
            _ => Err(mismatch("the database is newer than this library")),
        },
        _ => Err(mismatch("the file is a database of something else")),
    }
}

fn migrate(connection: &mut Connection, create: bool) -> Result<(), Fault> {
    // Most often all is done, and whoever only reads can find that out too.
    if marks(connection)? == Marks::Ours(MIGRATIONS.len()) {
        return Ok(());
    }
    pass(Point::BeforeMigration);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
    pass(Point::MigrationBegun);
    // Others may have been faster.
    let done = match marks(&transaction)? {
        Marks::Blank if !create => return Err(mismatch("the file is empty")),
        Marks::Blank => 0,
        Marks::Ours(version) => version,
    };
    for migration in MIGRATIONS.iter().skip(done) {
        let mut statements = Batch::new(&transaction, migration);
        while let Some(mut statement) = statements.next().map_err(fault)? {
            statement.execute(()).map_err(fault)?;
            pass(Point::Migrating);
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(fault)?;
    let version = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    transaction.pragma_update(None, "user_version", version).map_err(fault)?;
    pass(Point::Marked);
    transaction.commit().map_err(fault)?;
    pass(Point::Migrated);
    Ok(())
}

/// Puts the database into WAL mode, where readers and the writer never wait for each other, and flushes each commit.
fn keep_log(connection: &Connection, patience: Duration) -> Result<(), Fault> {
    // SQLite itself does not wait here, since waiting for a change of mode can lock two processes up.
    let mut patience = Patience::new(patience);
    let mode: String = loop {
        match connection.query_row("PRAGMA journal_mode = WAL", (), |row| row.get(0)) {
            Err(error) if is_busy(&error) && patience.pause() => {}
            mode => break mode.map_err(fault)?,
        }
    };
    if mode != "wal" {
        return Err(Fault::new(FaultKind::StorageUnavailable, "the file system has no shared memory for the log"));
    }
    pass(Point::LogKept);
    connection.execute_batch(WRITING).map_err(fault)
}

/// A commit that was answered survives a power cut. The log is taken into the database every 16 MiB, not every four: a
/// page that many commits touched is written there once (measured: a quarter more commits a second). A log that grew in
/// a rush is cut back to 64 MiB, and the writer remembers as much of the database as the log holds.
const WRITING: &str = "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; \
                       PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16384";

fn mismatch(why: &'static str) -> Fault {
    Fault::new(FaultKind::SchemaMismatch, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_flushed_before_it_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        for create in [true, false] {
            let (connection, _) = open(&folder.path().join("x.db"), create, Duration::ZERO).unwrap();
            let synchronous: i64 = connection.query_row("PRAGMA synchronous", (), |row| row.get(0)).unwrap();
            // FULL, or EXTRA, which flushes more.
            assert!(synchronous >= 2, "{synchronous}");
        }
    }

    #[test]
    fn sto_10_the_connection_that_writes_leaves_waiting_to_those_who_have_patience() {
        let folder = tempfile::tempdir().unwrap();
        let (connection, _) = open(&folder.path().join("x.db"), true, Duration::from_secs(5)).unwrap();
        assert_eq!(connection.query_row("PRAGMA busy_timeout", (), |row| row.get::<_, i64>(0)), Ok(0));
    }

    #[test]
    fn crs_04_a_file_that_was_undone_since_it_was_seen_is_taken_as_empty() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let file = std::fs::File::create_new(&path).unwrap();
        let (mut place, _) = Place::find(&path).unwrap();
        assert!(look(&mut place, &path, (true, Duration::ZERO)).is_ok());
        assert_eq!(look(&mut place, &path, (false, Duration::ZERO)).unwrap_err().kind, FaultKind::SchemaMismatch);
        file.set_len(40).unwrap();
        assert_eq!(look(&mut place, &path, (true, Duration::ZERO)).unwrap_err().kind, FaultKind::SchemaMismatch);
    }

    #[test]
    fn sto_27_an_older_sqlite_is_refused_by_both_versions() {
        assert!(supported(3_051_003, "3.51.3").is_ok());
        let refused = supported(3_051_002, "3.51.2").unwrap_err();
        assert_eq!(refused.kind, FaultKind::ConfigInvalid);
        let why = refused.source.unwrap().to_string();
        assert!(why.contains("3.51.2") && why.contains("3.51.3"), "{why}");
    }
}
