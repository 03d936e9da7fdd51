//! What the tests here share: a folder, a database in it, and commits that write a person.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::time::Duration;

use futures_executor::block_on;
use handclasp::model::{Author, Event, person};
use handclasp::storage::{Commit, Key, Record, Version, Write};
use handclasp::testing::samples;
use handclasp::{Fault, PersonId};
use handclasp_sqlite::{Options, Sqlite};
use tempfile::TempDir;

/// A folder with room for a database.
pub fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    (folder, path)
}

/// Short of patience, so that a test of waiting ends soon.
pub fn options() -> Options {
    Options::new().busy_timeout(Duration::from_millis(300))
}

/// A new database, open.
pub fn created(path: &PathBuf) -> Sqlite {
    block_on(Sqlite::open(path, Options::new().create(true))).unwrap()
}

/// The code that opening answers with.
pub fn refusal(path: impl AsRef<std::path::Path>, options: Options) -> &'static str {
    block_on(Sqlite::open(path, options)).map_err(|fault: Fault| fault.kind.code()).unwrap_err()
}

/// The key of a person.
pub fn key(number: u128) -> Key {
    Key::from(PersonId::from_uuid(samples::uuid(number)))
}

/// A commit that writes nothing.
pub fn nothing() -> Commit {
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
    }
}

/// A commit that writes this person's version with its event.
pub fn put(number: u128, version: i64) -> Commit {
    let person = samples::person(number, "Jo");
    let event = Some(Event::Person(person::Event::Put(person.clone())));
    let write = Write { record: Record::from(person), version: Version(version), event };
    Commit { writes: vec![write], ..nothing() }
}
