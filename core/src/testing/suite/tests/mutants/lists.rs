//! Lists and tallies that show the wrong rows, or in the wrong order.

use std::sync::Arc;

use super::{Mutant, Named};
use crate::storage::memory::Memory;
use crate::storage::{Filter, Query, Row, Storage, Table, Value};
use crate::testing::suite::stage::{MANY, identity};

const ORDER: &str = "list_orders_by_bytes_and_pages_without_gap_or_repeat";
const FILTERS: &str = "list_filters_as_the_filter_says";
const TALLY: &str = "tally_counts_by_value";
const EVERYTHING: &str = "commit_writes_everything";

pub(super) fn all() -> Vec<Named> {
    vec![
        ("a list is always ascending", ORDER, asking(|query| query.descending = false)),
        ("a list has one row too many", ORDER, asking(|query| query.limit += 1)),
        ("a list has one row too few", ORDER, asking(|query| query.limit = query.limit.saturating_sub(1))),
        ("a page begins anew", ORDER, asking(|query| query.after = None)),
        ("a page looks at the first column alone", ORDER, asking(first_column)),
        ("ties come as they come", ORDER, asking(|query| query.order.truncate(1))),
        ("texts are sorted without their case", ORDER, sorting(|text| text.to_lowercase().into_bytes())),
        ("texts are sorted by UTF-16", ORDER, sorting(|text| text.encode_utf16().flat_map(u16::to_be_bytes).collect())),
        ("texts are sorted without their blanks", ORDER, sorting(|text| text.trim_end().as_bytes().to_vec())),
        ("a row is listed at version 0", EVERYTHING, at_version_0()),
        ("a filter is forgotten", FILTERS, asking(|query| query.filter = Filter::All(Vec::new()))),
        ("null is null", FILTERS, matching(null_is_null)),
        ("null is at most everything", FILTERS, matching(null_is_small)),
        ("null is more than everything", FILTERS, matching(null_is_great)),
        ("none of nothing lets all through", FILTERS, matching(any_of_nothing)),
        ("at most is less than", FILTERS, matching(less_than)),
        ("more than is at least", FILTERS, matching(at_least)),
        ("texts are searched without their case", FILTERS, matching(without_case)),
        ("texts are searched by pattern", FILTERS, matching(pattern)),
        ("texts are equal without their case", FILTERS, matching(equal_without_case)),
        ("what is not so leaves null out", FILTERS, matching(not_of_null)),
        ("not all is none", FILTERS, matching(not_all_is_none)),
        ("a beginning is found everywhere", FILTERS, matching(begins_anywhere)),
        ("a beginning is found without its case", FILTERS, matching(begins_without_case)),
        ("a beginning ends before the last character of all", FILTERS, matching(begins_in_a_range)),
        ("one of many is the first of many", FILTERS, matching(first_of_many)),
        ("a tally leaves null out", TALLY, tallying(|found| found.retain(|(value, _)| *value != Value::Null))),
        ("a tally counts one too many", TALLY, tallying(|found| found.iter_mut().for_each(|(_, count)| *count += 1))),
        ("a tally forgets its filter", TALLY, tally_of_all()),
    ]
}

fn asking(change: fn(&mut Query)) -> Mutant {
    Mutant::faithful().list(move |inner, mut query| async move {
        change(&mut query);
        inner.list(&query).await
    })
}

fn first_column(query: &mut Query) {
    if let Some(after) = &mut query.after {
        after.truncate(1);
    }
}

/// Every row of the source.
async fn all_rows(inner: &Arc<Memory>, query: &Query) -> Vec<Row> {
    let order = identity(query.source);
    let filter = Filter::All(Vec::new());
    inner.list(&Query { filter, order, descending: false, after: None, limit: MANY, ..query.clone() }).await.unwrap()
}

/// Sorts texts by something else than their bytes.
fn sorting(by: fn(&str) -> Vec<u8>) -> Mutant {
    Mutant::faithful().list(move |inner, query| async move {
        if query.after.is_some() || query.limit < MANY || query.descending {
            return inner.list(&query).await;
        }
        let table = query.source.table();
        let mut rows = inner.list(&query).await?;
        rows.sort_by_cached_key(|row| {
            let value = |name: &&'static str| match row.get(table, name) {
                Some(Value::Text(text)) => Value::Bytes(by(text)),
                other => other.cloned().unwrap_or(Value::Null),
            };
            query.order.iter().map(value).collect::<Vec<_>>()
        });
        Ok(rows)
    })
}

fn at_version_0() -> Mutant {
    Mutant::faithful().list(|inner, query| async move {
        let mut rows = inner.list(&query).await?;
        rows.iter_mut()
            .for_each(|row| row.0[1] = if let Value::Int(_) = row.0[1] { Value::Int(0) } else { row.0[1].clone() });
        Ok(rows)
    })
}

type Matches = fn(&Filter, &Table, &Row) -> Option<bool>;

