//! What is read of a damaged file, and of one that has lost what lay beside it.
#![expect(clippy::disallowed_methods, reason = "tests damage files")]

use std::fs;
use std::path::Path;

use futures_executor::block_on;
use handclasp::storage::guard::{Adjust, Guard, GuardKind};
use handclasp::storage::{Commit, Committed, Filter, Key, Kind, Query, Row, Source, Storage, Version, Versioned};
use handclasp::testing::samples;
use handclasp_sqlite::{Options, Sqlite};
use rusqlite::Connection;

use crate::stage;

fn told(code: &str) {
    let known = ["storage_corrupt", "schema_mismatch", "storage_unavailable"];
    assert!(known.contains(&code), "{code}");
}

/// Every byte from before this id to after its row.
fn cell(bytes: &[u8], id: &[u8], length: usize) -> std::ops::Range<usize> {
    let at = bytes.windows(id.len()).position(|window| window == id).unwrap();
    at - 16..at + length
}

#[test]
fn sto_05_no_bit_of_a_row_can_be_flipped_unnoticed() {
    let (folder, path) = stage::folder();
    let made = stage::created(&path);
    let sound = block_on(async {
        made.commit(stage::put(1, 1)).await.unwrap();
        let sound = made.load(&[stage::key(1)]).await.unwrap();
        made.close().await.unwrap();
        sound
    });
    let bytes = fs::read(&path).unwrap();
    let (mut noticed, mut harmless) = (0, 0);
    for place in cell(&bytes, stage::key(1).id.as_bytes(), 64) {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1 << bit;
            let damaged = folder.path().join("damaged.db");
            fs::write(&damaged, flipped).unwrap();
            let store = block_on(Sqlite::open(&damaged, Options::new())).unwrap();
            match block_on(store.load(&[stage::key(1)])) {
                Ok(found) if found == [Versioned::NONE] => noticed += 1,
                Ok(found) => {
                    assert_eq!(found, sound, "byte {place}, bit {bit}");
                    harmless += 1;
                }
                Err(fault) => {
                    told(fault.kind.code());
                    noticed += 1;
                }
            }
            block_on(store.close()).unwrap();
        }
    }
    // The row has 42 bytes; the rest is what lies around it.
    assert!(noticed > 42 * 8, "{noticed} noticed, {harmless} elsewhere");
}

#[test]
fn sto_05_a_count_that_was_flipped_decides_nothing() {
    let (_folder, path) = stage::folder();
    let store = stage::created(&path);
    let guard = Guard { kind: GuardKind::Members, business: samples::business_id(1) };
    let count = |delta| Commit { guards: vec![Adjust { guard, delta, max: Some(3), min: None }], ..stage::nothing() };
    assert_eq!(block_on(store.commit(count(3))).unwrap(), Committed::Done);
    Connection::open(&path).unwrap().execute_batch("UPDATE guards SET value = 1").unwrap();
    assert_eq!(block_on(store.commit(count(1))).unwrap_err().kind.code(), "storage_corrupt");
    Connection::open(&path).unwrap().execute_batch("UPDATE guards SET value = 3").unwrap();
    assert!(matches!(block_on(store.commit(count(1))).unwrap(), Committed::Refused(_)));
}

#[test]
fn sto_05_an_event_that_is_missing_or_elsewhere_is_passed_over_by_nobody() {
    let (_folder, path) = stage::folder();
    let store = stage::created(&path);
    for number in 1..=8 {
        assert_eq!(block_on(store.commit(stage::put(number, 1))).unwrap(), Committed::Done);
    }
    let positions = |after, limit| -> Result<Vec<u64>, _> {
        let feed = block_on(store.feed(after, limit)).map_err(|fault| fault.kind.code())?;
        Ok(feed.into_iter().map(|(position, _)| position).collect())
    };
    assert_eq!(positions(0, 10), Ok((1..=8).collect()));
    let tables = Connection::open(&path).unwrap();
    for damage in ["UPDATE events SET position = position + 16 WHERE position", "DELETE FROM events WHERE position"] {
        tables.execute_batch(&format!("CREATE TEMP TABLE kept AS SELECT * FROM events; {damage} = 5")).unwrap();
        assert_eq!(positions(0, 10), Err("storage_corrupt"), "{damage}");
        assert_eq!(positions(4, 1), Err("storage_corrupt"), "{damage}");
        assert_eq!(positions(0, 4), Ok(vec![1, 2, 3, 4]), "{damage}");
        let back = "DELETE FROM events; INSERT INTO events SELECT * FROM kept; DROP TABLE kept";
        tables.execute_batch(back).unwrap();
    }
    assert_eq!(positions(0, 10), Ok((1..=8).collect()));
    assert_eq!((positions(8, 10), positions(u64::MAX, 10)), (Ok(vec![]), Ok(vec![])));
}

#[test]
fn sto_05_a_name_in_the_schema_that_was_flipped_is_damage() {
    let (folder, path) = stage::folder();
    let made = stage::created(&path);
    block_on(made.commit(stage::put(1, 1))).unwrap();
    block_on(made.close()).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    // Where a page was split, what it held before may still lie in it.
    let (table, column) = (b"CREATE TABLE people", b"email TEXT");
    let tables: Vec<_> =
        bytes.windows(table.len()).enumerate().filter(|(_, at)| at == table).map(|(at, _)| at).collect();
    for table in tables {
        let column = bytes[table..].windows(column.len()).position(|at| at == column).unwrap();
        bytes[table + column] ^= 1;
    }
    let damaged = folder.path().join("damaged.db");
    fs::write(&damaged, bytes).unwrap();
    let store = block_on(Sqlite::open(&damaged, Options::new())).unwrap();
    let loaded = block_on(store.load(&[stage::key(1)]));
    let written = block_on(store.commit(stage::put(2, 1)));
    assert_eq!(loaded.unwrap_err().kind.code(), "storage_corrupt");
    assert_eq!(written.unwrap_err().kind.code(), "storage_corrupt");
    block_on(store.close()).unwrap();
}

