//! What an operator does with the outbox: looking, trying again, clearing away.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::answers::KEPT;
use super::super::changes::Changes;
use super::super::lists::{Paging, readable_records};
use super::super::view::{Stop, View};
use super::super::walk::{By, Call, Context, Operation};
use super::Outbox;
use crate::error::{Error, FaultKind, Reason};
use crate::id::DeliveryId;
use crate::model::delivery::{self, Delivery, State};
use crate::storage::query::{Filter, Source};
use crate::storage::rows::word;
use crate::storage::{Kind, Purge};
use crate::time::Timestamp;

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum DeliveryStatus {
    /// It waits.
    Due,
    /// A worker is at it.
    Leased,
    /// A mailer took it.
    Sent,
    /// No attempt can help any more; an operator decides.
    Parked,
    /// Nobody is entitled to it any more.
    Dropped,
}

/// A mail on its way; its text is made when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeliverySeen {
    /// Its id.
    pub id: DeliveryId,
    /// The name of the notice, as in `invite`.
    pub kind: String,
    /// Where it goes.
    pub address: String,
    /// When the notice was made.
    pub at: Timestamp,
    /// How often it was tried since it was last due anew.
    pub attempts: u32,
    /// What the last attempt said, or why it was dropped.
    pub last_error: Option<String>,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// When it is due, or when it was settled.
    pub status_at: Timestamp,
}

/// Which deliveries.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListDeliveries {
    /// Only these; all, unless given.
    pub statuses: Option<Vec<DeliveryStatus>>,
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One page of deliveries, the latest state first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeliveriesPage {
    /// The deliveries.
    pub deliveries: Vec<DeliverySeen>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

/// Which delivery to try again.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RetryDelivery {
    /// A parked delivery.
    pub delivery: DeliveryId,
}

impl RetryDelivery {
    /// This delivery.
    #[must_use]
    pub const fn new(delivery: DeliveryId) -> Self {
        Self { delivery }
    }
}

/// What to clear away.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PurgeOutbox {
    /// What was settled longer ago than this, in seconds.
    pub older_than: u64,
    /// Parked deliveries too.
    #[serde(default)]
    pub parked: bool,
}

impl PurgeOutbox {
    /// What was sent or dropped longer ago than this many seconds.
    #[must_use]
    pub const fn new(older_than: u64) -> Self {
        Self { older_than, parked: false }
    }
}

/// What was cleared away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Purged {
    /// So many records: deliveries, notices, and kept answers that nobody can ask for any more.
    pub records: u64,
}

