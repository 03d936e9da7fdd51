//! How far a long step is, for somebody at a terminal.

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// The step must run for so long before anything is shown, and again between two showings.
const PAUSE: Duration = Duration::from_millis(120);

/// A line on stderr that is drawn over and goes when the step is done. Where stderr is no terminal, nothing is shown: a
/// file or a program gets no control characters.
#[derive(Debug)]
pub(crate) struct Progress {
    shows: bool,
    title: RefCell<String>,
    done: Cell<usize>,
    drawn: Cell<usize>,
    since: Cell<Instant>,
}

impl Progress {
    /// For this process's stderr.
    pub(crate) fn on_stderr() -> Self {
        let since = Cell::new(Instant::now());
        Self {
            shows: io::stderr().is_terminal(),
            title: RefCell::default(),
            done: Cell::new(0),
            drawn: Cell::new(0),
            since,
        }
    }

    /// A step begins.
    pub(crate) fn begin(&self, title: &str) {
        title.clone_into(&mut self.title.borrow_mut());
        self.done.set(0);
        self.since.set(Instant::now());
    }

    /// One more of so many is done.
    pub(crate) fn tick(&self, total: usize) {
        self.done.set(self.done.get() + 1);
        self.show(format_args!("{} of {total}", self.done.get()));
    }

    /// So many are done, and nobody knows how many there are.
    pub(crate) fn reach(&self, done: usize, what: &str) {
        self.show(format_args!("{done} {what}"));
    }

    fn show(&self, how_far: impl Display) {
        if !self.shows || self.since.get().elapsed() < PAUSE {
            return;
        }
        self.since.set(Instant::now());
        let line = format!("{}: {how_far}", self.title.borrow());
        self.draw(&line);
        self.drawn.set(line.chars().count());
    }

    /// The step is over, and its line gone.
    pub(crate) fn end(&self) {
        if self.drawn.get() > 0 {
            self.draw("");
            self.drawn.set(0);
            // Back to where the next line begins.
            self.draw("");
        }
    }

    /// Over what was drawn before, which may have been longer.
    fn draw(&self, line: &str) {
        let mut terminal = io::stderr();
        let width = self.drawn.get();
        // A progress that can't be shown is no reason to stop.
        let _ = write!(terminal, "\r{line:<width$}").and_then(|()| terminal.flush());
    }
}
