//! Lists and tallies: filters as SQL. Names come from the description of the table, values are parameters.

use deadpool_postgres::Object;
use futures_util::future;
use handclasp::storage::{Column, ColumnKind, Filter, Query, Row, Table, Tally, Value};
use handclasp::{Fault, FaultKind};
use tokio_postgres::types::ToSql;

use crate::core::{Core, Exchange, Failed};
use crate::values::{self, Cell, fits, type_name};
use crate::{fault, sql};

#[cfg(test)]
mod plans;

/// A statement and its parameters while they are put together.
struct Statement {
    table: &'static Table,
    text: String,
    parameters: Vec<Parameter>,
}

enum Parameter {
    One(Value),
    Many(Vec<Value>),
    Number(i64),
}

#[derive(Debug, thiserror::Error)]
#[error("a query names `{0}`, which is no column of the table, or compares it with something else")]
struct Unfit(&'static str);

fn unfit(column: &'static str) -> Fault {
    Fault::new(FaultKind::Internal, Unfit(column))
}

/// The rows that match.
pub(crate) async fn list(core: &Core, query: &Query) -> Result<Vec<Row>, Fault> {
    let rows = core.read(&listing(query)?).await?;
    let table = query.source.table();
    let read = |row| match values::read_row(row, table) {
        // It hides no other.
        Err(fault) if fault.kind == FaultKind::StorageCorrupt => Ok(values::read_head(row, table)),
        whole => whole,
    };
    rows.iter().map(read).collect()
}

fn listing(query: &Query) -> Result<Statement, Fault> {
    let table = query.source.table();
    let mut statement = Statement { table, text: sql::select(table), parameters: Vec::new() };
    statement.add(" WHERE ");
    statement.filter(&query.filter)?;
    statement.after(query)?;
    statement.order(query)?;
    statement.add(" LIMIT ");
    statement.bind(Parameter::Number(i64::try_from(query.limit).unwrap_or(i64::MAX)), "bigint");
    Ok(statement)
}

/// How many rows match, by the value of one column.
pub(crate) async fn tally(core: &Core, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
    let (statement, by) = counting(tally)?;
    let rows = core.read(&statement).await?;
    let one = |row: &tokio_postgres::Row| {
        let count = row.try_get::<_, i64>(1).map_err(fault::unreadable)?;
        Ok((values::read(row, 0, by)?, u64::try_from(count).unwrap_or(0)))
    };
    rows.iter().map(one).collect()
}

fn counting(tally: &Tally) -> Result<(Statement, &'static Column), Fault> {
    let table = tally.source.table();
    let mut statement = Statement { table, text: String::new(), parameters: Vec::new() };
    let by = statement.column(tally.by)?;
    statement.add(&format!("SELECT {}, count(*) FROM handclasp.{} AS t WHERE ", sql::expression("t", by), table.name));
    statement.filter(&tally.filter)?;
    statement.add(" GROUP BY 1 ORDER BY 1 NULLS FIRST");
    Ok((statement, by))
}

impl Exchange for Statement {
    type Answer = Vec<tokio_postgres::Row>;

    async fn run(&self, _: &Core, client: &Object) -> Result<Self::Answer, Failed> {
        let statement = client.prepare_cached(&self.text).await?;
        let bound: Vec<Box<dyn ToSql + Sync + Send + '_>> = self.parameters.iter().map(Parameter::bound).collect();
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|one| &**one as &(dyn ToSql + Sync)).collect();
        let (begun, rows, ended) = future::join3(
            client.batch_execute(sql::BEGIN_LIST),
            client.query(&statement, &bound),
            client.batch_execute(sql::COMMIT),
        )
        .await;
        begun?;
        let rows = rows?;
        ended?;
        Ok(rows)
    }
}

impl Statement {
    fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn bind(&mut self, parameter: Parameter, type_name: &str) {
        self.parameters.push(parameter);
        self.text.push_str(&format!("${}::{type_name}", self.parameters.len()));
    }

