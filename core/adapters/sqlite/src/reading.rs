//! What is read, and on which connection and thread.
//!
//! A load by keys runs on the caller's thread: in WAL mode it waits for nobody and takes a few microseconds, less than
//! the way to another thread and back. Lists, tallies and the feed may touch thousands of rows and run on threads of
//! their own, so that they never hold up an executor.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use handclasp::storage::{Key, Query, Row, Source, StoredEvent, Tally, Value, Versioned, rows};
use handclasp::{Fault, FaultKind};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};

use crate::answers::{Answer, Waiting};
use crate::faults::{fault, prepared};
use crate::filters::{self, Statement};
use crate::place::{Access, Place};
use crate::statements::{self, FEED};
use crate::values::{self, Bound, corrupt};

/// So many idle connections are kept; more are made and dropped when more threads load at once.
const IDLE: usize = 16;

/// Connections for loads on callers' threads.
#[derive(Debug)]
pub(crate) struct Pool {
    place: Place,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Debug, Default)]
struct State {
    idle: Vec<Connection>,
    lent: usize,
    closed: bool,
}

impl Pool {
    pub(crate) fn new(place: Place) -> Self {
        Self { place, state: Mutex::default(), returned: Condvar::new() }
    }

    /// Reads on a connection of the pool. It never waits for a lock: then the answer is `storage_busy` at once.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut lent = self.lend()?;
        let connection = match lent.connection.take() {
            Some(idle) => idle,
            None => self.place.connect(Access::Read, Duration::ZERO)?,
        };
        let answer = read(&connection);
        lent.connection = Some(connection);
        answer
    }

    /// Lends no more.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.idle.clear();
    }

    /// Waits until all that was lent has come back, which no read delays: it holds no await.
    pub(crate) fn drain(&self) {
        self.close();
        let mut state = self.state();
        while state.lent > 0 {
            state = self.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lend(&self) -> Result<Lent<'_>, Fault> {
        let mut state = self.state();
        if state.closed {
            return Err(FaultKind::Closed.into());
        }
        state.lent += 1;
        Ok(Lent { pool: self, connection: state.idle.pop() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here can panic halfway through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among those who read, with a connection before and after.
struct Lent<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.state();
        state.lent -= 1;
        // One that is still within a transaction has failed on its way out of it.
        let sound = self.connection.take().filter(Connection::is_autocommit);
        if !state.closed && state.idle.len() < IDLE {
            state.idle.extend(sound);
        }
        self.pool.returned.notify_all();
    }
}

/// A read on its way to a thread.
pub(crate) type Read = Box<dyn FnOnce(&Connection) + Send>;

/// Sends a read to the threads that read, or says that there is no room.
pub(crate) fn put<T: Send + 'static>(
    queue: &SyncSender<Read>,
    waiting: &Waiting,
    read: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
) -> Result<Answer<T>, Fault> {
    let (reply, answer) = waiting.ask();
    // The thread lives on for the others.
    let read = move |connection: &Connection| {
        let answer = catch_unwind(AssertUnwindSafe(|| read(connection)));
        reply.answer(answer.unwrap_or_else(|_| Err(Fault::new(FaultKind::Internal, "a read panicked"))));
    };
    match queue.try_send(Box::new(read)) {
        Ok(()) => Ok(answer),
        Err(TrySendError::Full(_)) => Err(FaultKind::StorageBusy.into()),
        Err(TrySendError::Disconnected(_)) => Err(FaultKind::StorageUnavailable.into()),
    }
}

/// Reads until every way into the queue is gone and the queue is empty.
pub(crate) fn run(connection: &Connection, queue: &Arc<Mutex<Receiver<Read>>>) {
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(read) = next() {
        read(connection);
        // One that failed within a transaction would leave the next one in it, and in its snapshot.
        if !connection.is_autocommit() {
            drop(connection.execute_batch("ROLLBACK"));
        }
    }
}

/// Records by key, of one snapshot.
pub(crate) fn load(connection: &Connection, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
    let record = |key: &Key| record(connection, key);
    // One statement is a snapshot by itself.
    if keys.len() < 2 {
        return keys.iter().map(record).collect();
    }
    let step = |sql| prepared(connection, sql)?.execute(()).map_err(fault);
    step("BEGIN")?;
    let found = keys.iter().map(record).collect();
    step("COMMIT")?;
    found
}

fn record(connection: &Connection, key: &Key) -> Result<Versioned, Fault> {
    let table = Source::Records(key.kind).table();
    let mut statement = prepared(connection, &statements::records(key.kind)?.select)?;
    let mut rows = statement.query([key.id.as_bytes()]).map_err(fault)?;
    match rows.next().map_err(fault)? {
        None => Ok(Versioned::NONE),
        Some(row) => Ok(Versioned::read(key.kind, values::row(table, 0, row)?)?),
    }
}

/// The rows of a list.
pub(crate) fn list(connection: &Connection, query: &Query) -> Result<Vec<Row>, Fault> {
    let table = query.source.table();
    collect(connection, &filters::list(query)?, |row| match values::row(table, 0, row) {
        // It hides no other.
        Err(fault) if fault.kind == FaultKind::StorageCorrupt => Ok(values::head(table, row)),
        whole => whole,
    })
}

/// The counts by value.
pub(crate) fn tally(connection: &Connection, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
    let by = filters::column(tally.source.table(), tally.by)?;
    collect(connection, &filters::tally(tally)?, |row| {
        let stored: ValueRef<'_> = row.get_ref(0).map_err(fault)?;
        let value = values::value(by, stored).ok_or_else(|| corrupt(by.name))?;
        Ok((value, natural("count(*)", row, 1)?))
    })
}

/// Events after a position, with theirs.
pub(crate) fn feed(connection: &Connection, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
    let bounds = [i64::try_from(after).unwrap_or(i64::MAX), i64::try_from(limit).unwrap_or(i64::MAX)];
    let statement = Statement { sql: FEED.clone(), values: bounds.map(Value::Int).into() };
    let events = collect(connection, &statement, |row| {
        let position = natural("position", row, 0)?;
        Ok((position, StoredEvent::read(values::row(&rows::EVENTS, 1, row)?)?))
    })?;
    // Each is given within the transaction that writes its event, so they leave no gap. No checksum covers them, and
    // whoever follows would pass over all between one that was damaged and its true place.
    let elsewhere = |((position, _), expected): (&(u64, StoredEvent), u64)| *position != expected;
    if events.iter().zip(after.saturating_add(1)..).any(elsewhere) { Err(corrupt("position")) } else { Ok(events) }
}

fn natural(name: &str, row: &rusqlite::Row<'_>, place: usize) -> Result<u64, Fault> {
    let number: i64 = row.get(place).map_err(fault)?;
    u64::try_from(number).map_err(|_| corrupt(name))
}

fn collect<T>(
    connection: &Connection,
    statement: &Statement,
    read: impl Fn(&rusqlite::Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut prepared = prepared(connection, &statement.sql)?;
    let mut rows = prepared.query(params_from_iter(statement.values.iter().map(Bound))).map_err(fault)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(fault)? {
        found.push(read(row)?);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use futures_executor::block_on;

    use super::*;

    #[test]
    fn crs_07_a_read_that_panics_is_internal_and_the_next_one_is_answered() {
        let (sender, queue) = sync_channel(4);
        let begin = |connection: &Connection| connection.execute_batch("BEGIN").map_err(fault);
        let waiting = Waiting::default();
        let halfway = put::<()>(&sender, &waiting, move |connection| panic!("{:?}", begin(connection))).unwrap();
        let next = put(&sender, &waiting, begin).unwrap();
        drop(sender);
        run(&Connection::open_in_memory().unwrap(), &Arc::new(Mutex::new(queue)));
        assert_eq!(block_on(halfway.get()).unwrap_err().kind, FaultKind::Internal);
        block_on(next.get()).unwrap();
    }
}
