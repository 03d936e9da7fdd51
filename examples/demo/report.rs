//! What the user reads.

use std::fmt::Display;
use std::io::{self, Write};
use std::time::Instant;

use anyhow::Result;

/// Where a step's time stands.
const WIDTH: usize = 64;

/// Numbered steps, each with its time and what came of it.
#[derive(Debug)]
pub(crate) struct Report<W> {
    out: W,
    steps: usize,
    began: Instant,
}

/// What came of a step, line by line.
pub(crate) type Lines = Vec<String>;

impl<W: Write> Report<W> {
    /// Nothing done yet.
    pub(crate) fn new(out: W) -> Self {
        Self { out, steps: 0, began: Instant::now() }
    }

    /// A line of its own.
    pub(crate) fn say(&mut self, text: impl Display) -> Result<()> {
        Ok(writeln!(self.out, "{text}")?)
    }

    /// Does a step. Its title is there while it runs, its time and lines when it is done.
    pub(crate) async fn step<T>(&mut self, title: &str, step: impl Future<Output = Result<(T, Lines)>>) -> Result<T> {
        self.steps += 1;
        write!(self.out, "\n{}. {title} ", self.steps)?;
        self.out.flush()?;
        let began = Instant::now();
        let outcome = step.await;
        let dots = ".".repeat(WIDTH.saturating_sub(title.chars().count()).max(3));
        writeln!(self.out, "{dots} {:.2} s", began.elapsed().as_secs_f64())?;
        let (value, lines) = outcome?;
        for line in lines {
            writeln!(self.out, "   {line}")?;
        }
        Ok(value)
    }

    /// Seconds since the start.
    pub(crate) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}

/// Whether nobody reads on, as in `make demo | head`.
pub(crate) fn nobody_reads(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// As many as there are, in words: `1 mail`, `2 mails`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    let word = if number == 1 { one } else { many };
    format!("{number} {word}")
}
