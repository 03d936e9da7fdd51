//! Files that people write by hand: tables for the demo, and scenarios.

use handclasp_examples::input::{BusinessRow, ClientRow, FeeRow, InviteRow, PersonRow, RequestRow, RoleRow};
use handclasp_examples::table::{Columns, Table};
use serde_json::Value;

use super::input::Input;
use crate::scenarios::{Given, Scenario};

/// A table of any of the demo's files.
pub(super) fn csv(data: &[u8]) {
    let mut input = Input::of(data);
    match input.byte() % 7 {
        0 => table::<BusinessRow>(input.rest(), |row| (vec![row.name, row.admin_name, row.admin_email], vec![])),
        1 => table::<ClientRow>(input.rest(), |row| (vec![row.name], vec![])),
        2 => table::<FeeRow>(input.rest(), |row| {
            (vec![row.client, row.currency, row.anchor_day, row.price], vec![row.free_allowance, row.up_to])
        }),
        3 => table::<RoleRow>(input.rest(), |row| (vec![row.client, row.role], vec![row.category, row.sub_categories])),
        4 => table::<InviteRow>(input.rest(), |row| (vec![row.client, row.role, row.email], vec![row.message])),
        5 => table::<RequestRow>(input.rest(), |row| (vec![row.client, row.role, row.contractor], vec![row.then])),
        _ => table::<PersonRow>(input.rest(), |row| (vec![row.name, row.email, row.employer], vec![row.phone])),
    }
}

/// The fields that are needed, and some that are not.
type Fields = (Vec<String>, Vec<Option<String>>);

fn table<T: Columns + Clone>(data: &[u8], fields: impl Fn(T) -> Fields) {
    let show = "the input";
    let Ok(table) = Table::<T>::read_from(data, &show) else { return };
    let outcome = &table.outcome;
    assert_eq!((outcome.file, outcome.rows), (T::FILE, table.rows.len() + outcome.refused.len()));
    let lines = 1 + data.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    let mut before = 0;
    for row in &table.rows {
        let line = usize::try_from(row.line).expect("a line");
        // Lines are counted by LF: rows that end in CR alone share one.
        assert!(before <= line && line <= lines, "line {line} after {before}, of {lines}");
        before = line;
        let (needed, optional) = fields(row.row.clone());
        // An empty field was not given.
        assert!(optional.iter().flatten().all(|text| !text.is_empty()), "{optional:?}");
        assert!(needed.iter().map(String::len).sum::<usize>() <= data.len());
    }
    for refused in &outcome.refused {
        let inert = refused.reason.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        assert!(inert && refused.reason.len() < 300, "{:?} shows what the row holds", refused.reason);
        assert!(usize::try_from(refused.line).is_ok_and(|line| line <= lines), "{refused:?} of {lines} lines");
    }
    written_again(&table, data, fields);
}

/// Rows as another program quotes them are the same rows.
fn written_again<T: Columns + Clone>(table: &Table<T>, data: &[u8], fields: impl Fn(T) -> Fields) {
    let mut reader = csv::Reader::from_reader(data);
    let header = reader.byte_headers().expect("read before").clone();
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    writer.write_byte_record(&header).expect("memory");
    for record in reader.byte_records().flatten() {
        if std::str::from_utf8(record.as_slice()).is_ok() {
            writer.write_byte_record(&record).expect("memory");
        }
    }
    let written = writer.into_inner().expect("memory");
    let again = Table::<T>::read_from(written.as_slice(), &"what was written").expect("the same table");
    let all = |table: &Table<T>| table.rows.iter().map(|row| fields(row.row.clone())).collect::<Vec<_>>();
    assert_eq!(all(table), all(&again));
}

/// Any text as a scenario, or as what several begin with.
pub(super) fn scenario(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(scenario) = serde_json::from_str::<Scenario>(&text) {
        says_the_same(&text, &serde_json::to_value(&scenario).expect("JSON"));
        let written = serde_json::to_string(&scenario).expect("JSON");
        let again: Scenario = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{written}: {error}"));
        assert_eq!(serde_json::to_string(&again).expect("JSON"), written);
    }
    if let Ok(given) = serde_json::from_str::<Given>(&text) {
        says_the_same(&text, &serde_json::to_value(&given).expect("JSON"));
    }
}

/// Nothing that was given is lost, and nothing comes that was not.
fn says_the_same(text: &str, read: &Value) {
    let mut given: Value = serde_json::from_str(text).expect("read before");
    let mut read = read.clone();
    bare(&mut given);
    bare(&mut read);
    assert!(same(&given, &read), "{text} is read as {read}");
}

/// What has named fields may be given as a list of them in their order, too.
fn same(given: &Value, read: &Value) -> bool {
    match (given, read) {
        (Value::Array(_), Value::Object(_)) => true,
        (Value::Array(given), Value::Array(read)) => {
            given.len() == read.len() && given.iter().zip(read).all(|(given, read)| same(given, read))
        }
        (Value::Object(given), Value::Object(read)) => {
            given.len() == read.len()
                && given.iter().all(|(name, given)| read.get(name).is_some_and(|read| same(given, read)))
        }
        (given, read) => given == read,
    }
}

/// Without what is left out in one spelling and empty in another. What a step expects is kept to the letter.
fn bare(json: &mut Value) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if !["expect", "with", "fields", "to", "subject", "text", "reply_to"].contains(&name.as_str()) {
                    bare(value);
                }
            }
            fields.retain(|name, value| name == "expect" || !empty(value));
        }
        Value::Array(list) => list.iter_mut().for_each(bare),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn empty(json: &Value) -> bool {
    match json {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
