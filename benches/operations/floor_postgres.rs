//! What PostgreSQL itself needs to write the rows: prepared statements, each transaction sent whole before its first
//! answer is looked at.

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::{join, join_all};
use handclasp::storage::Value;
use handclasp_benches::bare::{Cell, Encoded, encode};
use tokio::sync::Barrier;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Config, Statement};

use crate::Outcome;
use crate::path::{Measured, within};
use crate::place_postgres::connect;
use crate::steps::{self, Dialect, Form, Step};

/// As many connections as callers, up to here.
const MOST_CONNECTIONS: usize = 64;
/// How many commits go together, and on how many connections: as the store does it.
const GROUP: usize = 64;
const GROUP_CONNECTIONS: usize = 4;

/// What the store sets too: plans of look-ups by key, made once.
const SETTINGS: &str = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET jit = off";

/// What is sent as one transaction: forms, and for each parameter one value, or an array.
#[derive(Debug)]
struct Batch {
    commits: usize,
    parts: Vec<(Form, Vec<Values>)>,
}

/// One transaction a commit, a statement a row.
pub(crate) async fn apart(url: &str, commits: &[Vec<Step>], callers: usize) -> Outcome<Measured> {
    let part = |step: &Step| (step.form, step.row.iter().cloned().map(Values::One).collect());
    let batch = |steps: &Vec<Step>| Batch { commits: 1, parts: steps.iter().map(part).collect() };
    run(url, Dialect::Postgres, commits.iter().map(batch).collect(), callers.min(MOST_CONNECTIONS)).await
}

/// One transaction for many commits, a statement a form.
pub(crate) async fn together(url: &str, commits: &[Vec<Step>]) -> Outcome<Measured> {
    let batch = |commits: &[Vec<Step>]| {
        let parts = steps::together(commits).into_iter().map(|(form, rows)| (form, columns(&rows))).collect();
        Batch { commits: commits.len(), parts }
    };
    run(url, Dialect::PostgresArrays, commits.chunks(GROUP).map(batch).collect(), GROUP_CONNECTIONS).await
}

fn columns(rows: &[Vec<Value>]) -> Vec<Values> {
    let width = rows.first().map_or(0, Vec::len);
    let column = |place: usize| Values::Many(rows.iter().map(|row| Cell(row[place].clone())).collect());
    (0..width).map(column).collect()
}

async fn run(url: &str, dialect: Dialect, batches: Vec<Batch>, connections: usize) -> Outcome<Measured> {
    let config = Config::from_str(url)?;
    let (batches, next, start) = (Arc::new(batches), Arc::default(), Arc::new(Barrier::new(connections + 1)));
    let mut tasks = Vec::new();
    for _ in 0..connections {
        let client = connect(&config).await?;
        client.batch_execute(SETTINGS).await?;
        let statements = prepare(&client, dialect, &batches).await?;
        let sender = Sender { client, statements };
        tasks.push(tokio::spawn(sender.send_all(Arc::clone(&batches), Arc::clone(&next), Arc::clone(&start))));
    }
    start.wait().await;
    let (mut timed, mut spans) = (Vec::new(), Vec::new());
    for task in tasks {
        let (span, of_one) = task.await??;
        timed.extend(of_one);
        spans.push(span);
    }
    let commits = batches.iter().map(|batch| batch.commits).sum();
    Ok(Measured::of(commits, within(spans), timed))
}

async fn prepare(client: &Client, dialect: Dialect, batches: &[Batch]) -> Outcome<Vec<(Form, Statement)>> {
    let mut statements: Vec<(Form, Statement)> = Vec::new();
    for (form, _) in batches.iter().flat_map(|batch| &batch.parts) {
        if statements.iter().all(|(known, _)| known != form) {
            statements.push((*form, client.prepare(&form.text(dialect)).await?));
        }
    }
    Ok(statements)
}

struct Sender {
    client: Client,
    statements: Vec<(Form, Statement)>,
}

impl Sender {
    async fn send_all(
        self,
        batches: Arc<Vec<Batch>>,
        next: Arc<AtomicUsize>,
        start: Arc<Barrier>,
    ) -> Outcome<((Instant, Instant), Vec<Duration>)> {
        let mut timed = Vec::new();
        start.wait().await;
        let begun = Instant::now();
        while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            let begun = Instant::now();
            self.send(batch).await?;
            timed.push(begun.elapsed());
        }
        Ok(((begun, Instant::now()), timed))
    }

    /// A future sends when it is first looked at, and they are looked at in order.
    async fn send(&self, batch: &Batch) -> Outcome<()> {
        let writes = batch.parts.iter().map(|(form, values)| {
            let known = self.statements.iter().find(|(known, _)| known == form);
            let (_, statement) = known.expect("every form was prepared");
            self.client.execute_raw(statement, values)
        });
        let (begun, (written, ended)) =
            join(self.client.batch_execute("BEGIN"), join(join_all(writes), self.client.batch_execute("COMMIT"))).await;
        begun.and(ended)?;
        for written in written {
            written?;
        }
        Ok(())
    }
}

/// A parameter.
#[derive(Debug)]
enum Values {
    One(Value),
    Many(Vec<Cell>),
}

impl ToSql for Values {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Encoded {
        match self {
            Self::One(value) => encode(value, out),
            Self::Many(cells) => cells.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
