//! What filters let through, and what tallies count.

use std::collections::BTreeMap;

use super::round_trips::event;
use super::stage::{Numbers, Store, commit, done, rows, write};
use crate::model::business::Profile;
use crate::model::invite::State;
use crate::storage::{ColumnKind, Commit, Filter, Kind, Record, Row, Source, Tally, Value};
use crate::testing::samples::{self, Fill};

/// Where the filters are tried: between them these have columns of every kind, null and not.
const SOURCES: [Source; 5] = [
    Source::Records(Kind::Business),
    Source::Records(Kind::Invite),
    Source::Records(Kind::Answer),
    Source::Sides,
    Source::Events,
];

/// What a store may take for something else than a text.
const NEEDLES: [&str; 14] =
    ["", "%", "_", "\\", "a", "A", "acme", "Acme", "c", "'", "𝒳", "\u{301}", "e\u{301} ", "100%_\\"];

/// Beginnings, also such that no character comes after their last one.
const BEGINNINGS: [&str; 11] =
    ["", "%", "100%_", "a", "A", "acme", "acme\u{10ffff}", "\u{10ffff}", "\u{d7ff}", "b", "Ærø 株"];

const NAMES: [Option<&str>; 11] = [
    None,
    Some("Acme"),
    Some("acme"),
    Some("100%_\\"),
    Some(""),
    Some("ACMÉ"),
    Some("Acme"),
    Some("acme\u{10ffff}\u{10ffff}"),
    Some("\u{10ffff}\u{10ffff}a"),
    Some("\u{d7ff}\u{e000}"),
    Some("acmf"),
];

/// Businesses, invites, answers, sides and events, many columns of them null.
async fn prepare(store: &Store) {
    let mut records: Vec<Record> = Vec::new();
    for (number, name) in (1..).zip(NAMES) {
        let fill = Fill::ALL[usize::try_from(number % 3).unwrap()];
        let mut business = samples::business(number, fill);
        let trading_name = name.map(str::to_owned);
        business.profile = Profile { trading_name, ..(*business.profile).clone() }.into();
        let mut invite = samples::invite(number, State::Pending, fill);
        if number > 3 {
            invite.state = State::Opened { at: samples::time(u64::try_from(number).unwrap()) };
        }
        let mut answer = samples::answer(number, "null");
        answer.arguments = [u8::try_from(number % 3).unwrap() * 0x7f; 32];
        records.extend([business.into(), invite.into(), answer.into(), samples::person(number, "Jo").into()]);
    }
    let writes = records.into_iter().map(|record| (event(&record), record));
    let writes = writes.map(|(event, record)| write(record, 1, event)).collect();
    let sides = (1..=5).flat_map(|number| samples::sides(number, Fill::ALL[usize::try_from(number % 3).unwrap()]));
    done(store, Commit { writes, sides: sides.collect(), ..commit() }).await;
}

/// `list_filters_as_the_filter_says`
pub(super) async fn as_the_filter_says(store: Store) {
    let store = &store;
    prepare(store).await;
    for source in SOURCES {
        let all = rows(store, source, Filter::All(Vec::new())).await;
        assert!(all.len() >= 7, "the rows to filter are not there");
        let simple = simple(source, &all);
        for filter in simple.iter().cloned().chain(nested(&simple)).chain(long(source, &all)) {
            let expected: Vec<_> = all.iter().filter(|row| filter.matches(source.table(), row)).cloned().collect();
            let found = rows(store, source, filter.clone()).await;
            assert_eq!(found, expected, "{filter:?} of {source:?}");
        }
    }
}

/// Every condition on every column that can be compared, with values that are there and values that are not.
fn simple(source: Source, all: &[Row]) -> Vec<Filter> {
    let table = source.table();
    let mut filters = vec![Filter::All(Vec::new()), Filter::Any(Vec::new())];
    for column in table.all() {
        let name = column.name;
        filters.push(Filter::Null(name));
        // JSON has many spellings, and is asked for nothing else.
        if column.kind == ColumnKind::Json {
            continue;
        }
        let mut values: Vec<_> =
            all.iter().filter_map(|row| row.get(table, name)).filter(|value| **value != Value::Null).cloned().collect();
        values.push(absent(column.kind));
        values.sort();
        values.dedup();
        filters.extend([Filter::OneOf(name, Vec::new()), Filter::OneOf(name, values.clone())]);
        filters.push(Filter::OneOf(name, values.iter().step_by(2).cloned().collect()));
        for value in values.into_iter().take(4) {
            filters.push(Filter::Is(name, value.clone()));
            if column.kind != ColumnKind::Bytes {
                filters.extend([Filter::AtMost(name, value.clone()), Filter::MoreThan(name, value)]);
            }
        }
        if column.kind == ColumnKind::Text {
            filters.extend(NEEDLES.map(|needle| Filter::Contains(name, needle.to_owned())));
            filters.extend(BEGINNINGS.map(|text| Filter::Begins(name, text.to_owned())));
        }
    }
    // One in three the other way round: enough to meet each condition on columns with and without nulls.
    let not = filters.iter().step_by(3).cloned().map(|filter| Filter::Not(Box::new(filter)));
    filters.extend(not.collect::<Vec<_>>());
    filters
}

