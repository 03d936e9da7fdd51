//! Loads: those that wait at the same time share one snapshot and one round trip.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use deadpool_postgres::Object;
use handclasp::storage::{Key, Kind, Source, Versioned};
use handclasp::{Fault, FaultKind};
use tokio::sync::oneshot;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::core::{Core, Exchange, Failed};
use crate::fault;
use crate::locks::Lock;
use crate::queue::{Job, Work, Written};
use crate::sql::Kinds;
use crate::values::{self, Places, Whole};

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

    async fn run(&self, group: Vec<LoadJob>) -> Written {
        let mut ids: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
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
        Written::new()
    }
}

fn hand_out(job: LoadJob, found: &Found) {
    let one = |key| found.get(key).cloned().unwrap_or(Ok(Versioned::NONE));
    let records = job.keys.iter().map(one).collect();
    let _ = job.answer.send(records);
}

/// Every id of a group, each once.
struct Find(BTreeMap<Kind, Vec<Uuid>>);

impl Exchange for Find {
    type Answer = Found;

    async fn run(&self, core: &Core, client: &Object) -> Result<Found, Failed> {
        let (kinds, ids): (Vec<Kind>, Vec<&(dyn ToSql + Sync)>) =
            self.0.iter().map(|(kind, ids)| (*kind, ids as &(dyn ToSql + Sync))).unzip();
        let kinds = Kinds(kinds);
        let statement = core.loading(client, &kinds).await?;
        let rows = client.query(&statement, &ids).await?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in &rows {
            let (key, record) = read_one(&kinds, row)?;
            found.insert(key, record);
        }
        Ok(found)
    }
}

fn read_one(Kinds(kinds): &Kinds, row: &tokio_postgres::Row) -> Result<(Key, Result<Versioned, Fault>), Fault> {
    let place: i32 = row.try_get(0).map_err(fault::unreadable)?;
    let kind = usize::try_from(place).ok().and_then(|place| kinds.get(place)).copied();
    let (kind, row): (Kind, Whole<'_>) = (kind.ok_or(FaultKind::Internal)?, row.try_get(1).map_err(fault::unreadable)?);
    let table = Source::Records(kind).table();
    let id = row.get(0)?.ok_or(FaultKind::StorageCorrupt)?;
    let record = values::read_row(&row, table).and_then(|row| Ok(Versioned::read(kind, row)?));
    if let Err(fault) = &record {
        tracing::error!(table = table.name, %id, ?fault, "a stored record makes no sense");
    }
    Ok((Key { kind, id }, record))
}
