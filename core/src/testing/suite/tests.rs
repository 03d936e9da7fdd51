//! The suite passes on the reference, and bites.

mod mutants;
mod mutation;

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;

use self::mutation::Mutant;
use super::{Check, STORAGE_SUITE};
use crate::storage::Storage;
use crate::storage::memory::Memory;
use crate::testing::{Counting, Gate};

async fn breaks(check: &Check, store: Arc<dyn Storage>) -> bool {
    AssertUnwindSafe((check.run)(store)).catch_unwind().await.is_err()
}

#[tokio::test]
async fn memory_keeps_every_promise_and_so_does_what_counts_holds_or_delays_it() {
    for check in STORAGE_SUITE {
        (check.run)(Arc::new(Memory::new())).await;
        (check.run)(Arc::new(Counting::new(Arc::new(Memory::new())))).await;
        (check.run)(Arc::new(Gate::new(Arc::new(Memory::new())))).await;
        (check.run)(Arc::new(Mutant::faithful())).await;
        (check.run)(Arc::new(Mutant::slow())).await;
    }
}

#[test]
fn the_promises_and_the_checks_are_one_list() {
    let docs =
        include_str!("../../storage/mod.rs").lines().map(str::trim_start).filter(|line| line.starts_with("/// - `"));
    let quoted = docs.flat_map(|line| line.split('`').skip(1).step_by(2));
    let is_promise = |word: &&str| {
        word.contains('_')
            && word.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let promises: Vec<_> = quoted.filter(is_promise).collect();
    let checks: Vec<_> = STORAGE_SUITE.iter().map(|check| check.name).collect();
    assert_eq!(promises.iter().collect::<BTreeSet<_>>(), checks.iter().collect());
    assert_eq!((promises.len(), checks.len()), (promises.iter().collect::<BTreeSet<_>>().len(), promises.len()));
}

#[tokio::test]
async fn every_mutant_is_caught_by_the_check_it_is_meant_for() {
    let mut missed = Vec::new();
    let mut caught = BTreeSet::new();
    for (name, promise, mutant) in mutants::all() {
        let check = STORAGE_SUITE.iter().find(|check| check.name == promise).unwrap();
        caught.insert(promise);
        if !breaks(check, Arc::new(mutant)).await {
            missed.push((name, promise));
        }
    }
    assert_eq!(missed, []);
    let checks: BTreeSet<_> = STORAGE_SUITE.iter().map(|check| check.name).collect();
    assert_eq!(caught, checks, "every check has been seen to fail");
}
