//! Statement text, made from the descriptions of tables alone: no name comes from anywhere else, no value is ever in
//! the text.

use handclasp::storage::rows::EVENTS;
use handclasp::storage::{Column, ColumnKind, Kind, Source, Table};

/// Begins what changes something in several statements. Each statement has a snapshot of its own, so that a look behind
/// a lock sees what was committed while it was waited for.
pub(crate) const BEGIN_COMMIT: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// Begins every list. Look-ups by key run with plans made once and never read a table whole (see `connect`); a list has
/// filters of all shapes and may be planned for its values.
pub(crate) const BEGIN_LIST: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; \
    SET LOCAL plan_cache_mode = auto; SET LOCAL enable_seqscan = on; SET LOCAL enable_bitmapscan = on";
/// Ends any of them. After an error it answers `ROLLBACK`, without an error: it counts only if all before it was well.
pub(crate) const COMMIT: &str = "COMMIT";

/// Gives up a transaction.
pub(crate) const ROLLBACK: &str = "ROLLBACK";

/// What a group of commits is made of: as many statements as there are shapes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    /// The tables that it writes, in the order of [`sources`].
    pub(crate) tables: Vec<Source>,
    pub(crate) counts: Counts,
    /// Whether it retells a business.
    pub(crate) retells: bool,
}

/// How a group counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Counts {
    /// Not at all.
    Nothing,
    /// Guards, which are thought to stay so far within their bounds that the order of changes does not matter.
    Guards,
    /// Guards and limits, one commit after the other where a bound is near.
    Exactly,
}

/// The kinds of records that a group of loads reads, each once, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Kinds(pub(crate) Vec<Kind>);

/// Every table that is written, always in this order.
pub(crate) fn sources() -> impl Iterator<Item = Source> {
    Kind::ALL.into_iter().map(Source::Records).chain([Source::Sides, Source::Events])
}

/// So many parameters `handclasp.check_commits` takes, what changes guards, and `handclasp.count_commits`.
pub(crate) const CHECKED: usize = 3;
const GUARDED: usize = 1;
pub(crate) const COUNTED: usize = 6;
/// Those of `handclasp.retell`.
const RETOLD: usize = 4;

/// A group of commits in one statement, which is one transaction: it stands as a whole or not at all. Parameters are
/// those of the check, those of the counts, those of what is retold, and the rows of each table. It answers one row.
///
/// The statement's own snapshot may be older than the locks, but it reads nothing by it: functions look with new ones,
/// and a write finds the row as it is.
///
/// A server runs the query itself before writes that it does not refer to, and those from the last to the first; this
/// is no promise of its manual. So the check is the query, and what changes guards, which many commits wait for, is the
/// first write. Were writes to come before the check, it would find them and refuse everything. Where a function has to
/// run behind the writes, it is the query, and its condition names the order.
pub(crate) fn commit(shape: &Shape) -> String {
    let check = format!("SELECT handclasp.check_commits({})", places(1, CHECKED));
    let (mut place, mut writes, mut behind) = (CHECKED + 1, Vec::new(), Vec::new());
    match shape.counts {
        Counts::Nothing => {}
        Counts::Guards => {
            writes.push(format!("guards AS ({})", guards(place)));
            place += GUARDED;
        }
        Counts::Exactly => {
            behind.push(format!("handclasp.count_commits({})", places(place, COUNTED)));
            place += COUNTED;
        }
    }
    if shape.retells {
        behind.push(format!("handclasp.retell({})", places(place, RETOLD)));
        place += RETOLD;
    }
    let returning = if behind.is_empty() { "" } else { " RETURNING 1" };
    let mut written = String::new();
    for source in &shape.tables {
        let name = source.table().name;
        writes.push(format!("{name} AS ({}{returning})", write(*source, place)));
        written.push_str(&format!(" + (SELECT count(*) FROM {name})"));
        place += 1;
    }
    let query = if behind.is_empty() {
        check
    } else {
        writes.insert(0, format!("checked(passed) AS MATERIALIZED ({check})"));
        let functions = behind.join(", ");
        format!("SELECT {functions} WHERE CASE WHEN (SELECT passed FROM checked) THEN 0{written} >= 0 END")
    };
    if writes.is_empty() { query } else { format!("WITH {} {query}", writes.join(", ")) }
}

/// Changes guards, in the order of their keys, and raises a doubt if one was not within the bounds between which every
/// order of changes is fine.
fn guards(place: usize) -> String {
    let sums = format!("unnest(${place}::handclasp.guard_sum[]) AS w");
    format!(
        "INSERT INTO handclasp.guards AS r (kind, business_id, value) \
         SELECT w.kind, w.business, w.delta FROM {sums} ORDER BY w.business, w.kind \
         ON CONFLICT (business_id, kind) DO UPDATE SET value = r.value + excluded.value RETURNING (\
             SELECT CASE WHEN r.value - w.delta > w.ceiling OR r.value - w.delta < w.floor THEN handclasp.doubt() END \
             FROM {sums} WHERE w.kind = r.kind AND w.business = r.business_id)"
    )
}

/// Forgets what is settled and old, and counts it, but for limits. It may read whole tables: housekeeping is done now and
/// then, and an index for it would cost every write. A limit that a commit has locked is being spent of, and stays; to
/// wait for it with others locked could end in a deadlock.
pub(crate) const PURGE: &str = "WITH \
    settled AS (DELETE FROM handclasp.deliveries \
        WHERE (state IN ('sent', 'dropped') OR state = 'parked' AND $2) AND state_at < $1::timestamptz RETURNING 1), \
    expanded AS (DELETE FROM handclasp.notices WHERE expanded_at < $1::timestamptz RETURNING 1), \
    answered AS (DELETE FROM handclasp.answers WHERE at < $3::timestamptz RETURNING 1), \
    spent AS (DELETE FROM handclasp.limits WHERE (id, kind) IN (\
        SELECT id, kind FROM handclasp.limits WHERE hour < $4 FOR UPDATE SKIP LOCKED)) \
    SELECT (SELECT count(*) FROM settled) + (SELECT count(*) FROM expanded) + (SELECT count(*) FROM answered)";

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

/// Writes rows, the array of which is in this place.
fn write(source: Source, place: usize) -> String {
    let table = source.table();
    let names = list(table.all().map(|column| column.name.to_owned()));
    let values = list(table.all().map(|column| format!("r.{}", column.name)));
    let conflict = match source {
        Source::Records(_) => format!(" ON CONFLICT (id) DO UPDATE SET {}", updates(table, "id")),
        Source::Sides => {
            format!(" ON CONFLICT (connection_id, owner_id) DO UPDATE SET {}", updates(table, "connection_id"))
        }
        // An event of this subject and version may not be there: history is only added to.
        Source::Events => String::new(),
    };
    format!(
        "INSERT INTO handclasp.{0} ({names}) SELECT {values} FROM unnest(${place}::handclasp.{0}[]) AS r{conflict}",
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
pub(crate) const NUMBER_EVENTS: &str = "SELECT handclasp.number_events($1, $2, $3)";

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
