//! One commit, one lease and one purge, within the writer's transaction.

use std::collections::BTreeMap;

use handclasp::model::delivery::Delivery;
use handclasp::storage::guard::{Adjust, Buckets, Guard, Limit, Spend};
use handclasp::storage::rows::{EVENTS, SIDES};
use handclasp::storage::{
    Commit, Committed, Key, Kind, Lease, Purge, Record, Refusal, Retold, Row, Source, StoredEvent, Value, Version,
    Versioned,
};
use handclasp::{Fault, FaultKind};
use rusqlite::{Connection, OptionalExtension, Params, params, params_from_iter};

use crate::checksums::{checksum, with_checksum};
use crate::faults::{fault, prepared, unreadable};
use crate::points::{Point, pass, wrote};
use crate::statements::{
    self, DUE, GUARD, INSERT_EVENT, LIMIT, PURGE_ANSWERS, PURGE_LIMITS, PURGE_NOTICES, PURGE_PARKED, PURGE_SETTLED,
    RETELL, SET_GUARD, SET_LIMIT, SET_SIDE,
};
use crate::values::{self, Bound, corrupt};

/// A commit as rows. It is made on the caller's thread: the writer's time is everybody's.
pub(crate) struct Prepared {
    expected: Vec<(Key, Version)>,
    writes: Vec<(Kind, Version, Vec<Value>)>,
    guards: Vec<Adjust>,
    spends: Vec<Spend>,
    sides: Vec<Vec<Value>>,
    retold: Option<Retold>,
    events: Vec<Vec<Value>>,
}

impl Prepared {
    /// What the commit says, row by row.
    pub(crate) fn new(commit: &Commit) -> Self {
        let writes = commit.writes.iter();
        Self {
            expected: commit.expected().collect(),
            writes: writes
                .map(|write| (write.record.key().kind, write.version, row_of(&write.record, write.version)))
                .collect(),
            guards: commit.guards.clone(),
            spends: commit.spends.clone(),
            sides: commit.sides.iter().map(handclasp::storage::Side::values).collect(),
            retold: commit.retold.clone(),
            events: StoredEvent::of(commit).map(|event| with_checksum(&EVENTS, event.values())).collect(),
        }
    }

    /// Checks versions, then guards, then limits, all before the first write: what is refused has changed nothing.
    pub(crate) fn apply(&self, transaction: &Connection) -> Result<Committed, Fault> {
        for (key, version) in &self.expected {
            if version_of(transaction, key)? != version.0 {
                return Ok(Committed::Stale);
            }
        }
        let guards = match self.counts(transaction)? {
            Ok(guards) => guards,
            Err(refusal) => return Ok(Committed::Refused(refusal)),
        };
        let limits = match self.spent(transaction)? {
            Ok(limits) => limits,
            Err(refusal) => return Ok(Committed::Refused(refusal)),
        };
        pass(Point::Checked);
        self.write(transaction)?;
        write_counts(transaction, guards, limits)?;
        Ok(Committed::Done)
    }

    fn counts(&self, transaction: &Connection) -> Result<Result<BTreeMap<Guard, i64>, Refusal>, Fault> {
        let mut after = BTreeMap::new();
        for adjust in &self.guards {
            let guard = adjust.guard;
            let before = match after.get(&guard) {
                Some(value) => *value,
                None => count(transaction, guard)?,
            };
            let Some(value) = adjust.apply(before) else { return Ok(Err(Refusal::Guard(guard))) };
            after.insert(guard, value);
        }
        Ok(Ok(after))
    }

    fn spent(&self, transaction: &Connection) -> Result<Result<BTreeMap<Limit, Buckets>, Refusal>, Fault> {
        let mut after = BTreeMap::new();
        for spend in &self.spends {
            let limit = spend.limit;
            let before = match after.get(&limit) {
                Some(buckets) => *buckets,
                None => buckets(transaction, limit)?,
            };
            let Some(spent) = before.spend(*spend) else {
                return Ok(Err(Refusal::Limit { limit, buckets: before.at(spend.hour) }));
            };
            after.insert(limit, spent);
        }
        Ok(Ok(after))
    }

    fn write(&self, transaction: &Connection) -> Result<(), Fault> {
        for (kind, version, row) in &self.writes {
            let sql = statements::records(*kind)?;
            let sql = if *version == Version::NONE.next() { &sql.insert } else { &sql.update };
            execute_row(transaction, sql, row)?;
            wrote(Source::Records(*kind).table().name);
        }
        for side in &self.sides {
            execute_row(transaction, &SET_SIDE, side)?;
            wrote(SIDES.name);
        }
        if let Some(Retold { business, name_text, contact_text, far_name_text }) = &self.retold {
            let business = business.as_uuid();
            change(transaction, RETELL, params![business.as_bytes(), name_text, contact_text, far_name_text])?;
            pass(Point::Retold);
        }
        for event in &self.events {
            execute_row(transaction, &INSERT_EVENT, event)?;
            wrote(EVENTS.name);
        }
        Ok(())
    }
}

fn write_counts(
    transaction: &Connection,
    guards: BTreeMap<Guard, i64>,
    limits: BTreeMap<Limit, Buckets>,
) -> Result<(), Fault> {
    for (guard, value) in guards {
        let sum = checksum("guards", &of_guard(guard, value));
        execute(transaction, SET_GUARD, params![guard.business.as_uuid().as_bytes(), guard.kind.name(), value, sum])?;
        wrote("guards");
    }
    for (limit, Buckets { hour, counts }) in limits {
        let counts = serde_json::to_string(&counts).map_err(|error| Fault::new(FaultKind::Internal, error))?;
        let sum = checksum("limits", &of_limit(limit, hour, &counts));
        execute(transaction, SET_LIMIT, params![limit.id.as_bytes(), limit.kind.name(), hour, counts, sum])?;
        wrote("limits");
    }
    Ok(())
}

