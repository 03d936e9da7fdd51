//! Statement text, made from the descriptions of tables alone: no name comes from anywhere else, no value is ever in
//! the text.

use handclasp::storage::rows::EVENTS;
use handclasp::storage::{Column, ColumnKind, Kind, Source, Table};

use crate::values::type_name;

/// Begins what changes something in several statements. Each statement has a snapshot of its own, so that a look behind
/// a lock sees what was committed while it was waited for.
pub(crate) const BEGIN_COMMIT: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// Begins every list. Look-ups by key run with plans made once and never read a table whole (see `connect`); a list has
/// filters of all shapes and may be planned for its values.
pub(crate) const BEGIN_LIST: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; \
    SET LOCAL plan_cache_mode = auto; SET LOCAL enable_seqscan = on";
/// Ends any of them. After an error it answers `ROLLBACK`, without an error: it counts only if all before it was well.
pub(crate) const COMMIT: &str = "COMMIT";

/// Gives up a transaction.
pub(crate) const ROLLBACK: &str = "ROLLBACK";

/// What a group of commits is made of: as many statements as there are shapes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    /// The tables that it writes, in the order of [`sources`].
    pub(crate) tables: Vec<Source>,
    /// Whether it changes guards or spends of limits.
    pub(crate) counts: bool,
}

/// The kinds of records that a group of loads reads, each once, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Kinds(pub(crate) Vec<Kind>);

/// Every table that is written, always in this order.
pub(crate) fn sources() -> impl Iterator<Item = Source> {
    Kind::ALL.into_iter().map(Source::Records).chain([Source::Sides, Source::Events])
}

/// Parameters of `handclasp.check_commits` and `handclasp.count_commits`, see the migration.
pub(crate) const CHECKED: usize = 7;
pub(crate) const COUNTED: usize = 22;

/// A group of commits in one statement, which is one transaction: it stands as a whole or not at all. Parameters are
/// those of the check, those of the counts if there are any, and one array a column of each table. It answers one row.
///
/// No row is written before the check has passed, for each is joined to the check's result; and nothing is counted
/// before all rows are written, for that is its condition. The statement's own snapshot may be older than the locks, but
/// it reads nothing by it: the functions look with new ones, and a write finds the row as it is.
pub(crate) fn commit(shape: &Shape) -> String {
    let mut place = CHECKED + 1;
    let mut parts = vec![format!("checked AS MATERIALIZED (SELECT handclasp.check_commits({}))", places(1, CHECKED))];
    let counted = if shape.counts {
        place += COUNTED;
        format!("handclasp.count_commits({})", places(CHECKED + 1, COUNTED))
    } else {
        "NULL".to_owned()
    };
    let mut written = vec!["0".to_owned()];
    for source in &shape.tables {
        let name = source.table().name;
        parts.push(format!("{name} AS ({} RETURNING 1)", write(*source, place)));
        place += source.table().all().count();
        written.push(format!("(SELECT count(*) FROM {name})"));
    }
    format!("WITH {} SELECT {counted} FROM checked WHERE {} >= 0", parts.join(", "), written.join(" + "))
}

/// Reads whole rows by id, an array of ids for each kind. One statement is one snapshot. In front of each row stands
/// the place of its kind.
pub(crate) fn load(Kinds(kinds): &Kinds) -> String {
    let reads = kinds.iter().enumerate().map(|(place, kind)| {
        let table = Source::Records(*kind).table();
        let (columns, parameter) = (columns(table, "t"), place + 1);
        format!(
            "SELECT {place}, ROW({columns}) FROM handclasp.{} AS t WHERE id = ANY (${parameter}::uuid[])",
            table.name
        )
    });
    reads.collect::<Vec<_>>().join(" UNION ALL ")
}

fn places(first: usize, count: usize) -> String {
    list((first..first + count).map(|place| format!("${place}")))
}

/// Writes rows given as one array a column, the first of them in this place.
fn write(source: Source, first: usize) -> String {
    let table = source.table();
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
    let arrays =
        list(table.all().zip(first..).map(|(column, place)| format!("${place}::{}[]", type_name(column.kind))));
    let conflict = match source {
        Source::Records(_) => format!(" ON CONFLICT (id) DO UPDATE SET {}", updates(table, "id")),
        Source::Sides => {
            format!(" ON CONFLICT (connection_id, owner_id) DO UPDATE SET {}", updates(table, "connection_id"))
        }
        // An event of this subject and version may not be there: history is only added to.
        Source::Events => String::new(),
    };
    format!(
        "INSERT INTO handclasp.{} ({names}) SELECT {values} FROM checked, unnest({arrays}) AS r({names}){conflict}",
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
