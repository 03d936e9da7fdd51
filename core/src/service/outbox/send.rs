//! Leasing deliveries, handing them to the mailer, settling them.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;

use futures_util::StreamExt;
use futures_util::future::{BoxFuture, Either, FutureExt, select};
use futures_util::stream::FuturesUnordered;

use super::super::Inner;
use super::super::actor::Actor;
use super::super::changes::Changes;
use super::super::view::View;
use super::super::walk::By;
use super::message::Ready;
use super::{DELIVER_DUE, DeliveryReport};
use crate::entropy::Fresh;
use crate::error::{Error, FaultKind};
use crate::id::LeaseId;
use crate::mail::{MailFailure, Message};
use crate::model::delivery::{Command, Delivery, State, settle};
use crate::storage::{Lease, Version, Versioned};

/// So many messages are with the mailer at once.
const AT_ONCE: usize = 16;
/// So many of them are done before others take their places: a lease costs a commit. A dozen that hang delay nobody.
const REFILL: usize = 4;

/// Messages on their way through the mailer.
pub(super) struct Sending<'a> {
    inner: &'a Inner,
    under_way: FuturesUnordered<BoxFuture<'a, Result<Settled, Error>>>,
    /// Nothing more was due when it was last asked.
    dry: bool,
    /// What became of those that are done.
    pub(super) report: DeliveryReport,
}

impl<'a> Sending<'a> {
    pub(super) fn new(inner: &'a Inner) -> Self {
        Self { inner, under_way: FuturesUnordered::new(), dry: false, report: DeliveryReport::default() }
    }

    /// More may be due by now.
    pub(super) const fn look_again(&mut self) {
        self.dry = false;
    }

    /// Leases what there is room for, at most so many, and says how many. It leases no more than are sent at once, so
    /// that a lease outlives the mailer's deadline.
    pub(super) async fn fill(&mut self, most: usize) -> Result<usize, Error> {
        let free = AT_ONCE.saturating_sub(self.under_way.len());
        let wanted = free.min(most);
        if self.dry || wanted == 0 || (free < REFILL && !self.under_way.is_empty()) {
            return Ok(0);
        }
        let (inner, leased) = (self.inner, self.inner.lease(wanted).await?);
        let count = leased.len();
        self.dry = count < wanted;
        self.under_way.extend(leased.into_iter().map(|(delivery, version)| inner.deliver(delivery, version).boxed()));
        Ok(count)
    }

    /// Waits until one of them is done; nothing if none is under way.
    pub(super) async fn next(&mut self) -> Option<Result<(), Error>> {
        let settled = self.under_way.next().await?;
        Some(settled.map(|settled| *settled.place(&mut self.report) += 1))
    }

    /// Sends what is due, at most so many. Where something can't be leased or settled, what is with the mailer is still
    /// seen to its end.
    pub(super) async fn drain(&mut self, most: usize) -> Result<(), Error> {
        let (mut left, mut outcome) = (most, Ok(()));
        loop {
            if outcome.is_ok() {
                match self.fill(left).await {
                    Ok(taken) => left -= taken,
                    Err(error) => outcome = Err(error),
                }
            }
            match self.next().await {
                None => return outcome,
                Some(settled) => outcome = outcome.and(settled),
            }
        }
    }
}

impl Inner {
    async fn lease(&self, limit: usize) -> Result<Vec<(Delivery, Version)>, Error> {
        let leased = async {
            let now = self.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
            let owner = LeaseId::from_uuid(Fresh::seeded(self.seed()?).ordered(now));
            let configuration = &self.configuration;
            let until = now.plus(configuration.mail_deadline * 2).plus(configuration.deadline);
            Ok(self.storage.lease(Lease { owner, now, until, limit }).await?)
        };
        self.step(leased).await
    }

    async fn deliver(&self, delivery: Delivery, version: Version) -> Result<Settled, Error> {
        let sent = match self.step(self.ready(&delivery)).await {
            Ok(Ready::Drop(reason)) => {
                return self.step(self.settle(delivery, version, Command::Drop { reason })).await;
            }
            Ok(Ready::Refuse(error)) => Err(MailFailure::Permanent(error.to_owned())),
            Ok(Ready::Send(message)) => self.send(&message).await,
            // What it is about makes no sense: it is counted like any attempt that fails, and stops nobody else's.
            Err(error) if is_its_own(&error) => Err(MailFailure::Temporary(error.to_string())),
            Err(error) => return Err(error),
        };
        let command = match sent {
            Ok(()) => Command::Sent,
            Err(MailFailure::Permanent(error)) => Command::Refused { error: bounded(&error) },
            Err(MailFailure::Temporary(error)) => Command::Failed { error: bounded(&error), share: delivery.share() },
        };
        self.step(self.settle(delivery, version, command)).await
    }

    /// A worker has no deadline, each of its steps has.
    pub(super) async fn step<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        self.bounded(DELIVER_DUE, By::Actor(&Actor::System { business: None }), work).await
    }

    /// A mailer or a clock that hangs or panics has failed with this message, and no more.
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        let sent = async {
            let now = self.clock.now().map_err(|error| MailFailure::Temporary(error.to_string()))?;
            let deadline = pin!(self.clock.sleep_until(now.plus(self.configuration.mail_deadline)));
            match select(self.mailer.send(message), deadline).await {
                Either::Left((outcome, _)) => outcome,
                Either::Right(((), _)) => Err(MailFailure::Temporary("the mailer took too long".into())),
            }
        };
        let sent = AssertUnwindSafe(sent).catch_unwind().await;
        sent.unwrap_or_else(|_| Err(MailFailure::Temporary("the mailer panicked".into())))
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

/// Whether the fault lies in the one mail, and not in the storage or the clock.
fn is_its_own(error: &Error) -> bool {
    let Error::Fault(fault) = error else { return true };
    matches!(fault.kind, FaultKind::StorageCorrupt | FaultKind::Internal)
}

/// What a mailer says is kept for an operator, within reason.
fn bounded(error: &str) -> String {
    error.chars().filter(|character| !character.is_control()).take(500).collect()
}
