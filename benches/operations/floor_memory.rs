//! What maps alone need to take the rows: one thread, nothing looked up, compared or listed.

use std::collections::HashMap;
use std::time::Instant;

use handclasp::storage::Value;

use crate::path::Measured;
use crate::steps::Step;

/// Puts the rows of commits into a map for each table.
pub(crate) fn run(commits: &[Vec<Step>]) -> Measured {
    let mut tables: HashMap<&str, HashMap<Vec<Value>, Vec<Value>>> = HashMap::new();
    let mut timed = Vec::with_capacity(commits.len());
    let begun = Instant::now();
    for commit in commits {
        let begun = Instant::now();
        for step in commit {
            let table = step.form.table();
            let version = table.head.iter().position(|column| column.name == "version");
            let (key, row) = step.row.split_at(version.unwrap_or(table.head.len()));
            tables.entry(table.name).or_default().insert(key.to_vec(), row.to_vec());
        }
        timed.push(begun.elapsed());
    }
    Measured::of(commits.len(), begun.elapsed(), timed)
}
