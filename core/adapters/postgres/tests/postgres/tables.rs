//! The tables are what the core describes, and every kind is checked against its own.

use crate::support::{Database, commit, random};
use handclasp::storage::{
    ColumnKind, Commit, Committed, Filter, Key, Kind, Query, Row, Source, Storage, Value, Version,
};

fn type_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Bool => "boolean",
        ColumnKind::Int => "bigint",
        ColumnKind::Time => "timestamp with time zone",
        ColumnKind::Uuid => "uuid",
        ColumnKind::Text => "text C",
        ColumnKind::Json => "json",
        ColumnKind::Bytes => "bytea",
    }
}

#[tokio::test]
async fn every_table_has_the_columns_of_its_description() {
    let database = Database::new().await;
    database.store().await;
    let client = database.client().await;
    let sql = "SELECT column_name::text, concat_ws(' ', data_type, collation_name) FROM information_schema.columns \
               WHERE table_schema = 'handclasp' AND table_name = $1 ORDER BY ordinal_position";
    for source in Kind::ALL.into_iter().map(Source::Records).chain([Source::Sides, Source::Events]) {
        let table = source.table();
        let rows = client.query(sql, &[&table.name]).await.unwrap();
        let found: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        let mut described: Vec<_> =
            table.all().map(|column| (column.name.to_owned(), type_name(column.kind).to_owned())).collect();
        if source == Source::Events {
            described.extend(["written", "position"].map(|name| (name.to_owned(), "bigint".to_owned())));
        }
        assert_eq!(found, described, "{}", table.name);
    }
}

/// A value of a column, as SQL, whatever it means.
fn anything(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Bool => "true",
        ColumnKind::Int => "7",
        ColumnKind::Time => "'2026-01-05T09:00:00Z'",
        ColumnKind::Uuid => "gen_random_uuid()",
        ColumnKind::Text => "'x'",
        ColumnKind::Json => "'{}'",
        ColumnKind::Bytes => "'\\x00'",
    }
}

#[tokio::test]
async fn the_version_of_every_kind_is_read_from_its_own_table() {
    let database = Database::new().await;
    let store = database.store().await;
    let client = database.client().await;
    for kind in Kind::ALL {
        let table = Source::Records(kind).table();
        let id = random();
        let values: Vec<_> = table.columns.iter().map(|column| anything(column.kind)).collect();
        let values = values.join(", ");
        client
            .batch_execute(&format!("INSERT INTO handclasp.{} VALUES ('{id}', 7, {values})", table.name))
            .await
            .unwrap();
        for (version, expected) in [(7, Committed::Done), (0, Committed::Stale), (6, Committed::Stale)] {
            let reads = vec![(Key { kind, id }, Version(version))];
            let found = store.commit(Commit { reads, ..commit() }).await.unwrap();
            assert_eq!(found, expected, "{} at {version}", table.name);
        }
    }
}

#[tokio::test]
async fn sto_21_a_row_that_makes_no_sense_concerns_only_those_who_ask_for_it() {
    let database = Database::new().await;
    let store = database.store().await;
    let good = handclasp::testing::samples::slot(1, 7);
    let writes = vec![crate::support::write(good, 1)];
    assert_eq!(store.commit(Commit { writes, ..commit() }).await.unwrap(), Committed::Done);
    let id = random();
    let odd = format!(
        "INSERT INTO handclasp.contractor_roles VALUES ('{id}', 1, gen_random_uuid(), 'x', 'superb'); \
         INSERT INTO handclasp.notices VALUES ('{id}', 1, 'invite', '{{}}', 'infinity', NULL)"
    );
    database.client().await.batch_execute(&odd).await.unwrap();
    let (good, role, notice) =
        ([Key::from(good.id)], [Key { kind: Kind::ContractorRole, id }], [Key { kind: Kind::Notice, id }]);
    let (fine, first, second) = futures_util::join!(store.load(&good), store.load(&role), store.load(&notice));
    assert_eq!(fine.unwrap().remove(0).version, Version(1));
    for corrupt in [first, second] {
        assert_eq!(corrupt.expect_err("it is unreadable").kind, handclasp::FaultKind::StorageCorrupt);
    }
    // A list names it and hides no other.
    let (source, filter, order) = (Source::Records(Kind::Notice), Filter::All(Vec::new()), vec!["id"]);
    let query = Query { source, filter, order, descending: false, after: None, limit: 9 };
    assert_eq!(store.list(&query).await.unwrap(), [Row(vec![Value::Uuid(id), Value::Int(1)])]);
}