    fn column(&self, name: &'static str) -> Result<&'static Column, Fault> {
        self.table.all().find(|column| column.name == name).ok_or_else(|| unfit(name))
    }

    fn filter(&mut self, filter: &Filter) -> Result<(), Fault> {
        match filter {
            Filter::Not(part) => {
                self.add("(");
                self.filter(part)?;
                self.add(") IS NOT TRUE");
                Ok(())
            }
            Filter::All(all) => self.join(all, " AND ", "TRUE"),
            Filter::Any(any) => self.join(any, " OR ", "FALSE"),
            Filter::Is(name, value) => self.compare(name, " = ", value),
            Filter::AtMost(name, value) => self.compare(name, " <= ", value),
            Filter::MoreThan(name, value) => self.compare(name, " > ", value),
            Filter::OneOf(name, values) => {
                let column = self.column(name)?;
                if !values.iter().all(|value| fits(column.kind, value)) {
                    return Err(unfit(name));
                }
                self.add(&format!("{} = ANY (", sql::expression("t", column)));
                self.bind(Parameter::Many(values.clone()), &format!("{}[]", type_name(column.kind)));
                self.add(")");
                Ok(())
            }
            Filter::Null(name) => {
                let column = self.column(name)?;
                self.add(&format!("t.{} IS NULL", column.name));
                Ok(())
            }
            Filter::Begins(name, text) => self.begins(name, text),
            Filter::Contains(name, text) => {
                let column = self.column(name)?;
                if !matches!(column.kind, ColumnKind::Text | ColumnKind::Json) {
                    return Err(unfit(name));
                }
                self.add(&format!("strpos({}, ", sql::expression("t", column)));
                self.bind(Parameter::One(Value::Text(text.clone())), "text");
                self.add(") > 0");
                Ok(())
            }
        }
    }

    fn join(&mut self, parts: &[Filter], between: &str, none: &str) -> Result<(), Fault> {
        if parts.is_empty() {
            self.add(none);
        }
        for (place, part) in parts.iter().enumerate() {
            self.add(if place == 0 { "(" } else { between });
            self.add("(");
            self.filter(part)?;
            self.add(")");
        }
        self.add(if parts.is_empty() { "" } else { ")" });
        Ok(())
    }

    /// As a range, so that an index serves it.
    fn begins(&mut self, name: &'static str, text: &str) -> Result<(), Fault> {
        self.compare(name, " >= ", &Value::Text(text.to_owned()))?;
        if let Some(beyond) = Filter::beyond(text) {
            self.add(" AND ");
            self.compare(name, " < ", &Value::Text(beyond))?;
        }
        Ok(())
    }

    fn compare(&mut self, name: &'static str, operator: &str, value: &Value) -> Result<(), Fault> {
        let column = self.column(name)?;
        if !fits(column.kind, value) {
            return Err(unfit(name));
        }
        self.add(&format!("{}{operator}", sql::expression("t", column)));
        self.bind(Parameter::One(value.clone()), type_name(column.kind));
        Ok(())
    }

    /// Only rows behind the cursor: the columns of the order compared as a row, as an index keeps them.
    fn after(&mut self, query: &Query) -> Result<(), Fault> {
        let Some(after) = query.after.as_ref().filter(|after| !after.is_empty()) else { return Ok(()) };
        if after.len() != query.order.len() {
            return Err(unfit("after"));
        }
        let names = self.names(query)?;
        self.add(&format!(" AND ({}) {} (", names.join(", "), if query.descending { "<" } else { ">" }));
        for ((place, name), value) in query.order.iter().enumerate().zip(after) {
            let column = self.column(name)?;
            if !fits(column.kind, value) {
                return Err(unfit(name));
            }
            self.add(if place == 0 { "" } else { ", " });
            self.bind(Parameter::One(value.clone()), type_name(column.kind));
        }
        self.add(")");
        Ok(())
    }

    fn order(&mut self, query: &Query) -> Result<(), Fault> {
        let mut names = self.names(query)?;
        if query.descending {
            names.iter_mut().for_each(|name| name.push_str(" DESC"));
        }
        if !names.is_empty() {
            self.add(&format!(" ORDER BY {}", names.join(", ")));
        }
        Ok(())
    }

    fn names(&self, query: &Query) -> Result<Vec<String>, Fault> {
        query.order.iter().map(|name| self.column(name).map(|column| sql::expression("t", column))).collect()
    }
}

impl Parameter {
    fn bound(&self) -> Box<dyn ToSql + Sync + Send + '_> {
        match self {
            Self::One(value) => Box::new(Cell(value)),
            Self::Many(values) => Box::new(values.iter().map(Cell).collect::<Vec<_>>()),
            Self::Number(number) => Box::new(*number),
        }
    }
}
