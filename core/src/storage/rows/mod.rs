//! Records as rows of plain columns, so that a store of tables needs no code per kind and a host can join and report.
//!
//! Every table of records has `id` and `version` in front of the columns described here.

mod access;
mod businesses;
mod connections;
mod invites;
mod mail;
mod roles;
mod system;

use uuid::Uuid;

use super::key::{Kind, Version};
pub(crate) use super::record::table;
use super::record::{Side, StoredEvent};
use crate::time::Timestamp;

/// A stored value makes no sense: `column` of `table`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a stored `{column}` makes no sense")]
#[non_exhaustive]
pub struct Corrupt {
    /// The column, or what it should have made.
    pub column: &'static str,
}

impl From<Corrupt> for crate::error::Fault {
    fn from(corrupt: Corrupt) -> Self {
        Self::new(crate::error::FaultKind::StorageCorrupt, corrupt)
    }
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[expect(clippy::exhaustive_enums, reason = "stores match over it")]
pub enum Value {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number.
    Int(i64),
    /// An instant.
    Time(Timestamp),
    /// An id.
    Uuid(Uuid),
    /// A text, or JSON.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "stores match over it")]
pub enum ColumnKind {
    /// [`Value::Bool`].
    Bool,
    /// [`Value::Int`].
    Int,
    /// [`Value::Time`].
    Time,
    /// [`Value::Uuid`].
    Uuid,
    /// [`Value::Text`], compared byte for byte.
    Text,
    /// [`Value::Text`] that holds JSON.
    Json,
    /// [`Value::Bytes`].
    Bytes,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores read it")]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type. Any column may be null; which are not, the record's reader tells.
    pub kind: ColumnKind,
}

/// A table's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores read it")]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns in front: the key, and of records the version.
    pub head: &'static [Column],
    /// The other columns.
    pub columns: &'static [Column],
}

/// In front of every record.
const HEAD: &[Column] = &[column("id", ColumnKind::Uuid), column("version", ColumnKind::Int)];

impl Table {
    const fn of_records(name: &'static str, columns: &'static [Column]) -> Self {
        Self { name, head: HEAD, columns }
    }

    /// Every column, in the order of a whole row.
    pub fn all(&self) -> impl Iterator<Item = &'static Column> {
        self.head.iter().chain(self.columns)
    }
}

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}

/// A row, in the order of [`Table::all`]; of one that can't be read, no more than its head.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "stores build rows")]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The value in a column.
    #[must_use]
    pub fn get(&self, table: &Table, name: &str) -> Option<&Value> {
        table.all().position(|column| column.name == name).and_then(|place| self.0.get(place))
    }

    /// The row of a record.
    #[must_use]
    pub fn of(record: &super::Record, version: Version) -> Self {
        let head = [Value::Uuid(record.key().id), Value::Int(version.0)];
        Self(head.into_iter().chain(record.values()).collect())
    }

    /// Id, version and columns of a record's row.
    pub(super) fn split(self, kind: Kind) -> Result<(Uuid, Version, Vec<Value>), Corrupt> {
        let corrupt = || Corrupt { column: table(kind).name };
        let mut values = self.0.into_iter();
        match (values.next(), values.next()) {
            (Some(Value::Uuid(id)), Some(Value::Int(version))) if version > 0 => {
                Ok((id, Version(version), values.collect()))
            }
            _ => Err(corrupt()),
        }
    }
}

/// A record type with its table.
pub(super) trait Tabled: Sized {
    const TABLE: Table;
    fn uuid(&self) -> Uuid;
    fn values(&self) -> Vec<Value>;
    fn read(id: Uuid, columns: &mut Values) -> Result<Self, Corrupt>;
}

pub(super) fn read<T: Tabled>(id: Uuid, columns: Vec<Value>) -> Result<T, Corrupt> {
    let mut values = Values { table: &T::TABLE, values: columns.into_iter(), place: 0 };
    let record = T::read(id, &mut values)?;
    values.end().map(|()| record)
}

/// The columns of a row, taken one after the other.
pub(super) struct Values {
    table: &'static Table,
    values: std::vec::IntoIter<Value>,
    place: usize,
}

macro_rules! takes {
    ($($required:ident $optional:ident $variant:ident $type:ty),+ $(,)?) => {$(
        fn $optional(&mut self) -> Result<Option<$type>, Corrupt> {
            match self.next() {
                Some(Value::Null) => Ok(None),
                Some(Value::$variant(value)) => Ok(Some(value)),
                _ => Err(self.corrupt()),
            }
        }

        fn $required(&mut self) -> Result<$type, Corrupt> {
            self.$optional()?.ok_or(self.corrupt())
        }
    )+};
}

