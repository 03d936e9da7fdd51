//! The one thread that writes, and how it commits many callers' work at once.
//!
//! What has queued while one group was written is the next group: one `BEGIN IMMEDIATE`, one flush. Nobody is answered
//! before `COMMIT` has succeeded. A group has no savepoints: each piece of work checks all that may stop it before it
//! writes, so that what fails afterwards is rare (the disk, damage, a unique constraint as a backstop); then the group
//! is rolled back and each piece written apart. Savepoints cost each commit a copy of every page that it touches.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError};
use std::time::{Duration, Instant};

use handclasp::{Fault, FaultKind};
use rusqlite::Connection;

use crate::answers::{Answer, Reply, ask};
use crate::faults::{at_commit, fault, is_busy};
use crate::patience::{Patience, deadline, now};

/// At most so many share one commit: beyond it the flush weighs nothing, and the first waits for the last.
const GROUP: usize = 256;

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
        self.outcome = Some((self.work)(transaction)?);
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
    pub(crate) fn put<W, T>(&self, work: W) -> Result<Answer<T>, Fault>
    where
        W: FnMut(&Connection) -> Result<T, Fault> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = ask();
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
    while let Ok(first) = queue.recv() {
        group.push(first);
        while !group.is_empty() {
            group.extend(queue.try_iter().take(GROUP - group.len()));
            group = write(connection, group);
        }
    }
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
    loop {
        match connection.prepare_cached("BEGIN IMMEDIATE")?.execute(()) {
            Err(error) if is_busy(&error) && patience.pause() => {}
            begun => return begun.map(drop),
        }
    }
}

fn commit(connection: &Connection) -> Result<(), Fault> {
    let committed = connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute(()));
    if committed.is_err() {
        roll_back(connection);
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
