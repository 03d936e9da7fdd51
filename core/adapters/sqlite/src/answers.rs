//! The way of an answer from a thread of ours to the caller's task, whatever its executor.

use futures_channel::oneshot::{Receiver, Sender, channel};
use handclasp::{Fault, FaultKind};

/// Where one call's answer goes. Dropped without one, it says what is then true.
#[derive(Debug)]
pub(crate) struct Reply<T> {
    to: Option<Sender<Result<T, Fault>>>,
    lost: FaultKind,
}

/// What a caller waits for.
#[derive(Debug)]
pub(crate) struct Answer<T>(Receiver<Result<T, Fault>>);

/// A new way.
pub(crate) fn ask<T>() -> (Reply<T>, Answer<T>) {
    let (to, from) = channel();
    (Reply { to: Some(to), lost: FaultKind::StorageUnavailable }, Answer(from))
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
        // A reply always answers, if only when it is dropped.
        self.0.await.unwrap_or_else(|_| Err(FaultKind::StorageUnavailable.into()))
    }
}
