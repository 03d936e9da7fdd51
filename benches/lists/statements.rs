//! Reads of the port as statements, in the plainest SQL that asks for the same rows.

use handclasp::storage::{Filter, Kind, Query, Source, Table, Tally, Value};
use handclasp_benches::bare::type_name;
use handclasp_benches::recording::Read;

/// Of which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// A statement and its parameters, in their order.
#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

/// What a read comes to: one statement, or one for each kind of record.
pub(crate) fn of(read: &Read, dialect: Dialect) -> Vec<Statement> {
    match read {
        Read::Load(keys) => Kind::ALL
            .into_iter()
            .filter_map(|kind| {
                let ids: Vec<_> = keys.iter().filter(|key| key.kind == kind).map(|key| Value::Uuid(key.id)).collect();
                let filter = Filter::OneOf("id", ids.clone());
                (!ids.is_empty()).then(|| Text::of(dialect, Source::Records(kind), None, &filter).ended())
            })
            .collect(),
        Read::List(query) => vec![list(query, dialect)],
        Read::Tally(Tally { source, filter, by }) => {
            let mut text = Text::of(dialect, *source, Some(by), filter);
            text.add(&format!(" GROUP BY {by}"));
            vec![text.ended()]
        }
    }
}

fn list(query: &Query, dialect: Dialect) -> Statement {
    let mut text = Text::of(dialect, query.source, None, &query.filter);
    if let Some(after) = &query.after {
        text.add(&format!(" AND ({}) {} (", query.order.join(", "), if query.descending { "<" } else { ">" }));
        text.joined(query.order.iter().zip(after), ", ", |text, (name, value)| text.value(name, value.clone()));
        text.add(")");
    }
    let direction = if query.descending { " DESC" } else { "" };
    let order: Vec<_> = query.order.iter().map(|name| format!("{name}{direction}")).collect();
    if !order.is_empty() {
        text.add(&format!(" ORDER BY {}", order.join(", ")));
    }
    text.add(&format!(" LIMIT {}", query.limit));
    text.ended()
}

/// A statement that grows.
struct Text {
    dialect: Dialect,
    table: &'static Table,
    text: String,
    values: Vec<Value>,
}

impl Text {
    /// Whole rows that match, or how many there are by a column.
    fn of(dialect: Dialect, source: Source, by: Option<&str>, filter: &Filter) -> Self {
        let table = source.table();
        let names: Vec<_> = table.all().map(|column| column.name).collect();
        let what = by.map_or_else(|| names.join(", "), |by| format!("{by}, count(*)"));
        let schema = if dialect == Dialect::Postgres { "handclasp." } else { "" };
        let text = format!("SELECT {what} FROM {schema}{} WHERE ", table.name);
        let mut text = Self { dialect, table, text, values: Vec::new() };
        text.filter(filter);
        text
    }

    fn ended(self) -> Statement {
        Statement { text: self.text, values: self.values }
    }

    fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn value(&mut self, name: &str, value: Value) {
        self.values.push(value);
        let place = self.values.len();
        let column = self.table.all().find(|column| column.name == name).expect("the library names its own columns");
        self.text += &match self.dialect {
            Dialect::Sqlite => format!("?{place}"),
            Dialect::Postgres => format!("${place}::{}", type_name(column.kind)),
        };
    }

    fn compared(&mut self, name: &str, how: &str, value: Value) {
        self.add(&format!("{name} {how} "));
        self.value(name, value);
    }

    fn joined<T>(&mut self, parts: impl IntoIterator<Item = T>, between: &str, mut part: impl FnMut(&mut Self, T)) {
        for (place, each) in parts.into_iter().enumerate() {
            self.add(if place > 0 { between } else { "" });
            part(self, each);
        }
    }

    fn filter(&mut self, filter: &Filter) {
        self.add("(");
        match filter {
            Filter::Not(part) => {
                self.filter(part);
                self.add(" IS NOT TRUE");
            }
            Filter::All(all) if all.is_empty() => self.add("1 = 1"),
            Filter::All(all) => self.joined(all, " AND ", Self::filter),
            Filter::Any(any) if any.is_empty() => self.add("1 = 0"),
            Filter::Any(any) => self.joined(any, " OR ", Self::filter),
            Filter::Is(name, value) => self.compared(name, "=", value.clone()),
            Filter::OneOf(name, values) => {
                self.add(&format!("{name} IN ("));
                self.joined(values, ", ", |text, value| text.value(name, value.clone()));
                self.add(")");
            }
            Filter::Null(name) => self.add(&format!("{name} IS NULL")),
            Filter::AtMost(name, value) => self.compared(name, "<=", value.clone()),
            Filter::MoreThan(name, value) => self.compared(name, ">", value.clone()),
            Filter::Begins(name, beginning) => {
                self.compared(name, ">=", Value::Text(beginning.clone()));
                if let Some(beyond) = Filter::beyond(beginning) {
                    self.add(" AND ");
                    self.compared(name, "<", Value::Text(beyond));
                }
            }
            Filter::Contains(name, part) => {
                let find = if self.dialect == Dialect::Postgres { "strpos" } else { "instr" };
                self.add(&format!("{find}({name}, "));
                self.value(name, Value::Text(part.clone()));
                self.add(") > 0");
            }
        }
        self.add(")");
    }
}
