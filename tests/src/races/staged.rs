//! A database as it stands before a race, and the calls that will race on it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::join_all;
use handclasp::storage::{Commit, Committed, Memory, Storage};
use handclasp::{Clock, Configuration, Handclasp, Timestamp};
use serde_json::Value;

use super::watched::{Watch, Watched};
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

/// A database as it stands before a race: the commits that led there, which lead to the same again on any empty store.
#[derive(Debug)]
pub struct Staged {
    /// What may race on it.
    pub calls: Vec<Call>,
    pub(super) commits: Vec<Commit>,
    pub(super) configuration: Configuration,
    /// What time it is there.
    pub(super) now: Timestamp,
}

/// Keeps every commit that stands.
#[derive(Debug, Default)]
struct Recorder(Mutex<Vec<Commit>>);

impl Watch for Recorder {
    fn answered(&self, commit: Commit, committed: &Committed) {
        if *committed == Committed::Done {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(commit);
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
        let commits = std::mem::take(&mut *storage.watch.0.lock().unwrap_or_else(PoisonError::into_inner));
        Self { calls, commits, configuration, now }
    }

    /// Brings an empty store to where the stage stands.
    ///
    /// # Panics
    /// If the store refuses what another has taken.
    pub async fn copy_to(&self, storage: &dyn Storage) {
        // Asked for in their order, and answered together: a file is flushed once for many.
        let commits = self.commits.iter().map(|commit| storage.commit(commit.clone()));
        for committed in join_all(commits).await {
            assert_eq!(committed.expect("a commit"), Committed::Done);
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
