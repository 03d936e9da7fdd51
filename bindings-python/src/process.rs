//! What belongs to one operating-system process: its runtime, and the gate through which its threads reach Python.
//!
//! Threads do not survive a `fork`, so nothing here is inherited: a child gets a runtime of its own at its first call,
//! and what the parent had is left where it lies (dropping it would wait for threads that the child never had).

use std::sync::{Condvar, Mutex, PoisonError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::runtime::Runtime;

/// The runtime and the gate of one process. Leaked on purpose: it lives as long as the process does.
#[derive(Debug)]
pub(crate) struct Process {
    id: u32,
    pub(crate) runtime: Runtime,
    pub(crate) gate: Gate,
}

/// The current process, once it has made a call.
///
/// Locked only while attached to the interpreter, and `os.fork` is called attached too: so no other thread can hold the
/// lock at the moment when a child is made, and it is free in every child.
static CURRENT: Mutex<Option<&'static Process>> = Mutex::new(None);

impl Process {
    /// The process that we are in, with a fresh runtime if this is its first call.
    pub(crate) fn current(_attached: Python<'_>) -> PyResult<&'static Self> {
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(process) = *current
            && process.is_current()
        {
            return Ok(process);
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("handclasp")
            .enable_all()
            .build()
            .map_err(|error| PyRuntimeError::new_err(format!("no thread for Handclasp: {error}")))?;
        let process: &'static Self =
            Box::leak(Box::new(Self { id: std::process::id(), runtime, gate: Gate::default() }));
        *current = Some(process);
        Ok(process)
    }

    /// Whether this is the process that we are in.
    pub(crate) fn is_current(&self) -> bool {
        self.id == std::process::id()
    }

    /// The process that we are in, unless it has made no call yet.
    fn existing(_attached: Python<'_>) -> Option<&'static Self> {
        let current = *CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        current.filter(|process| process.is_current())
    }
}

/// Keeps our threads out of an interpreter that is ending.
///
/// A foreign thread that touches Python while the interpreter finalizes takes the whole process down with it. So each
/// section of a runtime thread that wakes or calls Python takes a pass, and `atexit`, which runs while Python is still
/// whole, closes the gate and waits until the last pass is handed back.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    state: Mutex<State>,
    left: Condvar,
}

#[derive(Debug, Default)]
struct State {
    closed: bool,
    inside: usize,
}

/// The right to touch Python, until it is dropped.
#[derive(Debug)]
pub(crate) struct Pass<'gate>(&'gate Gate);

impl Gate {
    /// A pass, or `None` once the interpreter has begun to end.
    pub(crate) fn enter(&self) -> Option<Pass<'_>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return None;
        }
        state.inside += 1;
        Some(Pass(self))
    }

    fn close(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.closed = true;
        while state.inside > 0 {
            state = self.left.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.inside -= 1;
        self.0.left.notify_all();
    }
}

/// Called by `atexit`: from here on no thread of ours touches Python.
#[pyfunction]
pub(crate) fn close_gate(py: Python<'_>) {
    if let Some(process) = Process::existing(py) {
        py.detach(|| process.gate.close());
    }
}
