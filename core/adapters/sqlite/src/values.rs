//! Values on their way into SQLite and out of it.

use handclasp::storage::{Column, ColumnKind, Row, Table, Value};
use handclasp::{Fault, FaultKind, Timestamp};
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};
use uuid::Uuid;

use crate::checksums::{checksum, has_checksums};
use crate::faults::fault;

/// A value as a parameter.
pub(crate) struct Bound<'a>(pub(crate) &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Bool(yes) => ValueRef::Integer((*yes).into()),
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Time(at) => ValueRef::Integer(at.as_micros()),
            Value::Uuid(id) => ValueRef::Blob(id.as_bytes()),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// The whole row of a table whose columns start at this place of the result, its checksum behind them.
pub(crate) fn row(table: &Table, from: usize, row: &rusqlite::Row<'_>) -> Result<Row, Fault> {
    let mut values = Vec::with_capacity(table.head.len() + table.columns.len());
    for (column, place) in table.all().zip(from..) {
        let stored = row.get_ref(place).map_err(fault)?;
        values.push(value(column, stored).ok_or_else(|| corrupt(column.name))?);
    }
    if has_checksums(table) {
        agrees(row.get_ref(from + values.len()).map_err(fault)?, table.name, &values)?;
    }
    Ok(Row(values))
}

/// What can be read in front of a row of which something can't be.
pub(crate) fn head(table: &Table, row: &rusqlite::Row<'_>) -> Row {
    let read = |(place, column)| value(column, row.get_ref(place).ok()?);
    Row(table.head.iter().enumerate().map_while(read).collect())
}

/// Whether what was read is what was written; a row without a checksum is not ours to judge.
pub(crate) fn agrees(stored: ValueRef<'_>, table: &str, values: &[Value]) -> Result<(), Fault> {
    match stored {
        ValueRef::Null => Ok(()),
        ValueRef::Integer(stored) if stored == checksum(table, values) => Ok(()),
        ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_) => Err(corrupt("checksum")),
    }
}

/// A stored value, or nothing if it can't be one of the column.
pub(crate) fn value(column: &Column, stored: ValueRef<'_>) -> Option<Value> {
    match (column.kind, stored) {
        (_, ValueRef::Null) => Some(Value::Null),
        (ColumnKind::Bool, ValueRef::Integer(number @ (0 | 1))) => Some(Value::Bool(number == 1)),
        (ColumnKind::Int, ValueRef::Integer(number)) => Some(Value::Int(number)),
        (ColumnKind::Time, ValueRef::Integer(micros)) => Timestamp::from_micros(micros).ok().map(Value::Time),
        (ColumnKind::Uuid, ValueRef::Blob(bytes)) => Uuid::from_slice(bytes).ok().map(Value::Uuid),
        (ColumnKind::Text | ColumnKind::Json, ValueRef::Text(text)) => {
            std::str::from_utf8(text).ok().map(|text| Value::Text(text.to_owned()))
        }
        (ColumnKind::Bytes, ValueRef::Blob(bytes)) => Some(Value::Bytes(bytes.to_vec())),
        (
            ColumnKind::Bool
            | ColumnKind::Int
            | ColumnKind::Time
            | ColumnKind::Uuid
            | ColumnKind::Text
            | ColumnKind::Json
            | ColumnKind::Bytes,
            ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_),
        ) => None,
    }
}

/// A stored value makes no sense.
pub(crate) fn corrupt(column: &str) -> Fault {
    Fault::new(FaultKind::StorageCorrupt, format!("a stored `{column}` makes no sense"))
}