impl Outbox<'_> {
    /// The mails on their way and the settled ones, the latest state first. What is owed to members and
    /// requesters appears once `deliver_due` or `run` has looked up their addresses.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `invalid_argument`, also for a cursor of another list or filter.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, invites::CreateInvite, outbox::{DeliverDue, DeliveryStatus, ListDeliveries}};
    /// # testing::example_client(async |handclasp, admin, supplier| {
    /// handclasp.invites().create(&admin, CreateInvite::new(supplier).to("kim@bolt.example")).await?;
    /// handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await?;
    /// let page = handclasp.outbox().list(Actor::system(), ListDeliveries::default()).await?;
    /// let mail = &page.deliveries[0];
    /// assert_eq!((mail.kind.as_str(), mail.address.as_str()), ("invite", "kim@bolt.example"));
    /// assert_eq!(mail.status, DeliveryStatus::Sent);
    /// let refused = handclasp.outbox().list(&admin, ListDeliveries::default()).await.unwrap_err();
    /// assert_eq!(refused.code(), "forbidden");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self, by: impl Into<Caller>, list: ListDeliveries) -> Result<DeliveriesPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("outbox.list", By::Actor(&actor), page(inner, &actor, &list)).await
    }

    /// Puts a parked mail back among those that are due, with all its attempts before it.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `not_found`, `wrong_state` for one that is not parked.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use handclasp::{testing, Actor, Email, Handclasp, Parts, PersonId, access_requests::SubmitAccess};
    /// # use handclasp::{businesses::Register, mail::{MailFailure, Mailer, Message}, people::Profile, storage::Memory};
    /// # use handclasp::outbox::{DeliverDue, DeliveryStatus, ListDeliveries, RetryDelivery};
    /// # #[derive(Debug)]
    /// # struct Refusing;
    /// # #[async_trait::async_trait]
    /// # impl Mailer for Refusing {
    /// #     async fn send(&self, _: &Message) -> Result<(), MailFailure> {
    /// #         Err(MailFailure::Permanent("no such mailbox".into()))
    /// #     }
    /// # }
    /// # testing::example(async |_| {
    /// # let parts = Parts::new(Arc::new(Memory::new()), Arc::new(Refusing));
    /// # let handclasp = Handclasp::open(testing::configuration(), parts).await?;
    /// # let jo = Profile::new(PersonId::from_uuid(uuid::Uuid::from_u128(7)), "Jo Doe", "jo@acme.example");
    /// # let acme = handclasp.businesses().register(Actor::system(), Register::new("Acme", jo)).await?.id;
    /// # let kim = Actor::signed_in(PersonId::from_uuid(uuid::Uuid::from_u128(9)));
    /// # let kim = kim.with_verified(Email::parse("kim@acme.example")?);
    /// # handclasp.access_requests().submit(kim, SubmitAccess::new(acme, "Kim Lee", "kim@acme.example")).await?;
    /// // The mailer said that no other attempt can help.
    /// let report = handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await?;
    /// assert_eq!(report.parked, 1);
    /// let page = handclasp.outbox().list(Actor::system(), ListDeliveries::default()).await?;
    /// let parked = RetryDelivery::new(page.deliveries[0].id);
    /// assert_eq!(handclasp.outbox().retry(Actor::system(), parked).await?.status, DeliveryStatus::Due);
    /// let again = handclasp.outbox().retry(Actor::system(), parked).await.unwrap_err();
    /// assert_eq!(again.code(), "wrong_state");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn retry(&self, by: impl Into<Caller>, retry: RetryDelivery) -> Result<DeliverySeen, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &retry).await
    }

    /// Clears away mails that were settled long ago, their notices, answers that are kept no longer, and the counts of
    /// limits that nobody has come near for as long.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `invalid_argument` for more seconds than there have been since 1970.
    ///
    /// ```
    /// # use std::{sync::Arc, time::Duration};
    /// # use handclasp::{testing, Actor, Email, Handclasp, Parts, PersonId, access_requests::SubmitAccess};
    /// # use handclasp::{businesses::Register, mail::CapturingMailer, people::Profile, storage::Memory};
    /// # use handclasp::outbox::{DeliverDue, ListDeliveries, PurgeOutbox};
    /// # testing::example(async |_| {
    /// # let clock = testing::ManualClock::at("2026-01-05T09:00:00Z");
    /// # let mut parts = Parts::new(Arc::new(Memory::new()), Arc::new(CapturingMailer::new()));
    /// # parts.clock = Arc::new(clock.clone());
    /// # let handclasp = Handclasp::open(testing::configuration(), parts).await?;
    /// # let jo = Profile::new(PersonId::from_uuid(uuid::Uuid::from_u128(7)), "Jo Doe", "jo@acme.example");
    /// # let acme = handclasp.businesses().register(Actor::system(), Register::new("Acme", jo)).await?.id;
    /// # let kim = Actor::signed_in(PersonId::from_uuid(uuid::Uuid::from_u128(9)));
    /// # let kim = kim.with_verified(Email::parse("kim@acme.example")?);
    /// # handclasp.access_requests().submit(kim, SubmitAccess::new(acme, "Kim Lee", "kim@acme.example")).await?;
    /// handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await?;
    /// let month = 30 * 24 * 3_600;
    /// clock.advance(Duration::from_secs(month));
    /// let purged = handclasp.outbox().purge(Actor::system(), PurgeOutbox::new(month)).await?;
    /// assert_eq!(purged.records, 0, "nothing was settled longer ago than this");
    /// clock.advance(Duration::from_secs(1));
    /// let purged = handclasp.outbox().purge(Actor::system(), PurgeOutbox::new(month)).await?;
    /// assert_eq!(purged.records, 2, "the mail and its notice");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn purge(&self, by: impl Into<Caller>, purge: PurgeOutbox) -> Result<Purged, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        let changing = AtomicBool::new(false);
        let clear = cleared(inner, &actor, purge, &changing);
        inner.bounded_change("outbox.purge", By::Actor(&actor), clear, &changing).await
    }
}

