//! The queue in front of the database: what waits together goes together.
//!
//! Jobs are handed on in groups, in the order they came, a few groups at once. Two jobs whose locks exclude each other
//! are never in one group, nor under way at the same time in two: the second would only hold up its own group at the
//! server. A job that has to wait for that reason is not overtaken by later jobs that want the same locks. If what it
//! rests on is written by this queue while it waits, it is told so here: of many who write one record at once, one in a
//! round goes to the server.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use handclasp::storage::{Key, Version};
use handclasp::{Fault, FaultKind};
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};

use crate::locks::{Lock, Mode};

/// One caller's wish.
pub(crate) trait Job: Send + 'static {
    /// What it locks, each name once.
    fn locks(&self) -> &[Lock];
    /// How much of a group's room it takes.
    fn weight(&self) -> usize;
    /// Whether nobody waits for its answer any more.
    fn is_abandoned(&self) -> bool;
    /// Itself, unless it rests on an older version of what was written: then it is answered so.
    fn unless_overtaken(self, _: &Written) -> Option<Self>
    where
        Self: Sized,
    {
        Some(self)
    }
    /// Answers that it could not be done.
    fn fail(self, fault: Fault);
}

/// What is known to be written, and at which versions.
pub(crate) type Written = HashMap<Key, Version>;

/// What is done with a group; it answers every job of it, and tells what it wrote, as far as it knows.
pub(crate) trait Work: Send + Sync + 'static {
    type Job: Job;
    fn run(&self, group: Vec<Self::Job>) -> impl Future<Output = Written> + Send;
}

/// What a queue is held to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) groups: usize,
    pub(crate) max_group: usize,
    pub(crate) max_weight: usize,
    pub(crate) waiting: usize,
    pub(crate) patience: Duration,
}

pub(crate) struct Queue<W: Work> {
    work: W,
    runtime: Handle,
    bounds: Bounds,
    state: Mutex<State<W::Job>>,
    idle: Notify,
}

struct State<J> {
    waiting: VecDeque<(Instant, J)>,
    /// Locks of what is under way.
    held: HashMap<i64, Held>,
    running: usize,
    closed: bool,
}

/// One lock of what is under way.
struct Held {
    mode: Mode,
    holders: usize,
}

impl<W: Work> Queue<W> {
    pub(crate) fn new(work: W, runtime: Handle, bounds: Bounds) -> Arc<Self> {
        let waiting = VecDeque::new();
        let state = State { waiting, held: HashMap::new(), running: 0, closed: false };
        Arc::new(Self { work, runtime, bounds, state: Mutex::new(state), idle: Notify::new() })
    }

    /// Takes a job in, or fails it at once.
    pub(crate) fn push(self: &Arc<Self>, job: W::Job) {
        let mut state = self.state();
        let refusal = match () {
            () if state.closed => FaultKind::Closed,
            () if state.waiting.len() >= self.bounds.waiting => FaultKind::StorageBusy,
            () => {
                state.waiting.push_back((Instant::now(), job));
                self.hire(state);
                return;
            }
        };
        drop(state);
        job.fail(refusal.into());
    }

