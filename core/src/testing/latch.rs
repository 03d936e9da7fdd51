//! A flag that is raised once, and what waits for it: no polling, no runtime.

use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};
use std::task::{Poll, Waker};

/// Raised or not, and who waits for it.
#[derive(Debug, Default)]
pub(super) struct Latch(Mutex<Flag>);

#[derive(Debug, Default)]
struct Flag {
    raised: bool,
    waiting: Vec<Waker>,
}

impl Latch {
    /// Raises the flag for good.
    pub(super) fn raise(&self) {
        let waiting = {
            let mut flag = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            flag.raised = true;
            std::mem::take(&mut flag.waiting)
        };
        // Outside of the lock: a waker may run what it wakes.
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Returns when the flag is raised, at once if it is.
    pub(super) async fn raised(&self) {
        poll_fn(|context| {
            let mut flag = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if flag.raised {
                return Poll::Ready(());
            }
            if !flag.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                flag.waiting.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }
}
