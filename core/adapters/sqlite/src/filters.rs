//! Queries as SQL: names come from the table's description alone, every value is a parameter.

use handclasp::storage::{Column, ColumnKind, Filter, Query, Table, Tally, Value};
use handclasp::{Fault, FaultKind};

use crate::statements::{select, select_rows};

/// A statement with its parameters, in order.
#[derive(Debug, PartialEq)]
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

/// Whole rows, in the order of the table.
pub(crate) fn list(query: &Query) -> Result<Statement, Fault> {
    let table = query.source.table();
    let mut text = Text { table, sql: select_rows(table), values: Vec::new() };
    text.push(" WHERE ");
    text.filter(&query.filter)?;
    if let Some(after) = &query.after {
        text.after(query, after)?;
    }
    text.order(query)?;
    text.push(" LIMIT ");
    text.value(Value::Int(i64::try_from(query.limit).unwrap_or(i64::MAX)));
    Ok(Statement { sql: text.sql, values: text.values })
}

/// Values of the column and how many rows have each.
pub(crate) fn tally(tally: &Tally) -> Result<Statement, Fault> {
    let table = tally.source.table();
    let by = column(table, tally.by)?.name;
    let mut text = Text { table, sql: select(table, &format!("{by}, count(*)")), values: Vec::new() };
    text.push(" WHERE ");
    text.filter(&tally.filter)?;
    text.push(&format!(" GROUP BY {by} ORDER BY {by}"));
    Ok(Statement { sql: text.sql, values: text.values })
}

/// The column of that name; a query that names none is a fault of the library.
pub(crate) fn column(table: &Table, name: &str) -> Result<&'static Column, Fault> {
    let found = table.all().find(|column| column.name == name);
    found.ok_or_else(|| Fault::new(FaultKind::Internal, format!("no column `{name}` in `{}`", table.name)))
}

/// What stands between conditions, and what they come to if there are none.
const AND: (&str, &str) = (" AND ", "1");
const OR: (&str, &str) = (" OR ", "0");

struct Text {
    table: &'static Table,
    sql: String,
    values: Vec<Value>,
}

impl Text {
    fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    fn value(&mut self, value: Value) {
        self.push("?");
        self.values.push(value);
    }

    fn filter(&mut self, filter: &Filter) -> Result<(), Fault> {
        match filter {
            Filter::Not(part) => {
                self.push("((");
                self.filter(part)?;
                self.push(") IS NOT TRUE)");
                Ok(())
            }
            Filter::All(all) => self.joined(all, AND, &Self::filter),
            Filter::Any(any) => self.joined(any, OR, &Self::filter),
            Filter::Is(name, value) => self.compared(name, " = ", value),
            Filter::OneOf(name, values) => {
                self.joined(values, OR, &|text: &mut Self, value| text.compared(name, " = ", value))
            }
            Filter::Null(name) => {
                self.name(name)?;
                self.push(" IS NULL");
                Ok(())
            }
            Filter::AtMost(name, value) => self.compared(name, " <= ", value),
            Filter::MoreThan(name, value) => self.compared(name, " > ", value),
            Filter::Begins(name, text) => self.begins(name, text),
            Filter::Contains(name, part) => {
                self.push("instr(");
                self.name(name)?;
                self.push(", ");
                self.value(Value::Text(part.clone()));
                self.push(") > 0");
                Ok(())
            }
        }
    }

    /// By halves: SQLite takes no expression that is a thousand deep, and a chain is as deep as it is long.
    fn joined<T>(
        &mut self,
        parts: &[T],
        (between, none): (&str, &str),
        part: &impl Fn(&mut Self, &T) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.push("(");
        match parts {
            [] => self.push(none),
            [one] => part(self, one)?,
            _ => {
                let (first, rest) = parts.split_at(parts.len() / 2);
                self.joined(first, (between, none), part)?;
                self.push(between);
                self.joined(rest, (between, none), part)?;
            }
        }
        self.push(")");
        Ok(())
    }

    /// SQLite would compare a number with a text that spells it; a value of another type than the column's is refused.
    fn compared(&mut self, name: &str, how: &str, value: &Value) -> Result<(), Fault> {
        let column = self.name(name)?;
        if !fits(column.kind, value) {
            return Err(Fault::new(FaultKind::Internal, format!("a `{name}` is compared with another type")));
        }
        self.push(how);
        self.value(value.clone());
        Ok(())
    }

