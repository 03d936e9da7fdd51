//! A commit was sent and its answer lost: does it stand?
//!
//! On a new connection its locks are taken, which waits until the first attempt has ended; then what it wrote is looked
//! for. If it is not there, the commit is fenced under the same locks: should the first attempt still arrive, from a
//! server process that was stopped or a packet that was late, it is refused. So the answer holds for ever.

use std::sync::Arc;
use std::time::{Duration, Instant};

use deadpool_postgres::Object;
use futures_util::future;
use handclasp::storage::{Commit, Committed, Row, Source, Value};
use handclasp::{Fault, FaultKind};
use uuid::Uuid;

use crate::commit::CommitJob;
use crate::core::{Core, Exchange, Failed};
use crate::sent;
use crate::sql::{self, Kinds};
use crate::values::{self, Whole};

/// What was found.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Stands,
    /// It does not, and never will.
    Gone,
    /// Everything that it wrote has been written again, and nothing tells by whom before.
    Untold,
}

const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// Answers each commit of a group that was sent in vain or not.
pub(crate) async fn group(core: &Arc<Core>, group: Vec<CommitJob>, lost: &Fault) {
    tracing::warn!(fault = ?lost, commits = group.len(), "the answer to a group was lost, looking for its commits");
    let each = group.into_iter().map(|job| async move {
        let answer = resolve(core, &job).await;
        job.answer(answer);
    });
    future::join_all(each).await;
}

async fn resolve(core: &Core, job: &CommitJob) -> Result<Committed, Fault> {
    let end = Instant::now() + core.options.resolve_timeout;
    let mut pause = FIRST_PAUSE;
    loop {
        let fault = match core.once(&Look(job)).await {
            Ok(Outcome::Stands) => return Ok(Committed::Done),
            // What it rests on is loaded and decided again.
            Ok(Outcome::Gone) => return Ok(Committed::Stale),
            Ok(Outcome::Untold) => return Err(FaultKind::OutcomeUnknown.into()),
            Err(failed) => failed.into_fault(),
        };
        // A server that is restarting or failing over is waited for; a lock has been waited for already.
        if fault.kind != FaultKind::StorageUnavailable || Instant::now() + pause > end {
            return Err(Fault::new(FaultKind::OutcomeUnknown, fault));
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

struct Look<'a>(&'a CommitJob);

impl Exchange for Look<'_> {
    type Answer = Outcome;

    async fn run(&self, core: &Core, client: &Object) -> Result<Outcome, Failed> {
        client.batch_execute(sql::BEGIN_COMMIT).await?;
        let found = look_within(core, client, self.0).await;
        let end = if found.is_ok() { sql::COMMIT } else { sql::ROLLBACK };
        let ended = client.batch_execute(end).await;
        let found = found?;
        ended?;
        Ok(found)
    }
}

async fn look_within(core: &Core, client: &Object, job: &CommitJob) -> Result<Outcome, Failed> {
    // Those of records will do; what counts is locked behind them.
    let locks = sent::locks(job.locks.iter().copied());
    client.execute("SELECT handclasp.take_locks($1)", &[&locks]).await?;
    let outcome = find(core, client, &job.commit).await?;
    if let Outcome::Gone = outcome {
        let fence = "INSERT INTO handclasp.fenced (commit_id) VALUES ($1) ON CONFLICT DO NOTHING";
        client.execute(fence, &[&job.commit.id.as_uuid()]).await?;
    }
    Ok(outcome)
}

async fn find(core: &Core, client: &Object, commit: &Commit) -> Result<Outcome, Failed> {
    if let Some(write) = commit.writes.iter().find(|write| write.event.is_some()) {
        let event =
            "SELECT commit_id FROM handclasp.events WHERE subject_id = $1 AND subject_kind = $2 AND version = $3";
        let key = write.record.key();
        let subject = Source::Records(key.kind).table().name;
        let row = client.query_opt(event, &[&key.id, &subject, &write.version.0]).await?;
        let found = row.map(|row| row.try_get::<_, Uuid>(0)).transpose()?;
        let stands = found == Some(commit.id.as_uuid());
        return Ok(if stands { Outcome::Stands } else { Outcome::Gone });
    }
    // Without an event, a row tells as long as it has not been written again.
    for write in &commit.writes {
        let key = write.record.key();
        let statement = core.loading(client, &Kinds(vec![key.kind])).await?;
        let Some(row) = client.query_opt(&statement, &[&vec![key.id]]).await? else { return Ok(Outcome::Gone) };
        let row = values::read_row(&row.try_get::<_, Whole<'_>>(1)?, Source::Records(key.kind).table())?;
        match row.0.get(1) {
            Some(Value::Int(version)) if *version > write.version.0 => {}
            _ if row == Row::of(&write.record, write.version) => return Ok(Outcome::Stands),
            _ => return Ok(Outcome::Gone),
        }
    }
    Ok(Outcome::Untold)
}
