//! From a notice to one delivery per address.

use std::collections::HashSet;
use std::sync::Arc;

use futures_util::{StreamExt, stream};

use super::super::Inner;
use super::super::changes::Changes;
use super::super::lists::{readable_records, readable_rows};
use super::super::view::View;
use crate::email::Email;
use crate::error::{Error, FaultKind};
use crate::id::{BusinessId, DeliveryId, NoticeId, PersonId};
use crate::model::business::{self, Business};
use crate::model::delivery::{About, Delivery, Notice, State};
use crate::model::member::{Member, Status};
use crate::model::person::Person;
use crate::model::user_role::Permission;
use crate::storage::query::{Filter, Query, Source};
use crate::storage::record::Stored;
use crate::storage::rows::{Value, word};
use crate::storage::{Key, Kind, Record, Versioned};

/// So many notices are expanded at once.
const AT_ONCE: usize = 16;
const BATCH: usize = 256;

/// Whom a notice reaches.
pub(super) enum Audience {
    /// A business: its notification address and those who connect for it.
    Business(BusinessId),
    /// Those who decide on access to a business, and nobody else.
    Deciders(BusinessId),
    /// One person.
    Person(PersonId),
    /// Nobody besides the address that it was owed to at once.
    Nobody,
}

/// Whether it goes out or went out; what was dropped may be owed again.
fn is_owed(delivery: &Record) -> bool {
    Delivery::of(delivery).is_some_and(|delivery| !matches!(delivery.state, State::Dropped { .. }))
}

/// Whom a notice reaches now.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Each once.
    pub(super) addresses: Vec<Email>,
    /// Somebody may be reached as well of whom a row can't be read.
    pub(super) lacking: bool,
}

impl From<Option<Email>> for Reached {
    fn from(address: Option<Email>) -> Self {
        Self { addresses: address.into_iter().collect(), lacking: false }
    }
}

impl About {
    pub(super) const fn audience(&self) -> Audience {
        match *self {
            Self::ConnectionRequested { contractor: business, .. }
            | Self::ConnectionConfirmed { contractor: business, .. }
            | Self::ConnectionAccepted { client: business, .. }
            | Self::ConnectionEnded { told: business, .. } => Audience::Business(business),
            Self::AccessRequested { business, .. } => Audience::Deciders(business),
            Self::AccessRequestAccepted { person, .. } | Self::AccessRequestDeclined { person, .. } => {
                Audience::Person(person)
            }
            Self::Invite { .. } => Audience::Nobody,
        }
    }
}

impl Inner {
    /// Expands every notice that waits. Another worker may do the same: the later commit is stale and changes nothing.
    /// One that makes no sense is told of and passed over, so that it delays no other.
    pub(super) async fn expand_due(&self) -> Result<(), Error> {
        let mut query = Query {
            source: Source::Records(Kind::Notice),
            filter: Filter::Null("expanded_at"),
            order: vec!["at", "id"],
            descending: false,
            after: None,
            limit: BATCH,
        };
        loop {
            let rows = self.step(async { Ok(self.storage.list(&query).await?) }).await?;
            let more = rows.len() == BATCH;
            query.after = crate::storage::last_position(&query.order, query.source.table(), &rows);
            let notices = readable_rows(query.source, rows, |row| Versioned::read(Kind::Notice, row));
            let expanded = stream::iter(notices).map(|notice| self.step(self.expand(notice)));
            for outcome in expanded.buffer_unordered(AT_ONCE).collect::<Vec<_>>().await {
                match outcome {
                    Err(Error::Fault(fault)) if fault.kind == FaultKind::StorageCorrupt => {}
                    outcome => outcome?,
                }
            }
            if !more || query.after.is_none() {
                return Ok(());
            }
        }
    }

    async fn expand(&self, notice: Versioned) -> Result<(), Error> {
        let Some(Record::Notice(found)) = &notice.record else {
            return Ok(());
        };
        let found = Arc::clone(found);
        let now = self.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?;
        let reached = self.reached(&found.about).await?;
        if reached.lacking {
            // It is expanded once: it waits until all can be read.
            return Err(FaultKind::StorageCorrupt.into());
        }
        let view = View::of(vec![found.id.into()], vec![notice]);
        let mut changes = Changes::default();
        for address in reached.addresses {
            changes.put(&view, found.to(address, now));
        }
        changes.put(&view, Notice { expanded_at: Some(now), ..(*found).clone() });
        // If it does not stand, another worker has expanded it.
        self.commit_apart(view, changes, now).await.map(|_| ())
    }

