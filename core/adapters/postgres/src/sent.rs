//! Rows as they are sent: each array is one parameter of a composite type, of a table or of the migration's own.

use std::error::Error;

use handclasp::storage::{Row, Table};
use postgres_types::private::BytesMut;
use postgres_types::{Field, IsNull, Kind, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::locks::{self, Mode};
use crate::values::Cell;

#[derive(Debug, ToSql)]
#[postgres(name = "lock")]
pub(crate) struct Lock {
    key: i64,
    alone: bool,
}

/// In the order of names: nobody ever waits in a circle. What counts is locked last: guards by their rows, limits by
/// locks of their own.
pub(crate) fn locks(locks: impl Iterator<Item = locks::Lock>) -> Vec<Lock> {
    let kept = locks.filter(|lock| lock.mode != Mode::Count);
    let mut sent: Vec<_> = kept.map(|lock| Lock { key: lock.name, alone: lock.mode == Mode::Write }).collect();
    sent.sort_unstable_by_key(|lock| lock.key);
    sent
}

#[derive(Debug, ToSql)]
#[postgres(name = "expected")]
pub(crate) struct Expected {
    pub(crate) commit: i32,
    pub(crate) kind: i16,
    pub(crate) id: Uuid,
    pub(crate) version: i64,
}

#[derive(Debug, ToSql)]
#[postgres(name = "guard_sum")]
pub(crate) struct GuardSum {
    pub(crate) kind: &'static str,
    pub(crate) business: Uuid,
    pub(crate) delta: i64,
    pub(crate) ceiling: Option<i64>,
    pub(crate) floor: Option<i64>,
}

#[derive(Debug, ToSql)]
#[postgres(name = "guard_change")]
pub(crate) struct GuardChange {
    pub(crate) commit: i32,
    pub(crate) guard: i32,
    pub(crate) delta: i64,
    pub(crate) most: Option<i64>,
    pub(crate) least: Option<i64>,
}

#[derive(Debug, ToSql)]
#[postgres(name = "limit_sum")]
pub(crate) struct LimitSum {
    pub(crate) kind: &'static str,
    pub(crate) id: Uuid,
    pub(crate) hour: Option<i64>,
    pub(crate) amount: i64,
    pub(crate) most: i64,
}

#[derive(Debug, ToSql)]
#[postgres(name = "spending")]
pub(crate) struct Spending {
    pub(crate) commit: i32,
    pub(crate) limited: i32,
    pub(crate) hour: i64,
    pub(crate) amount: i64,
    pub(crate) most: i64,
}

/// Rows of a table, as an array of its row type.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    pub(crate) table: &'static Table,
    pub(crate) rows: &'a [Row],
}

impl ToSql for Rows<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Encoded {
        let Kind::Array(row) = ty.kind() else { return Err(NoTable.into()) };
        let Kind::Composite(fields) = row.kind() else { return Err(NoTable.into()) };
        let place = |field: &Field| self.table.all().position(|column| column.name == field.name());
        let fields: Vec<_> = fields.iter().map(|field| (field.type_(), place(field))).collect();
        self.rows.iter().map(|row| Whole { fields: &fields, row }).collect::<Vec<_>>().to_sql(ty, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// One row, and for each field of the server's type the place of its value; what only the server knows of is null.
#[derive(Debug)]
struct Whole<'a> {
    fields: &'a [(&'a Type, Option<usize>)],
    row: &'a Row,
}

impl ToSql for Whole<'_> {
    /// How many values, and for each its type, its length or -1, and its bytes.
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Encoded {
        out.extend_from_slice(&i32::try_from(self.fields.len())?.to_be_bytes());
        for (kind, place) in self.fields {
            out.extend_from_slice(&kind.oid().to_be_bytes());
            let before = out.len();
            out.extend_from_slice(&(-1_i32).to_be_bytes());
            let Some(value) = place.and_then(|place| self.row.0.get(place)) else { continue };
            if let IsNull::No = Cell(value).to_sql(kind, out)? {
                let length = i32::try_from(out.len() - before - size_of::<i32>())?;
                let written = out.iter_mut().skip(before);
                written.zip(length.to_be_bytes()).for_each(|(byte, known)| *byte = known);
            }
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

type Encoded = Result<IsNull, Box<dyn Error + Sync + Send>>;

#[derive(Debug, thiserror::Error)]
#[error("a parameter of rows is no array of a table's row type")]
struct NoTable;
