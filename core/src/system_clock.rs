//! The host's own clock.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use std::thread::Builder;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use futures_timer::Delay;
use futures_util::future::{FutureExt, Shared};

use crate::time::{Clock, ClockOutOfRange, Timestamp};

/// The host's clock. It needs no particular async runtime.
#[derive(Debug, Default)]
pub struct SystemClock {
    /// The alarm that rings next. Every call that waits sets a deadline, and nearly all are done long before: were each
    /// to set a timer of its own, each would wake the thread of the timers twice.
    next: Mutex<Option<Alarm>>,
}

/// A timer that many wait for.
#[derive(Debug, Clone)]
struct Alarm {
    at: Timestamp,
    rung: Shared<Delay>,
}

impl SystemClock {
    /// The host's clock.
    #[must_use]
    pub const fn new() -> Self {
        Self { next: Mutex::new(None) }
    }

    /// An alarm that rings in time: the next one if it does, or one of its own.
    fn alarm(&self, now: Timestamp, at: Timestamp) -> Alarm {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        // One that has rung is of no use, even where the host's clock has been set back to before it.
        let serves = |alarm: &&Alarm| now < alarm.at && alarm.at <= at && alarm.rung.peek().is_none();
        if let Some(alarm) = next.as_ref().filter(serves) {
            return alarm.clone();
        }
        let alarm = Alarm { at, rung: Delay::new(at.since(now)).shared() };
        next.insert(alarm).clone()
    }
}

/// The last year is kept free, so that every span that the library adds stays in range.
const LAST_MICROS: i64 = 253_370_764_799_999_999;

#[async_trait]
impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the host's clock")]
    fn now(&self) -> Result<Timestamp, ClockOutOfRange> {
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_err(|_| ClockOutOfRange)?;
        let micros = i64::try_from(since_1970.as_micros()).map_err(|_| ClockOutOfRange)?;
        if micros > LAST_MICROS {
            return Err(ClockOutOfRange);
        }
        Timestamp::from_micros(micros).map_err(|_| ClockOutOfRange)
    }

    async fn sleep_until(&self, at: Timestamp) {
        while let Ok(now) = self.now() {
            if now >= at {
                return;
            }
            if timers_run() {
                self.alarm(now, at).rung.await;
            } else {
                give_way().await;
            }
        }
    }
}

/// Whether timers run. Their thread starts with the first of them; where it can't, that one panics when it is waited
/// for, so it is waited for on a thread that nobody misses.
fn timers_run() -> bool {
    static RUN: AtomicBool = AtomicBool::new(false);
    if !RUN.load(Ordering::Relaxed) {
        let first = Builder::new().spawn(|| Delay::new(Duration::ZERO).now_or_never());
        if first.is_ok_and(|first| first.join().is_ok()) {
            RUN.store(true, Ordering::Relaxed);
        }
    }
    RUN.load(Ordering::Relaxed)
}

/// Lets everybody else go first. Whoever waits so for a time keeps a processor busy, and is not late.
async fn give_way() {
    let mut gone = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut gone, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NINE: &str = "2026-01-05T09:00:00Z";

    fn minute(number: u64) -> Timestamp {
        NINE.parse::<Timestamp>().unwrap().plus(Duration::from_secs(60 * number))
    }

    fn same(one: &Alarm, other: &Alarm) -> bool {
        one.rung.ptr_eq(&other.rung)
    }

    #[test]
    fn who_waits_longer_shares_the_next_alarm_and_who_does_not_gets_another() {
        let clock = SystemClock::new();
        let next = clock.alarm(minute(0), minute(10));
        assert!(same(&clock.alarm(minute(0), minute(10)), &next));
        assert!(same(&clock.alarm(minute(9), minute(19)), &next));
        assert!(!same(&clock.alarm(minute(10), minute(20)), &next), "it has rung by now");
        let next = clock.alarm(minute(0), minute(5));
        assert_eq!(next.at, minute(5), "the one of before would ring too late");
        assert!(same(&clock.alarm(minute(1), minute(11)), &next));
    }

    #[tokio::test]
    async fn an_alarm_that_has_rung_is_waited_for_no_more_though_the_clock_is_set_back() {
        let clock = SystemClock::new();
        let rung = clock.alarm(minute(10), minute(10));
        rung.rung.clone().await;
        assert!(!same(&clock.alarm(minute(0), minute(20)), &rung));
    }

    #[tokio::test]
    async fn nobody_wakes_before_the_time() {
        let clock = SystemClock::new();
        let soon = clock.now().unwrap().plus(Duration::from_millis(5));
        let later = soon.plus(Duration::from_millis(5));
        // The alarm that they share rings too early for one of them.
        drop(clock.alarm(clock.now().unwrap(), soon));
        clock.sleep_until(later).await;
        assert!(clock.now().unwrap() >= later);
    }
}
