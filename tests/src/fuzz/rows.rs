//! Stored rows: a row makes a record that makes the same row again, or it is corrupt.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use futures_util::future::FutureExt;
use handclasp::storage::{
    ColumnKind, Corrupt, Kind, Memory, Row, Side, Source, Storage, StoredEvent, Table, Value, Version, Versioned,
};
use handclasp::testing::samples::{self, Fill};
use handclasp::{Email, Timestamp};
use serde_json::Value as Json;
use uuid::Uuid;

use super::input::Input;
use crate::scenarios;

/// Sound rows of records and sides, each state of each kind.
static SOUND: LazyLock<Vec<(Source, Row)>> = LazyLock::new(|| {
    let mut sound = Vec::new();
    for fill in Fill::ALL {
        let records = samples::records(fill);
        sound.extend(records.iter().map(|record| (Source::Records(record.key().kind), Row::of(record, Version(1)))));
        sound.extend(samples::sides(1, fill).iter().map(|side| (Source::Sides, Row(side.values()))));
    }
    sound
});

/// What happens in the stories: a sound row of events for each set of fields that an event has.
static HAPPENED: LazyLock<Vec<(Source, Row)>> = LazyLock::new(|| {
    let mut happened = BTreeMap::new();
    for (name, scenario) in scenarios::all() {
        let memory = Arc::new(Memory::new());
        // Nothing waits in memory; a story that closes its store shows nothing any more.
        let told = scenarios::run(&scenario, Arc::clone(&memory) as _).now_or_never();
        assert!(told.is_some_and(|told| told.is_ok()), "{name} is told to its end");
        let feed = memory.feed(0, usize::MAX).now_or_never().expect("memory answers at once");
        for (_, event) in feed.unwrap_or_default() {
            let fields = fields(&serde_json::to_value(&event.event).expect("an event is JSON"));
            happened.entry(fields).or_insert((Source::Events, Row(event.values())));
        }
    }
    happened.into_values().collect()
});

/// The names of all fields.
fn fields(json: &Json) -> String {
    match json {
        Json::Object(all) => all.iter().map(|(name, json)| format!("{name}({})", fields(json))).collect(),
        Json::Array(all) => all.iter().map(fields).collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => String::new(),
    }
}

/// A sound row of a record or a side with some of its values changed.
pub(super) fn row(data: &[u8]) {
    changed(&SOUND, Input::of(data));
}

/// The same of an event.
pub(super) fn event(data: &[u8]) {
    changed(&HAPPENED, Input::of(data));
}

fn changed(sound: &[(Source, Row)], mut input: Input<'_>) {
    let (source, row) = &sound[usize::from(u16::from_be_bytes(input.bytes())) % sound.len()];
    let mut row = row.clone();
    for _ in 0..6 {
        if input.is_empty() {
            break;
        }
        change(&mut row, &mut input);
    }
    reads_as_written(*source, &row);
}

fn change(row: &mut Row, input: &mut Input<'_>) {
    let place = usize::from(input.byte()) % row.0.len().max(1);
    let what = input.byte() % 12;
    if what == 8 {
        row.0.push(Value::Null);
    } else if what == 9 {
        row.0.pop();
    } else if let Some(value) = row.0.get_mut(place) {
        *value = match (what, &*value) {
            (0, _) => Value::Null,
            (1, _) => Value::Bool(input.byte() % 2 == 1),
            (2, _) => Value::Int(i64::from_be_bytes(input.bytes())),
            (3, _) => Value::Int(i64::from(input.byte()) - 128),
            (4, _) => Value::Uuid(Uuid::from_bytes(input.bytes())),
            (5, _) => Value::Text(input.text()),
            (6, _) => Value::Bytes(input.text().into_bytes()),
            (7, _) => {
                let micros = i64::from_be_bytes(input.bytes()).rem_euclid(Timestamp::MAX.as_micros() + 1);
                Value::Time(Timestamp::from_micros(micros).expect("within the years that count"))
            }
            (_, Value::Text(text)) => Value::Text(input.edited(text)),
            (_, other) => other.clone(),
        };
    }
}

fn reads_as_written(source: Source, row: &Row) {
    let table = source.table();
    let again = |row: &Row| match source {
        Source::Records(kind) => record(kind, row),
        Source::Sides => Side::read(row.clone()).map(|side| Row(side.values())),
        Source::Events => StoredEvent::read(row.clone()).map(|event| Row(event.values())),
    };
    match again(row) {
        Ok(written) => {
            same(table, row, &written);
            assert_eq!(again(&written).as_ref(), Ok(&written), "written again, {} changes", table.name);
        }
        Err(Corrupt { column, .. }) => {
            let known = column == table.name || table.all().any(|known| known.name == column);
            assert!(known, "{} has no `{column}`", table.name);
        }
    }
}

fn record(kind: Kind, row: &Row) -> Result<Row, Corrupt> {
    let Versioned { version, record } = Versioned::read(kind, row.clone())?;
    let record = record.expect("a row is a record");
    assert_eq!(record.key().kind, kind);
    assert!(version > Version::NONE);
    Ok(Row::of(&record, version))
}

/// To the letter, but for the spelling of JSON: what is known of it means the same, and nothing is made up.
fn same(table: &Table, given: &Row, written: &Row) {
    assert_eq!(given.0.len(), written.0.len(), "{} has as many columns as it had", table.name);
    for ((column, given), written) in table.all().zip(&given.0).zip(&written.0) {
        let same = match (column.kind, given, written) {
            // An answer is kept to the letter, JSON or not.
            _ if given == written => true,
            (ColumnKind::Json, Value::Text(given), Value::Text(written)) => {
                meaning(given).zip(meaning(written)).is_some_and(|(given, written)| known(&given, &written))
            }
            (ColumnKind::Json, Value::Text(_), Value::Null) => true,
            _ => false,
        };
        assert!(same, "{}.{}: {given:?} is read, and written as {written:?}", table.name, column.name);
    }
}

fn meaning(json: &str) -> Option<Json> {
    serde_json::from_str(json).ok()
}

/// Whether all that is written was given. Fields that nobody knows are left out, what has named fields may be given as
/// a list of them, an instant in another zone, and an address's domain in another spelling.
fn known(given: &Json, written: &Json) -> bool {
    match (given, written) {
        (Json::Array(_), Json::Object(_)) => true,
        (Json::Array(given), Json::Array(written)) => {
            given.len() == written.len() && given.iter().zip(written).all(|(given, written)| known(given, written))
        }
        (Json::Object(given), Json::Object(written)) => written.iter().all(|(name, written)| match given.get(name) {
            Some(given) => known(given, written),
            None => hollow(written),
        }),
        (Json::String(given), Json::String(written)) => {
            given == written
                || given.parse::<Timestamp>().is_ok_and(|at| Ok(at) == written.parse())
                || Email::parse(given).is_ok_and(|email| email.as_str() == written)
        }
        (given, written) => given == written,
    }
}

/// Says nothing.
fn hollow(json: &Json) -> bool {
    match json {
        Json::Null | Json::Bool(false) => true,
        Json::Array(list) => list.is_empty(),
        Json::Object(fields) => fields.values().all(hollow),
        Json::Bool(true) | Json::Number(_) | Json::String(_) => false,
    }
}
