//! A database as it stands before a race, and the calls that will race on it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::join_all;
use handclasp::storage::{Committed, Memory, Storage};
use handclasp::{Clock, Configuration, Handclasp, Timestamp};
use serde_json::Value;

use super::watched::{Change, Watch, Watched};
use crate::stores::Place;
use crate::world::World;

/// One call, as data: it can be made on any copy.
#[derive(Debug, Clone)]
pub struct Call {
    /// What it is called in messages.
    pub name: &'static str,
    /// As in `invites.create`.
    pub operation: &'static str,
    /// Its arguments, with the actor.
    pub arguments: String,
}

impl Call {
    /// A call with these arguments.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "calls are written as `json!` where they are listed")]
    pub fn new(name: &'static str, operation: &'static str, arguments: Value) -> Self {
        Self { name, operation, arguments: arguments.to_string() }
    }

    /// Whether it writes before it commits.
    #[must_use]
    pub fn leases(&self) -> bool {
        self.operation == "outbox.deliver_due"
    }

    /// Makes the call.
    pub async fn on(&self, handclasp: &Handclasp) -> String {
        handclasp_wire::call(handclasp, self.operation, &self.arguments).await
    }
}

/// Makes a call that sets a stage, and so has to succeed.
///
/// # Panics
/// If it is refused.
pub async fn ask(world: &World, operation: &str, arguments: Value) -> Value {
    let answer = handclasp_wire::call(&world.handclasp, operation, &arguments.to_string()).await;
    let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
    assert!(answer.get("ok").is_some(), "{operation}: {answer}");
    answer["ok"].take()
}

/// A database as it stands before a race: the changes that led there, which lead to the same again on any empty store.
#[derive(Debug)]
pub struct Staged {
    /// What may race on it.
    pub calls: Vec<Call>,
    pub(super) changes: Vec<Change>,
    pub(super) configuration: Configuration,
    /// What time it is there.
    pub(super) now: Timestamp,
}

/// Keeps every change that stands.
#[derive(Debug, Default)]
struct Recorder(Mutex<Vec<Change>>);

impl Watch for Recorder {
    fn answered(&self, change: Change) {
        if !matches!(change, Change::Commit(_, Committed::Stale | Committed::Refused(_))) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(change);
        }
    }
}

impl Staged {
    /// Sets the stage in a world of its own.
    pub async fn set(configuration: Configuration, stage: impl AsyncFnOnce(&World) -> Vec<Call>) -> Self {
        let storage = Arc::new(Watched::new(Arc::new(Memory::new()), Recorder::default()));
        let world = World::with(Arc::clone(&storage) as Arc<_>, configuration.clone()).await;
        let calls = stage(&world).await;
        let now = world.clock.now().expect("a clock that is set");
        let changes = std::mem::take(&mut *storage.watch.0.lock().unwrap_or_else(PoisonError::into_inner));
        Self { calls, changes, configuration, now }
    }

    /// Brings an empty store to where the stage stands.
    ///
    /// # Panics
    /// If the store refuses what another has taken.
    pub async fn copy_to(&self, storage: &dyn Storage) {
        let commits = |change: &Change| matches!(change, Change::Commit(..));
        for changes in self.changes.chunk_by(|one, next| commits(one) && commits(next)) {
            // Asked for in their order, and answered together: a file is flushed once for many.
            join_all(changes.iter().map(|change| again(storage, change))).await;
        }
    }

    /// A copy in memory.
    pub async fn in_memory(&self) -> Arc<dyn Storage> {
        let memory = Memory::new();
        self.copy_to(&memory).await;
        Arc::new(memory)
    }

    /// A SQLite file that nobody has open, to be copied.
    ///
    /// # Panics
    /// If there is no room for one.
    pub async fn in_a_file(&self) -> Place {
        let place = Place::sqlite();
        let storage = place.open().await;
        self.copy_to(&*storage).await;
        storage.close().await.expect("a store can be closed");
        place
    }

    /// The places of the calls of these names.
    ///
    /// # Panics
    /// If there is none of a name.
    #[must_use]
    pub fn called<const N: usize>(&self, names: [&str; N]) -> [usize; N] {
        names.map(|name| self.calls.iter().position(|call| call.name == name).expect("a call of this name"))
    }
}

/// Changes what has been changed elsewhere.
async fn again(storage: &dyn Storage, change: &Change) {
    match change {
        Change::Commit(commit, committed) => {
            assert_eq!(storage.commit((**commit).clone()).await.expect("a commit"), *committed);
        }
        Change::Lease(lease) => drop(storage.lease(*lease).await.expect("a lease")),
        Change::Purge(purge) => drop(storage.purge(*purge).await.expect("a purge")),
    }
}

/// Another file with the content of one that nobody has open.
///
/// # Panics
/// If it can't be copied.
#[must_use]
pub fn copy_of(place: &Place) -> Place {
    let copy = Place::sqlite();
    let file = |place: &Place| -> PathBuf { place.folder().expect("a file").join("handclasp.db") };
    std::fs::copy(file(place), file(&copy)).expect("room for a copy");
    copy
}