/// A value that no row has.
fn absent(kind: ColumnKind) -> Value {
    match kind {
        ColumnKind::Bool => Value::Bool(true),
        ColumnKind::Int => Value::Int(2),
        ColumnKind::Time => Value::Time(samples::time(3_600_000_000)),
        ColumnKind::Uuid => Value::Uuid(samples::uuid(123_456)),
        ColumnKind::Text | ColumnKind::Json => Value::Text("b".to_owned()),
        ColumnKind::Bytes => Value::Bytes(vec![1]),
    }
}

/// Conditions within conditions, up to four deep.
fn nested(simple: &[Filter]) -> Vec<Filter> {
    let mut numbers = Numbers(80);
    let mut filters: Vec<Filter> = Vec::new();
    for _ in 0..80 {
        let parts: Vec<_> = (0..=numbers.below(3))
            .map(|_| {
                let earlier = numbers.below(2 * filters.len() + 2);
                filters
                    .get(earlier)
                    .filter(|filter| depth(filter) < 3)
                    .unwrap_or(&simple[numbers.below(simple.len())])
                    .clone()
            })
            .collect();
        filters.push(match numbers.below(4) {
            0 => Filter::All(parts),
            1 => Filter::Any(parts),
            2 => Filter::Not(Box::new(Filter::All(parts))),
            _ => Filter::Not(Box::new(Filter::Any(parts))),
        });
    }
    filters
}

/// As long as those of a page of a thousand, of which each is looked for under some names.
fn long(source: Source, all: &[Row]) -> Vec<Filter> {
    // Every table names something.
    let column = source.table().all().find(|column| column.kind == ColumnKind::Uuid).unwrap();
    let there = all.iter().step_by(2).filter_map(|row| row.get(source.table(), column.name)).cloned();
    let values: Vec<_> = there.chain((500_000..502_500).map(|number| Value::Uuid(samples::uuid(number)))).collect();
    let each = || values.iter().map(|value| Filter::Is(column.name, value.clone()));
    let not = each().map(|filter| Filter::Not(Box::new(filter))).collect();
    vec![Filter::Any(each().collect()), Filter::All(not), Filter::OneOf(column.name, values)]
}

fn depth(filter: &Filter) -> usize {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => 1 + parts.iter().map(depth).max().unwrap_or(0),
        Filter::Not(part) => 1 + depth(part),
        Filter::Is(..)
        | Filter::OneOf(..)
        | Filter::Null(_)
        | Filter::AtMost(..)
        | Filter::MoreThan(..)
        | Filter::Begins(..)
        | Filter::Contains(..) => 0,
    }
}

/// `tally_counts_by_value`: null is a value too, and what matches nowhere is not there.
pub(super) async fn tally(store: Store) {
    let store = &store;
    for source in SOURCES {
        tallies(store, source, Filter::All(Vec::new())).await;
    }
    prepare(store).await;
    for source in SOURCES {
        let all = rows(store, source, Filter::All(Vec::new())).await;
        for filter in nested(&simple(source, &all)).into_iter().take(20).chain([Filter::All(Vec::new())]) {
            tallies(store, source, filter).await;
        }
    }
}

/// By every column that can be compared. Nothing is said of the order.
async fn tallies(store: &Store, source: Source, filter: Filter) {
    let table = source.table();
    let all = rows(store, source, Filter::All(Vec::new())).await;
    for column in table.all().filter(|column| column.kind != ColumnKind::Json) {
        let mut expected: BTreeMap<Value, u64> = BTreeMap::new();
        for row in all.iter().filter(|row| filter.matches(table, row)) {
            *expected.entry(row.get(table, column.name).unwrap().clone()).or_insert(0) += 1;
        }
        let tally = Tally { source, filter: filter.clone(), by: column.name };
        let mut found = store.tally(&tally).await.unwrap();
        found.sort();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{tally:?}");
    }
}
