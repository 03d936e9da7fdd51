//! Commits: up to 64 in one transaction and one round trip, whole or not at all, each with its own answer.
//!
//! A round locks and checks every record, writes one array statement a table, counts, and commits. If not all of the group stands,
//! the server says which do not; they get their answers, and the others go again at once.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use deadpool_postgres::Object;
use futures_util::future;
use handclasp::storage::{Commit, Committed, Retold, Row, Source, StoredEvent, Value};
use handclasp::{Fault, FaultKind};
use tokio::sync::oneshot;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Statement};

use crate::check::Check;
use crate::core::{Core, Failed};
use crate::locks::{self, Lock};
use crate::queue::{Job, Work};
use crate::values::Cell;
use crate::verdict::Verdict;
use crate::{fault, resolve, sql};

/// One commit and who waits for it.
pub(crate) struct CommitJob {
    pub(crate) commit: Commit,
    pub(crate) locks: Vec<Lock>,
    answer: oneshot::Sender<Result<Committed, Fault>>,
}

impl CommitJob {
    pub(crate) fn new(commit: Commit, answer: oneshot::Sender<Result<Committed, Fault>>) -> Self {
        let locks = locks::of_commit(&commit);
        Self { commit, locks, answer }
    }

    pub(crate) fn answer(self, answer: Result<Committed, Fault>) {
        let _ = self.answer.send(answer);
    }
}

impl Job for CommitJob {
    fn locks(&self) -> &[Lock] {
        &self.locks
    }

    fn weight(&self) -> usize {
        // What retells a business in thousands of rows goes alone: nobody else's answer waits for it.
        match self.commit.retold {
            Some(_) => usize::try_from(i32::MAX).unwrap_or(usize::MAX),
            None => self.locks.len() + self.commit.sides.len(),
        }
    }

    fn is_abandoned(&self) -> bool {
        self.answer.is_closed()
    }

    fn fail(self, fault: Fault) {
        self.answer(Err(fault));
    }
}

/// Commits in groups.
pub(crate) struct Committing(pub(crate) Arc<Core>);

/// How a round ended.
enum Round {
    /// All of it stands.
    Done,
    /// None of it stands, for the server said no.
    No(Error),
    /// None of it stands, for the connection ended before the commit.
    Broken(Fault),
    /// It was sent, and no answer came.
    Lost(Fault),
    /// There was no connection to send it on.
    Unreachable(Fault),
}

/// How often a group goes again that only met a conflict that passes, or a connection that ended.
const REPEATS: u32 = 3;

impl Work for Committing {
    type Job = CommitJob;

    async fn run(&self, group: Vec<CommitJob>) {
        let mut rounds = VecDeque::from([(group, 0)]);
        while let Some((group, repeats)) = rounds.pop_front() {
            if group.is_empty() {
                continue;
            }
            let check = Check::of(group.iter().map(|job| (&job.commit, job.locks.as_slice())));
            match self.round(&group, &check).await {
                Round::Done => answer_all(group, &Ok(Committed::Done)),
                Round::Broken(_) if repeats < REPEATS => rounds.push_front((group, repeats + 1)),
                Round::Broken(fault) | Round::Unreachable(fault) => answer_all(group, &Err(fault)),
                Round::Lost(fault) => resolve::group(&self.0, group, &fault).await,
                Round::No(error) => self.after_no(group, &check, error, repeats, &mut rounds),
            }
        }
    }
}

impl Committing {
    async fn round(&self, group: &[CommitJob], check: &Check) -> Round {
        let client = match self.0.acquire().await {
            Ok(client) => client,
            Err(fault) => return Round::Unreachable(fault),
        };
        let timeout = self.0.options.answer_timeout();
        let round = match tokio::time::timeout(timeout, self.send(&client, group, check)).await {
            Ok(round) => round,
            Err(_) => Round::Lost(Fault::new(FaultKind::StorageUnavailable, fault::Silent)),
        };
        match &round {
            Round::Done | Round::No(_) => {}
            Round::Broken(_) | Round::Lost(_) | Round::Unreachable(_) => drop(Object::take(client)),
        }
        round
    }

    /// One round trip: every message is on its way before the first answer is looked at.
    async fn send(&self, client: &Object, group: &[CommitJob], check: &Check) -> Round {
        let (tables, retold) = (rows_by_table(group), retold(group));
        let prepared = match self.prepare(client, &tables, &retold, check.counts()).await {
            Ok(prepared) => prepared,
            // Nothing was begun.
            Err(Failed::Postgres(error)) if fault::is_answer(&error) && !fault::is_farewell(&error) => {
                return Round::No(error);
            }
            Err(failed) => return Round::Broken(failed.into_fault()),
        };
        let (keys, changes) = (check.keys(), check.changes());
        // A message that could not even be sent must not be missing from what is committed. Each is sent when it is
        // looked at first, which happens in the order below.
        let unsent = AtomicBool::new(false);
        let noting = &|result: Result<u64, Error>| {
            unsent.fetch_or(result.is_err(), Ordering::Relaxed);
            result
        };
        let writes = prepared.writes.iter().map(|(statement, columns)| async move {
            noting(client.execute_raw(statement, columns.iter().map(|column| column as &(dyn ToSql + Sync))).await)
        });
        let count = async {
            match &prepared.count {
                Some(count) => noting(client.execute(count, &changes).await),
                None => Ok(0),
            }
        };
        let end = async {
            let end = if unsent.load(Ordering::Relaxed) { sql::ROLLBACK } else { sql::COMMIT };
            client.batch_execute(end).await
        };
        let (begun, checked, written, counted, ended) = future::join5(
            client.batch_execute(sql::BEGIN_COMMIT),
            async { noting(client.execute(&prepared.check, &keys).await) },
            future::join_all(writes),
            count,
            end,
        )
        .await;
        let before = [begun.err(), checked.err()].into_iter().flatten();
        judge(before.chain(written.into_iter().filter_map(Result::err)).chain(counted.err()), ended)
    }