    /// As a range, so that an index serves it.
    fn begins(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        self.push("(");
        self.compared(name, " >= ", &Value::Text(text.to_owned()))?;
        if let Some(beyond) = Filter::beyond(text) {
            self.push(" AND ");
            self.compared(name, " < ", &Value::Text(beyond))?;
        }
        self.push(")");
        Ok(())
    }

    fn name(&mut self, name: &str) -> Result<&'static Column, Fault> {
        let column = column(self.table, name)?;
        self.push(column.name);
        Ok(column)
    }

    fn after(&mut self, query: &Query, after: &[Value]) -> Result<(), Fault> {
        if after.len() != query.order.len() || after.is_empty() {
            return Err(Fault::new(FaultKind::Internal, "a cursor of another order"));
        }
        self.push(" AND (");
        self.columns(query, "")?;
        self.push(if query.descending { ") < (" } else { ") > (" });
        for (place, value) in after.iter().enumerate() {
            self.push(if place > 0 { ", " } else { "" });
            self.value(value.clone());
        }
        self.push(")");
        Ok(())
    }

    fn order(&mut self, query: &Query) -> Result<(), Fault> {
        if query.order.is_empty() {
            return Ok(());
        }
        self.push(" ORDER BY ");
        self.columns(query, if query.descending { " DESC" } else { "" })
    }

    fn columns(&mut self, query: &Query, suffix: &str) -> Result<(), Fault> {
        for (place, name) in query.order.iter().enumerate() {
            self.push(if place > 0 { ", " } else { "" });
            self.name(name)?;
            self.push(suffix);
        }
        Ok(())
    }
}

const fn fits(kind: ColumnKind, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) => matches!(kind, ColumnKind::Bool),
        Value::Int(_) => matches!(kind, ColumnKind::Int),
        Value::Time(_) => matches!(kind, ColumnKind::Time),
        Value::Uuid(_) => matches!(kind, ColumnKind::Uuid),
        Value::Text(_) => matches!(kind, ColumnKind::Text | ColumnKind::Json),
        Value::Bytes(_) => matches!(kind, ColumnKind::Bytes),
    }
}

#[cfg(test)]
mod plans;
#[cfg(test)]
mod tests {
    use handclasp::storage::Source;

    use super::*;

    #[test]
    fn a_page_is_a_comparison_of_whole_rows() {
        let filter = Filter::All(vec![
            Filter::Is("side", Value::Text("client".into())),
            Filter::OneOf("status", Vec::new()),
            Filter::Any(vec![Filter::Null("other_id"), Filter::Contains("name_text", "x' OR 1".into())]),
            Filter::Not(Box::new(Filter::Begins("name_text", "a".into()))),
        ]);
        let after = Some(vec![Value::Text("a".into()), Value::Bool(true)]);
        let order = vec!["name_text", "connection_id"];
        let query = Query { source: Source::Sides, filter, order, descending: true, after, limit: 3 };
        let statement = list(&query).unwrap();
        assert_eq!(
            statement.sql,
            "SELECT connection_id, owner_id, side, other_id, role_id, status, changed_at, name_text, contact_text, \
             classification, categories, progress \
             FROM sides WHERE (((side = ?) AND ((0))) AND ((((other_id IS NULL) OR (instr(name_text, ?) > 0))) \
             AND ((((name_text >= ? AND name_text < ?)) IS NOT TRUE)))) \
             AND (name_text, connection_id) < (?, ?) ORDER BY name_text DESC, connection_id DESC LIMIT ?"
        );
        assert_eq!(statement.values.len(), 7);
        assert_eq!(statement.values[2..4], ["a", "b"].map(|text| Value::Text(text.into())));
    }

    #[test]
    fn names_that_no_table_has_and_values_of_other_types_are_refused() {
        let count = |filter| tally(&Tally { source: Source::Sides, filter, by: "status" });
        assert!(count(Filter::Null("status")).is_ok());
        assert_eq!(count(Filter::Null("status; DROP TABLE sides")).unwrap_err().kind, FaultKind::Internal);
        assert_eq!(count(Filter::Is("status", Value::Int(1))).unwrap_err().kind, FaultKind::Internal);
    }
}
