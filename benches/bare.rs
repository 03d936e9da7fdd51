//! Values as bare drivers take them, which is how the stores write them, too.

use handclasp::storage::{ColumnKind, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// The settings of the store on SQLite: neither side flushes less or looks after its log more seldom than the other.
pub const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; \
                        PRAGMA cache_size = -16384";

/// A parameter of SQLite's.
#[derive(Debug)]
pub struct Bound<'a>(pub &'a Value);

impl rusqlite::ToSql for Bound<'_> {
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

/// What PostgreSQL calls the type of a parameter for such a column.
#[must_use]
pub const fn type_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Bool => "boolean",
        ColumnKind::Int => "bigint",
        ColumnKind::Time => "timestamptz",
        ColumnKind::Uuid => "uuid",
        ColumnKind::Text | ColumnKind::Json => "text",
        ColumnKind::Bytes => "bytea",
    }
}

/// PostgreSQL counts from 2000-01-01T00:00:00Z.
const MICROS_TO_2000: i64 = 946_684_800_000_000;

/// What becomes of a parameter.
pub type Encoded = Result<IsNull, Box<dyn std::error::Error + Sync + Send>>;

/// Writes a parameter in the form of its own type.
///
/// # Errors
/// None: every value has a form.
pub fn encode(value: &Value, out: &mut BytesMut) -> Encoded {
    match value {
        Value::Null => Ok(IsNull::Yes),
        Value::Bool(value) => value.to_sql(&Type::BOOL, out),
        Value::Int(value) => value.to_sql(&Type::INT8, out),
        Value::Time(value) => (value.as_micros() - MICROS_TO_2000).to_sql(&Type::INT8, out),
        Value::Uuid(value) => value.to_sql(&Type::UUID, out),
        Value::Text(value) => value.to_sql(&Type::TEXT, out),
        Value::Bytes(value) => value.as_slice().to_sql(&Type::BYTEA, out),
    }
}

/// A parameter of PostgreSQL's, or one of an array.
#[derive(Debug)]
pub struct Cell(pub Value);

impl ToSql for Cell {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Encoded {
        encode(&self.0, out)
    }

    /// Statements name the type of every parameter.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