    async fn prepare<'a>(
        &self,
        client: &Object,
        tables: &'a HashMap<Source, Vec<Row>>,
        retold: &'a [Row],
        counts: bool,
    ) -> Result<Prepared<'a>, Failed> {
        let check = client.prepare_cached(sql::CHECK).await?;
        let count = if counts { Some(client.prepare_cached(sql::COUNT).await?) } else { None };
        let mut writes = Vec::with_capacity(tables.len());
        for (source, rows) in tables {
            let statement = client.prepare_cached(&self.0.texts(*source)?.write).await?;
            writes.push((statement, columns(rows)));
        }
        if !retold.is_empty() {
            writes.push((client.prepare_cached(sql::RETELL).await?, columns(retold)));
        }
        Ok(Prepared { check, writes, count })
    }

    /// Answers those whose answer is known, and sends the others again.
    fn after_no(
        &self,
        group: Vec<CommitJob>,
        check: &Check,
        error: Error,
        repeats: u32,
        rounds: &mut VecDeque<(Vec<CommitJob>, u32)>,
    ) {
        if let Some(detail) = fault::verdict(&error) {
            match serde_json::from_str::<Verdict>(detail) {
                Ok(verdict) => verdict.split(group, check, rounds),
                Err(error) => answer_all(group, &Err(Fault::new(FaultKind::Internal, error))),
            }
        } else if fault::is_conflict(&error) {
            if repeats < REPEATS {
                rounds.push_front((group, repeats + 1));
            } else {
                answer_all(group, &Ok(Committed::Stale));
            }
        } else {
            let kind = fault::of(error);
            // Time is up, or the database takes nothing: alone, none of them would fare better.
            let common = matches!(kind.kind, FaultKind::StorageReadOnly | FaultKind::StorageFull)
                || kind.kind == FaultKind::StorageBusy && !fault::is_out_of_room(&kind);
            if group.len() == 1 || common {
                answer_all(group, &Err(kind));
            } else {
                tracing::warn!(fault = ?kind, commits = group.len(), "a group failed, its commits go one by one");
                group.into_iter().for_each(|job| rounds.push_back((vec![job], 0)));
            }
        }
    }
}

/// The outcome, from what the server said. `COMMIT` counts only if all before it was well.
fn judge(mut errors: impl Iterator<Item = Error>, ended: Result<(), Error>) -> Round {
    match (errors.next(), ended) {
        (None, Ok(())) => Round::Done,
        // The server refused a statement, and with it the transaction, whatever became of the connection afterwards.
        (Some(first), _) if fault::is_answer(&first) => {
            if fault::is_farewell(&first) {
                Round::Broken(fault::of(first))
            } else {
                Round::No(first)
            }
        }
        // Said at `COMMIT` itself, while going down, it may have been said after the commit.
        (None, Err(error)) if fault::is_answer(&error) && !fault::is_farewell(&error) => Round::No(error),
        (Some(error), _) | (None, Err(error)) => Round::Lost(fault::of(error)),
    }
}

struct Prepared<'a> {
    check: Statement,
    count: Option<Statement>,
    writes: Vec<(Statement, Vec<Vec<Cell<'a>>>)>,
}

/// All that a group writes, by table.
fn rows_by_table(group: &[CommitJob]) -> HashMap<Source, Vec<Row>> {
    let mut tables: HashMap<Source, Vec<Row>> = HashMap::new();
    let mut sides = BTreeMap::new();
    for CommitJob { commit, .. } in group {
        for write in &commit.writes {
            let rows = tables.entry(Source::Records(write.record.key().kind)).or_default();
            rows.push(Row::of(&write.record, write.version));
        }
        for event in StoredEvent::of(commit) {
            tables.entry(Source::Events).or_default().push(Row(event.values()));
        }
        // One statement can't write a row twice: the last one counts, as it would one after the other.
        sides.extend(commit.sides.iter().map(|side| ((side.connection, side.owner), side)));
    }
    if !sides.is_empty() {
        tables.insert(Source::Sides, sides.into_values().map(|side| Row(side.values())).collect());
    }
    tables
}

/// The business that a group retells, with its texts: such a commit is its only one.
fn retold(group: &[CommitJob]) -> Vec<Row> {
    let retold = group.iter().filter_map(|job| job.commit.retold.clone());
    let texts = |Retold { business, name_text, contact_text }| {
        Row(vec![Value::Uuid(business.as_uuid()), Value::Text(name_text), Value::Text(contact_text)])
    };
    retold.map(texts).collect()
}

/// Rows as one array a column.
fn columns(rows: &[Row]) -> Vec<Vec<Cell<'_>>> {
    let width = rows.first().map_or(0, |row| row.0.len());
    let mut columns: Vec<Vec<Cell<'_>>> = (0..width).map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (column, value) in columns.iter_mut().zip(&row.0) {
            column.push(Cell(value));
        }
    }
    columns
}

fn answer_all(group: Vec<CommitJob>, answer: &Result<Committed, Fault>) {
    group.into_iter().for_each(|job| job.answer(answer.clone()));
}
