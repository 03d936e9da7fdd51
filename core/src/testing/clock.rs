//! A clock that stands still until it is moved.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::latch::Latch;
use crate::time::{Clock, ClockOutOfRange, Timestamp};

/// A clock that stands still until it is moved; every clone shows the same time.
///
/// ```
/// use handclasp::{Clock, testing::ManualClock};
/// let clock = ManualClock::at("2026-01-05T09:00:00Z");
/// clock.clone().advance(std::time::Duration::from_secs(60));
/// assert_eq!(clock.now()?.to_string(), "2026-01-05T09:01:00.000000Z");
/// # Ok::<(), handclasp::ClockOutOfRange>(())
/// ```
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<Mutex<Shown>>);

#[derive(Debug)]
struct Shown {
    now: Timestamp,
    sleeping: Vec<(Timestamp, Arc<Latch>)>,
}

impl ManualClock {
    /// A clock that shows this time.
    ///
    /// # Panics
    /// If the text is no time.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test kit fails by panicking")]
    pub fn at(time: &str) -> Self {
        let now = time.parse().expect("an instant such as 2026-01-05T09:00:00Z");
        Self(Arc::new(Mutex::new(Shown { now, sleeping: Vec::new() })))
    }

    /// Moves the clock forward.
    pub fn advance(&self, span: Duration) {
        // Read and moved under one lock, so that two advances add up.
        self.move_to(|now| now.plus(span));
    }

    /// Moves the clock to this time, forward or back.
    pub fn set(&self, now: Timestamp) {
        self.move_to(|_| now);
    }

    fn move_to(&self, time: impl FnOnce(Timestamp) -> Timestamp) {
        let woken: Vec<_> = {
            let mut shown = self.shown();
            let now = time(shown.now);
            shown.now = now;
            shown.sleeping.extract_if(.., |(until, _)| *until <= now).collect()
        };
        woken.iter().for_each(|(_, latch)| latch.raise());
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nothing if it is that late already.
    fn sleep(&self, at: Timestamp) -> Option<Arc<Latch>> {
        let mut shown = self.shown();
        if shown.now >= at {
            return None;
        }
        // Whoever stopped waiting has dropped its half.
        shown.sleeping.retain(|(_, latch)| Arc::strong_count(latch) > 1);
        let latch = Arc::new(Latch::default());
        shown.sleeping.push((at, Arc::clone(&latch)));
        Some(latch)
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> Result<Timestamp, ClockOutOfRange> {
        Ok(self.shown().now)
    }

    async fn sleep_until(&self, at: Timestamp) {
        if let Some(latch) = self.sleep(at) {
            latch.raised().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::{join, join_all};
    use futures_util::poll;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn a_sleeper_wakes_when_the_time_is_reached_and_not_before() {
        let clock = ManualClock::at("2026-01-05T09:00:00Z");
        let mut sleeper = clock.sleep_until(at("2026-01-05T09:00:02Z"));
        assert!(poll!(&mut sleeper).is_pending());
        clock.advance(Duration::from_micros(1_999_999));
        assert!(poll!(&mut sleeper).is_pending());
        clock.advance(Duration::from_micros(1));
        assert!(poll!(&mut sleeper).is_ready());
    }

    #[tokio::test]
    async fn moving_a_clone_wakes_every_sleeper_that_is_due() {
        let clock = ManualClock::at("2026-01-05T09:00:00Z");
        let hand = clock.clone();
        let sleepers = join_all(
            [1, 2, 3].map(|second| clock.sleep_until(at("2026-01-05T09:00:00Z").plus(Duration::from_secs(second)))),
        );
        // Awaited, not polled by hand: this hangs unless the sleepers are really woken.
        join(sleepers, async { hand.set(at("2026-01-05T10:00:00Z")) }).await;
    }

    #[tokio::test]
    async fn a_time_that_was_reached_counts_though_the_clock_steps_back() {
        let clock = ManualClock::at("2026-01-05T09:00:00Z");
        let mut sleeper = clock.sleep_until(at("2026-01-05T10:00:00Z"));
        assert!(poll!(&mut sleeper).is_pending());
        clock.set(at("2026-01-05T10:00:00Z"));
        clock.set(at("2026-01-05T08:00:00Z"));
        assert!(poll!(&mut sleeper).is_ready());
        assert_eq!(clock.now().unwrap(), at("2026-01-05T08:00:00Z"));
    }

    #[tokio::test]
    async fn a_sleeper_that_gives_up_is_forgotten() {
        let clock = ManualClock::at("2026-01-05T09:00:00Z");
        for _ in 0..3 {
            let mut sleeper = clock.sleep_until(Timestamp::MAX);
            assert!(poll!(&mut sleeper).is_pending());
        }
        assert_eq!(clock.shown().sleeping.len(), 1);
    }
}