/// Decides some filters otherwise, at any depth.
fn matching(otherwise: Matches) -> Mutant {
    Mutant::faithful().list(move |inner, query| async move {
        let mut rows = all_rows(&inner, &query).await;
        rows.retain(|row| matches(otherwise, &query.filter, query.source.table(), row));
        Ok(rows)
    })
}

fn matches(otherwise: Matches, filter: &Filter, table: &Table, row: &Row) -> bool {
    if let Some(answer) = otherwise(filter, table, row) {
        return answer;
    }
    match filter {
        Filter::Not(part) => !matches(otherwise, part, table, row),
        Filter::All(parts) => parts.iter().all(|part| matches(otherwise, part, table, row)),
        Filter::Any(parts) => parts.iter().any(|part| matches(otherwise, part, table, row)),
        Filter::Is(..)
        | Filter::OneOf(..)
        | Filter::Null(_)
        | Filter::AtMost(..)
        | Filter::MoreThan(..)
        | Filter::Begins(..)
        | Filter::Contains(..) => filter.matches(table, row),
    }
}

fn null_is_null(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    let (Filter::Is(name, _) | Filter::OneOf(name, _)) = filter else {
        return None;
    };
    (row.get(table, name) == Some(&Value::Null)).then_some(true)
}

fn null_is_small(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    matches!(filter, Filter::AtMost(name, _) if row.get(table, name) == Some(&Value::Null)).then_some(true)
}

fn null_is_great(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    matches!(filter, Filter::MoreThan(name, _) if row.get(table, name) == Some(&Value::Null)).then_some(true)
}

fn any_of_nothing(filter: &Filter, _: &Table, _: &Row) -> Option<bool> {
    matches!(filter, Filter::Any(parts) if parts.is_empty()).then_some(true)
}

fn less_than(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    matches!(filter, Filter::AtMost(name, value) if row.get(table, name) == Some(value)).then_some(false)
}

fn at_least(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    matches!(filter, Filter::MoreThan(name, value) if row.get(table, name) == Some(value)).then_some(true)
}

fn text<'a>(table: &Table, row: &'a Row, name: &str) -> Option<&'a str> {
    if let Some(Value::Text(text)) = row.get(table, name) { Some(text) } else { None }
}

fn without_case(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    let Filter::Contains(name, needle) = filter else {
        return None;
    };
    Some(text(table, row, name)?.to_lowercase().contains(&needle.to_lowercase()))
}

/// A needle that is all wildcard finds every text.
fn pattern(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    let Filter::Contains(name, needle) = filter else {
        return None;
    };
    (needle == "%").then(|| text(table, row, name).is_some())
}

fn equal_without_case(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    let Filter::Is(name, Value::Text(value)) = filter else {
        return None;
    };
    Some(text(table, row, name)?.eq_ignore_ascii_case(value))
}

fn first_of_many(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    let Filter::OneOf(name, values) = filter else {
        return None;
    };
    Some(Filter::OneOf(name, values.iter().take(1).cloned().collect()).matches(table, row))
}

/// As SQL has it: not unknown is unknown.
fn not_of_null(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    let Filter::Not(part) = filter else {
        return None;
    };
    let (Filter::Is(name, _)
    | Filter::OneOf(name, _)
    | Filter::AtMost(name, _)
    | Filter::MoreThan(name, _)
    | Filter::Begins(name, _)
    | Filter::Contains(name, _)) = &**part
    else {
        return None;
    };
    (row.get(table, name) == Some(&Value::Null)).then_some(false)
}

fn not_all_is_none(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    let Filter::Not(part) = filter else {
        return None;
    };
    let Filter::All(parts) = &**part else {
        return None;
    };
    (!parts.is_empty()).then(|| !parts.iter().any(|part| part.matches(table, row)))
}

fn begins(filter: &Filter, table: &Table, row: &Row, holds: impl Fn(&str, &str) -> bool) -> Option<bool> {
    let Filter::Begins(name, beginning) = filter else {
        return None;
    };
    Some(holds(text(table, row, name)?, beginning))
}

fn begins_anywhere(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    begins(filter, table, row, |text, beginning| text.contains(beginning))
}

fn begins_without_case(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    begins(filter, table, row, |text, beginning| text.to_lowercase().starts_with(&beginning.to_lowercase()))
}

fn begins_in_a_range(filter: &Filter, table: &Table, row: &Row) -> Option<bool> {
    begins(filter, table, row, |text, beginning| (beginning..format!("{beginning}\u{10ffff}").as_str()).contains(&text))
}

fn tallying(change: fn(&mut Vec<(Value, u64)>)) -> Mutant {
    Mutant::faithful().tally(move |inner, tally| async move {
        let mut found = inner.tally(&tally).await?;
        change(&mut found);
        Ok(found)
    })
}

fn tally_of_all() -> Mutant {
    Mutant::faithful().tally(|inner, mut tally| async move {
        tally.filter = Filter::All(Vec::new());
        inner.tally(&tally).await
    })
}
