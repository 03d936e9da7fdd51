//! The tables are what core's descriptions say.
#![expect(clippy::disallowed_methods, reason = "a host reads the tables with any connection")]

use handclasp::storage::{ColumnKind, Kind, Source, Table};
use rusqlite::Connection;

use crate::stage;

const fn declared(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Bool | ColumnKind::Int | ColumnKind::Time => "INTEGER",
        ColumnKind::Text | ColumnKind::Json => "TEXT",
        ColumnKind::Uuid | ColumnKind::Bytes => "BLOB",
    }
}

fn stored(connection: &Connection, table: &str) -> Vec<(String, String)> {
    let mut statement = connection.prepare("SELECT name, type FROM pragma_table_info(?1) ORDER BY cid").unwrap();
    statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

fn described(table: &Table) -> Vec<(String, String)> {
    let columns = table.all().map(|column| (column.name.to_owned(), declared(column.kind).to_owned()));
    let checksum = (table.name != "sides").then(|| ("checksum".to_owned(), "INTEGER".to_owned()));
    columns.chain(checksum).collect()
}

#[test]
fn every_table_has_the_columns_of_its_description() {
    let (_folder, path) = stage::folder();
    let _open = stage::created(&path);
    let connection = Connection::open(&path).unwrap();
    let kinds = Kind::ALL.map(|kind| Source::Records(kind).table());
    for table in kinds.into_iter().chain([Source::Sides.table()]) {
        assert_eq!(stored(&connection, table.name), described(table), "{}", table.name);
    }
    let events = Source::Events.table();
    let position = ("position".to_owned(), "INTEGER".to_owned());
    let expected: Vec<_> = std::iter::once(position).chain(described(events)).collect();
    assert_eq!(stored(&connection, events.name), expected);
}

#[test]
fn every_table_is_strict_and_the_log_is_ahead_of_the_file() {
    let (_folder, path) = stage::folder();
    let _open = stage::created(&path);
    let connection = Connection::open(&path).unwrap();
    let lax =
        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'";
    assert_eq!(connection.query_row(lax, (), |row| row.get::<_, i64>(0)).unwrap(), 0);
    let mode: String = connection.query_row("PRAGMA journal_mode", (), |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    let mark: i32 = connection.query_row("PRAGMA application_id", (), |row| row.get(0)).unwrap();
    assert_eq!(mark, handclasp_sqlite::APPLICATION_ID);
}
