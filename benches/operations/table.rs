//! Medians, and the table of them.

use std::time::Duration;

use crate::job::Job;
use crate::path::{BURST, Measured};

/// A store, what is done and how many call at once, with what was measured in each round.
pub(crate) struct Line {
    pub(crate) store: &'static str,
    pub(crate) job: Job,
    pub(crate) callers: usize,
    pub(crate) rounds: Vec<Round>,
}

/// Path and floors, one after the other.
pub(crate) struct Round {
    pub(crate) path: Measured,
    pub(crate) ungrouped: Option<Measured>,
    pub(crate) grouped: Option<Measured>,
}

/// Which floor.
pub(crate) type Floor = fn(&Round) -> Option<Measured>;
/// One commit each.
pub(crate) const UNGROUPED: Floor = |round| round.ungrouped;
/// Many commits together.
pub(crate) const GROUPED: Floor = |round| round.grouped;

impl Line {
    pub(crate) const fn new(store: &'static str, job: Job, callers: usize) -> Self {
        Self { store, job, callers, rounds: Vec::new() }
    }

    pub(crate) fn path(&self, what: fn(Measured) -> f64) -> f64 {
        median(self.rounds.iter().map(|round| what(round.path)))
    }

    /// A median over the rounds, or nothing where there is no such floor.
    fn beside(&self, floor: Floor, what: fn(Measured, Measured) -> f64) -> Option<f64> {
        let each = self.rounds.iter().map(|round| Some(what(round.path, floor(round)?)));
        each.collect::<Option<Vec<_>>>().map(|values| median(values.into_iter()))
    }

    /// The path's speed, as a part of the floor's.
    pub(crate) fn ratio(&self, floor: Floor) -> Option<f64> {
        self.beside(floor, |path, floor| path.per_second / floor.per_second)
    }

    /// How many calls in a second the quickest burst made, and as a part of what the floor's did.
    pub(crate) fn burst(&self) -> (f64, Option<f64>) {
        (self.path(|path| path.burst), self.beside(UNGROUPED, |path, floor| path.burst / floor.burst))
    }

    /// How many microseconds half of the calls take over half of the floor's transactions.
    pub(crate) fn over(&self) -> Option<f64> {
        self.beside(UNGROUPED, |path, floor| micros(path.p50) - micros(floor.p50))
    }
}

/// The middle one; of none, nothing that could pass for a number.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

pub(crate) fn micros(span: Duration) -> f64 {
    span.as_secs_f64() * 1e6
}

/// All lines, and what stands in them.
pub(crate) fn print(lines: &[Line]) {
    println!("\n{:45} | {:^34} | {:^16}", "", "floor, one commit each", "floor, in groups");
    println!(
        "{:8} {:11} {:>7} {:>7} {:>7} {:>7} | {:>8} {:>6} {:>8} {:>8} | {:>8} {:>6}",
        "store",
        "job",
        "callers",
        "path/s",
        "p50 µs",
        "p99 µs",
        "floor/s",
        "ratio",
        "p50 µs",
        "over µs",
        "floor/s",
        "ratio"
    );
    for line in lines {
        let cell =
            |value: Option<f64>, digits: usize| value.map_or("–".to_owned(), |value| format!("{value:.digits$}"));
        println!(
            "{:8} {:11} {:>7} {:>7.0} {:>7.0} {:>7.0} | {:>8} {:>6} {:>8} {:>8} | {:>8} {:>6}",
            line.store,
            line.job.name(),
            line.callers,
            line.path(|path| path.per_second),
            line.path(|path| micros(path.p50)),
            line.path(|path| micros(path.p99)),
            cell(line.beside(UNGROUPED, |_, floor| floor.per_second), 0),
            cell(line.ratio(UNGROUPED), 2),
            cell(line.beside(UNGROUPED, |_, floor| micros(floor.p50)), 0),
            cell(line.over(), 0),
            cell(line.beside(GROUPED, |_, floor| floor.per_second), 0),
            cell(line.ratio(GROUPED), 2),
        );
    }
    println!("Ratios and differences are medians of their own, taken round by round.");
    let lone: Vec<_> = lines.iter().filter(|line| line.callers == 1).collect();
    if !lone.is_empty() {
        print_bursts(&lone);
    }
}

fn print_bursts(lines: &[&Line]) {
    println!("\n{:8} {:11} {BURST} calls in a row, the quickest of a round, in a second", "1 caller", "job");
    for line in lines {
        let (path, ratio) = line.burst();
        let ratio = ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        println!("{:8} {:11} {path:>7.0}, {ratio} of the floor's", line.store, line.job.name());
    }
}
