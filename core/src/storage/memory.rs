//! The reference store: maps behind one lock. It forgets everything when it is dropped.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use foldhash::HashMap;

use super::commit::{Commit, Committed, Refusal, Retold};
use super::guard::{Buckets, Guard, Limit};
use super::key::{Key, Kind, Version};
use super::matching;
use super::query::{Query, Source, Tally};
use super::record::{Record, Side, StoredEvent, Versioned};
use super::rows::{Row, Value};
use super::{Lease, Purge, Storage};
use crate::error::{Fault, FaultKind};
use crate::id::{BusinessId, ConnectionId};
use crate::model::delivery::Delivery;

/// A store in memory, for tests and for trying things out.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Tables>);

#[derive(Debug, Default)]
struct Tables {
    records: Records,
    guards: HashMap<Guard, i64>,
    limits: HashMap<Limit, Buckets>,
    /// A row each on the heap: a map that grows moves what lies in it.
    sides: HashMap<(ConnectionId, BusinessId), Box<Side>>,
    /// A position is a place in this list, from 1.
    events: Vec<StoredEvent>,
    closed: bool,
}

/// Records by the number that their id is, each kind apart: the few that all calls look at lie close together, and a
/// list reads its own kind alone.
#[derive(Debug, Default)]
struct Records([HashMap<u128, (Version, Record)>; Kind::ALL.len()]);

impl Records {
    fn get(&self, key: &Key) -> Option<&(Version, Record)> {
        self.0.get(key.kind as usize)?.get(&key.id.as_u128())
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &(Version, Record)> {
        self.0.get(kind as usize).into_iter().flat_map(HashMap::values)
    }

    fn put(&mut self, version: Version, record: Record) {
        let Key { kind, id } = record.key();
        if let Some(records) = self.0.get_mut(kind as usize) {
            records.insert(id.as_u128(), (version, record));
        }
    }

    /// Forgets those records, and tells how many there were.
    fn forget(&mut self, which: impl Fn(&Record) -> bool) -> usize {
        self.0.iter_mut().map(|kind| kind.extract_if(|_, (_, record)| which(record)).count()).sum()
    }
}

/// Guards and limits after a commit.
type Counted = (Vec<(Guard, i64)>, Vec<(Limit, Buckets)>);

impl Memory {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn tables(&self) -> Result<MutexGuard<'_, Tables>, Fault> {
        // Nothing in here can panic halfway through a change, so a poisoned lock guards whole data.
        let tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tables.closed { Err(FaultKind::Closed.into()) } else { Ok(tables) }
    }
}

impl Tables {
    fn version(&self, key: &Key) -> Version {
        self.records.get(key).map_or(Version::NONE, |(version, _)| *version)
    }

    fn counted(&self, commit: &Commit) -> Result<Counted, Refusal> {
        let mut guards = Vec::with_capacity(commit.guards.len());
        for adjust in &commit.guards {
            let value = latest(&guards, adjust.guard).or_else(|| self.guards.get(&adjust.guard).copied());
            let after = adjust.apply(value.unwrap_or(0)).ok_or(Refusal::Guard(adjust.guard))?;
            guards.push((adjust.guard, after));
        }
        let mut limits = Vec::with_capacity(commit.spends.len());
        for spend in &commit.spends {
            let buckets = latest(&limits, spend.limit).or_else(|| self.limits.get(&spend.limit).copied());
            let buckets = buckets.unwrap_or_default();
            let refusal = || Refusal::Limit { limit: spend.limit, buckets: buckets.at(spend.hour) };
            limits.push((spend.limit, buckets.spend(*spend).ok_or_else(refusal)?));
        }
        Ok((guards, limits))
    }

