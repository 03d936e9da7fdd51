//! No list reads everything: in a database of many tenants each question of the services is answered from an index; and
//! no index is there that answers none of them.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test has an environment and fails by panicking"
)]

use std::str::FromStr;

use handclasp::storage::{Source, Value};
use handclasp::testing::{Question, questions};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, NoTls};
use uuid::Uuid;

use super::{Parameter, Statement, counting, listing};
use crate::{Options, Postgres, sql};

/// One of the 1 000 tenants.
const TENANT: Uuid = Uuid::from_u128(7);
/// A tenant's 100 rows of a kind lie on as many pages; a table has thousands.
const PAGES: u64 = 600;

/// A database of its own.
struct Database {
    server: String,
    name: String,
}

impl Database {
    async fn new() -> Self {
        let server = std::env::var("HANDCLASP_TEST_POSTGRES_URL")
            .expect("HANDCLASP_TEST_POSTGRES_URL must name a superuser's database; tests/with_postgres.py sets it");
        let name = format!("handclasp_plans_{}", std::process::id());
        let client = connect(&server).await;
        client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        Self { server, name }
    }

    fn url(&self) -> String {
        let (address, settings) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let (server, _) = address.rsplit_once('/').expect("the URL names a database");
        format!("{server}/{}?{settings}", self.name)
    }

    async fn remove(self) {
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        connect(&self.server).await.batch_execute(&drop).await.unwrap();
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = Config::from_str(url).unwrap().connect(NoTls).await.expect("the server answers");
    tokio::spawn(connection);
    client
}

fn asked() -> Vec<Statement> {
    let mut asked: Vec<Statement> = questions(TENANT)
        .into_iter()
        .map(|question| match question {
            Question::List(query) => listing(&query).unwrap(),
            Question::Tally(tally) => counting(&tally).unwrap().0,
        })
        .collect();
    let time = || Parameter::One(Value::Time(handclasp::testing::samples::time(60_000_000)));
    for (text, parameters) in [
        (sql::lease(), vec![time(), Parameter::Number(100), time(), Parameter::One(Value::Uuid(TENANT))]),
        (sql::feed(), vec![Parameter::Number(25_000), Parameter::Number(100)]),
    ] {
        asked.push(Statement { table: Source::Sides.table(), text, parameters });
    }
    asked
}

async fn explain(client: &Client, how: &str, statement: &Statement) -> Vec<String> {
    let bound: Vec<Box<dyn ToSql + Sync + Send + '_>> = statement.parameters.iter().map(Parameter::bound).collect();
    let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|one| &**one as &(dyn ToSql + Sync)).collect();
    let rows = client.query(&format!("EXPLAIN ({how}) {}", statement.text), &bound).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// The pages that the whole plan looked at.
fn pages(plan: &[String]) -> u64 {
    let buffers = plan.iter().find(|line| line.contains("Buffers: shared")).expect("a plan tells its buffers");
    let number = |word: &str| word.split_once('=').and_then(|(_, number)| number.parse::<u64>().ok());
    buffers
        .split_whitespace()
        .filter(|word| !word.starts_with("dirtied") && !word.starts_with("written"))
        .filter_map(number)
        .sum()
}

/// Those that only make lists quicker. Two of them serve functions, whose plans nobody shows.
async fn indexes(client: &Client) -> Vec<String> {
    let sql = "SELECT c.relname::text FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid \
               WHERE c.relnamespace = 'handclasp'::regnamespace AND NOT i.indisunique \
               AND c.relname NOT IN ('sides_of_other', 'events_unnumbered')";
    client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// How often functions read a whole table, run as the store has them run.
async fn whole_reads_of_functions(client: &Client) -> i64 {
    let calls = format!(
        "BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; \
         SELECT handclasp.retell('{TENANT}', 'name', 'contact', 'far name'); SELECT handclasp.number_events(1, 100, 100)"
    );
    client.batch_execute(&calls).await.unwrap();
    let sql = "SELECT sum(seq_scan)::bigint FROM pg_catalog.pg_stat_xact_user_tables \
               WHERE relname IN ('sides', 'events')";
    let reads = client.query_one(sql, &[]).await.unwrap().get(0);
    client.batch_execute("ROLLBACK").await.unwrap();
    reads
}

#[tokio::test]
async fn no_list_of_the_services_reads_everything() {
    let database = Database::new().await;
    Postgres::open(&database.url(), Options { create: true, ..Options::default() }).await.unwrap();
    let client = connect(&database.url()).await;
    // Empty tables are read whole, unless that is forbidden: then it shows which question has no index at all.
    client.batch_execute("SET enable_seqscan = off").await.unwrap();
    for statement in asked() {
        let plan = explain(&client, "COSTS off", &statement).await;
        assert!(!plan.iter().any(|line| line.contains("Seq Scan")), "{plan:#?}: {}", statement.text);
    }
    client.batch_execute(include_str!("../../tests/full.sql")).await.unwrap();
    // As the server itself does it now and then.
    client.batch_execute("VACUUM ANALYZE").await.unwrap();
    client.batch_execute("SET enable_seqscan = on; SET jit = off").await.unwrap();
    let mut unused = indexes(&client).await;
    for statement in asked() {
        let plan = explain(&client, "ANALYZE, BUFFERS, COSTS off, TIMING off, SUMMARY off", &statement).await;
        assert!(!plan.iter().any(|line| line.contains("Seq Scan")), "{plan:#?}: {}", statement.text);
        assert!(pages(&plan) < PAGES, "{plan:#?}: {}", statement.text);
        unused.retain(|index| !plan.iter().any(|line| line.split_whitespace().any(|word| word == index)));
    }
    assert_eq!(unused, Vec::<String>::new(), "an index costs every write of its table");
    assert_eq!(whole_reads_of_functions(&client).await, 0);
    drop(client);
    database.remove().await;
}
