//! `outbox`: mails that are owed.

mod expand;
mod message;
mod operator;
mod run;
mod send;

use serde::{Deserialize, Serialize};

pub use self::operator::{
    DeliveriesPage, DeliverySeen, DeliveryStatus, ListDeliveries, PurgeOutbox, Purged, RetryDelivery,
};
pub use self::run::RunOutbox;
use self::send::Sending;
use super::Handclasp;
use super::actor::{Actor, Caller};
use super::walk::By;
use crate::error::{Error, Reason};

/// What a step of delivering is called in the log, whichever operation takes it.
const DELIVER_DUE: &str = "outbox.deliver_due";

/// Mails that are owed. All of it is System's.
#[derive(Debug, Clone, Copy)]
pub struct Outbox<'a>(pub(super) &'a Handclasp);

/// How much to deliver.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct DeliverDue {
    /// At most so many mails, from 1 to 10 000; 1 000 unless given.
    pub limit: Option<u32>,
}

impl DeliverDue {
    fn check(self, actor: &Actor) -> Result<usize, Error> {
        actor.is_system()?;
        let limit = self.limit.unwrap_or(1_000);
        if !(1..=10_000).contains(&limit) {
            return Err(Error::argument("limit", Reason::OutOfRange));
        }
        Ok(usize::try_from(limit).unwrap_or(usize::MAX))
    }
}

/// What became of the mails that were due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeliveryReport {
    /// The mailer took them.
    pub sent: u32,
    /// They failed and will be tried again.
    pub failed: u32,
    /// They failed for good, or too often; an operator decides.
    pub parked: u32,
    /// Their address was not entitled to them any more, or their link was dead. Whoever is reached instead is due at once.
    pub dropped: u32,
    /// Their result came too late: another worker had taken them over.
    pub lost: u32,
}

impl Outbox<'_> {
    /// Sends what is due, once each, and says what became of it. A failed mail is due again later, with growing spans;
    /// several workers may do this at once.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `invalid_argument`, storage codes. A mailer's failure is none.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, invites::CreateInvite, outbox::DeliverDue};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// handclasp.invites().create(admin, CreateInvite::new(supplier).to("kim@bolt.example")).await?;
    /// let report = handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await?;
    /// assert_eq!((report.sent, report.failed), (1, 0));
    /// let report = handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await?;
    /// assert_eq!(report.sent, 0);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn deliver_due(&self, by: impl Into<Caller>, due: DeliverDue) -> Result<DeliveryReport, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        let limit = By::Actor(&actor).told(DELIVER_DUE, due.check(&actor))?;
        inner.expand_due().await?;
        let mut sending = Sending::new(inner);
        sending.drain(limit).await?;
        Ok(sending.report)
    }
}
