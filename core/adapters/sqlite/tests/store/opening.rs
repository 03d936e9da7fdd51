//! What may be opened, and what is refused untouched.
#![expect(clippy::disallowed_methods, reason = "tests make files that are no databases")]

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use futures_executor::block_on;
use handclasp::storage::{Committed, Storage, Version};
use handclasp_sqlite::{Options, Sqlite};
use rusqlite::Connection;

use crate::stage;

/// Opens within five seconds; a hang is a failure.
fn refused(path: &Path, options: Options) -> &'static str {
    let (sender, receiver) = mpsc::channel();
    let path = path.to_owned();
    thread::spawn(move || sender.send(stage::refusal(&path, options)));
    receiver.recv_timeout(Duration::from_secs(5)).unwrap()
}

#[test]
fn a_missing_file_is_made_only_when_asked_for() {
    let (folder, path) = stage::folder();
    assert_eq!(refused(&path, Options::new()), "schema_mismatch");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let made = stage::created(&path);
    assert_eq!(block_on(made.commit(stage::put(1, 1))).unwrap(), Committed::Done);
    block_on(made.close()).unwrap();
    // Closed by its last user, a database is one file.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let again = block_on(Sqlite::open(&path, Options::new())).unwrap();
    assert_eq!(block_on(again.load(&[stage::key(1)])).unwrap()[0].version, Version(1));
}

#[test]
fn an_empty_file_becomes_a_database_only_when_asked_for() {
    let (_folder, path) = stage::folder();
    fs::write(&path, "").unwrap();
    assert_eq!(refused(&path, Options::new()), "schema_mismatch");
    assert_eq!(fs::read(&path).unwrap(), b"");
    block_on(stage::created(&path).close()).unwrap();
}

#[test]
fn sto_11_a_database_of_something_else_is_refused_untouched() {
    for setting in ["", "PRAGMA journal_mode = WAL", "PRAGMA application_id = 7", "PRAGMA user_version = 1"] {
        let (_folder, path) = stage::folder();
        let other = Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE businesses (id)").unwrap();
        other.execute_batch(setting).unwrap();
        drop(other);
        let before = fs::read(&path).unwrap();
        assert_eq!(refused(&path, Options::new()), "schema_mismatch", "{setting}");
        assert_eq!(refused(&path, Options::new().create(true)), "schema_mismatch", "{setting}");
        assert_eq!(fs::read(&path).unwrap(), before, "{setting}");
    }
}

#[test]
fn sto_11_a_newer_database_is_refused_untouched() {
    let (_folder, path) = stage::folder();
    block_on(stage::created(&path).close()).unwrap();
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 1000").unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(refused(&path, Options::new().create(true)), "schema_mismatch");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn what_a_creator_left_that_died_becomes_a_database_only_when_asked_for() {
    let (folder, path) = stage::folder();
    let (made, journal) = (folder.path().join("made.db"), folder.path().join("x.db-journal"));
    // In the middle of a first transaction that has outgrown its memory, as a power cut would leave it.
    let creator = Connection::open(&made).unwrap();
    creator
        .execute_batch("PRAGMA cache_size = 1; BEGIN; CREATE TABLE t (b); INSERT INTO t VALUES (zeroblob(99999))")
        .unwrap();
    creator.execute_batch("CREATE TABLE u (b); INSERT INTO u VALUES (zeroblob(99999))").unwrap();
    fs::copy(&made, &path).unwrap();
    fs::copy(folder.path().join("made.db-journal"), &journal).unwrap();
    assert!(fs::metadata(&path).unwrap().len() > 0 && fs::metadata(&journal).unwrap().len() > 0);
    assert_eq!(refused(&path, Options::new()), "schema_mismatch");
    let store = stage::created(&path);
    assert_eq!(block_on(store.commit(stage::put(1, 1))).unwrap(), Committed::Done);
}

#[test]
fn sto_04_damage_is_told_and_nothing_is_made_up() {
    let (folder, path) = stage::folder();
    let made = stage::created(&path);
    for number in 0..300 {
        block_on(made.commit(stage::put(number, 1))).unwrap();
    }
    block_on(made.close()).unwrap();
    let sound = fs::read(&path).unwrap();
    for page in 0..sound.len() / 4_096 + 1 {
        let mut damaged = sound.clone();
        match damaged.get_mut(page * 4_096..page * 4_096 + 4_096) {
            Some(bytes) => bytes.fill(0xa5),
            None => damaged.truncate(sound.len() / 2),
        }
        let place = folder.path().join(format!("{page}.db"));
        fs::write(&place, damaged).unwrap();
        let told = |code| assert!(["storage_corrupt", "schema_mismatch"].contains(&code), "page {page}: {code}");
        match block_on(Sqlite::open(&place, Options::new())) {
            Err(fault) => told(fault.kind.code()),
            Ok(store) => {
                for number in 0..300 {
                    match block_on(store.load(&[stage::key(number)])) {
                        Ok(found) => assert_eq!(found[0].version, Version(1), "page {page}, person {number}"),
                        Err(fault) => told(fault.kind.code()),
                    }
                }
                drop(block_on(store.commit(stage::put(999, 1))).map_err(|fault| told(fault.kind.code())));
            }
        }
    }
}