async fn page(inner: &Inner, actor: &Actor, list: &ListDeliveries) -> Result<DeliveriesPage, Error> {
    actor.is_system()?;
    let name = ("outbox.list", actor);
    let paging = Paging::new(inner, name, &list.statuses, list.cursor.as_deref(), list.limit)?;
    let of = |statuses: &Vec<DeliveryStatus>| Filter::OneOf("state", statuses.iter().map(word).collect());
    let filter = Filter::All(list.statuses.as_ref().map(of).into_iter().collect());
    let source = Source::Records(Kind::Delivery);
    let page = paging.page(inner, (source, filter), vec!["state_at", "id"], true).await?;
    let deliveries = readable_records::<Delivery>(Kind::Delivery, page.rows);
    let deliveries = deliveries.iter().map(|delivery| DeliverySeen::of(delivery)).collect();
    Ok(DeliveriesPage { deliveries, next: page.next })
}

async fn cleared(inner: &Inner, actor: &Actor, purge: PurgeOutbox, changing: &AtomicBool) -> Result<Purged, Error> {
    actor.is_system()?;
    let now = inner.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
    let before = |span: Duration| {
        let micros = i64::try_from(span.as_micros()).ok().and_then(|span| now.as_micros().checked_sub(span));
        micros.and_then(|micros| Timestamp::from_micros(micros).ok())
    };
    let older_than = before(Duration::from_secs(purge.older_than));
    let settled_before = older_than.ok_or(Error::argument("older_than", Reason::OutOfRange))?;
    let answers_before = before(KEPT).unwrap_or(Timestamp::MIN);
    // A limit counts 24 hours, whatever else is old enough: to clear away at once frees nothing.
    let spent_before = settled_before.min(answers_before).hour();
    changing.store(true, Ordering::Relaxed);
    let purged =
        inner.storage.purge(Purge { settled_before, parked: purge.parked, answers_before, spent_before }).await;
    changing.store(false, Ordering::Relaxed);
    Ok(Purged { records: purged? })
}

impl Operation for RetryDelivery {
    const NAME: &'static str = "outbox.retry";
    type Answer = DeliverySeen;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(DeliverySeen, Changes), Stop> {
        cx.by.actor()?.is_system()?;
        let parked = view.get_or_not_found(self.delivery)?;
        let due = delivery::retry(parked, cx.now)?;
        let seen = DeliverySeen::of(&due);
        let mut changes = Changes::default();
        changes.put(view, due);
        Ok((seen, changes))
    }
}

impl DeliverySeen {
    fn of(delivery: &Delivery) -> Self {
        let (status, status_at) = match delivery.state {
            State::Due { at } => (DeliveryStatus::Due, at),
            State::Leased { until, .. } => (DeliveryStatus::Leased, until),
            State::Sent { at } => (DeliveryStatus::Sent, at),
            State::Parked { at } => (DeliveryStatus::Parked, at),
            State::Dropped { at } => (DeliveryStatus::Dropped, at),
        };
        Self {
            id: delivery.id,
            kind: delivery.about.kind().to_owned(),
            address: delivery.address.as_str().to_owned(),
            at: delivery.at,
            attempts: delivery.attempts,
            last_error: delivery.last_error.clone(),
            status,
            status_at,
        }
    }
}
