//! What must hold for any bytes, of everything that reads what strangers, hosts or disks hand in.
//!
//! Each target is a function that panics where its promise is broken. `make test` runs them on the inputs of
//! `tests/fuzz/corpus` and on some thousands of changed ones (`tests/tests/fuzz.rs`); `make fuzz` hands them to
//! libFuzzer (`tests/fuzz`), which looks for inputs that go new ways.

mod email;
mod files;
mod input;
mod mail;
mod mutate;
mod rows;
mod sealed;
mod wire;

use std::path::PathBuf;

pub use self::input::{END, Input};
pub use self::mutate::Mutator;

/// A promise for any bytes.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Target {
    /// Its name, also of its corpus.
    pub name: &'static str,
    /// Panics if the promise is broken for these bytes.
    pub holds: fn(&[u8]),
    /// So many changed inputs in a second or two, built without optimisation.
    pub rounds: usize,
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "token", holds: sealed::token, rounds: 4_000 },
    Target { name: "claim", holds: sealed::claim, rounds: 1_000 },
    Target { name: "cursor", holds: sealed::cursor, rounds: 4_000 },
    Target { name: "email", holds: email::email, rounds: 4_000 },
    Target { name: "row", holds: rows::row, rounds: 8_000 },
    Target { name: "event", holds: rows::event, rounds: 4_000 },
    Target { name: "message", holds: mail::message, rounds: 500 },
    Target { name: "eml", holds: mail::eml, rounds: 2_000 },
    Target { name: "csv", holds: files::csv, rounds: 4_000 },
    Target { name: "scenario", holds: files::scenario, rounds: 4_000 },
];

/// The target of a name.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn target(name: &str) -> Target {
    *TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("there is no target `{name}`"))
}

/// The folder of a target's inputs.
#[must_use]
pub fn corpus(target: &str) -> PathBuf {
    super::golden::path("fuzz/corpus").join(target)
}

/// A target's inputs by the names of their files, in the order of names.
///
/// # Panics
/// If they can't be read.
#[must_use]
pub fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(corpus(target)).unwrap_or_else(|error| panic!("the corpus of {target}: {error}"));
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read(&path).expect("an input"))
    };
    let mut inputs: Vec<_> = files.map(read).collect();
    inputs.sort();
    inputs
}
