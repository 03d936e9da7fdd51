//! Stories in JSON that every language tells through its public methods: the format, and its runner in Rust.
//!
//! The format is described in `tests/scenarios/README.md`.

mod expect;
mod format;
mod references;
mod rehearse;
mod run;

use std::fs;

pub(crate) use self::expect::mismatch;
pub use self::format::{
    ActorDef, Called, Fails, Failure, Given, Limits, Mail, Quotas, Scenario, Settings, Step, Trouble,
};
pub(crate) use self::references::{Saved, part};
pub use self::rehearse::{APART, Rehearsed, Thoroughness, takes_a_key};
pub use self::run::{Outcome, Teller, configuration, rehearse, run, tell};

/// Every scenario by the name of its file, in the order of names.
///
/// # Panics
/// If one can't be read.
#[must_use]
pub fn all() -> Vec<(String, Scenario)> {
    let folder = super::golden::path("scenarios");
    let files = fs::read_dir(folder).expect("the folder of scenarios").map(|entry| entry.expect("an entry").path());
    let mut names: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|name| name != "schema")
        .collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), read(&name))).collect()
}

/// A scenario by the name of its file.
///
/// # Panics
/// If it can't be read.
#[must_use]
pub fn read(name: &str) -> Scenario {
    parse(&format!("scenarios/{name}.json"))
}

/// What several scenarios begin with.
///
/// # Panics
/// If it can't be read.
#[must_use]
pub fn given(name: &str) -> Given {
    parse(&format!("scenarios/given/{name}.json"))
}

fn parse<T: serde::de::DeserializeOwned>(file: &str) -> T {
    let text = fs::read_to_string(super::golden::path(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}
