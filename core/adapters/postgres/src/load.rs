//! Loads: those that wait at the same time share one snapshot and one round trip.

use std::collections::HashMap;
use std::sync::Arc;

use deadpool_postgres::Object;
use futures_util::future;
use handclasp::Fault;
use handclasp::storage::{Key, Kind, Source, Versioned};
use tokio::sync::oneshot;
use tokio_postgres::Statement;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::core::{Core, Exchange, Failed};
use crate::locks::Lock;
use crate::queue::{Job, Work};
use crate::{fault, sql, values};

/// One load and who waits for it.
pub(crate) struct LoadJob {
    pub(crate) keys: Vec<Key>,
    pub(crate) answer: oneshot::Sender<Result<Vec<Versioned>, Fault>>,
}

impl Job for LoadJob {
    fn locks(&self) -> &[Lock] {
        &[]
    }

    fn weight(&self) -> usize {
        self.keys.len()
    }

    fn is_abandoned(&self) -> bool {
        self.answer.is_closed()
    }

    fn fail(self, fault: Fault) {
        let _ = self.answer.send(Err(fault));
    }
}

/// Loads by key.
pub(crate) struct Loading(pub(crate) Arc<Core>);

/// What was found; a row that makes no record concerns only those who asked for it.
type Found = HashMap<Key, Result<Versioned, Fault>>;

impl Work for Loading {
    type Job = LoadJob;

    async fn run(&self, group: Vec<LoadJob>) {
        let mut ids: HashMap<Kind, Vec<Uuid>> = HashMap::new();
        for key in group.iter().flat_map(|job| &job.keys) {
            ids.entry(key.kind).or_default().push(key.id);
        }
        for ids in ids.values_mut() {
            ids.sort_unstable();
            ids.dedup();
        }
        match self.0.read(&Find(ids)).await {
            Ok(found) => group.into_iter().for_each(|job| hand_out(job, &found)),
            Err(fault) => group.into_iter().for_each(|job| job.fail(fault.clone())),
        }
    }
}

fn hand_out(job: LoadJob, found: &Found) {
    let one = |key| found.get(key).cloned().unwrap_or(Ok(Versioned::NONE));
    let records = job.keys.iter().map(one).collect();
    let _ = job.answer.send(records);
}

/// Every id of a group, each once.
struct Find(HashMap<Kind, Vec<Uuid>>);

impl Exchange for Find {
    type Answer = Found;

    async fn run(&self, core: &Core, client: &Object) -> Result<Found, Failed> {
        let mut reads: Vec<(Kind, Statement, &Vec<Uuid>)> = Vec::new();
        for (kind, ids) in &self.0 {
            let text = &core.texts(Source::Records(*kind))?.load;
            reads.push((*kind, client.prepare_cached(text).await?, ids));
        }
        let rows = if let [(_, statement, ids)] = reads.as_slice() {
            // One statement is one snapshot.
            vec![client.query(statement, &[ids]).await?]
        } else {
            let queries = reads.iter().map(|(_, statement, ids)| async move {
                let ids: &(dyn ToSql + Sync) = ids;
                client.query(statement, &[ids]).await
            });
            let (begun, rows, ended) = future::join3(
                client.batch_execute(sql::BEGIN_LOAD),
                future::join_all(queries),
                client.batch_execute(sql::COMMIT),
            )
            .await;
            begun.and(ended)?;
            rows.into_iter().collect::<Result<_, _>>()?
        };
        let mut found = HashMap::new();
        for ((kind, ..), rows) in reads.iter().zip(&rows) {
            read_rows(*kind, rows, &mut found)?;
        }
        Ok(found)
    }
}

fn read_rows(kind: Kind, rows: &[tokio_postgres::Row], found: &mut Found) -> Result<(), Fault> {
    let table = Source::Records(kind).table();
    for row in rows {
        let id = row.try_get(0).map_err(fault::unreadable)?;
        let record = values::read_row(row, table).and_then(|row| Ok(Versioned::read(kind, row)?));
        if let Err(fault) = &record {
            tracing::error!(table = table.name, %id, ?fault, "a stored record makes no sense");
        }
        found.insert(Key { kind, id }, record);
    }
    Ok(())
}
