//! The order of lists, and their pages.

use super::stage::{MANY, Numbers, Store, done, identity, writing};
use crate::model::contractor_role::Status;
use crate::model::invite::State;
use crate::storage::{Commit, Filter, Kind, Query, Record, Row, Source, Table, Value, Version};
use crate::testing::samples::{self, Fill};

/// Texts whose bytes sort otherwise than their letters, in many languages and in UTF-16.
const TEXTS: [&str; 20] = [
    "",
    " ",
    "!",
    "10",
    "9",
    "A",
    "B",
    "Z",
    "_",
    "a",
    "a ",
    "a\u{301}",
    "aa",
    "b",
    "z",
    "á",
    "ß",
    "Ω",
    "\u{fffd}",
    "\u{1f3d7}",
];

/// `list_orders_by_bytes_and_pages_without_gap_or_repeat`
pub(super) async fn orders_and_pages(store: Store) {
    let store = &store;
    let roles = Source::Records(Kind::ContractorRole);
    let rows = written(store, roles_of_all_texts()).await;
    for order in
        [&["id"][..], &["name", "id"], &["status", "name", "id"], &["status", "id"], &["client_id", "name", "id"]]
    {
        pages(store, roles, order, &rows).await;
    }
    // Between two names, before the first and after the last.
    for name in ["Aa", "", "\u{10ffff}", "a\u{0001}"] {
        for id in [uuid::Uuid::nil(), uuid::Uuid::max()] {
            let after = vec![Value::Text(name.to_owned()), Value::Uuid(id)];
            page_after(store, roles, &["name", "id"], &rows, after).await;
        }
    }
    let businesses = Source::Records(Kind::Business);
    let rows = written(store, some_businesses()).await;
    pages(store, businesses, &["listed", "authority", "id"], &rows).await;
    let invites = Source::Records(Kind::Invite);
    let rows = written(store, some_invites()).await;
    for order in [&["created_at", "id"][..], &["bound", "ends_at", "id"], &["key_number", "role_id", "id"]] {
        pages(store, invites, order, &rows).await;
    }
    pages_of_sides(store).await;
}

async fn written(store: &Store, records: Vec<Record>) -> Vec<Row> {
    let rows = records.iter().map(|record| Row::of(record, Version(1))).collect();
    done(store, writing(records, 1)).await;
    rows
}

/// Three of each name, ids not in the order of names, so that ties are broken by id.
fn roles_of_all_texts() -> Vec<Record> {
    let mut numbers = Numbers(3);
    let mut places: Vec<u128> = (1..=60).collect();
    for place in (1..places.len()).rev() {
        places.swap(place, numbers.below(place + 1));
    }
    let status = |number: u128| {
        if number.is_multiple_of(3) { Status::Archived } else { Status::Live }
    };
    let names = TEXTS.into_iter().cycle();
    names.zip(places).map(|(name, number)| samples::role(number, name, status(number)).into()).collect()
}

fn some_businesses() -> Vec<Record> {
    let fills = Fill::ALL.into_iter().cycle();
    fills.zip(1..=12).map(|(fill, number)| samples::business(number, fill).into()).collect()
}

/// Times a microsecond apart, and at both ends of time.
fn some_invites() -> Vec<Record> {
    let fills = Fill::ALL.into_iter().cycle();
    fills
        .zip(1..=18)
        .map(|(fill, number)| {
            let mut invite = samples::invite(number, State::Pending, fill);
            if number > 6 {
                invite.ends_at = samples::time(u64::try_from(number % 4).unwrap());
            }
            invite.into()
        })
        .collect()
}

/// What an owner's list of connections does: the columns tell rows apart only together with the filter.
async fn pages_of_sides(store: &Store) {
    let sides: Vec<_> =
        (1..=9).flat_map(|number| samples::sides(number, Fill::ALL[usize::try_from(number % 3).unwrap()])).collect();
    let rows: Vec<_> = sides.iter().map(|side| Row(side.values())).collect();
    done(store, Commit { sides, ..super::stage::commit() }).await;
    let order = ["changed_at", "connection_id", "owner_id"];
    pages(store, Source::Sides, &order, &rows).await;
}

fn position(table: &Table, order: &[&'static str], row: &Row) -> Vec<Value> {
    order.iter().map(|name| row.get(table, name).unwrap().clone()).collect()
}

fn sorted(table: &Table, order: &[&'static str], rows: &[Row], descending: bool) -> Vec<Row> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| position(table, order, row));
    if descending {
        rows.reverse();
    }
    rows
}

fn query(source: Source, order: &[&'static str]) -> Query {
    let filter = Filter::All(Vec::new());
    Query { source, filter, order: order.to_vec(), descending: false, after: None, limit: MANY }
}

/// The whole list, and the same in pages of every size, both ways.
async fn pages(store: &Store, source: Source, order: &[&'static str], rows: &[Row]) {
    let table = source.table();
    assert!(identity(source).iter().all(|name| order.contains(name)), "the test's own order is not total");
    for descending in [false, true] {
        let expected = sorted(table, order, rows, descending);
        let query = Query { descending, ..query(source, order) };
        assert_eq!(store.list(&query).await.unwrap(), expected, "by {order:?}, descending: {descending}");
        assert_eq!(store.list(&Query { limit: 0, ..query.clone() }).await.unwrap(), []);
        for limit in [1, 2, 3, 7, rows.len(), rows.len() + 1] {
            let (mut paged, mut after): (Vec<Row>, _) = (Vec::new(), None);
            // One page more than needed: it is empty.
            for _ in 0..=rows.len().div_ceil(limit) {
                let page = store.list(&Query { after, limit, ..query.clone() }).await.unwrap();
                assert!(page.len() <= limit, "a page of {} where {limit} were asked", page.len());
                paged.extend(page);
                after = paged.last().map(|row| position(table, order, row));
            }
            assert_eq!(paged, expected, "pages of {limit} by {order:?}, descending: {descending}");
        }
    }
}

/// A page after a position that no row has.
async fn page_after(store: &Store, source: Source, order: &[&'static str], rows: &[Row], after: Vec<Value>) {
    let table = source.table();
    for descending in [false, true] {
        let mut expected = sorted(table, order, rows, descending);
        expected.retain(|row| {
            if descending { position(table, order, row) < after } else { position(table, order, row) > after }
        });
        let query = Query { descending, after: Some(after.clone()), ..query(source, order) };
        assert_eq!(store.list(&query).await.unwrap(), expected, "after {after:?}, descending: {descending}");
    }
}
