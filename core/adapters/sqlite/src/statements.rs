//! The text of every fixed statement, made once from the tables' descriptions.

use std::collections::HashMap;
use std::sync::LazyLock;

use handclasp::storage::rows::{self, Table};
use handclasp::storage::{Column, Kind, Source};
use handclasp::{Fault, FaultKind};

use crate::checksums::has_checksums;

/// The statements about records of one kind.
pub(crate) struct Records {
    /// ?1: id; the whole row.
    pub(crate) select: String,
    /// ?1: id; the version alone.
    pub(crate) version: String,
    /// The whole row, in order.
    pub(crate) insert: String,
    /// The whole row, in order; of the record at the version before.
    pub(crate) update: String,
}

pub(crate) const GUARD: &str = "SELECT value, checksum FROM guards WHERE business_id = ?1 AND kind = ?2";
pub(crate) const SET_GUARD: &str = "INSERT INTO guards (business_id, kind, value, checksum) VALUES (?1, ?2, ?3, ?4) \
     ON CONFLICT (business_id, kind) DO UPDATE SET value = excluded.value, checksum = excluded.checksum";
pub(crate) const LIMIT: &str = "SELECT hour, counts, checksum FROM limits WHERE id = ?1 AND kind = ?2";
pub(crate) const SET_LIMIT: &str = "INSERT INTO limits (id, kind, hour, counts, checksum) VALUES (?1, ?2, ?3, ?4, ?5) \
     ON CONFLICT (id, kind) DO UPDATE SET hour = excluded.hour, counts = excluded.counts, checksum = excluded.checksum";

/// The whole row of an event, in order; SQLite gives its position.
pub(crate) static INSERT_EVENT: LazyLock<String> = LazyLock::new(|| insert(&rows::EVENTS));

/// The whole row of a side, in order, in the place of the one before.
pub(crate) static SET_SIDE: LazyLock<String> = LazyLock::new(|| {
    let (table, sets) = (&rows::SIDES, assignments(rows::SIDES.columns.iter(), |name| format!("excluded.{name}")));
    format!("{} ON CONFLICT ({}) DO UPDATE SET {sets}", insert(table), names(table.head.iter()))
});

/// ?1: a business, ?2 and ?3: its texts where the two see each other's contacts, ?4: its name where they do not.
pub(crate) const RETELL: &str = "UPDATE sides SET \
     name_text = CASE WHEN status IN ('pending', 'connected') THEN ?2 ELSE ?4 END, \
     contact_text = CASE WHEN status IN ('pending', 'connected') THEN ?3 ELSE contact_text END WHERE other_id = ?1";

/// ?1: the time before which; deliveries that were settled.
pub(crate) const PURGE_SETTLED: &str = "DELETE FROM deliveries WHERE state IN ('sent', 'dropped') AND state_at < ?1";
/// ?1: the time before which; deliveries that were parked.
pub(crate) const PURGE_PARKED: &str = "DELETE FROM deliveries WHERE state = 'parked' AND state_at < ?1";
/// ?1: the time before which; notices that were expanded.
pub(crate) const PURGE_NOTICES: &str = "DELETE FROM notices WHERE expanded_at < ?1";
/// ?1: the time before which; answers that were given.
pub(crate) const PURGE_ANSWERS: &str = "DELETE FROM answers WHERE at < ?1";
/// ?1: the hour before which; limits that nothing has counted against since.
pub(crate) const PURGE_LIMITS: &str = "DELETE FROM limits WHERE hour < ?1";

/// ?1: the position after which, ?2: how many; the position and the whole row.
pub(crate) static FEED: LazyLock<String> = LazyLock::new(|| {
    let columns = row(&rows::EVENTS).join(", ");
    format!("SELECT position, {columns} FROM events WHERE position > ?1 ORDER BY position LIMIT ?2")
});

/// ?1: now; the whole rows of deliveries that may be taken, the longest due first.
pub(crate) static DUE: LazyLock<String> = LazyLock::new(|| {
    let table = table(Kind::Delivery);
    format!("{} WHERE (state = 'due' OR state = 'leased') AND state_at <= ?1 ORDER BY state_at, id", select_rows(table))
});

static RECORDS: LazyLock<HashMap<Kind, Records>> =
    LazyLock::new(|| Kind::ALL.into_iter().map(|kind| (kind, of(table(kind)))).collect());

/// The statements of a kind.
pub(crate) fn records(kind: Kind) -> Result<&'static Records, Fault> {
    // `Kind::ALL` misses none; core's own tests see to it.
    RECORDS.get(&kind).ok_or_else(|| FaultKind::Internal.into())
}

const fn table(kind: Kind) -> &'static Table {
    Source::Records(kind).table()
}

/// `SELECT columns FROM table`.
pub(crate) fn select(table: &Table, columns: &str) -> String {
    format!("SELECT {columns} FROM {}", table.name)
}

/// `SELECT` of whole rows, each with its checksum if the table has them.
pub(crate) fn select_rows(table: &Table) -> String {
    select(table, &row(table).join(", "))
}

/// The columns of a whole row.
fn row(table: &Table) -> Vec<&'static str> {
    table.all().map(|column| column.name).chain(has_checksums(table).then_some("checksum")).collect()
}

/// The names of columns, in a list.
fn names<'a>(columns: impl Iterator<Item = &'a Column>) -> String {
    columns.map(|column| column.name).collect::<Vec<_>>().join(", ")
}

fn of(table: &Table) -> Records {
    let rest = row(table).into_iter().zip(1_usize..).skip(1);
    let sets: Vec<_> = rest.map(|(column, place)| format!("{column} = ?{place}")).collect();
    Records {
        select: format!("{} WHERE id = ?1", select_rows(table)),
        version: format!("{} WHERE id = ?1", select(table, "version")),
        insert: insert(table),
        update: format!("UPDATE {} SET {} WHERE id = ?1 AND version = ?2 - 1", table.name, sets.join(", ")),
    }
}

fn insert(table: &Table) -> String {
    let row = row(table);
    let places: Vec<_> = (1..=row.len()).map(|place| format!("?{place}")).collect();
    format!("INSERT INTO {} ({}) VALUES ({})", table.name, row.join(", "), places.join(", "))
}

fn assignments<'a>(columns: impl Iterator<Item = &'a Column>, value: impl Fn(&str) -> String) -> String {
    columns.map(|column| format!("{} = {}", column.name, value(column.name))).collect::<Vec<_>>().join(", ")
}