    /// Takes no more jobs, and returns when those that it has are done.
    pub(crate) async fn close(&self) {
        self.state().closed = true;
        loop {
            let idle = self.idle.notified();
            if self.state().running == 0 {
                return;
            }
            idle.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State<W::Job>> {
        // Nothing panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts another worker if there is something to do and room for one.
    fn hire(self: &Arc<Self>, mut state: MutexGuard<'_, State<W::Job>>) {
        if state.waiting.is_empty() || state.running >= self.bounds.groups {
            return;
        }
        state.running += 1;
        drop(state);
        self.runtime.spawn(Worker { queue: Arc::clone(self), orderly: false }.work());
    }

    /// The next group, and the names of its locks, which are held until it is done; nothing if there is nothing to do
    /// beside what is under way. Those of the last group are let go in the same breath, so that nobody who waited for it
    /// is taken by another worker, who does not know what it wrote.
    fn take(self: &Arc<Self>, done: &Done) -> Option<Taken<W::Job>> {
        let mut state = self.state();
        state.release(&done.locks);
        let mut taken = state.take(&self.bounds, &done.written);
        if taken.group.is_empty() {
            state.running -= 1;
            let idle = state.running == 0;
            drop(state);
            if idle {
                self.idle.notify_waiters();
            }
            taken.answer_late();
            return None;
        }
        self.hire(state);
        taken.answer_late();
        Some(taken)
    }
}

/// What a worker has done last.
#[derive(Default)]
struct Done {
    locks: Vec<i64>,
    written: Written,
}

/// What a worker does next.
struct Taken<J> {
    group: Vec<J>,
    locks: Vec<i64>,
    /// Waited for longer than they may.
    late: Vec<J>,
}

impl<J: Job> Taken<J> {
    fn answer_late(&mut self) {
        self.late.drain(..).for_each(|job| job.fail(FaultKind::StorageBusy.into()));
    }
}

impl<J: Job> State<J> {
    fn take(&mut self, bounds: &Bounds, written: &Written) -> Taken<J> {
        let mut taken = Taken { group: Vec::new(), locks: Vec::new(), late: Vec::new() };
        let mut passed = VecDeque::new();
        // What those that are passed over want: nobody behind them takes it away.
        let mut wanted: HashMap<i64, Mode> = HashMap::new();
        let mut weight = 0;
        while taken.group.len() < bounds.max_group && passed.len() < 16 * bounds.max_group {
            let Some((since, job)) = self.waiting.pop_front() else { break };
            if job.is_abandoned() {
                continue;
            }
            if since.elapsed() > bounds.patience {
                taken.late.push(job);
                continue;
            }
            let Some(job) = job.unless_overtaken(written) else { continue };
            weight += job.weight();
            if !taken.group.is_empty() && weight > bounds.max_weight {
                passed.push_back((since, job));
                break;
            }
            if self.is_free(job.locks(), &wanted) {
                for lock in job.locks() {
                    let held = self.held.entry(lock.name);
                    held.or_insert(Held { mode: lock.mode, holders: 0 }).holders += 1;
                    taken.locks.push(lock.name);
                }
                taken.group.push(job);
            } else {
                weight -= job.weight();
                for lock in job.locks() {
                    let mode = wanted.entry(lock.name).or_insert(lock.mode);
                    *mode = lock.mode.max(*mode);
                }
                passed.push_back((since, job));
            }
        }
        passed.append(&mut self.waiting);
        self.waiting = passed;
        taken
    }

    fn is_free(&self, locks: &[Lock], wanted: &HashMap<i64, Mode>) -> bool {
        locks.iter().all(|lock| {
            let goes = |other: Mode| other == lock.mode && other != Mode::Write;
            self.held.get(&lock.name).is_none_or(|held| goes(held.mode))
                && wanted.get(&lock.name).is_none_or(|mode| goes(*mode))
        })
    }

    fn release(&mut self, locks: &[i64]) {
        for name in locks {
            if let Some(held) = self.held.get_mut(name) {
                held.holders -= 1;
                if held.holders == 0 {
                    self.held.remove(name);
                }
            }
        }
    }
}

/// A task that does groups as long as there are any.
struct Worker<W: Work> {
    queue: Arc<Queue<W>>,
    orderly: bool,
}

impl<W: Work> Worker<W> {
    async fn work(mut self) {
        let mut done = Done::default();
        while let Some(Taken { group, locks, .. }) = self.queue.take(&done) {
            let written = self.queue.work.run(group).await;
            done = Done { locks, written };
        }
        self.orderly = true;
    }
}

impl<W: Work> Drop for Worker<W> {
    /// A worker that is dropped before its end was on a runtime that has ended: nothing will be done any more.
    fn drop(&mut self) {
        if self.orderly {
            return;
        }
        let mut state = self.queue.state();
        state.running -= 1;
        state.closed = true;
        let lost = std::mem::take(&mut state.waiting);
        drop(state);
        lost.into_iter().for_each(|(_, job)| job.fail(FaultKind::Closed.into()));
        self.queue.idle.notify_waiters();
    }
}

/// Waits for the answer to a job.
pub(crate) async fn answer<T>(answer: oneshot::Receiver<Result<T, Fault>>) -> Result<T, Fault> {
    answer.await.unwrap_or_else(|_| Err(FaultKind::Closed.into()))
}

#[cfg(test)]
mod tests;
