//! Schedules, tried one by one: racers are polled by hand, a store call at a time.
//!
//! A decision is pure, and a call of the store in memory is atomic, so the order of store calls is all that a schedule
//! consists of. Two reads that follow each other change nothing for one another: of such orders one is tried.

use std::collections::BTreeSet;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use async_trait::async_trait;
use handclasp::testing::Call;

use super::run::{Run, Stand};
use super::watched::{Change, Watch};

/// Lets a racer go one store call at a time, and keeps what may have changed something.
#[derive(Debug)]
pub(super) struct Turn {
    stepping: AtomicBool,
    next: Mutex<Option<Call>>,
    /// Of all racers, in the order in which they were answered.
    answered: Arc<Mutex<Vec<Change>>>,
}

impl Turn {
    pub(super) fn new(answered: Arc<Mutex<Vec<Change>>>) -> Self {
        Self { stepping: AtomicBool::new(false), next: Mutex::default(), answered }
    }

    fn step(&self, stepping: bool) {
        self.stepping.store(stepping, Ordering::SeqCst);
    }

    /// The call that the racer makes next.
    fn next(&self) -> Option<Call> {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Watch for Turn {
    async fn before(&self, call: Call) {
        if !self.stepping.load(Ordering::SeqCst) {
            return;
        }
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = Some(call);
        let mut waited = false;
        poll_fn(|context| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            // Whoever polls by hand needs no waking, but deliveries are polled by those who send them.
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    fn answered(&self, change: Change) {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner).push(change);
    }
}

/// One schedule and what came of it.
#[derive(Debug)]
pub struct Trial {
    /// Which racer made a store call, in this order.
    pub schedule: Vec<usize>,
    /// What came of it.
    pub run: Run,
    /// The most commits that one racer needed.
    pub rounds: u64,
}

/// A racer on its way.
struct Going {
    future: Pin<Box<dyn Future<Output = String>>>,
    answer: Option<String>,
}

impl Going {
    /// Goes on to just before its next store call, or to its end.
    fn go(&mut self) {
        if let Poll::Ready(answer) = self.future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            self.answer = Some(answer);
        }
    }
}

/// What a racer does next: nothing once it is answered.
type Next = Option<Call>;

impl Stand<'_> {
    /// Runs calls on a copy in memory, the racers taking turns as they are chosen; nothing if none is chosen.
    async fn stepped(
        &self,
        calls: &[usize],
        mut choose: impl FnMut(&[Next], Option<(usize, Call)>) -> Option<usize>,
    ) -> Option<Trial> {
        let memory = self.staged.in_memory().await;
        self.turn_to(&memory);
        let racers = &self.racers[..calls.len()];
        let before: Vec<_> = racers.iter().map(|racer| racer.counting.counts().commits).collect();
        racers.iter().for_each(|racer| racer.storage.watch.step(true));
        let mut going: Vec<_> = racers.iter().zip(calls).map(|(racer, call)| self.set_out(racer, *call)).collect();
        // Up to its first store call a racer touches nothing.
        going.iter_mut().for_each(Going::go);
        let (mut schedule, mut last) = (Vec::new(), None);
        while going.iter().any(|each| each.answer.is_none()) {
            let next = |(each, racer): (&Going, &super::run::Racer)| {
                if each.answer.is_some() { None } else { racer.storage.watch.next() }
            };
            let next: Vec<Next> = going.iter().zip(racers).map(next).collect();
            let Some(chosen) = choose(&next, last) else { break };
            last = next[chosen].map(|call| (chosen, call));
            schedule.push(chosen);
            going[chosen].go();
        }
        racers.iter().for_each(|racer| racer.storage.watch.step(false));
        let answers: Option<Vec<String>> = going.into_iter().map(|each| each.answer).collect();
        let rounds = racers.iter().zip(before).map(|(racer, before)| racer.counting.counts().commits - before);
        let rounds = rounds.max().unwrap_or_default();
        Some(Trial { schedule, run: self.left(answers?, &*memory).await, rounds })
    }

    fn set_out(&self, racer: &super::run::Racer, call: usize) -> Going {
        let (handclasp, call) = (racer.handclasp.clone(), self.staged.calls[call].clone());
        Going { future: Box::pin(async move { call.on(&handclasp).await }), answer: None }
    }
}

const fn reads(call: Call) -> bool {
    match call {
        Call::Load | Call::List | Call::Tally | Call::Feed => true,
        Call::Commit | Call::Lease | Call::Purge | Call::Close => false,
    }
}

/// Who may go next: all who are not answered, but not one whose read could as well have come before the last one.
fn options(next: &[Next], last: Option<(usize, Call)>) -> Vec<usize> {
    let swapped =
        |racer: usize, call: Call| last.is_some_and(|(before, read)| before > racer && reads(read) && reads(call));
    let going = next.iter().enumerate().filter_map(|(racer, call)| call.map(|call| (racer, call)));
    going.filter(|(racer, call)| !swapped(*racer, *call)).map(|(racer, _)| racer).collect()
}

/// Tries every schedule of these calls, and tells how many there were.
pub async fn every_schedule(stand: &Stand<'_>, calls: &[usize], mut see: impl FnMut(&Trial)) -> usize {
    let mut path: Vec<(Vec<usize>, usize)> = Vec::new();
    let mut tried = 0;
    loop {
        let mut depth = 0;
        let trial = stand.stepped(calls, |next, last| {
            if depth == path.len() {
                path.push((options(next, last), 0));
            }
            let (options, taken) = &path[depth];
            depth += 1;
            options.get(*taken).copied()
        });
        if let Some(trial) = trial.await {
            tried += 1;
            see(&trial);
        }
        // Back to the last choice that has something left to try.
        while path.last().is_some_and(|(options, taken)| taken + 1 >= options.len()) {
            path.pop();
        }
        match path.last_mut() {
            Some((_, taken)) => *taken += 1,
            None => return tried,
        }
    }
}

/// Tries one schedule of these calls, chosen by the seed.
///
/// # Panics
/// If a racer stops without an answer.
pub async fn random_schedule(stand: &Stand<'_>, calls: &[usize], seed: u64) -> Trial {
    let mut numbers = super::numbers::Numbers::new(seed);
    let trial = stand.stepped(calls, |next, _| {
        let going: BTreeSet<_> = (0..next.len()).filter(|racer| next[*racer].is_some()).collect();
        going.iter().nth(numbers.below(going.len())).copied()
    });
    trial.await.expect("somebody may always go")
}

/// One of two racers leases, then the other runs to its end, then the rest of the first.
///
/// # Panics
/// If a racer stops without an answer.
pub async fn after_the_lease(stand: &Stand<'_>, calls: &[usize; 2], leasing: usize) -> Run {
    let mut leased = false;
    let trial = stand.stepped(calls, |next, last| {
        leased |= last == Some((leasing, Call::Lease));
        let other = 1 - leasing;
        Some(if leased && next[other].is_some() || next[leasing].is_none() { other } else { leasing })
    });
    trial.await.expect("somebody may always go").run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_reads_in_either_order_one_is_tried() {
        let (load, commit) = (Some(Call::Load), Some(Call::Commit));
        assert_eq!(options(&[load, load], None), [0, 1]);
        assert_eq!(options(&[load, load], Some((1, Call::Load))), [1], "the first could have read before");
        assert_eq!(options(&[load, load], Some((0, Call::Load))), [0, 1]);
        assert_eq!(options(&[commit, load], Some((1, Call::Load))), [0, 1]);
        assert_eq!(options(&[load, commit], Some((1, Call::Commit))), [0, 1]);
        assert_eq!(options(&[load, None], Some((1, Call::Load))), Vec::<usize>::new(), "it is tried elsewhere");
        assert_eq!(options(&[None, commit], Some((0, Call::Load))), [1]);
    }
}
