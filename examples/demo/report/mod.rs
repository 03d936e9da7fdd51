//! What the user reads: the same facts as text for people or, with `--json`, as lines of JSON for programs.

mod progress;
mod told;

use std::io::{self, Write};
use std::time::Instant;

use anyhow::Result;
use handclasp::Clock;
use handclasp::testing::ManualClock;
use serde::Serialize;

pub(crate) use self::progress::Progress;
pub(crate) use self::told::Heading;

/// Where a step's time stands.
const WIDTH: usize = 68;

/// What a step found out, for programs as it is, for people in words.
pub(crate) trait Facts: Serialize {
    /// What programs call the step.
    const STEP: &'static str;
    /// What people call it.
    const TITLE: &'static str;

    /// The facts, line by line.
    fn lines(&self) -> Vec<String>;
}

/// The steps, each with its time and what came of it.
#[derive(Debug)]
pub(crate) struct Report<'a, W> {
    out: W,
    json: bool,
    clock: &'a ManualClock,
    progress: &'a Progress,
    steps: usize,
    began: Instant,
}

/// A line of JSON.
#[derive(Serialize)]
struct Line<'a, F> {
    step: &'static str,
    /// By the clock of the story.
    at: String,
    /// By the clock on the wall.
    seconds: f64,
    #[serde(flatten)]
    facts: &'a F,
}

impl<'a, W: Write> Report<'a, W> {
    /// Nothing done yet.
    pub(crate) fn new(out: W, json: bool, clock: &'a ManualClock, progress: &'a Progress) -> Self {
        Self { out, json, clock, progress, steps: 0, began: Instant::now() }
    }

    /// Does a step and tells of it.
    pub(crate) async fn step<T, F: Facts>(&mut self, step: impl Future<Output = Result<(T, F)>>) -> Result<T> {
        self.steps += 1;
        let title = format!("{}. {}", self.steps, F::TITLE);
        self.progress.begin(&title);
        let began = Instant::now();
        let outcome = step.await;
        self.progress.end();
        let seconds = began.elapsed().as_secs_f64();
        if !self.json {
            let dots = ".".repeat(WIDTH.saturating_sub(title.chars().count()).max(3));
            writeln!(self.out, "\n{title} {dots} {seconds:.2} s")?;
        }
        let (value, facts) = outcome?;
        self.tell(&facts, seconds, "   ")?;
        Ok(value)
    }

    /// Tells facts that are no step.
    pub(crate) fn say(&mut self, facts: &impl Facts) -> Result<()> {
        self.tell(facts, self.began.elapsed().as_secs_f64(), "")
    }

    fn tell<F: Facts>(&mut self, facts: &F, seconds: f64, indent: &str) -> Result<()> {
        if self.json {
            let at = self.clock.now()?.to_string();
            let seconds = (seconds * 1_000.0).round() / 1_000.0;
            serde_json::to_writer(&mut self.out, &Line { step: F::STEP, at, seconds, facts })?;
            writeln!(self.out)?;
        } else {
            for line in facts.lines() {
                writeln!(self.out, "{}", format!("{indent}{line}").trim_end())?;
            }
        }
        Ok(self.out.flush()?)
    }

    /// Seconds since the start.
    pub(crate) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}

/// Whether nobody reads on, as in `make demo | head`.
pub(crate) fn nobody_reads(error: &anyhow::Error) -> bool {
    let broken = |kind| kind == io::ErrorKind::BrokenPipe;
    error.downcast_ref::<io::Error>().is_some_and(|error| broken(error.kind()))
        || error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind).is_some_and(broken)
}
