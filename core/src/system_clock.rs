//! The host's own clock.

use std::time::SystemTime;

use async_trait::async_trait;

use crate::time::{Clock, ClockOutOfRange, Timestamp};

/// The host's clock. It needs no particular async runtime.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct SystemClock;

impl SystemClock {
    /// The host's clock.
    #[must_use]
    pub const fn new() -> Self {
        Self
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
            futures_timer::Delay::new(at.since(now)).await;
        }
    }
}
