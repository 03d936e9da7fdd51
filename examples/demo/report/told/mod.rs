//! The facts of every step, in words.

mod inviting;
mod setting_up;
mod showing;
mod working;

use std::fmt::Display;
use std::path::Path;

use serde::Serialize;

use super::Facts;
use crate::steps::Counts;
use crate::table::Outcome;

/// Where the story comes from and goes to.
#[derive(Debug, Serialize)]
pub(crate) struct Heading<'a> {
    pub(crate) data: &'a Path,
    pub(crate) database: &'a Path,
}

impl Facts for Heading<'_> {
    const STEP: &'static str = "start";
    const TITLE: &'static str = "";

    fn lines(&self) -> Vec<String> {
        vec![format!("Handclasp: {} into {}", self.data.display(), self.database.display())]
    }
}

/// As many as there are, in words: `1 mail`, `2 mails`.
fn count(number: impl TryInto<usize>, one: &str, many: &str) -> String {
    let number = number.try_into().unwrap_or(usize::MAX);
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What there is any of, as in `3 this, 2 that`.
fn listed<N: Copy + Into<u64>>(counts: impl IntoIterator<Item = (N, impl Display)>) -> String {
    let some = counts.into_iter().filter(|(number, _)| (*number).into() > 0);
    some.map(|(number, what)| format!("{} {what}", number.into())).collect::<Vec<_>>().join(", ")
}

/// The same of what is counted by name.
fn counted(counts: &Counts) -> String {
    let counts = counts.iter().map(|(what, number)| (u64::try_from(*number).unwrap_or(u64::MAX), what));
    listed(counts)
}

/// What was said to everybody, and how often.
fn refusals(counts: &Counts) -> Option<String> {
    let said: Vec<_> = counts.keys().map(|text| format!("\"{text}\"")).collect();
    let total: usize = counts.values().sum();
    (total > 0).then(|| format!("{}, all in the same words: {}", count(total, "refusal", "refusals"), said.join(", ")))
}

/// The rows of a file that were left out, with their lines.
fn left_out(outcome: &Outcome) -> Vec<String> {
    let mut lines = Vec::new();
    if !outcome.refused.is_empty() {
        let of = count(outcome.rows, "row", "rows");
        lines.push(format!("of {of} in {}, {} refused:", outcome.file, outcome.refused.len()));
    }
    let widest = outcome.refused.iter().map(|row| row.line).max().unwrap_or(0).to_string().len();
    let row = |row: &crate::table::Refused| format!("  {}:{:<widest$}  {}", row.file, row.line, row.reason);
    lines.extend(outcome.refused.iter().map(row));
    lines
}
