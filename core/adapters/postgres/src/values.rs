//! Values of columns on their way to the server and back.

use std::error::Error;

use handclasp::storage::{Column, ColumnKind, Row, Table, Value};
use handclasp::{Fault, FaultKind, Timestamp};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::fault;

/// PostgreSQL counts from 2000-01-01T00:00:00Z.
const MICROS_TO_2000: i64 = 946_684_800_000_000;

/// A value as a parameter. Statements name the type of every parameter, so that the value alone tells how it is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell<'a>(pub(crate) &'a Value);

impl ToSql for Cell<'_> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(value) => value.to_sql(&Type::BOOL, out),
            Value::Int(value) => value.to_sql(&Type::INT8, out),
            Value::Time(value) => (value.as_micros() - MICROS_TO_2000).to_sql(&Type::INT8, out),
            Value::Uuid(value) => value.to_sql(&Type::UUID, out),
            Value::Text(value) => value.as_str().to_sql(&Type::TEXT, out),
            Value::Bytes(value) => value.as_slice().to_sql(&Type::BYTEA, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// An instant as a result.
struct Instant(Option<Timestamp>);

impl<'a> FromSql<'a> for Instant {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let micros = i64::from_sql(&Type::INT8, raw)?;
        let micros = micros.checked_add(MICROS_TO_2000);
        Ok(Self(micros.and_then(|micros| Timestamp::from_micros(micros).ok())))
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::TIMESTAMPTZ
    }
}

/// The name of a column's type, for a parameter or a column of the table.
pub(crate) const fn type_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Bool => "boolean",
        ColumnKind::Int => "bigint",
        ColumnKind::Time => "timestamptz",
        ColumnKind::Uuid => "uuid",
        // JSON travels as the text that it is kept as.
        ColumnKind::Text | ColumnKind::Json => "text",
        ColumnKind::Bytes => "bytea",
    }
}

/// Whether a value can stand in a column.
pub(crate) const fn fits(kind: ColumnKind, value: &Value) -> bool {
    matches!(
        (kind, value),
        (_, Value::Null)
            | (ColumnKind::Bool, Value::Bool(_))
            | (ColumnKind::Int, Value::Int(_))
            | (ColumnKind::Time, Value::Time(_))
            | (ColumnKind::Uuid, Value::Uuid(_))
            | (ColumnKind::Text | ColumnKind::Json, Value::Text(_))
            | (ColumnKind::Bytes, Value::Bytes(_))
    )
}

/// Something that has values in places: a row of a result, or a whole row that is one value of a result.
pub(crate) trait Places {
    /// The value in a place, if it is of this type; nothing if it is null.
    fn get<'a, T: FromSql<'a>>(&'a self, place: usize) -> Result<Option<T>, Fault>;
}

impl Places for tokio_postgres::Row {
    fn get<'a, T: FromSql<'a>>(&'a self, place: usize) -> Result<Option<T>, Fault> {
        self.try_get(place).map_err(fault::unreadable)
    }
}

/// A whole row that is one value of a result. A result can hold such rows of several tables.
#[derive(Debug)]
pub(crate) struct Whole<'a>(Vec<(Type, Option<&'a [u8]>)>);

impl<'r> FromSql<'r> for Whole<'r> {
    /// How many values, and for each its type, its length or -1, and its bytes.
    fn from_sql(_: &Type, mut raw: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let count = usize::try_from(number(&mut raw)?)?;
        let one = |_| {
            let kind = Type::from_oid(number(&mut raw)?.cast_unsigned()).ok_or(NoRow)?;
            let Ok(length) = usize::try_from(number(&mut raw)?) else { return Ok((kind, None)) };
            Ok((kind, Some(raw.split_off(..length).ok_or(NoRow)?)))
        };
        (0..count).map(one).collect::<Result<_, _>>().map(Self)
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::RECORD
    }
}

fn number(raw: &mut &[u8]) -> Result<i32, NoRow> {
    let (number, rest) = raw.split_first_chunk().ok_or(NoRow)?;
    *raw = rest;
    Ok(i32::from_be_bytes(*number))
}

#[derive(Debug, thiserror::Error)]
#[error("a result holds something that is no row of plain values")]
struct NoRow;

impl Places for Whole<'_> {
    fn get<'a, T: FromSql<'a>>(&'a self, place: usize) -> Result<Option<T>, Fault> {
        let unreadable = |error| Fault::new(FaultKind::StorageCorrupt, error);
        match self.0.get(place) {
            Some((kind, value)) if T::accepts(kind) => {
                value.map(|raw| T::from_sql(kind, raw)).transpose().map_err(unreadable)
            }
            Some(_) | None => Err(unreadable(NoRow.into())),
        }
    }
}

/// A whole row of a table, its columns selected in the order of [`Table::all`].
pub(crate) fn read_row(row: &impl Places, table: &Table) -> Result<Row, Fault> {
    table.all().enumerate().map(|(place, column)| read(row, place, column)).collect::<Result<_, _>>().map(Row)
}

/// What can be read in front of a row of which something can't be.
pub(crate) fn read_head(row: &impl Places, table: &Table) -> Row {
    Row(table.head.iter().enumerate().map_while(|(place, column)| read(row, place, column).ok()).collect())
}

/// The value of one column.
pub(crate) fn read(row: &impl Places, place: usize, column: &Column) -> Result<Value, Fault> {
    let value = match column.kind {
        ColumnKind::Bool => row.get(place)?.map(Value::Bool),
        ColumnKind::Int => row.get(place)?.map(Value::Int),
        ColumnKind::Uuid => row.get::<Uuid>(place)?.map(Value::Uuid),
        ColumnKind::Text | ColumnKind::Json => row.get(place)?.map(Value::Text),
        ColumnKind::Bytes => row.get(place)?.map(Value::Bytes),
        ColumnKind::Time => match row.get(place)? {
            None => None,
            Some(Instant(Some(at))) => Some(Value::Time(at)),
            Some(Instant(None)) => return Err(unreadable(column.name)),
        },
    };
    Ok(value.unwrap_or(Value::Null))
}

fn unreadable(column: &'static str) -> Fault {
    Fault::new(FaultKind::StorageCorrupt, Unreadable { column })
}

#[derive(Debug, thiserror::Error)]
#[error("`{column}` holds an instant that lies outside 1970 to 9999")]
struct Unreadable {
    column: &'static str,
}
