//! Mail through an object of the host's own: Rust hands the message to `handclasp._bridge`, which calls `send`.

use std::future::Future;
use std::sync::Arc;

use async_trait::async_trait;
use handclasp::mail::{MailFailure, Mailer, Message};
use pyo3::prelude::*;

use crate::process::Process;

tokio::task_local! {
    /// The event loop of the coroutine that is calling, on which an asynchronous mailer is run.
    static CALLER: Option<Arc<Py<PyAny>>>;
}

/// The event loop that runs in this thread.
pub(crate) fn running_loop(py: Python<'_>) -> PyResult<Arc<Py<PyAny>>> {
    Ok(Arc::new(py.import("asyncio")?.call_method0("get_running_loop")?.unbind()))
}

/// Runs `work` on behalf of a coroutine of that loop.
pub(crate) fn with_loop<F: Future>(caller: Arc<Py<PyAny>>, work: F) -> impl Future<Output = F::Output> {
    CALLER.scope(Some(caller), work)
}

/// A mailer whose `send` is Python.
#[derive(Debug)]
pub(crate) struct PythonMailer {
    process: &'static Process,
    bridge: Arc<Py<PyAny>>,
}

impl PythonMailer {
    pub(crate) fn new(process: &'static Process, bridge: Py<PyAny>) -> Self {
        Self { process, bridge: Arc::new(bridge) }
    }
}

impl PythonMailer {
    /// How sending went, as JSON text, or why there is no saying.
    async fn deliver(&self, message: String) -> Result<String, String> {
        let (process, bridge) = (self.process, Arc::clone(&self.bridge));
        let caller = CALLER.try_with(Clone::clone).ok().flatten();
        // A plain `send` may block for long: not on a thread that others need.
        let sent = tokio::task::spawn_blocking(move || {
            let Some(_pass) = process.gate.enter() else {
                return Err("the interpreter is ending".to_owned());
            };
            Python::attach(|py| {
                let caller = caller.as_deref().map(|caller| caller.clone_ref(py));
                let outcome = bridge.call1(py, (message, caller));
                outcome.and_then(|outcome| outcome.extract(py)).map_err(|error| error.to_string())
            })
        });
        sent.await.unwrap_or_else(|_| Err("the mailer failed".to_owned()))
    }
}

#[async_trait]
impl Mailer for PythonMailer {
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        handclasp_wire::mail_outcome(self.deliver(handclasp_wire::message_json(message).to_string()).await)
    }
}