/// Forgets what is settled and old. It may read whole tables: housekeeping is done now and then, and an index for it
/// would cost every write.
pub(crate) fn purge(transaction: &Connection, purge: Purge) -> Result<u64, Fault> {
    let settled = purge.settled_before.as_micros();
    let mut forgotten = change(transaction, PURGE_SETTLED, [settled])?;
    pass(Point::Purged);
    if purge.parked {
        forgotten += change(transaction, PURGE_PARKED, [settled])?;
        pass(Point::Purged);
    }
    forgotten += change(transaction, PURGE_NOTICES, [settled])?;
    pass(Point::Purged);
    forgotten += change(transaction, PURGE_ANSWERS, [purge.answers_before.as_micros()])?;
    pass(Point::Purged);
    change(transaction, PURGE_LIMITS, [purge.spent_before])?;
    pass(Point::Purged);
    Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
}

/// Hands out what is due. A delivery that can't be read is passed over, so that it delays no other.
pub(crate) fn lease(transaction: &Connection, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
    let leased = due(transaction, lease)?;
    let sql = statements::records(Kind::Delivery)?;
    for (delivery, version) in &leased {
        execute_row(transaction, &sql.update, &row_of(&Record::from(delivery.clone()), *version))?;
        pass(Point::Leased);
    }
    Ok(leased)
}

fn due(transaction: &Connection, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
    let mut statement = prepared(transaction, &DUE)?;
    let mut rows = statement.query([lease.now.as_micros()]).map_err(fault)?;
    let mut leased = Vec::new();
    while leased.len() < lease.limit {
        let Some(row) = rows.next().map_err(fault)? else { break };
        let Ok((delivery, version)) = delivery(row) else { continue };
        let after = delivery.leased(lease.owner, lease.until, lease.now);
        leased.extend(after.map(|delivery| (delivery, version.next())));
    }
    Ok(leased)
}

fn delivery(row: &rusqlite::Row<'_>) -> Result<(std::sync::Arc<Delivery>, Version), Fault> {
    let kind = Kind::Delivery;
    let table = Source::Records(kind).table();
    match Versioned::read(kind, values::row(table, 0, row)?)? {
        Versioned { version, record: Some(Record::Delivery(delivery)) } => Ok((delivery, version)),
        Versioned { .. } => Err(corrupt(table.name)),
    }
}

fn row_of(record: &Record, version: Version) -> Vec<Value> {
    with_checksum(Source::Records(record.key().kind).table(), Row::of(record, version).0)
}

fn of_guard(guard: Guard, value: i64) -> [Value; 3] {
    [Value::Uuid(guard.business.as_uuid()), Value::Text(guard.kind.name().to_owned()), Value::Int(value)]
}

fn of_limit(limit: Limit, hour: i64, counts: &str) -> [Value; 4] {
    let text = |text: &str| Value::Text(text.to_owned());
    [Value::Uuid(limit.id), text(limit.kind.name()), Value::Int(hour), text(counts)]
}

fn version_of(transaction: &Connection, key: &Key) -> Result<i64, Fault> {
    let mut statement = prepared(transaction, &statements::records(key.kind)?.version)?;
    let version = statement.query_row([key.id.as_bytes()], |row| row.get(0)).optional();
    version.map(|version| version.unwrap_or(Version::NONE.0)).map_err(fault)
}

fn count(transaction: &Connection, guard: Guard) -> Result<i64, Fault> {
    let mut statement = prepared(transaction, GUARD)?;
    let business = guard.business.as_uuid();
    let mut rows = statement.query(params![business.as_bytes(), guard.kind.name()]).map_err(fault)?;
    let Some(row) = rows.next().map_err(fault)? else { return Ok(0) };
    let value = row.get(0).map_err(unreadable)?;
    values::agrees(row.get_ref(1).map_err(fault)?, "guards", &of_guard(guard, value))?;
    Ok(value)
}

fn buckets(transaction: &Connection, limit: Limit) -> Result<Buckets, Fault> {
    let mut statement = prepared(transaction, LIMIT)?;
    let mut rows = statement.query(params![limit.id.as_bytes(), limit.kind.name()]).map_err(fault)?;
    let Some(row) = rows.next().map_err(fault)? else { return Ok(Buckets::default()) };
    let (hour, counts): (i64, String) = (row.get(0).map_err(unreadable)?, row.get(1).map_err(unreadable)?);
    values::agrees(row.get_ref(2).map_err(fault)?, "limits", &of_limit(limit, hour, &counts))?;
    let counts = serde_json::from_str(&counts).map_err(|_| corrupt("counts"))?;
    Ok(Buckets { hour, counts })
}

/// Writes rows, as many as there are.
fn change(transaction: &Connection, sql: &str, values: impl Params) -> Result<usize, Fault> {
    prepared(transaction, sql)?.execute(values).map_err(fault)
}

fn execute_row(transaction: &Connection, sql: &str, row: &[Value]) -> Result<(), Fault> {
    execute(transaction, sql, params_from_iter(row.iter().map(Bound)))
}

/// Writes one row; the versions were checked, so anything else is a fault of ours.
fn execute(transaction: &Connection, sql: &str, values: impl Params) -> Result<(), Fault> {
    if change(transaction, sql, values)? == 1 { Ok(()) } else { Err(FaultKind::Internal.into()) }
}
