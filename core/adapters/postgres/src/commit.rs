//! Commits: up to 64 in one statement, whole or not at all, each with its own answer.
//!
//! A round locks and checks every record, writes each table from arrays, and counts. If not all of the group stands, the
//! server says which do not; they get their answers, and the others go again at once.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::pin::pin;
use std::sync::Arc;

use deadpool_postgres::Object;
use futures_util::TryStreamExt;
use handclasp::storage::{Commit, Committed, Retold, Row, Source, StoredEvent};
use handclasp::{Fault, FaultKind};
use tokio::sync::oneshot;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, RowStream};

use crate::check::Check;
use crate::core::Core;
use crate::locks::{self, Lock};
use crate::queue::{Job, Work, Written};
use crate::sent::Rows;
use crate::sql::{Counts, Shape};
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

    fn unless_overtaken(self, written: &Written) -> Option<Self> {
        let is_older = |(key, version)| written.get(&key).is_some_and(|now| version < *now);
        if written.is_empty() || !self.commit.expected().any(is_older) {
            return Some(self);
        }
        self.answer(Ok(Committed::Stale));
        None
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

/// Commits that go together.
pub(crate) struct Turn {
    group: Vec<CommitJob>,
    repeats: u32,
    /// Whether a guard is near its bounds.
    doubtful: bool,
}

impl Turn {
    pub(crate) const fn new(group: Vec<CommitJob>) -> Self {
        Self { group, repeats: 0, doubtful: false }
    }

    fn again(self) -> Self {
        Self { repeats: self.repeats + 1, ..self }
    }
}

impl Work for Committing {
    type Job = CommitJob;

    async fn run(&self, group: Vec<CommitJob>) -> Written {
        let (mut turns, mut written) = (VecDeque::from([Turn::new(group)]), Written::new());
        while let Some(turn) = turns.pop_front() {
            if turn.group.is_empty() {
                continue;
            }
            let check = Check::of(turn.group.iter().map(|job| (&job.commit, job.locks.as_slice())));
            match self.round(&turn, &check).await {
                Round::Done => {
                    let writes = turn.group.iter().flat_map(|job| &job.commit.writes);
                    written.extend(writes.map(|write| (write.record.key(), write.version)));
                    answer_all(turn.group, &Ok(Committed::Done));
                }
                Round::Broken(_) if turn.repeats < REPEATS => turns.push_front(turn.again()),
                Round::Broken(fault) | Round::Unreachable(fault) => answer_all(turn.group, &Err(fault)),
                Round::Lost(fault) => resolve::group(&self.0, turn.group, &fault).await,
                Round::No(error) => after_no(turn, &check, error, &mut turns),
            }
        }
        written
    }
}

impl Committing {
    async fn round(&self, turn: &Turn, check: &Check) -> Round {
        let client = match self.0.acquire().await {
            Ok(client) => client,
            Err(fault) => return Round::Unreachable(fault),
        };
        let timeout = self.0.options.answer_timeout();
        let round = match tokio::time::timeout(timeout, self.send(&client, turn, check)).await {
            Ok(round) => round,
            Err(_) => Round::Lost(Fault::new(FaultKind::StorageUnavailable, fault::Silent)),
        };
        match &round {
            Round::Done | Round::No(_) => {}
            Round::Broken(_) | Round::Lost(_) | Round::Unreachable(_) => drop(Object::take(client)),
        }
        round
    }

    /// One round trip, one statement, one transaction.
    async fn send(&self, client: &Object, turn: &Turn, check: &Check) -> Round {
        let rows = rows_by_table(&turn.group);
        let tables: Vec<_> = sql::sources().filter(|source| rows.contains_key(source)).collect();
        let written: Vec<_> = tables
            .iter()
            .filter_map(|source| rows.get(source).map(|rows| Rows { table: source.table(), rows }))
            .collect();
        // Such a commit is the only one of its group.
        let retold = turn.group.iter().find_map(|job| job.commit.retold.as_ref());
        let retold = retold.map(|Retold { business, name_text, contact_text, far_name_text }| {
            (business.as_uuid(), [name_text, contact_text, far_name_text].map(AsRef::<str>::as_ref))
        });
        let counts = if turn.doubtful { Counts::Exactly } else { check.counts() };
        let shape = Shape { tables, counts, retells: retold.is_some() };
        let statement = match self.0.committing(client, &shape).await {
            Ok(statement) => statement,
            // Nothing was begun.
            Err(error) if fault::is_answer(&error) && !fault::is_farewell(&error) => return Round::No(error),
            Err(error) => return Round::Broken(fault::of(error)),
        };
        let mut parameters = check.parameters(counts);
        if let Some((business, texts)) = &retold {
            parameters.push(business);
            parameters.extend(texts.iter().map(|text| text as &(dyn ToSql + Sync)));
        }
        parameters.extend(written.iter().map(|rows| rows as &(dyn ToSql + Sync)));
        match client.query_raw(&statement, parameters).await {
            Ok(answers) => judge(answers).await,
            Err(error) => unanswered(error),
        }
    }
}

/// Answers those whose answer is known, and sends the others again.
fn after_no(turn: Turn, check: &Check, error: Error, turns: &mut VecDeque<Turn>) {
    if let Some(detail) = fault::verdict(&error) {
        match serde_json::from_str::<Verdict>(detail) {
            Ok(verdict) => verdict.split(turn.group, check, turns),
            Err(error) => answer_all(turn.group, &Err(Fault::new(FaultKind::Internal, error))),
        }
    } else if fault::is_doubt(&error) {
        turns.push_front(Turn { doubtful: true, ..turn });
    } else if fault::is_conflict(&error) {
        if turn.repeats < REPEATS {
            turns.push_front(turn.again());
        } else {
            answer_all(turn.group, &Ok(Committed::Stale));
        }
    } else {
        let kind = fault::of(error);
        // Time is up, or the database takes nothing: alone, none of them would fare better.
        let common = matches!(kind.kind, FaultKind::StorageReadOnly | FaultKind::StorageFull)
            || kind.kind == FaultKind::StorageBusy && !fault::is_out_of_room(&kind);
        if turn.group.len() == 1 || common {
            answer_all(turn.group, &Err(kind));
        } else {
            tracing::warn!(fault = ?kind, commits = turn.group.len(), "a group failed, its commits go one by one");
            turns.extend(turn.group.into_iter().map(|job| Turn::new(vec![job])));
        }
    }
}

/// The outcome, from what the server said. Its one row says that the statement has come to its end, the end of the
/// answers that its transaction is committed.
async fn judge(answers: RowStream) -> Round {
    let mut answers = pin!(answers);
    if let Err(error) = answers.try_next().await {
        return unanswered(error);
    }
    match answers.try_next().await {
        Ok(_) => Round::Done,
        Err(error) if fault::is_answer(&error) && !fault::is_farewell(&error) => Round::No(error),
        // Said at the end, while going down, it may have been said after the commit.
        Err(error) => Round::Lost(fault::of(error)),
    }
}

/// The outcome if an error is all that came. If the server said it, it had not come to the end of the statement.
fn unanswered(error: Error) -> Round {
    match () {
        () if !fault::is_answer(&error) => Round::Lost(fault::of(error)),
        () if fault::is_farewell(&error) => Round::Broken(fault::of(error)),
        () => Round::No(error),
    }
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

fn answer_all(group: Vec<CommitJob>, answer: &Result<Committed, Fault>) {
    group.into_iter().for_each(|job| job.answer(answer.clone()));
}
