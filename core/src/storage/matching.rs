//! What a filter, an order and a purge mean, said once in Rust: the reference that every store is held to.

use std::cmp::Ordering;

use super::Purge;
use super::query::{Filter, Query};
use super::record::Record;
use super::rows::{Row, Table, Value};
use crate::model::delivery;

impl Filter {
    /// Whether a row of the table matches.
    #[must_use]
    pub fn matches(&self, table: &Table, row: &Row) -> bool {
        let column = |name| row.get(table, name).unwrap_or(&Value::Null);
        match self {
            Self::Not(condition) => !condition.matches(table, row),
            Self::All(all) => all.iter().all(|each| each.matches(table, row)),
            Self::Any(any) => any.iter().any(|each| each.matches(table, row)),
            Self::Is(name, value) => equal(column(name), value),
            Self::OneOf(name, values) => values.iter().any(|value| equal(column(name), value)),
            Self::Null(name) => *column(name) == Value::Null,
            Self::AtMost(name, value) => compare(column(name), value).is_some_and(Ordering::is_le),
            Self::MoreThan(name, value) => compare(column(name), value).is_some_and(Ordering::is_gt),
            Self::Begins(name, text) => {
                matches!(column(name), Value::Text(column) if column.starts_with(text.as_str()))
            }
            Self::Contains(name, text) => {
                matches!(column(name), Value::Text(column) if column.contains(text.as_str()))
            }
        }
    }
}

fn equal(one: &Value, other: &Value) -> bool {
    compare(one, other).is_some_and(Ordering::is_eq)
}

/// Null compares with nothing.
fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    if *one == Value::Null || *other == Value::Null { None } else { one.partial_cmp(other) }
}

