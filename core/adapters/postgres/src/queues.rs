//! Deliveries on lease, what is forgotten, and the feed of events.

use deadpool_postgres::Object;
use futures_util::future;
use handclasp::model::delivery::Delivery;
use handclasp::storage::rows::EVENTS;
use handclasp::storage::{
    Column, ColumnKind, Kind, Lease, Purge, Record, Source, StoredEvent, Value, Version, Versioned,
};
use handclasp::{Fault, FaultKind};
use tokio_postgres::types::ToSql;

use crate::core::{Core, Exchange, Failed};
use crate::values::{self, Cell};
use crate::{fault, locks, sql};

/// At most so many events get their positions at once, so that the lock is never held for long.
const NUMBERED_AT_ONCE: i64 = 10_000;

/// One statement: it chooses, locks and changes. A settlement of the same delivery locks the row, too, before it looks
/// at the version (see `check_commits`), so one of the two always sees what the other did.
///
/// If the answer is lost, what was leased waits for the end of its lease: nothing is sent twice for it.
pub(crate) async fn lease(core: &Core, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
    let rows = core.once(&Leasing(lease)).await.map_err(Failed::into_fault)?;
    let (mut leased, mut unreadable) = (Vec::new(), None);
    for row in &rows {
        match read_leased(row) {
            Ok(delivery) => leased.push(delivery),
            Err(fault) => {
                tracing::error!(?fault, "a stored delivery makes no sense");
                unreadable = Some(fault);
            }
        }
    }
    leased.sort_by_key(|(waited, delivery, _)| (*waited, delivery.id));
    match unreadable {
        // One that can't be read delays nobody else.
        Some(fault) if leased.is_empty() => Err(fault),
        _ => Ok(leased.into_iter().map(|(_, delivery, version)| (delivery, version)).collect()),
    }
}

struct Leasing(Lease);

impl Exchange for Leasing {
    type Answer = Vec<tokio_postgres::Row>;

    async fn run(&self, _: &Core, client: &Object) -> Result<Self::Answer, Failed> {
        let (now, until) = (Value::Time(self.0.now), Value::Time(self.0.until));
        let owner = Value::Uuid(self.0.owner.as_uuid());
        let limit = i64::try_from(self.0.limit).unwrap_or(i64::MAX);
        let statement = client.prepare_cached(&sql::lease()).await?;
        Ok(client.query(&statement, &[&Cell(&now), &limit, &Cell(&until), &Cell(&owner)]).await?)
    }
}

fn read_leased(row: &tokio_postgres::Row) -> Result<(Option<handclasp::Timestamp>, Delivery, Version), Fault> {
    let table = Source::Records(Kind::Delivery).table();
    let waited = values::read(row, table.all().count(), &Column { name: "state_at", kind: ColumnKind::Time })?;
    let waited = if let Value::Time(at) = waited { Some(at) } else { None };
    let read = Versioned::read(Kind::Delivery, values::read_row(row, table)?)?;
    let Some(Record::Delivery(delivery)) = read.record else { return Err(FaultKind::Internal.into()) };
    Ok((waited, std::sync::Arc::unwrap_or_clone(delivery), read.version))
}

/// Forgets what is settled and old. What changes meanwhile (a parked delivery that is tried again) is looked at again
/// behind its lock, and stays.
pub(crate) async fn purge(core: &Core, purge: Purge) -> Result<u64, Fault> {
    let forgotten = core.once(&Purging(purge)).await.map_err(Failed::into_fault)?;
    Ok(u64::try_from(forgotten).unwrap_or(0))
}

struct Purging(Purge);

impl Exchange for Purging {
    type Answer = i64;

    async fn run(&self, _: &Core, client: &Object) -> Result<i64, Failed> {
        let (settled, answers) = (Value::Time(self.0.settled_before), Value::Time(self.0.answers_before));
        let statement = client.prepare_cached(sql::PURGE).await?;
        let row = client
            .query_one(&statement, &[&Cell(&settled), &self.0.parked, &Cell(&answers), &self.0.spent_before])
            .await?;
        Ok(row.try_get(0)?)
    }
}

/// Numbers what has no position yet, as far as the caller looks, then reads on behind the caller's.
pub(crate) async fn feed(core: &Core, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
    let reading = |number| Feeding { after, limit, number };
    loop {
        match core.read(&reading(true)).await {
            // The caller looks further than could be numbered at once.
            Ok((events, NUMBERED_AT_ONCE)) if events.len() < limit => {}
            Ok((events, _)) => return Ok(events),
            // A server that takes no writes still shows what has its position.
            Err(fault) if fault.kind == FaultKind::StorageReadOnly => {
                return Ok(core.read(&reading(false)).await?.0);
            }
            Err(fault) => return Err(fault),
        }
    }
}

/// A look at the feed, with or without numbering what has no position.
struct Feeding {
    after: u64,
    limit: usize,
    number: bool,
}

impl Exchange for Feeding {
    /// What is shown, and how many events got their positions.
    type Answer = (Vec<(u64, StoredEvent)>, i64);

    async fn run(&self, _: &Core, client: &Object) -> Result<Self::Answer, Failed> {
        let numbering = client.prepare_cached(sql::NUMBER_EVENTS).await?;
        let reading = client.prepare_cached(&sql::feed()).await?;
        let after = i64::try_from(self.after).unwrap_or(i64::MAX);
        let limit = i64::try_from(self.limit).unwrap_or(i64::MAX);
        let (lock, upto) = (locks::of_feed(), after.saturating_add(limit));
        let parameters: [&(dyn ToSql + Sync); 3] = [&lock, &upto, &NUMBERED_AT_ONCE];
        let numbered =
            async { if self.number { client.query_one(&numbering, &parameters).await?.try_get(0) } else { Ok(0) } };
        let (begun, numbered, rows, ended) = future::join4(
            client.batch_execute(sql::BEGIN_COMMIT),
            numbered,
            client.query(&reading, &[&after, &limit]),
            client.batch_execute(sql::COMMIT),
        )
        .await;
        begun?;
        let numbered = numbered?;
        let rows = rows?;
        ended?;
        Ok((rows.iter().map(read_event).collect::<Result<_, _>>()?, numbered))
    }
}

fn read_event(row: &tokio_postgres::Row) -> Result<(u64, StoredEvent), Fault> {
    let position: i64 = row.try_get(EVENTS.all().count()).map_err(fault::unreadable)?;
    let event = StoredEvent::read(values::read_row(row, &EVENTS)?)?;
    Ok((u64::try_from(position).unwrap_or(0), event))
}