impl Values {
    takes! {
        bool bool_or_null Bool bool,
        int int_or_null Int i64,
        time time_or_null Time Timestamp,
        uuid uuid_or_null Uuid Uuid,
        text text_or_null Text String,
        bytes bytes_or_null Bytes Vec<u8>,
    }

    fn next(&mut self) -> Option<Value> {
        self.place += 1;
        self.values.next()
    }

    /// There are no more columns.
    fn end(mut self) -> Result<(), Corrupt> {
        self.values.next().map_or(Ok(()), |_| Err(Corrupt { column: self.table.name }))
    }

    /// Columns that say nothing in the record's state.
    fn nothing(&mut self, columns: usize) -> Result<(), Corrupt> {
        for _ in 0..columns {
            if self.next() != Some(Value::Null) {
                return Err(self.corrupt());
            }
        }
        Ok(())
    }

    /// The column that was taken last makes no sense.
    fn corrupt(&self) -> Corrupt {
        let place = self.place.saturating_sub(1);
        Corrupt { column: self.table.columns.get(place).map_or(self.table.name, |column| column.name) }
    }

    fn number<N: TryFrom<i64>>(&mut self) -> Result<N, Corrupt> {
        let number = self.int()?;
        N::try_from(number).map_err(|_| self.corrupt())
    }

    fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Corrupt> {
        let text = self.text()?;
        serde_json::from_str(&text).map_err(|_| self.corrupt())
    }

    fn email_or_null(&mut self) -> Result<Option<crate::email::Email>, Corrupt> {
        let text = self.text_or_null()?;
        let parsed = text.map(|text| {
            // An address has one spelling at rest: by it the limits count.
            crate::email::Email::parse(&text).ok().filter(|email| email.as_str() == text).ok_or(self.corrupt())
        });
        parsed.transpose()
    }

    fn email(&mut self) -> Result<crate::email::Email, Corrupt> {
        self.email_or_null()?.ok_or(self.corrupt())
    }

    /// A unit variant by its serde name.
    fn word<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Corrupt> {
        self.word_or_null()?.ok_or(self.corrupt())
    }

    fn word_or_null<T: serde::de::DeserializeOwned>(&mut self) -> Result<Option<T>, Corrupt> {
        let text = self.text_or_null()?;
        let word = |text| serde_json::from_value(serde_json::Value::String(text)).map_err(|_| self.corrupt());
        text.map(word).transpose()
    }

    fn json_or_null<T: serde::de::DeserializeOwned>(&mut self) -> Result<Option<T>, Corrupt> {
        let text = self.text_or_null()?;
        text.map(|text| serde_json::from_str(&text).map_err(|_| self.corrupt())).transpose()
    }

    /// As [`json`] and [`json_unless`] write it.
    fn json_or_default<T: serde::de::DeserializeOwned + Default>(&mut self) -> Result<T, Corrupt> {
        Ok(self.json_or_null()?.unwrap_or_default())
    }
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn text_or_null(value: Option<&str>) -> Value {
    value.map_or(Value::Null, text)
}

fn email_or_null(value: Option<&crate::email::Email>) -> Value {
    text_or_null(value.map(crate::email::Email::as_str))
}

fn uuid_or_null(value: Option<Uuid>) -> Value {
    value.map_or(Value::Null, Value::Uuid)
}

fn time_or_null(value: Option<Timestamp>) -> Value {
    value.map_or(Value::Null, Value::Time)
}

fn number(value: u64) -> Value {
    Value::Int(i64::try_from(value).unwrap_or(i64::MAX))
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_string(value).map_or(Value::Null, Value::Text)
}

/// JSON, or null for what most records have, so that they cost nothing to read.
fn json_unless(usual: bool, value: &impl serde::Serialize) -> Value {
    if usual { Value::Null } else { json(value) }
}

/// The serde name of a unit variant.
pub(crate) fn word(value: &impl serde::Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Value::Text(word),
        _ => Value::Null,
    }
}

/// The table of the sides of connections, keyed by (connection, owner).
pub const SIDES: Table = connections::SIDES;
/// The table of events, keyed by (subject's kind and id, version); a store adds their positions. A contractor role and
/// its group link share an id.
pub const EVENTS: Table = system::EVENTS;

impl Side {
    /// Its columns, in the order of [`SIDES`].
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        connections::side_values(self)
    }

    /// The side of a whole row.
    ///
    /// # Errors
    /// [`Corrupt`] if the row makes no side.
    pub fn read(row: Row) -> Result<Self, Corrupt> {
        connections::read_side(row)
    }
}

impl StoredEvent {
    /// Its columns, in the order of [`EVENTS`].
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        system::event_values(self)
    }

    /// The event of a whole row.
    ///
    /// # Errors
    /// [`Corrupt`] if the row makes no event.
    pub fn read(row: Row) -> Result<Self, Corrupt> {
        system::read_event(row)
    }
}