    /// Owes a notice to those it reaches now and did not when it was expanded: whose address was corrected since, or a
    /// business's contact address for want of anybody else.
    pub(super) async fn expand_anew(&self, notice: NoticeId, reached: &Reached) -> Result<(), Error> {
        let delivery = |address: &Email| Key::from(DeliveryId::of(notice, &address.canonical()));
        let keys: Vec<_> = std::iter::once(notice.into()).chain(reached.addresses.iter().map(delivery)).collect();
        loop {
            let loaded = self.storage.load(&keys).await?;
            // Once the notice is cleared away, nobody knows any more who was told.
            let Some(Record::Notice(found)) = loaded.first().and_then(|notice| notice.record.clone()) else {
                return Ok(());
            };
            let view = View::of(keys.clone(), loaded.clone());
            let (mut changes, now) = (Changes::default(), self.clock.now().map_err(|_| FaultKind::ClockOutOfRange)?);
            for (address, delivery) in reached.addresses.iter().zip(loaded.iter().skip(1)) {
                if !delivery.record.as_ref().is_some_and(is_owed) {
                    changes.put(&view, found.to(address.clone(), now));
                }
            }
            // If it does not stand, one of those deliveries has moved, and the others may still be owed.
            if changes.is_empty() || self.commit_apart(view, changes, now).await? {
                return Ok(());
            }
        }
    }

    pub(super) async fn reached(&self, about: &About) -> Result<Reached, Error> {
        match about.audience() {
            Audience::Nobody => Ok(Reached::default()),
            Audience::Person(person) => {
                let person = self.read::<Person>(person.into()).await?;
                Ok(person.map(|person| person.email.clone()).into())
            }
            Audience::Business(business) => self.reached_at(business).await,
            Audience::Deciders(business) => match self.told(business).await? {
                Some(_) => self.holders(business, Permission::Users).await,
                None => Ok(Reached::default()),
            },
        }
    }

    /// The business, unless it is archived: nobody is told anything for one that is.
    async fn told(&self, id: BusinessId) -> Result<Option<Arc<Business>>, Error> {
        let business = self.read::<Business>(id.into()).await?;
        Ok(business.filter(|business| business.status == business::Status::Active))
    }

    /// The notification address and those of active holders of `connect` with notifications on; if that is nobody, the
    /// contact address.
    async fn reached_at(&self, id: BusinessId) -> Result<Reached, Error> {
        let Some(business) = self.told(id).await? else {
            return Ok(Reached::default());
        };
        let mut reached = self.holders(id, Permission::Connect).await?;
        if let Some(listed) = &business.profile.notification_email {
            reached.addresses.retain(|address| address != listed);
            reached.addresses.push(listed.clone());
        }
        if reached.addresses.is_empty() && !reached.lacking {
            reached.addresses.extend(business.profile.contact_email.clone());
        }
        Ok(reached)
    }

    /// The active holders of a permission with notifications on.
    async fn holders(&self, business: BusinessId, permission: Permission) -> Result<Reached, Error> {
        let query = Query {
            source: Source::Records(Kind::Member),
            filter: Filter::All(vec![
                Filter::Is("business_id", Value::Uuid(business.as_uuid())),
                Filter::Is("status", word(&Status::Active)),
                Filter::Is("notifications", Value::Bool(true)),
            ]),
            order: vec!["id"],
            descending: false,
            after: None,
            limit: usize::MAX >> 1,
        };
        let rows = self.storage.list(&query).await?;
        let listed = rows.len();
        let members = readable_records::<Member>(Kind::Member, rows);
        let holders = members.iter().filter(|member| member.may(permission));
        let people: Vec<Key> = holders.map(|member| Key::from(member.person)).collect();
        let people = self.load_readable(&people).await?;
        let lacking = members.len() < listed || people.iter().any(|person| person.record.is_none());
        let addresses = people.iter().filter_map(|person| person.record.as_ref().and_then(Person::of));
        // Hundreds may be told, and those are looked up again for each mail.
        let mut known = HashSet::with_capacity(people.len());
        let addresses = addresses.map(|person| &person.email).filter(|address| known.insert(address.canonical()));
        Ok(Reached { addresses: addresses.cloned().collect(), lacking })
    }

    pub(super) async fn read<R: Stored>(&self, key: Key) -> Result<Option<Arc<R>>, Error> {
        let loaded = self.storage.load(&[key]).await?;
        let record = loaded.into_iter().next().and_then(|versioned| versioned.record);
        Ok(record.as_ref().and_then(R::of).cloned())
    }
}
