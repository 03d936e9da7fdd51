//! The way of an answer from a thread of ours to the caller's task, whatever its executor.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use futures_channel::oneshot::{Receiver, Sender, channel};
use futures_util::FutureExt;
use handclasp::{Fault, FaultKind};

use crate::patience::now;

/// So long a caller who waits alone keeps looking for the answer: longer than most flushes take. Where the executor's
/// thread may sleep meanwhile, to wake it costs that caller some 80 us in memory and 140 on disk.
const AWAKE: Duration = Duration::from_millis(1);

/// How many wait for answers from the threads of one handle.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiting(Arc<AtomicUsize>);

/// Where one call's answer goes. Dropped without one, it says what is then true.
#[derive(Debug)]
pub(crate) struct Reply<T> {
    to: Option<Sender<Result<T, Fault>>>,
    lost: FaultKind,
}

/// What a caller waits for.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    from: Receiver<Result<T, Fault>>,
    waiting: Waiting,
}

impl Waiting {
    /// A new way, and one more who waits.
    pub(crate) fn ask<T>(&self) -> (Reply<T>, Answer<T>) {
        let (to, from) = channel();
        self.0.fetch_add(1, Ordering::Relaxed);
        (Reply { to: Some(to), lost: FaultKind::StorageUnavailable }, Answer { from, waiting: self.clone() })
    }

    fn is_one(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 1
    }
}

impl<T> Reply<T> {
    /// From here on a lost answer leaves the outcome unknown.
    pub(crate) const fn begin(&mut self) {
        self.lost = FaultKind::OutcomeUnknown;
    }

    /// Answers. A caller that has gone away hears nothing, and what was done stays done.
    pub(crate) fn answer(mut self, answer: Result<T, Fault>) {
        self.send(answer);
    }

    fn send(&mut self, answer: Result<T, Fault>) {
        if let Some(to) = self.to.take() {
            drop(to.send(answer));
        }
    }
}

impl<T> Drop for Reply<T> {
    fn drop(&mut self) {
        self.send(Err(self.lost.into()));
    }
}

impl<T> Answer<T> {
    /// Waits for it.
    pub(crate) async fn get(self) -> Result<T, Fault> {
        self.awake_until(now() + AWAKE).await
    }

    async fn awake_until(mut self, end: Instant) -> Result<T, Fault> {
        let answer = poll_fn(|context| {
            let looked = self.from.poll_unpin(context);
            if looked.is_pending() && self.waiting.is_one() && now() < end {
                // Other tasks have their turn before it is looked at again, and other threads now.
                context.waker().wake_by_ref();
                thread::yield_now();
            }
            looked
        });
        // A reply always answers, if only when it is dropped.
        answer.await.unwrap_or_else(|_| Err(FaultKind::StorageUnavailable.into()))
    }
}

impl<T> Drop for Answer<T> {
    fn drop(&mut self) {
        self.waiting.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::pin::{Pin, pin};
    use std::task::{Context, Wake};

    use super::*;

    /// Counts how often its task is to be looked at again.
    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Looks once; whether there is an answer, and how often the task was woken by then.
    fn look<T>(answer: Pin<&mut impl Future<Output = T>>, woken: &Arc<Woken>) -> (bool, usize) {
        let waker = Arc::clone(woken).into();
        let looked = answer.poll(&mut Context::from_waker(&waker));
        (looked.is_ready(), woken.0.swap(0, Ordering::Relaxed))
    }

    #[test]
    fn who_waits_alone_keeps_looking() {
        let (waiting, woken) = (Waiting::default(), Arc::<Woken>::default());
        let (reply, answer) = waiting.ask();
        let mut answer = pin!(answer.awake_until(now() + Duration::from_secs(600)));
        assert_eq!(look(answer.as_mut(), &woken), (false, 1));
        let (_other, others) = waiting.ask::<()>();
        assert_eq!(look(answer.as_mut(), &woken), (false, 0), "two wait");
        drop(others);
        assert_eq!(look(answer.as_mut(), &woken), (false, 1), "one has gone away");
        reply.answer(Ok(()));
        assert_eq!(look(answer, &woken), (true, 1), "the answer wakes, too");
    }

    #[test]
    fn after_a_while_who_waits_alone_sleeps_until_the_answer() {
        let woken = Arc::<Woken>::default();
        let (reply, answer) = Waiting::default().ask();
        let mut answer = pin!(answer.awake_until(now()));
        assert_eq!(look(answer.as_mut(), &woken), (false, 0));
        reply.answer(Ok(()));
        assert_eq!(look(answer, &woken), (true, 1));
    }
}
