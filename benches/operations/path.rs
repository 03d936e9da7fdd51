//! Operations through the library, by callers who each take the next as soon as they have an answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use handclasp::{Actor, Error, Handclasp};
use tokio::sync::Barrier;

use crate::Outcome;
use crate::job::What;

/// What is done, and by whom.
#[derive(Debug)]
pub(crate) struct Call {
    handclasp: Handclasp,
    actor: Actor,
    what: What,
}

impl Call {
    pub(crate) const fn new(handclasp: Handclasp, actor: Actor, what: What) -> Self {
        Self { handclasp, actor, what }
    }
}

/// Calls in memory are quick or slow, by more than half, for milliseconds or seconds at a time: one caller makes so many
/// within one of these.
pub(crate) const BURST: usize = 250;

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    /// Calls, or transactions' commits, in a second.
    pub(crate) per_second: f64,
    /// The same of the quickest [`BURST`] that one caller made in a row; not a number if there were fewer.
    pub(crate) burst: f64,
    /// What half of them take at most.
    pub(crate) p50: Duration,
    /// What 99 of 100 take at most.
    pub(crate) p99: Duration,
    /// What the slowest takes.
    pub(crate) slowest: Duration,
}

impl Measured {
    /// Of so many done within a time, some of which were timed, in their order.
    pub(crate) fn of(done: usize, within: Duration, mut timed: Vec<Duration>) -> Self {
        let bursts = timed.chunks_exact(BURST).map(|burst| BURST as f64 / burst.iter().sum::<Duration>().as_secs_f64());
        let burst = bursts.fold(f64::NAN, f64::max);
        timed.sort_unstable();
        let at = |percent: usize| timed.get(timed.len() * percent / 100).copied().unwrap_or_default();
        let slowest = timed.last().copied().unwrap_or_default();
        Self { per_second: done as f64 / within.as_secs_f64(), burst, p50: at(50), p99: at(99), slowest }
    }

    /// Of calls that need so many commits each.
    pub(crate) fn of_calls(self, commits: u32) -> Self {
        let Self { per_second, burst, p50, p99, slowest } = self;
        let [p50, p99, slowest] = [p50, p99, slowest].map(|span| span * commits);
        let commits = f64::from(commits);
        Self { per_second: per_second / commits, burst: burst / commits, p50, p99, slowest }
    }
}

/// What was measured, and what was refused.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) measured: Measured,
    pub(crate) refused: Vec<Error>,
}

impl Ran {
    /// An error if any call was refused.
    pub(crate) fn flawless(self) -> Outcome<Measured> {
        match self.refused.into_iter().next() {
            None => Ok(self.measured),
            Some(error) => Err(error.into()),
        }
    }
}

/// Makes all calls, so many at once.
pub(crate) async fn run(calls: Vec<Call>, callers: usize) -> Outcome<Ran> {
    let (calls, next, start) = (Arc::new(calls), Arc::default(), Arc::new(Barrier::new(callers + 1)));
    let tasks = (0..callers).map(|_| tokio::spawn(call(Arc::clone(&calls), Arc::clone(&next), Arc::clone(&start))));
    let tasks: Vec<_> = tasks.collect();
    start.wait().await;
    let (mut timed, mut refused, mut spans) = (Vec::new(), Vec::new(), Vec::new());
    for task in tasks {
        let one = task.await?;
        timed.extend(one.timed);
        refused.extend(one.refused);
        spans.push((one.begun, one.ended));
    }
    Ok(Ran { measured: Measured::of(calls.len(), within(spans), timed), refused })
}

/// From the first call to the last answer, as the callers saw it: whoever waits for them may wake late.
pub(crate) fn within(spans: Vec<(Instant, Instant)>) -> Duration {
    let (begun, ended): (Vec<_>, Vec<_>) = spans.into_iter().unzip();
    begun.into_iter().min().zip(ended.into_iter().max()).map(|(begun, ended)| ended - begun).unwrap_or_default()
}

/// What one caller saw.
struct Seen {
    begun: Instant,
    ended: Instant,
    timed: Vec<Duration>,
    refused: Vec<Error>,
}

async fn call(calls: Arc<Vec<Call>>, next: Arc<AtomicUsize>, start: Arc<Barrier>) -> Seen {
    let (mut timed, mut refused) = (Vec::new(), Vec::new());
    start.wait().await;
    let begun = Instant::now();
    while let Some(Call { handclasp, actor, what }) = calls.get(next.fetch_add(1, Ordering::Relaxed)) {
        let begun = Instant::now();
        let answer = what.done(handclasp, actor).await;
        timed.push(begun.elapsed());
        refused.extend(answer.err());
    }
    Seen { begun, ended: Instant::now(), timed, refused }
}
