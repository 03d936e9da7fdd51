//! No list reads everything: in a database of many tenants each question of the services is answered from an index, or
//! from the one stretch of a table that holds what is asked for; and no index is there that answers none of them.

use std::time::Duration;

use handclasp::storage::Value;
use handclasp::testing::{Question, questions};
use rusqlite::{Connection, StatementStatus, params_from_iter};
use uuid::Uuid;

use super::{Statement, list, tally};
use crate::schema;
use crate::statements::{DUE, FEED, RETELL};
use crate::values::Bound;

/// One of the 1 000 tenants.
const TENANT: Uuid = Uuid::from_u128(7);
/// SQLite takes about twenty steps for a row that it looks at. A tenant has 100 rows of a kind, a table 10 000 or more.
const STEPS: i32 = 10_000;

fn full() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let (connection, _) = schema::open(&folder.path().join("x.db"), true, Duration::from_secs(5)).unwrap();
    let fill = format!("PRAGMA synchronous = OFF; BEGIN; {} COMMIT;", include_str!("../../tests/full.sql"));
    connection.execute_batch(&fill).unwrap();
    (folder, connection)
}

fn asked() -> Vec<Statement> {
    let lists = questions(TENANT).into_iter().map(|question| match question {
        Question::List(query) => list(&query).unwrap(),
        Question::Tally(asked) => tally(&asked).unwrap(),
    });
    let text = |text: &str| Value::Text(text.to_owned());
    let others = [
        (DUE.as_str(), vec![Value::Int(i64::MAX)]),
        (FEED.as_str(), vec![Value::Int(25_000), Value::Int(100)]),
        (RETELL, vec![Value::Uuid(TENANT), text("name"), text("contact"), text("far name")]),
    ];
    lists.chain(others.map(|(sql, values)| Statement { sql: sql.to_owned(), values })).collect()
}

fn plan(connection: &Connection, statement: &Statement) -> Vec<String> {
    let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).unwrap();
    let steps = explained.query_map(params_from_iter(statement.values.iter().map(Bound)), |row| row.get(3)).unwrap();
    steps.collect::<Result<_, _>>().unwrap()
}

/// Those that only make lists quicker.
fn indexes(connection: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE INDEX %'";
    let mut named = connection.prepare(sql).unwrap();
    named.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn steps(connection: &Connection, statement: &Statement) -> i32 {
    let mut prepared = connection.prepare(&statement.sql).unwrap();
    let mut rows = prepared.query(params_from_iter(statement.values.iter().map(Bound))).unwrap();
    while rows.next().unwrap().is_some() {}
    drop(rows);
    prepared.get_status(StatementStatus::VmStep)
}

#[test]
fn no_list_of_the_services_reads_everything() {
    let (_folder, connection) = full();
    let mut unused = indexes(&connection);
    for statement in asked() {
        let plan = plan(&connection, &statement);
        let whole = |step: &String| step.starts_with("SCAN") && !step.contains("USING");
        assert!(!plan.iter().any(whole), "{plan:?}: {statement:?}");
        let steps = steps(&connection, &statement);
        // Opening asks which keys any link was made with: one number a link, from an index that holds nothing else.
        let numbers_of_keys = plan == ["SCAN group_links USING COVERING INDEX group_links_by_key"];
        assert!(steps < STEPS || numbers_of_keys, "{steps} steps, {plan:?}: {statement:?}");
        unused.retain(|index| !plan.iter().any(|step| step.split(' ').any(|word| word == index)));
    }
    assert_eq!(unused, Vec::<String>::new(), "an index costs every write of its table");
}
