//! Leasing deliveries, handing them to the mailer, settling them.

use std::panic::AssertUnwindSafe;
use std::pin::pin;

use futures_util::future::{Either, FutureExt, select};
use futures_util::{StreamExt, stream};

use super::super::Inner;
use super::super::changes::Changes;
use super::super::view::View;
use super::DeliveryReport;
use super::message::Ready;
use crate::entropy::Fresh;
use crate::error::{Error, FaultKind};
use crate::id::LeaseId;
use crate::mail::{MailFailure, Message};
use crate::model::delivery::{Command, Delivery, State, settle};
use crate::storage::{Lease, Version, Versioned};

/// So many messages are with the mailer at once: one that hangs delays fifteen others, not all.
const AT_ONCE: u32 = 16;

impl Inner {
    /// Leases no more than are sent at once, so that a lease outlives the mailer's deadline.
    pub(super) async fn send_due(&self, limit: u32) -> Result<DeliveryReport, Error> {
        let mut report = DeliveryReport::default();
        while report.total() < limit {
            let wanted = AT_ONCE.min(limit - report.total());
            let leased = self.lease(wanted).await?;
            if leased.is_empty() {
                break;
            }
            let work = leased.into_iter().map(|(delivery, version)| self.deliver(delivery, version));
            let at_once = usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
            for outcome in stream::iter(work).buffer_unordered(at_once).collect::<Vec<_>>().await {
                *outcome?.place(&mut report) += 1;
            }
        }
        Ok(report)
    }

    async fn lease(&self, limit: u32) -> Result<Vec<(Delivery, Version)>, Error> {
        let now = self.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
        let owner = LeaseId::from_uuid(Fresh::seeded(self.seed()?).ordered(now));
        let configuration = &self.configuration;
        let until = now.plus(configuration.mail_deadline * 2).plus(configuration.deadline);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(self.storage.lease(Lease { owner, now, until, limit }).await?)
    }

    async fn deliver(&self, delivery: Delivery, version: Version) -> Result<Settled, Error> {
        let command = match self.ready(&delivery).await? {
            Ready::Drop(reason) => Command::Drop { reason },
            Ready::Refuse(error) => Command::Refused { error: error.to_owned() },
            Ready::Send(message) => match self.send(&message).await {
                Ok(()) => Command::Sent,
                Err(MailFailure::Permanent(error)) => Command::Refused { error: bounded(&error) },
                Err(MailFailure::Temporary(error)) => {
                    Command::Failed { error: bounded(&error), share: Fresh::seeded(self.seed()?).fraction() }
                }
            },
        };
        self.settle(delivery, version, command).await
    }

    /// A mailer that hangs or panics has failed, and no more.
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        let now = self.clock.now().map_err(|error| MailFailure::Temporary(error.to_string()))?;
        let sending = pin!(AssertUnwindSafe(self.mailer.send(message)).catch_unwind());
        let deadline = pin!(self.clock.sleep_until(now.plus(self.configuration.mail_deadline)));
        match select(sending, deadline).await {
            Either::Left((Ok(outcome), _)) => outcome,
            Either::Left((Err(_), _)) => Err(MailFailure::Temporary("the mailer panicked".into())),
            Either::Right(((), _)) => Err(MailFailure::Temporary("the mailer took too long".into())),
        }
    }

    /// A result that comes after the lease was lost finds another version, and is refused.
    async fn settle(&self, leased: Delivery, version: Version, command: Command) -> Result<Settled, Error> {
        let now = self.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
        let settled = settle(&leased, command, self.configuration.backoff, now).ok_or(FaultKind::Internal)?;
        let outcome = Settled::of(&settled.state);
        let key = leased.id.into();
        let view = View::of(vec![key], vec![Versioned { version, record: Some(leased.into()) }]);
        let mut changes = Changes::default();
        changes.put(&view, settled);
        let stands = self.commit_apart(view, changes, now).await?;
        Ok(if stands { outcome } else { Settled::Lost })
    }
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy)]
enum Settled {
    Sent,
    Failed,
    Parked,
    Dropped,
    Lost,
}

impl Settled {
    const fn of(state: &State) -> Self {
        match state {
            State::Sent { .. } => Self::Sent,
            State::Due { .. } => Self::Failed,
            State::Parked { .. } => Self::Parked,
            State::Dropped { .. } => Self::Dropped,
            State::Leased { .. } => Self::Lost,
        }
    }

    const fn place(self, report: &mut DeliveryReport) -> &mut u32 {
        match self {
            Self::Sent => &mut report.sent,
            Self::Failed => &mut report.failed,
            Self::Parked => &mut report.parked,
            Self::Dropped => &mut report.dropped,
            Self::Lost => &mut report.lost,
        }
    }
}

/// What a mailer says is kept for an operator, within reason.
fn bounded(error: &str) -> String {
    error.chars().filter(|character| !character.is_control()).take(500).collect()
}
