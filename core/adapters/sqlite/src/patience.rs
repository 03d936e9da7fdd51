//! How long to wait for a lock that another process holds.

use std::thread;
use std::time::{Duration, Instant};

/// The first pause, about as long as a small commit.
const FIRST: Duration = Duration::from_micros(100);
/// The longest one. SQLite's own waiting goes up to 100 ms: too long to meet the moments between two groups of a busy
/// process, so that some would starve.
const LONGEST: Duration = Duration::from_millis(2);

/// Waiting with an end, in pauses that grow.
#[derive(Debug)]
pub(crate) struct Patience {
    end: Instant,
    next: Duration,
}

impl Patience {
    /// From now on, for so long.
    pub(crate) fn new(span: Duration) -> Self {
        Self::until(deadline(span))
    }

    /// Until then.
    pub(crate) const fn until(end: Instant) -> Self {
        Self { end, next: FIRST }
    }

    /// Waits a moment; false, at once, when there is nothing left to wait.
    pub(crate) fn pause(&mut self) -> bool {
        let left = self.end.saturating_duration_since(now());
        if left.is_zero() {
            return false;
        }
        #[expect(clippy::disallowed_methods, reason = "the one place: waiting for a lock, on a thread of our own")]
        thread::sleep(self.next.min(left));
        self.next = (self.next * 2).min(LONGEST);
        true
    }
}

/// So long from now.
pub(crate) fn deadline(span: Duration) -> Instant {
    let now = now();
    // A span beyond the clock's end is as good as a year.
    now.checked_add(span).unwrap_or_else(|| now + Duration::from_secs(31_536_000))
}

/// Now, on the clock that never steps back.
pub(crate) fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "the one place: a lock is waited for in real time")]
    Instant::now()
}