#[test]
fn sto_04_a_file_of_an_unknown_format_is_none_of_ours() {
    let (_folder, path) = stage::folder();
    block_on(stage::created(&path).close()).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    // <https://www.sqlite.org/fileformat.html#the_database_header>: the schema format number, which is 4.
    bytes[47] = !bytes[47];
    fs::write(&path, bytes).unwrap();
    let refused = block_on(Sqlite::open(&path, Options::new())).unwrap_err();
    assert_eq!(refused.kind.code(), "schema_mismatch");
}

fn listed(store: &Sqlite) -> Vec<Row> {
    let query = Query {
        source: Source::Records(Kind::Person),
        filter: Filter::All(Vec::new()),
        order: vec!["id"],
        descending: false,
        after: None,
        limit: 999,
    };
    block_on(store.list(&query)).unwrap()
}

#[test]
fn sto_21_a_row_that_cannot_be_read_hides_no_other() {
    let (_folder, path) = stage::folder();
    let store = stage::created(&path);
    for number in 1..=3 {
        block_on(store.commit(stage::put(number, 1))).unwrap();
    }
    let sound = listed(&store);
    let set = |sql: &str| Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    for damage in ["name = 'other'", "checksum = NULL, name = CAST(x'ff' AS TEXT)", "checksum = 1"] {
        set(&format!(
            "CREATE TABLE kept AS SELECT * FROM people; UPDATE people SET {damage} WHERE id = (SELECT max(id) FROM people)"
        ));
        let rows = listed(&store);
        assert_eq!((&rows[..2], &rows[2..]), (&sound[..2], &[Row(sound[2].0[..2].to_vec())][..]), "{damage}");
        // Of these three ids the second one's is the greatest.
        let key = |number| [stage::key(number)];
        let told = block_on(store.load(&key(2))).map_err(|fault| fault.kind.code());
        assert_eq!(told, Err("storage_corrupt"), "{damage}");
        assert_eq!(block_on(store.load(&key(3))).unwrap()[0].version, Version(1), "{damage}");
        set("DELETE FROM people; INSERT INTO people SELECT * FROM kept; DROP TABLE kept");
        assert_eq!(listed(&store), sound);
    }
}

/// How many people and how many events there are; each came with the other.
fn counts(path: &Path) -> (usize, usize) {
    let store = block_on(Sqlite::open(path, Options::new())).unwrap();
    let keys: Vec<Key> = (0..200).map(stage::key).collect();
    let people = block_on(store.load(&keys)).unwrap().iter().filter(|found| found.record.is_some()).count();
    let events = block_on(store.feed(0, 999)).unwrap().len();
    // It takes writes, whatever it has lost.
    assert_eq!(block_on(store.commit(stage::put(999, 1))).unwrap(), Committed::Done);
    block_on(store.close()).unwrap();
    let sound: String =
        Connection::open(path).unwrap().query_row("PRAGMA integrity_check", (), |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    (people, events)
}

#[test]
fn sto_06_without_its_log_a_database_stands_as_at_the_last_checkpoint() {
    let (folder, path) = stage::folder();
    let made = stage::created(&path);
    let beside = |name: &str, suffix: &str| folder.path().join(format!("{name}.db{suffix}"));
    for number in 0..50 {
        block_on(made.commit(stage::put(number, 1))).unwrap();
    }
    let stale = fs::read(beside("x", "-shm")).unwrap();
    Connection::open(&path).unwrap().query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |_| Ok(())).unwrap();
    for number in 50..100 {
        block_on(made.commit(stage::put(number, 1))).unwrap();
    }
    let (file, log) = (fs::read(&path).unwrap(), fs::read(beside("x", "-wal")).unwrap());
    let copied = |name: &str, log: Option<&[u8]>, index: Option<&[u8]>| {
        fs::write(beside(name, ""), &file).unwrap();
        for (suffix, bytes) in [("-wal", log), ("-shm", index)] {
            if let Some(bytes) = bytes {
                fs::write(beside(name, suffix), bytes).unwrap();
            }
        }
        counts(&beside(name, ""))
    };
    assert_eq!(copied("alone", None, None), (50, 50), "the log is lost, and nothing can tell");
    assert_eq!(copied("index", None, Some(&stale)), (50, 50), "an index of a log that is not there");
    assert_eq!(copied("logged", Some(&log), None), (100, 100));
    assert_eq!(copied("stale", Some(&log), Some(&stale)), (100, 100), "an old index is made anew");
    assert_eq!(copied("noise", Some(&log), Some(&[0xa5; 32_768])), (100, 100));
    for part in [3, 5, 9] {
        // Whole commits alone, as many as are there whole.
        let (people, events) = copied(&format!("part{part}"), Some(&log[..log.len() * part / 10]), None);
        assert!(people == events && (50..100).contains(&people), "{people} people, {events} events");
    }
    let mut torn = log.clone();
    let middle = torn.len() / 2;
    torn[middle] ^= 1;
    let (people, events) = copied("torn", Some(&torn), None);
    assert!(people == events && (50..100).contains(&people), "{people} people, {events} events");
    block_on(made.close()).unwrap();
}