/// The values of a row in the columns of an order.
pub(crate) fn position(order: &[&'static str], table: &Table, row: &Row) -> Vec<Value> {
    order.iter().map(|name| row.get(table, name).cloned().unwrap_or(Value::Null)).collect()
}

/// Whether a list can go on behind the row: what could not be read compares with nothing, nor does null.
pub(crate) fn has_place(order: &[&'static str], table: &Table, row: &Row) -> bool {
    order.iter().all(|name| row.get(table, name).is_some_and(|value| *value != Value::Null))
}

/// The position of the last of the rows that have one.
pub(crate) fn last_position(order: &[&'static str], table: &Table, rows: &[Row]) -> Option<Vec<Value>> {
    rows.iter().rfind(|row| has_place(order, table, row)).map(|last| position(order, table, last))
}

impl Purge {
    /// Whether the record is forgotten.
    #[must_use]
    pub fn takes(&self, record: &Record) -> bool {
        match record {
            Record::Delivery(delivery) => match delivery.state {
                delivery::State::Sent { at } | delivery::State::Dropped { at } => at < self.settled_before,
                delivery::State::Parked { at } => self.parked && at < self.settled_before,
                delivery::State::Due { .. } | delivery::State::Leased { .. } => false,
            },
            Record::Notice(notice) => notice.expanded_at.is_some_and(|at| at < self.settled_before),
            Record::Answer(answer) => answer.at < self.answers_before,
            Record::Business(_)
            | Record::Person(_)
            | Record::Member(_)
            | Record::UserRole(_)
            | Record::ContractorRole(_)
            | Record::Category(_)
            | Record::Requirement(_)
            | Record::GroupLink(_)
            | Record::Invite(_)
            | Record::Connection(_)
            | Record::Request(_)
            | Record::Spell(_)
            | Record::AccessRequest(_)
            | Record::Reasons(_)
            | Record::FeePlans(_)
            | Record::Word(_)
            | Record::Slot(_)
            | Record::KeyRegistry(_) => false,
        }
    }
}

/// Picks, sorts and cuts rows as the query says.
pub(super) fn select(query: &Query, rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let table = query.source.table();
    let directed = |order: Ordering| {
        if query.descending { order.reverse() } else { order }
    };
    let by = |one: &[Value], other: &[Value]| directed(one.partial_cmp(other).unwrap_or(Ordering::Equal));
    let mut found: Vec<(Vec<Value>, Row)> = rows
        .filter(|row| query.filter.matches(table, row))
        .map(|row| (position(&query.order, table, &row), row))
        .filter(|(at, _)| query.after.as_ref().is_none_or(|after| by(at, after).is_gt()))
        .collect();
    found.sort_by(|(one, _), (other, _)| by(one, other));
    found.into_iter().take(query.limit).map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use uuid::Uuid;

    use super::*;
    use crate::email::Email;
    use crate::id::{AnswerId, DeliveryId, InviteId, NoticeId};
    use crate::model::delivery::{About, Delivery, Notice, State};
    use crate::storage::record::Answer;
    use crate::storage::{Kind, Source};
    use crate::time::Timestamp;

    const PEOPLE: &Table = Source::Records(Kind::Person).table();

    fn person(name: &str) -> Row {
        let text = |text: &str| Value::Text(text.to_owned());
        Row(vec![Value::Uuid(Uuid::nil()), Value::Int(1), text(name), text("kim@k.example"), Value::Null])
    }

    #[test]
    fn null_is_matched_by_null_alone_and_by_whatever_is_not_something_else() {
        let kim = Filter::Is("name", Value::Text("Kim".to_owned()));
        let english = Filter::Is("language", Value::Text("en".to_owned()));
        let unknown = Filter::Is("language", Value::Null);
        let not = |filter: &Filter| Filter::Not(Box::new(filter.clone()));
        let matches = |filter: &Filter| filter.matches(PEOPLE, &person("Kim"));
        assert_eq!([&kim, &english, &unknown].map(matches), [true, false, false]);
        assert_eq!([not(&kim), not(&english), not(&unknown)].each_ref().map(matches), [false, true, true]);
        assert_eq!([Filter::Null("language"), Filter::Null("name")].each_ref().map(matches), [true, false]);
    }

    #[test]
    fn a_list_goes_on_behind_the_last_row_that_has_a_place() {
        let head = |row: Row| Row(row.0.into_iter().take(2).collect());
        let nameless =
            person("").0.into_iter().map(|value| if value == Value::Text(String::new()) { Value::Null } else { value });
        let rows = [person("Al"), person("Kim"), head(person("Li")), Row(Vec::new()), Row(nameless.collect())];
        let last = last_position(&["name", "version"], PEOPLE, &rows).unwrap();
        assert_eq!(last, [Value::Text("Kim".to_owned()), Value::Int(1)]);
        assert_eq!(last_position(&["name"], PEOPLE, &rows[2..]), None);
    }

    #[test]
    fn what_was_over_before_is_forgotten_and_parked_mail_only_if_that_is_asked() {
        let at = |seconds| Timestamp::MIN.plus(Duration::from_secs(seconds));
        let (notice, invite) = (NoticeId::from_uuid(Uuid::nil()), InviteId::from_uuid(Uuid::nil()));
        let delivery = |state| Delivery {
            id: DeliveryId::from_uuid(Uuid::nil()),
            notice,
            about: About::Invite { invite },
            address: Email::parse("kim@k.example").unwrap(),
            at: at(0),
            attempts: 0,
            last_error: None,
            state,
        };
        let expanded = |at| Notice { id: notice, about: About::Invite { invite }, at, expanded_at: Some(at) };
        let answer =
            |at| Answer { id: AnswerId::from_uuid(Uuid::nil()), arguments: [0; 32], answer: String::new(), at };
        let taken = |parked, record: &dyn Fn(Timestamp) -> Record| {
            let purge = Purge { settled_before: at(10), answers_before: at(20), parked, spent_before: 0 };
            [9, 10, 11, 19, 20, 21].map(|seconds| purge.takes(&record(at(seconds))))
        };
        let (settled, answered) = ([true, false, false, false, false, false], [true, true, true, true, false, false]);
        assert_eq!(taken(false, &|at| delivery(State::Sent { at }).into()), settled);
        assert_eq!(taken(false, &|at| delivery(State::Dropped { at }).into()), settled);
        assert_eq!(taken(true, &|at| delivery(State::Parked { at }).into()), settled);
        assert_eq!(taken(false, &|at| delivery(State::Parked { at }).into()), [false; 6]);
        assert_eq!(taken(true, &|at| delivery(State::Due { at }).into()), [false; 6]);
        assert_eq!(taken(false, &|at| expanded(at).into()), settled);
        assert_eq!(taken(false, &|at| answer(at).into()), answered);
    }
}
