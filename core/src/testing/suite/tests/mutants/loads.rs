//! Loads that see the wrong thing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::{Mutant, Named};
use crate::storage::{Commit, Committed, Storage, Version, Versioned};
use crate::testing::suite::stage::give_way;

const SNAPSHOT: &str = "load_sees_one_snapshot";
const ANSWERED: &str = "load_sees_every_commit_that_was_answered";
const EVERYTHING: &str = "commit_writes_everything";

pub(super) fn all() -> Vec<Named> {
    vec![
        ("a load reads record by record", SNAPSHOT, record_by_record()),
        ("a commit writes in two halves", SNAPSHOT, in_two_halves()),
        ("a commit that is dropped has written half", EVERYTHING, in_two_halves()),
        ("a load answers what an earlier one found", ANSWERED, from_a_cache()),
        ("a commit answers before it writes", ANSWERED, answered_too_early()),
        ("a load answers in the order of the table", ANSWERED, in_another_order()),
        ("a load leaves out what is not there", ANSWERED, without_the_missing()),
    ]
}

fn record_by_record() -> Mutant {
    Mutant::faithful().load(|inner, keys| async move {
        let mut found = Vec::new();
        for key in keys {
            found.extend(inner.load(&[key]).await?);
            give_way().await;
        }
        Ok(found)
    })
}

fn in_two_halves() -> Mutant {
    Mutant::faithful().commit(|inner, mut commit| async move {
        let rest = commit.writes.split_off(commit.writes.len() / 2);
        let second = Commit { writes: rest, guards: Vec::new(), spends: Vec::new(), ..commit.clone() };
        let answer = inner.commit(commit).await?;
        if answer != Committed::Done || second.writes.is_empty() {
            return Ok(answer);
        }
        give_way().await;
        inner.commit(second).await
    })
}

fn from_a_cache() -> Mutant {
    let cache = Arc::new(Mutex::new(HashMap::new()));
    Mutant::faithful().load(move |inner, keys| {
        let cache = Arc::clone(&cache);
        async move {
            let found = inner.load(&keys).await?;
            // Once in a while only, as a replica that lags.
            let mut cache = cache.lock().unwrap();
            let earlier: Vec<Versioned> = keys
                .iter()
                .zip(&found)
                .map(|(key, now)| cache.insert(*key, now.clone()).unwrap_or(now.clone()))
                .collect();
            Ok(earlier)
        }
    })
}

/// The commit before is written when the next one comes.
fn answered_too_early() -> Mutant {
    let waiting: Arc<Mutex<Option<Commit>>> = Arc::default();
    Mutant::faithful().commit(move |inner, commit| {
        let before = waiting.lock().unwrap().replace(commit);
        async move {
            if let Some(before) = before {
                inner.commit(before).await?;
            }
            Ok(Committed::Done)
        }
    })
}

fn in_another_order() -> Mutant {
    Mutant::faithful().load(|inner, mut keys| async move {
        keys.sort();
        inner.load(&keys).await
    })
}

fn without_the_missing() -> Mutant {
    Mutant::faithful().load(|inner, keys| async move {
        let mut found = inner.load(&keys).await?;
        found.retain(|versioned| versioned.version > Version::NONE);
        Ok(found)
    })
}