    fn apply(&mut self, mut commit: Commit) -> Committed {
        if commit.expected().any(|(key, version)| self.version(&key) != version) {
            return Committed::Stale;
        }
        let (guards, limits) = match self.counted(&commit) {
            Ok(counted) => counted,
            Err(refusal) => return Committed::Refused(refusal),
        };
        self.guards.extend(guards);
        self.limits.extend(limits);
        let sides = std::mem::take(&mut commit.sides).into_iter();
        self.sides.extend(sides.map(|side| ((side.connection, side.owner), Box::new(side))));
        if let Some(retold) = &commit.retold {
            self.retell(retold);
        }
        self.events.extend(StoredEvent::of(&commit));
        commit.writes.into_iter().for_each(|write| self.records.put(write.version, write.record));
        Committed::Done
    }

    fn retell(&mut self, retold: &Retold) {
        for side in self.sides.values_mut().filter(|side| side.other == retold.business) {
            if side.near() {
                side.name_text.clone_from(&retold.name_text);
                side.contact_text.clone_from(&retold.contact_text);
            } else {
                side.name_text.clone_from(&retold.far_name_text);
            }
        }
    }

    fn purge(&mut self, purge: Purge) -> u64 {
        self.limits.retain(|_, buckets| buckets.hour >= purge.spent_before);
        let forgotten = self.records.forget(|record| purge.takes(record));
        u64::try_from(forgotten).unwrap_or(u64::MAX)
    }

    fn rows(&self, source: Source) -> Vec<Row> {
        match source {
            Source::Records(kind) => self.records.of(kind).map(|(version, record)| Row::of(record, *version)).collect(),
            Source::Sides => self.sides.values().map(|side| Row(side.values())).collect(),
            Source::Events => self.events.iter().map(|event| Row(event.values())).collect(),
        }
    }

    fn lease(&mut self, lease: Lease) -> Vec<(Delivery, Version)> {
        let mut due: Vec<_> = self
            .records
            .of(Kind::Delivery)
            .filter_map(|(version, record)| {
                let Record::Delivery(delivery) = record else { return None };
                let leased = delivery.leased(lease.owner, lease.until, lease.now)?;
                Some((delivery.waits_until()?, version.next(), leased))
            })
            .collect();
        due.sort_by_key(|(at, _, delivery)| (*at, delivery.id));
        due.truncate(lease.limit);
        for (_, version, leased) in &due {
            self.records.put(*version, leased.clone().into());
        }
        due.into_iter().map(|(_, version, leased)| (leased, version)).collect()
    }
}

/// What an earlier change of the same commit has made of it.
fn latest<K: Copy + PartialEq, V: Copy>(changed: &[(K, V)], key: K) -> Option<V> {
    changed.iter().rev().find(|(known, _)| *known == key).map(|(_, value)| *value)
}

#[async_trait]
impl Storage for Memory {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        let tables = self.tables()?;
        let found: Vec<_> = keys.iter().map(|key| tables.records.get(key)).collect();
        // To share waits for one record's memory and lets no other come meanwhile; looked at first, all come at once.
        for (_, record) in found.iter().flatten() {
            black_box(record.key());
        }
        let shared = |found: Option<&(Version, Record)>| match found {
            Some((version, record)) => Versioned { version: *version, record: Some(record.clone()) },
            None => Versioned::NONE,
        };
        Ok(found.into_iter().map(shared).collect())
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        Ok(self.tables()?.apply(commit))
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        let rows = self.tables()?.rows(query.source);
        Ok(matching::select(query, rows.into_iter()))
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        let (rows, table) = (self.tables()?.rows(tally.source), tally.source.table());
        let mut counts = BTreeMap::new();
        for row in rows.iter().filter(|row| tally.filter.matches(table, row)) {
            *counts.entry(row.get(table, tally.by).cloned().unwrap_or(Value::Null)).or_insert(0) += 1;
        }
        Ok(counts.into_iter().collect())
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        Ok(self.tables()?.lease(lease))
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        let tables = self.tables()?;
        let skipped = usize::try_from(after).unwrap_or(usize::MAX);
        Ok((after.saturating_add(1)..).zip(tables.events.iter().skip(skipped).take(limit).cloned()).collect())
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        Ok(self.tables()?.purge(purge))
    }

    async fn close(&self) -> Result<(), Fault> {
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *tables = Tables { closed: true, ..Tables::default() };
        Ok(())
    }
}
