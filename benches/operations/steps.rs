//! A commit as the rows that it writes and the statements that write them, without any check.

use handclasp::storage::guard::Buckets;
use handclasp::storage::{Column, ColumnKind, Commit, Row, Source, StoredEvent, Table, Value, Version};
use handclasp_benches::bare::type_name;

/// One row and how it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) form: Form,
    pub(crate) row: Vec<Value>,
}

/// One of the few statements: rows of one form can be written together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form {
    table: &'static Table,
    way: Way,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It is new.
    Insert,
    /// It is there.
    Update,
    /// It takes the place of another, if there is one.
    Replace,
    /// It is added to another, if there is one.
    Add,
}

/// Counts, which the library describes by no table.
const GUARDS: Table = Table {
    name: "guards",
    head: &[Column { name: "business_id", kind: ColumnKind::Uuid }, Column { name: "kind", kind: ColumnKind::Text }],
    columns: &[Column { name: "value", kind: ColumnKind::Int }],
};

/// Limits, which it describes by no table either; on PostgreSQL they are arrays, and have no floor.
const LIMITS: Table = Table {
    name: "limits",
    head: &[Column { name: "id", kind: ColumnKind::Uuid }, Column { name: "kind", kind: ColumnKind::Text }],
    columns: &[Column { name: "hour", kind: ColumnKind::Int }, Column { name: "counts", kind: ColumnKind::Text }],
};

/// The rows of a commit.
pub(crate) fn of(commit: &Commit) -> Vec<Step> {
    let step = |table, way, row| Step { form: Form { table, way }, row };
    let writes = commit.writes.iter().map(|write| {
        let way = if write.version == Version::NONE.next() { Way::Insert } else { Way::Update };
        let table = Source::Records(write.record.key().kind).table();
        step(table, way, Row::of(&write.record, write.version).0)
    });
    let events = StoredEvent::of(commit).map(|event| step(Source::Events.table(), Way::Insert, event.values()));
    let sides = commit.sides.iter().map(|side| step(Source::Sides.table(), Way::Replace, side.values()));
    let guards = commit.guards.iter().map(|adjust| {
        let (business, kind) = (adjust.guard.business.as_uuid(), adjust.guard.kind.name().to_owned());
        step(&GUARDS, Way::Add, vec![Value::Uuid(business), Value::Text(kind), Value::Int(adjust.delta)])
    });
    let spends = commit.spends.iter().map(|spend| {
        let counts = format!("{:?}", Buckets::default().counts);
        let head = [Value::Uuid(spend.limit.id), Value::Text(spend.limit.kind.name().to_owned())];
        let row = head.into_iter().chain([Value::Int(spend.hour), Value::Text(counts)]);
        step(&LIMITS, Way::Replace, row.collect())
    });
    writes.chain(events).chain(sides).chain(guards).chain(spends).collect()
}

/// Steps of one form together, rows that are added to one place as one, in the order of their keys: no two
/// transactions then wait for each other in a circle.
pub(crate) fn together(commits: &[Vec<Step>]) -> Vec<(Form, Vec<Vec<Value>>)> {
    let mut forms: Vec<(Form, Vec<Vec<Value>>)> = Vec::new();
    for Step { form, row } in commits.iter().flatten() {
        match forms.iter_mut().find(|(known, _)| known == form) {
            Some((_, rows)) => rows.push(row.clone()),
            None => forms.push((*form, vec![row.clone()])),
        }
    }
    for (_, rows) in forms.iter_mut().filter(|(form, _)| form.way == Way::Add) {
        rows.sort_unstable();
        rows.dedup_by(|next, kept| {
            let (head, [Value::Int(more)]) = next.split_at(2) else { return false };
            let same = kept.starts_with(head);
            if let (true, Some(Value::Int(sum))) = (same, kept.last_mut()) {
                *sum += more;
            }
            same
        });
    }
    forms
}

/// How a driver is given the values of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// One row.
    Sqlite,
    /// One row.
    Postgres,
    /// An array for each column.
    PostgresArrays,
}

impl Form {
    /// The table that it writes.
    pub(crate) const fn table(&self) -> &'static Table {
        self.table
    }

    /// The statement.
    pub(crate) fn text(&self, dialect: Dialect) -> String {
        let Self { table, way } = self;
        let name = match dialect {
            Dialect::Sqlite => table.name.to_owned(),
            Dialect::Postgres | Dialect::PostgresArrays => format!("handclasp.{}", table.name),
        };
        let values = list(table.all().zip(1..).map(|(column, place)| value(dialect, column.kind, place)));
        let names = list(table.all().map(|column| column.name.to_owned()));
        let set = |to: fn(&str) -> String| {
            list(table.columns.iter().map(|column| format!("{} = {}", column.name, to(column.name))))
        };
        if *way == Way::Update {
            return self.update(dialect, &name);
        }
        let rows = match dialect {
            Dialect::Sqlite | Dialect::Postgres => format!("VALUES ({values})"),
            Dialect::PostgresArrays => format!("SELECT {} FROM unnest({values}) AS r({names})", self.cells()),
        };
        let head = list(table.head.iter().map(|column| column.name.to_owned()));
        let conflict = match way {
            Way::Insert | Way::Update => String::new(),
            Way::Replace => format!("ON CONFLICT ({head}) DO UPDATE SET {}", set(|name| format!("excluded.{name}"))),
            Way::Add => {
                format!("ON CONFLICT ({head}) DO UPDATE SET {}", set(|name| format!("t.{name} + excluded.{name}")))
            }
        };
        format!("INSERT INTO {name} AS t ({names}) {rows} {conflict}")
    }

    fn update(&self, dialect: Dialect, name: &str) -> String {
        let columns = || self.table.all().zip(1_usize..);
        let values = list(columns().map(|(column, place)| value(dialect, column.kind, place)));
        let names = list(columns().map(|(column, _)| column.name.to_owned()));
        let sets = columns().skip(1).map(|(column, place)| match dialect {
            Dialect::Sqlite | Dialect::Postgres => format!("{} = {}", column.name, value(dialect, column.kind, place)),
            Dialect::PostgresArrays => format!("{} = {}", column.name, cell(column)),
        });
        let sets = list(sets);
        match dialect {
            Dialect::Sqlite => format!("UPDATE {name} SET {sets} WHERE id = ?1"),
            Dialect::Postgres => format!("UPDATE {name} SET {sets} WHERE id = $1::uuid"),
            Dialect::PostgresArrays => {
                format!("UPDATE {name} AS t SET {sets} FROM unnest({values}) AS r({names}) WHERE t.id = r.id")
            }
        }
    }

    fn cells(&self) -> String {
        list(self.table.all().map(cell))
    }
}

/// A cell of a row made of arrays.
fn cell(column: &Column) -> String {
    let json = if column.kind == ColumnKind::Json { "::json" } else { "" };
    format!("r.{}{json}", column.name)
}

fn value(dialect: Dialect, kind: ColumnKind, place: usize) -> String {
    let name = type_name(kind);
    let json = if kind == ColumnKind::Json { "::json" } else { "" };
    match dialect {
        Dialect::Sqlite => format!("?{place}"),
        Dialect::Postgres => format!("${place}::{name}{json}"),
        Dialect::PostgresArrays => format!("${place}::{name}[]"),
    }
}

fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
