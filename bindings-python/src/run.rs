//! Two ways to wait for a future that runs on our own runtime: blocking, and as a coroutine.

use std::future::Future;
use std::sync::mpsc;
use std::time::Duration;

use pyo3::prelude::*;
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use crate::process::Process;

/// How long a blocking call waits before it looks for Ctrl-C again.
const SLICE: Duration = Duration::from_millis(100);

/// Stops the work when nobody waits for it any more.
struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits with the interpreter released. `Ok(None)` when the work panicked.
///
/// # Errors
///
/// `KeyboardInterrupt`, or whatever a signal handler raised meanwhile.
pub(crate) fn blocking<T: Send + 'static>(
    py: Python<'_>,
    process: &'static Process,
    work: impl Future<Output = T> + Send + 'static,
) -> PyResult<Option<T>> {
    let (sender, mut receiver) = mpsc::sync_channel(1);
    let task = process.runtime.spawn(async move {
        // Refused only when the caller has left.
        let _ = sender.send(work.await);
    });
    let _abort = AbortOnDrop(task.abort_handle());
    loop {
        let (back, answer) = py.detach(move || {
            let answer = receiver.recv_timeout(SLICE);
            (receiver, answer)
        });
        receiver = back;
        match answer {
            Ok(value) => return Ok(Some(value)),
            Err(mpsc::RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(None),
        }
    }
}

/// Waits as part of a coroutine. `None` when the work panicked.
pub(crate) async fn coroutine<T: Send + 'static>(
    process: &'static Process,
    work: impl Future<Output = T> + Send + 'static,
) -> Option<T> {
    let (sender, receiver) = oneshot::channel();
    let task = process.runtime.spawn(async move {
        let answer = Woken::new(process, sender);
        let value = work.await;
        answer.send(value);
    });
    let _abort = AbortOnDrop(task.abort_handle());
    receiver.await.ok()
}

/// The sending half of a coroutine's answer. Sending wakes the host's event loop, and so does dropping: both need a pass.
struct Woken<T>(&'static Process, Option<oneshot::Sender<T>>);

impl<T> Woken<T> {
    fn new(process: &'static Process, sender: oneshot::Sender<T>) -> Self {
        Self(process, Some(sender))
    }

    fn send(mut self, value: T) {
        let Some(sender) = self.1.take() else { return };
        match self.0.gate.enter() {
            // Refused only when the coroutine has been dropped.
            Some(_pass) => drop(sender.send(value)),
            None => std::mem::forget(sender),
        }
    }
}

impl<T> Drop for Woken<T> {
    fn drop(&mut self) {
        let Some(sender) = self.1.take() else { return };
        match self.0.gate.enter() {
            Some(_pass) => drop(sender),
            None => std::mem::forget(sender),
        }
    }
}
