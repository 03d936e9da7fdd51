//! What the tests here share: a folder, a database in it, and commits that write a person.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures_executor::block_on;
use handclasp::model::{Author, Event, person};
use handclasp::storage::{Commit, Key, Record, Version, Write};
use handclasp::testing::samples;
use handclasp::{Fault, PersonId};
use handclasp_sqlite::{Options, Sqlite};
use tempfile::TempDir;

/// A folder with room for a database.
pub(crate) fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    (folder, path)
}

/// Short of patience, so that a test of waiting ends soon.
pub(crate) fn options() -> Options {
    Options::new().busy_timeout(Duration::from_millis(300))
}

/// A new database, open.
pub(crate) fn created(path: &PathBuf) -> Sqlite {
    block_on(Sqlite::open(path, Options::new().create(true))).unwrap()
}

/// The code that opening answers with.
pub(crate) fn refusal(path: impl AsRef<Path>, options: Options) -> &'static str {
    block_on(Sqlite::open(path, options)).map_err(|fault: Fault| fault.kind.code()).unwrap_err()
}

/// One of the ignored tests, in a process of its own that starts in the folder.
pub(crate) fn here(folder: &Path, test: &str) -> Command {
    self::test(&std::env::current_exe().unwrap(), folder, test)
}

/// The same of a copy of this program.
pub(crate) fn test(program: &Path, folder: &Path, test: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).args(["--ignored", "--exact", test]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Waits for such a process; its test has run and passed.
pub(crate) fn passed(child: Child) {
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

/// The key of a person.
pub(crate) fn key(number: u128) -> Key {
    Key::from(PersonId::from_uuid(samples::uuid(number)))
}

/// A commit that writes nothing.
pub(crate) fn nothing() -> Commit {
    Commit {
        id: samples::commit_id(1),
        at: samples::time(0),
        author: Author::System,
        acting: None,
        reads: Vec::new(),
        writes: Vec::new(),
        guards: Vec::new(),
        spends: Vec::new(),
        sides: Vec::new(),
        retold: None,
    }
}

/// A commit that writes this person's version with its event.
pub(crate) fn put(number: u128, version: i64) -> Commit {
    let person = samples::person(number, "Jo");
    let event = Some(Event::Person(person::Event::Put(person.clone())));
    let write = Write { record: Record::from(person), version: Version(version), event };
    Commit { writes: vec![write], ..nothing() }
}
