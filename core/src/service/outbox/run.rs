//! The worker: delivering what is due, again and again.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use serde::{Deserialize, Serialize};

use super::super::actor::{Actor, Caller};
use super::super::walk::{By, caught};
use super::send::Sending;
use super::{DeliveryReport, Outbox};
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

impl RunOutbox {
    fn check(self, actor: &Actor) -> Result<Duration, Error> {
        actor.is_system()?;
        let pause = self.pause.unwrap_or(1);
        if !(1..=3_600).contains(&pause) {
            return Err(Error::argument("pause", Reason::OutOfRange));
        }
        Ok(Duration::from_secs(pause.into()))
    }
}

impl Outbox<'_> {
    /// Sends what is due, and again after a pause, until a time or until the handle is closed; then says what became of
    /// it all. Any number of workers may run at once, in any number of processes. A storage that fails for a while is
    /// waited for.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `invalid_argument`, `clock_out_of_range`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, invites::CreateInvite, outbox::RunOutbox};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// handclasp.invites().create(admin, CreateInvite::new(supplier).to("kim@bolt.example")).await?;
    /// let mut run = RunOutbox::default();
    /// // The clock of this example shows nine o'clock: one look, and no pause.
    /// run.until = Some("2026-01-05T09:00:00Z".parse().unwrap());
    /// assert_eq!(handclasp.outbox().run(Actor::system(), run).await?.sent, 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn run(&self, by: impl Into<Caller>, run: RunOutbox) -> Result<DeliveryReport, Error> {
        let by = by.into();
        let pause = By::Actor(&by.actor).told("outbox.run", run.check(&by.actor))?;
        // It has no deadline as others have, but ends like them where a part panics.
        caught(self.works(run.until, pause)).await
    }

    async fn works(&self, until: Option<Timestamp>, pause: Duration) -> Result<DeliveryReport, Error> {
        let inner = &self.0.inner;
        let clock = &inner.clock;
        let mut sending = Sending::new(inner);
        loop {
            let looked = async {
                inner.expand_due().await?;
                sending.look_again();
                sending.fill(usize::MAX).await
            };
            if ends(looked.await)? {
                return Ok(sending.report);
            }
            let now = clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
            if until.is_some_and(|until| now >= until) {
                ends(sending.drain(usize::MAX).await)?;
                return Ok(sending.report);
            }
            let next = now.plus(pause);
            let mut pause = clock.sleep_until(until.map_or(next, |until| next.min(until)));
            // A message that hangs does not keep it from looking again.
            loop {
                let settled = match select(pin!(sending.next()), &mut pause).await {
                    Either::Left((settled, _)) => settled,
                    Either::Right(_) => break,
                };
                let filled = match settled {
                    None => {
                        pause.await;
                        break;
                    }
                    Some(Ok(())) => sending.fill(usize::MAX).await,
                    Some(Err(error)) => Err(error),
                };
                if ends(filled)? {
                    return Ok(sending.report);
                }
            }
        }
    }
}

/// Whether the handle was closed. What else fails is waited for, but a clock that tells no time.
fn ends<T>(outcome: Result<T, Error>) -> Result<bool, Error> {
    match outcome {
        Ok(_) => Ok(false),
        Err(Error::Fault(fault)) if fault.kind == FaultKind::Closed => Ok(true),
        Err(Error::Fault(fault)) if fault.kind == FaultKind::ClockOutOfRange => Err(fault.into()),
        Err(error) => {
            tracing::warn!(code = error.code(), "the outbox waits");
            Ok(false)
        }
    }
}
