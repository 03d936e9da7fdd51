//! The one thread that writes, and how it commits many callers' work at once.
//!
//! What has queued while one group was written is the next group: one `BEGIN IMMEDIATE`, one flush. Nobody is answered
//! before `COMMIT` has succeeded. A group has no savepoints: each piece of work checks all that may stop it before it
//! writes, so that what fails afterwards is rare (the disk, damage, a unique constraint as a backstop); then the group
//! is rolled back and each piece written apart. Savepoints cost each commit a copy of every page that it touches:
//! measured, 64 callers got 5 200 commits a second with them and 9 100 without.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, TrySendError};
use std::thread;
use std::time::{Duration, Instant};

use handclasp::{Fault, FaultKind};
use rusqlite::Connection;

use crate::answers::{Answer, Reply, Waiting};
use crate::faults::{at_commit, fault, is_busy};
use crate::patience::{Patience, deadline, now};
use crate::points::{Point, pass};

/// At most so many share one commit: beyond it the flush weighs nothing, and the first waits for the last.
const GROUP: usize = 256;

/// So long the thread looks for more work before it sleeps: longer than a caller takes from an answer to the next
/// commit. To wake it costs that caller 50 to 100 us, as much as writing the rows.
const AWAKE: Duration = Duration::from_micros(250);

/// A piece of work on its way through the writer's queue.
pub(crate) trait Queued: Send {
    /// Does it, within a transaction. It may be done again after the transaction was rolled back.
    fn apply(&mut self, transaction: &Connection) -> Result<(), Fault>;
    /// Tells the caller how it ended.
    fn answer(self: Box<Self>, stands: Result<(), Fault>);
    /// When it gives up waiting for another process.
    fn patient_until(&self) -> Instant;
}

/// A piece of work, what came of it so far, and who wants to know.
struct Task<W, T> {
    work: W,
    outcome: Option<T>,
    reply: Reply<T>,
    patient_until: Instant,
}

impl<W, T> Queued for Task<W, T>
where
    W: FnMut(&Connection) -> Result<T, Fault> + Send,
    T: Send,
{
    fn apply(&mut self, transaction: &Connection) -> Result<(), Fault> {
        self.reply.begin();
        // Whatever it has left half done is rolled back with the group; the thread lives on for the others.
        let worked = catch_unwind(AssertUnwindSafe(|| {
            let outcome = (self.work)(transaction);
            pass(Point::Applied);
            outcome
        }));
        self.outcome = Some(worked.unwrap_or_else(|_| Err(Fault::new(FaultKind::Internal, "a write panicked")))?);
        Ok(())
    }

    fn answer(self: Box<Self>, stands: Result<(), Fault>) {
        let outcome = self.outcome.ok_or_else(|| FaultKind::Internal.into());
        self.reply.answer(stands.and(outcome));
    }

    fn patient_until(&self) -> Instant {
        self.patient_until
    }
}

/// The way into the writer's queue.
#[derive(Clone)]
pub(crate) struct Queue {
    pub(crate) sender: SyncSender<Box<dyn Queued>>,
    pub(crate) patience: Duration,
}

impl Queue {
    /// Queues work at once, or says that there is no room.
    pub(crate) fn put<W, T>(&self, waiting: &Waiting, work: W) -> Result<Answer<T>, Fault>
    where
        W: FnMut(&Connection) -> Result<T, Fault> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = waiting.ask();
        let task = Task { work, outcome: None, reply, patient_until: deadline(self.patience) };
        match self.sender.try_send(Box::new(task)) {
            Ok(()) => Ok(answer),
            Err(TrySendError::Full(_)) => Err(FaultKind::StorageBusy.into()),
            Err(TrySendError::Disconnected(_)) => Err(FaultKind::StorageUnavailable.into()),
        }
    }
}

type Group = Vec<Box<dyn Queued>>;

/// Writes until every way into the queue is gone and the queue is empty.
pub(crate) fn run(connection: &Connection, queue: &Receiver<Box<dyn Queued>>) {
    let mut group = Group::new();
    while let Some(first) = next(queue) {
        group.push(first);
        while !group.is_empty() {
            group.extend(queue.try_iter().take(GROUP - group.len()));
            group = write(connection, group);
        }
    }
}

/// The next piece of work, or nothing when there will be none. Looking for it, the thread stands back for any other.
fn next(queue: &Receiver<Box<dyn Queued>>) -> Option<Box<dyn Queued>> {
    let end = now() + AWAKE;
    while now() < end {
        match queue.try_recv() {
            Ok(work) => return Some(work),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) => thread::yield_now(),
        }
    }
    queue.recv().ok()
}

/// Writes a group; what was not reached for want of the lock, and has patience left, comes back.
fn write(connection: &Connection, mut group: Group) -> Group {
    match begin(connection, &group) {
        Ok(()) => {}
        Err(error) if is_busy(&error) => return dismiss_impatient(group, &fault(error)),
        Err(error) => return answer(group, &Err(fault(error))),
    }
    let applied = group.iter_mut().try_for_each(|each| each.apply(connection));
    match applied {
        Ok(()) => answer(group, &commit(connection)),
        Err(fault) => {
            roll_back(connection);
            if group.len() == 1 { answer(group, &Err(fault)) } else { write_apart(connection, group) }
        }
    }
}

/// Something in the group failed: each of it alone, so that only what can't be done fails.
fn write_apart(connection: &Connection, group: Group) -> Group {
    group.into_iter().flat_map(|each| write(connection, vec![each])).collect()
}

/// Takes the right to write before anything is read: a transaction that reads first and then upgrades fails at once
/// when somebody has written in between, however patient it is.
fn begin(connection: &Connection, group: &Group) -> rusqlite::Result<()> {
    let first = group.iter().map(|each| each.patient_until()).min();
    let mut patience = Patience::until(first.unwrap_or_else(now));
    pass(Point::BeforeBegin);
    loop {
        match connection.prepare_cached("BEGIN IMMEDIATE")?.execute(()) {
            Err(error) if is_busy(&error) && patience.pause() => {}
            begun => {
                pass(Point::Begun);
                return begun.map(drop);
            }
        }
    }
}

fn commit(connection: &Connection) -> Result<(), Fault> {
    pass(Point::BeforeCommit);
    let committed = connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute(()));
    match committed {
        Ok(_) => pass(Point::Committed),
        Err(_) => roll_back(connection),
    }
    committed.map(drop).map_err(at_commit)
}

/// SQLite rolls back by itself after some errors and says that there is nothing to roll back after them.
fn roll_back(connection: &Connection) {
    if !connection.is_autocommit() {
        drop(connection.execute_batch("ROLLBACK"));
    }
}

fn dismiss_impatient(group: Group, busy: &Fault) -> Group {
    let now = now();
    let (patient, impatient): (Group, Group) = group.into_iter().partition(|each| each.patient_until() > now);
    answer(impatient, &Err(busy.clone()));
    patient
}

fn answer(group: Group, stands: &Result<(), Fault>) -> Group {
    for each in group {
        each.answer(stands.clone());
    }
    Group::new()
}

#[cfg(test)]
mod tests;
