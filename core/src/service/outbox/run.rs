//! The worker: delivering what is due, again and again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::super::actor::Caller;
use super::{DeliverDue, DeliveryReport, Outbox};
use crate::error::{Error, FaultKind, Reason};
use crate::time::Timestamp;

/// How long to work, and how often to look.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct RunOutbox {
    /// Until when; until the handle is closed, unless given.
    pub until: Option<Timestamp>,
    /// The pause between two looks, in seconds, from 1 to 3 600; 1 unless given.
    pub pause: Option<u32>,
}

impl Outbox<'_> {
    /// Sends what is due, and again after a pause, until a time or until the handle is closed; then says what became of
    /// it all. Any number of workers may run at once, in any number of processes. A storage that fails for a while is
    /// waited for.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `invalid_argument`, `clock_out_of_range`.
    pub async fn run(&self, by: impl Into<Caller>, run: RunOutbox) -> Result<DeliveryReport, Error> {
        let by = by.into();
        by.actor.is_system()?;
        let pause = run.pause.unwrap_or(1);
        if !(1..=3_600).contains(&pause) {
            return Err(Error::argument("pause", Reason::OutOfRange));
        }
        let clock = &self.0.inner.clock;
        let mut report = DeliveryReport::default();
        loop {
            match self.deliver_due(&by.actor, DeliverDue::default()).await {
                Ok(more) => report = report.and(more),
                Err(Error::Fault(fault)) if fault.kind == FaultKind::Closed => return Ok(report),
                Err(Error::Fault(fault)) if fault.kind == FaultKind::ClockOutOfRange => return Err(fault.into()),
                Err(error) => tracing::warn!(code = error.code(), "the outbox waits"),
            }
            let now = clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
            if run.until.is_some_and(|until| now >= until) {
                return Ok(report);
            }
            let next = now.plus(Duration::from_secs(pause.into()));
            clock.sleep_until(run.until.map_or(next, |until| next.min(until))).await;
        }
    }
}