#[test]
fn sto_12_files_that_are_no_databases_are_refused_untouched() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".repeat(100);
    for bytes in [&b"a"[..], b"SQLite format 3\0", &png, &[0; 4096]] {
        let (_folder, path) = stage::folder();
        fs::write(&path, bytes).unwrap();
        let code = refused(&path, Options::new().create(true));
        assert!(["schema_mismatch", "storage_corrupt"].contains(&code), "{code}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn sto_12_what_is_no_regular_file_is_refused_without_opening_it() {
    let (folder, path) = stage::folder();
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    let socket = folder.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for place in [path.as_path(), folder.path(), &socket, Path::new("/dev/full"), Path::new("/dev/null")] {
        assert_eq!(refused(place, Options::new().create(true)), "schema_mismatch", "{}", place.display());
    }
}

#[test]
fn sto_12_paths_that_lead_nowhere_are_refused() {
    let (folder, path) = stage::folder();
    symlink(&path, &path).unwrap();
    let dangling = folder.path().join("dangling");
    symlink(folder.path().join("nothing"), &dangling).unwrap();
    let long = folder.path().join("x".repeat(4_096));
    let nowhere = folder.path().join("nowhere/x.db");
    for (place, code) in [
        (path.as_path(), "storage_unavailable"),
        (&dangling, "schema_mismatch"),
        (&long, "storage_unavailable"),
        (&nowhere, "storage_unavailable"),
        (Path::new(""), "config_invalid"),
        (Path::new("a\0b"), "config_invalid"),
    ] {
        assert_eq!(refused(place, Options::new().create(true)), code, "{}", place.display());
    }
}

#[test]
fn sto_12_a_path_is_a_path() {
    let (folder, _) = stage::folder();
    // SQLite, as it is built here, would take the first three for names of its own and make no file.
    run(stage::here(folder.path(), "opening::odd_names_are_names_of_files"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), ODD.len());
}

const ODD: [&[u8]; 6] = [b":memory:", b"file:x?mode=memory", b"file::memory:", b"a%00b", b"caf\xe9.db", b"a?b#c d"];

#[test]
#[ignore = "runs in a folder made for it"]
fn odd_names_are_names_of_files() {
    for name in ODD {
        let path = std::ffi::OsStr::from_bytes(name);
        block_on(block_on(Sqlite::open(path, Options::new().create(true))).unwrap().close()).unwrap();
        assert!(Path::new(path).is_file());
    }
}

/// Copies this test's program to where anybody may run it, and runs one of the tests below as nobody.
fn as_nobody(folder: &Path, test: &str) {
    use std::os::unix::process::CommandExt;
    let (anywhere, _) = stage::folder();
    mode(anywhere.path(), 0o755);
    let program = anywhere.path().join("program");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let mut command = stage::test(&program, folder, test);
    // Root may do everything; other users may not become nobody, and need not.
    if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        command.uid(65_534).gid(65_534);
    }
    run(command);
}

fn run(mut command: Command) {
    stage::passed(command.spawn().unwrap());
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}

fn with_one_person(folder: &Path) {
    let made = stage::created(&folder.join("x.db"));
    block_on(made.commit(stage::put(1, 1))).unwrap();
    block_on(made.close()).unwrap();
}

#[test]
fn sto_09_a_file_that_takes_no_writes_is_read() {
    let (folder, path) = stage::folder();
    with_one_person(folder.path());
    mode(&path, 0o444);
    mode(folder.path(), 0o777);
    as_nobody(folder.path(), "opening::nobody_reads_and_does_not_write");
}

#[test]
fn sto_09_a_folder_that_takes_no_files_is_read() {
    let (folder, path) = stage::folder();
    with_one_person(folder.path());
    mode(&path, 0o666);
    mode(folder.path(), 0o555);
    as_nobody(folder.path(), "opening::nobody_reads_and_does_not_write");
    mode(folder.path(), 0o755);
}

#[test]
fn sto_09_a_folder_that_takes_no_files_is_not_read_without_its_log() {
    let (folder, path) = stage::folder();
    let made = stage::created(&folder.path().join("made.db"));
    block_on(made.commit(stage::put(1, 1))).unwrap();
    // As after a crash: the person is in the log alone.
    fs::copy(folder.path().join("made.db"), &path).unwrap();
    fs::copy(folder.path().join("made.db-wal"), folder.path().join("x.db-wal")).unwrap();
    mode(folder.path(), 0o555);
    as_nobody(folder.path(), "opening::nobody_opens_nothing");
    // Nor by a link that lies elsewhere.
    let (elsewhere, link) = stage::folder();
    std::os::unix::fs::symlink(&path, link).unwrap();
    mode(elsewhere.path(), 0o755);
    as_nobody(elsewhere.path(), "opening::nobody_opens_nothing");
    mode(folder.path(), 0o755);
}

#[test]
fn sto_12_a_file_without_permissions_is_unavailable() {
    let (folder, path) = stage::folder();
    with_one_person(folder.path());
    mode(&path, 0o000);
    mode(folder.path(), 0o755);
    as_nobody(folder.path(), "opening::nobody_opens_nothing");
}

#[test]
#[ignore = "runs as nobody, in a folder made for it"]
fn nobody_reads_and_does_not_write() {
    let store = block_on(Sqlite::open("x.db", stage::options())).unwrap();
    assert_eq!(block_on(store.load(&[stage::key(1), stage::key(2)])).unwrap()[0].version, Version(1));
    assert_eq!(block_on(store.feed(0, 9)).unwrap().len(), 1);
    assert_eq!(block_on(store.commit(stage::put(2, 1))).unwrap_err().kind.code(), "storage_read_only");
    assert_eq!(block_on(store.load(&[stage::key(2)])).unwrap()[0].version, Version::NONE);
    block_on(store.close()).unwrap();
}

#[test]
#[ignore = "runs as nobody, in a folder made for it"]
fn nobody_opens_nothing() {
    assert_eq!(stage::refusal("x.db", stage::options()), "storage_unavailable");
}
