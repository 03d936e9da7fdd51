//! Statement text, made from the descriptions of tables alone: no name comes from anywhere else, no value is ever in
//! the text.

use std::collections::HashMap;

use handclasp::storage::rows::EVENTS;
use handclasp::storage::{Column, ColumnKind, Kind, Source, Table};

use crate::values::type_name;

/// Begins every group of commits. Each statement then has a snapshot of its own, so that a check behind a lock sees what
/// was committed while it waited.
pub(crate) const BEGIN_COMMIT: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// Begins every group of loads: one snapshot for all its statements.
pub(crate) const BEGIN_LOAD: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Begins every list. Look-ups by key run with plans made once and never read a table whole (see `connect`); a list has
/// filters of all shapes and may be planned for its values.
pub(crate) const BEGIN_LIST: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; \
    SET LOCAL plan_cache_mode = auto; SET LOCAL enable_seqscan = on";
/// Ends any of them. After an error it answers `ROLLBACK`, without an error: it counts only if all before it was well.
pub(crate) const COMMIT: &str = "COMMIT";

/// Gives up a transaction.
pub(crate) const ROLLBACK: &str = "ROLLBACK";

/// Locks records and checks their versions, see the migration.
pub(crate) const CHECK: &str = "SELECT handclasp.check_commits($1, $2, $3, $4, $5, $6, $7)";
/// Locks and changes what counts, see the migration.
pub(crate) const COUNT: &str = "SELECT handclasp.count_commits(\
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";

/// Rewrites the texts of a business in every list that shows it. Like rows, its parameters come as arrays, of one each.
pub(crate) const RETELL: &str = "UPDATE handclasp.sides SET name_text = ($2::text[])[1], \
    contact_text = CASE WHEN status IN ('pending', 'connected') THEN ($3::text[])[1] ELSE contact_text END \
    WHERE other_id = ($1::uuid[])[1]";

/// Forgets what is settled and old, and counts it. It may read whole tables: housekeeping is done now and then, and an
/// index for it would cost every write.
pub(crate) const PURGE: &str = "WITH \
    settled AS (DELETE FROM handclasp.deliveries \
        WHERE (state IN ('sent', 'dropped') OR state = 'parked' AND $2) AND state_at < $1::timestamptz RETURNING 1), \
    expanded AS (DELETE FROM handclasp.notices WHERE expanded_at < $1::timestamptz RETURNING 1), \
    answered AS (DELETE FROM handclasp.answers WHERE at < $3::timestamptz RETURNING 1) \
    SELECT (SELECT count(*) FROM settled) + (SELECT count(*) FROM expanded) + (SELECT count(*) FROM answered)";

/// A table and what is said to it.
#[derive(Debug)]
pub(crate) struct Texts {
    /// Writes rows given as one array a column.
    pub(crate) write: String,
    /// Reads whole rows by an array of ids.
    pub(crate) load: String,
}

/// The statements of every table.
pub(crate) fn texts() -> HashMap<Source, Texts> {
    let sources = Kind::ALL.into_iter().map(Source::Records).chain([Source::Sides, Source::Events]);
    sources
        .map(|source| {
            let table = source.table();
            let load = format!("{} WHERE id = ANY ($1::uuid[])", select(table));
            (source, Texts { write: write(table, source), load })
        })
        .collect()
}

fn write(table: &Table, source: Source) -> String {
    let names = list(table.all().map(|column| column.name.to_owned()));
    let values = list(table.all().map(|column| match column.kind {
        ColumnKind::Json => format!("r.{}::json", column.name),
        ColumnKind::Bool
        | ColumnKind::Int
        | ColumnKind::Time
        | ColumnKind::Uuid
        | ColumnKind::Text
        | ColumnKind::Bytes => format!("r.{}", column.name),
    }));
    let arrays = list(table.all().zip(1..).map(|(column, place)| format!("${place}::{}[]", type_name(column.kind))));
    let conflict = match source {
        Source::Records(_) => format!(" ON CONFLICT (id) DO UPDATE SET {}", updates(table, "id")),
        Source::Sides => {
            format!(" ON CONFLICT (connection_id, owner_id) DO UPDATE SET {}", updates(table, "connection_id"))
        }
        // An event of this subject and version may not be there: history is only added to.
        Source::Events => String::new(),
    };
    format!(
        "INSERT INTO handclasp.{} ({names}) SELECT {values} FROM unnest({arrays}) AS r({names}){conflict}",
        table.name
    )
}

fn updates(table: &Table, key: &str) -> String {
    list(table.all().filter(|column| column.name != key).map(|column| format!("{0} = excluded.{0}", column.name)))
}

/// Reads whole rows; what follows says which.
pub(crate) fn select(table: &Table) -> String {
    format!("SELECT {} FROM handclasp.{} AS t", columns(table, "t"), table.name)
}

/// Every column as it is read, of the row that goes by this name.
pub(crate) fn columns(table: &Table, row: &str) -> String {
    list(table.all().map(|column| expression(row, column)))
}

/// A column as it is read and compared.
pub(crate) fn expression(row: &str, column: &Column) -> String {
    match column.kind {
        ColumnKind::Json => format!("{row}.{}::text", column.name),
        ColumnKind::Bool
        | ColumnKind::Int
        | ColumnKind::Time
        | ColumnKind::Uuid
        | ColumnKind::Text
        | ColumnKind::Bytes => format!("{row}.{}", column.name),
    }
}

fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// Numbers events that have no position, see the migration.
pub(crate) const NUMBER_EVENTS: &str = "SELECT handclasp.number_events($1, $2)";

/// Reads events by position, which stands behind the columns of the table.
pub(crate) fn feed() -> String {
    format!(
        "SELECT {}, e.position FROM handclasp.events AS e WHERE e.position > $1 ORDER BY e.position LIMIT $2",
        columns(&EVENTS, "e")
    )
}

/// Leases deliveries. The row locks last until the statement's own transaction ends; rows that others hold are passed
/// over. The instant that each waited for stands behind the columns of the table.
pub(crate) fn lease() -> String {
    let table = Source::Records(Kind::Delivery).table();
    format!(
        "WITH free AS MATERIALIZED (\
            SELECT id, state_at FROM handclasp.deliveries \
            WHERE state IN ('due', 'leased') AND state_at <= $1::timestamptz \
            ORDER BY state_at, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED\
        ) UPDATE handclasp.deliveries AS d SET version = d.version + 1, attempts = d.attempts + 1, \
            state = 'leased', state_at = $3::timestamptz, lease_owner = $4::uuid \
        FROM free WHERE d.id = free.id RETURNING {}, free.state_at",
        columns(table, "d")
    )
}
