//! The native half of the Python package `handclasp`: operations and arguments go in as JSON text, answers come out.
//!
//! Everything that a user sees (classes, exceptions, docstrings) is Python, generated from the description of the
//! surface; here is only what Python can't do: hold the handle, run futures, and keep off an interpreter that is ending.

mod mailer;
mod process;
mod run;

use std::sync::Arc;

use handclasp_wire::Host;
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

use crate::mailer::PythonMailer;
use crate::process::Process;

create_exception!(
    handclasp._native,
    Refused,
    PyException,
    "Opening was refused; its argument is the error as JSON text."
);

/// An open Handclasp, in the process that opened it.
#[pyclass(frozen, module = "handclasp._native")]
#[derive(Debug)]
struct Handle {
    process: &'static Process,
    /// Always there, until `drop` leaves it to the parent of a fork.
    host: Option<Arc<Host>>,
}

#[pymethods]
impl Handle {
    /// Opens a handle and waits for it.
    #[staticmethod]
    #[pyo3(signature = (configuration, bridge=None))]
    fn open(py: Python<'_>, configuration: String, bridge: Option<Py<PyAny>>) -> PyResult<Self> {
        let process = Process::current(py)?;
        let opened = run::blocking(py, process, open(process, configuration, bridge))?;
        Self::opened(process, opened)
    }

    /// Opens a handle as a coroutine.
    #[staticmethod]
    #[pyo3(signature = (configuration, bridge=None))]
    async fn open_async(configuration: String, bridge: Option<Py<PyAny>>) -> PyResult<Self> {
        let process = Python::attach(Process::current)?;
        let opened = run::coroutine(process, open(process, configuration, bridge)).await;
        Self::opened(process, opened)
    }

    /// Runs one operation and waits for its answer.
    fn call(&self, py: Python<'_>, operation: String, arguments: String) -> PyResult<String> {
        let host = match self.host() {
            Ok(host) => host,
            Err(answer) => return Ok(answer),
        };
        let work = async move { host.call(&operation, &arguments).await };
        Ok(run::blocking(py, self.process, work)?.unwrap_or_else(panicked))
    }

    /// Runs one operation as a coroutine.
    async fn call_async(&self, operation: String, arguments: String) -> PyResult<String> {
        let host = match self.host() {
            Ok(host) => host,
            Err(answer) => return Ok(answer),
        };
        let caller = Python::attach(mailer::running_loop)?;
        let work = mailer::with_loop(caller, async move { host.call(&operation, &arguments).await });
        Ok(run::coroutine(self.process, work).await.unwrap_or_else(panicked))
    }

    /// The messages captured so far as JSON text, or `None` if the handle has another mailer.
    fn sent(&self) -> Option<String> {
        self.host().ok()?.sent()
    }

    /// Finishes what is under way and waits for it; later calls answer `closed`.
    fn close(&self, py: Python<'_>) -> PyResult<String> {
        let Ok(host) = self.host() else {
            // It is the parent's to close.
            return Ok(nothing());
        };
        let work = async move { host.close().await };
        Ok(run::blocking(py, self.process, work)?.unwrap_or_else(panicked))
    }

    /// Finishes what is under way as a coroutine; later calls answer `closed`.
    async fn close_async(&self) -> PyResult<String> {
        let Ok(host) = self.host() else {
            return Ok(nothing());
        };
        let work = async move { host.close().await };
        Ok(run::coroutine(self.process, work).await.unwrap_or_else(panicked))
    }
}

impl Handle {
    fn opened(process: &'static Process, opened: Option<Result<Host, String>>) -> PyResult<Self> {
        match opened {
            Some(Ok(host)) => Ok(Self { process, host: Some(Arc::new(host)) }),
            Some(Err(error)) => Err(Refused::new_err(error)),
            None => Err(Refused::new_err(problem("internal", "opening failed inside Handclasp").to_string())),
        }
    }

    /// The host, or the answer why not.
    fn host(&self) -> Result<Arc<Host>, String> {
        if self.is_inherited() {
            let message = "this handle was opened before the process was forked: open another one in the child";
            return Err(answer("forked", message));
        }
        self.host.clone().ok_or_else(panicked)
    }

    /// Whether we are in a child of the process that opened the handle.
    fn is_inherited(&self) -> bool {
        !self.process.is_current()
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if self.is_inherited() {
            // Its threads and locks stayed in the parent: to wait for them here would be to wait for ever.
            std::mem::forget(self.host.take());
        }
    }
}

async fn open(process: &'static Process, configuration: String, bridge: Option<Py<PyAny>>) -> Result<Host, String> {
    let opened = match bridge {
        Some(bridge) => {
            let mailer = PythonMailer::new(process, bridge);
            handclasp_wire::open_with_mailer(&configuration, Arc::new(mailer)).await
        }
        None => handclasp_wire::open(&configuration).await,
    };
    opened.map_err(|error| error.to_json())
}

fn problem(code: &str, message: &str) -> serde_json::Value {
    serde_json::json!({ "code": code, "message": message, "fields": {} })
}

fn answer(code: &str, message: &str) -> String {
    serde_json::json!({ "error": problem(code, message) }).to_string()
}

fn nothing() -> String {
    serde_json::json!({ "ok": null }).to_string()
}

fn panicked() -> String {
    answer("internal", "the call failed inside Handclasp")
}

/// The module `handclasp._native`.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Handle>()?;
    module.add("Refused", module.py().get_type::<Refused>())?;
    let close = wrap_pyfunction!(process::close_gate, module)?;
    module.py().import("atexit")?.call_method1("register", (close,))?;
    Ok(())
}
