//! What a decision changes, as data: written whole, or not at all.

use std::sync::Arc;

use super::settings::{Limits, Quotas};
use super::view::{Stop, View};
use crate::email::Email;
use crate::error::FaultKind;
use crate::id::{BusinessId, CommitId, NoticeId, PersonId};
use crate::model::business::{Business, Overrides};
use crate::model::connection::{Connection, State};
use crate::model::delivery::{About, Notice};
use crate::model::workflow::Workflow;
use crate::model::{Author, Event, Side as End};
use crate::storage::guard::{Adjust, Guard, GuardKind, Limit, Spend};
use crate::storage::{Commit, Record, Retold, Side, Write};
use crate::time::Timestamp;

/// What a decision changes.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    writes: Vec<Write>,
    counts: Vec<(Guard, i64)>,
    spends: Vec<(Limit, Overrides)>,
    sides: Vec<Side>,
    retold: Option<Retold>,
}

/// Who changes something, when, and within which bounds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) id: CommitId,
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) acting: Option<BusinessId>,
    pub(crate) limits: &'a Limits,
    pub(crate) quotas: &'a Quotas,
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    /// Writes a record without history.
    pub(crate) fn put(&mut self, view: &View, record: impl Into<Record>) {
        self.write(view, record.into(), None);
    }

    /// Writes what a machine made of an event, and the event. Nothing made is a fault of the machine.
    pub(crate) fn evolve<R>(&mut self, view: &View, record: Option<R>, event: Event) -> Result<Arc<R>, Stop>
    where
        Record: From<Arc<R>>,
    {
        let record = Arc::new(record.ok_or(Stop::from(FaultKind::Internal))?);
        self.write(view, Arc::clone(&record).into(), Some(event));
        Ok(record)
    }

    /// Quotas follow from the record before and after, so that none can be forgotten.
    fn write(&mut self, view: &View, record: Record, event: Option<Event>) {
        let seen = view.seen(record.key());
        for left in seen.record.iter().flat_map(Record::counts).flatten() {
            self.count(left, -1);
        }
        for entered in record.counts().into_iter().flatten() {
            self.count(entered, 1);
        }
        if self.writes.is_empty() {
            // As many as most decisions write: a list that grows is moved.
            self.writes.reserve(6);
        }
        self.writes.push(Write { record, version: seen.version.next(), event });
    }

    fn count(&mut self, guard: Guard, by: i64) {
        match self.counts.iter_mut().find(|(counted, _)| *counted == guard) {
            Some((_, delta)) => *delta += by,
            None => self.counts.push((guard, by)),
        }
    }

    /// Owes a mail.
    pub(crate) fn owe(&mut self, view: &View, id: NoticeId, about: About, at: Timestamp) {
        self.put(view, Notice { id, about, at, expanded_at: None });
    }

    /// Owes a mail to one address that is known already: there is nothing to expand, and a later address can't take its
    /// place.
    pub(crate) fn owe_to(&mut self, view: &View, notice: NoticeId, about: About, (address, at): (&Email, Timestamp)) {
        let notice = Notice { id: notice, about, at, expanded_at: None };
        self.put(view, notice.to(address.clone(), at));
    }

    /// Counts one against each limit of what a client sends, and against the inviter's if that is a person: System
    /// counts as none.
    pub(crate) fn spend(&mut self, author: Author, client: &Business, limits: impl IntoIterator<Item = Limit>) {
        let inviter = match author {
            Author::Person(person) => Some(Limit::inviter(person)),
            Author::System | Author::Visitor => None,
        };
        let limits = inviter.into_iter().chain([Limit::client(client.id)]).chain(limits);
        self.spends.extend(limits.map(|limit| (limit, client.overrides)));
    }

    /// Counts one against the limits of a person who asks for access; no business has a say in those.
    pub(crate) fn spend_requester(&mut self, person: PersonId, business: BusinessId) {
        let limits = [Limit::requester(person), Limit::requester_pair(person, business)];
        self.spends.extend(limits.map(|limit| (limit, Overrides::default())));
    }

    /// Rewrites the connection's rows in the lists of its two businesses.
    pub(crate) fn list(&mut self, connection: &Connection, client: &Business, contractor: &Business) {
        let near = connection.near();
        let workflow = matches!(connection.state, State::Connected { .. }).then_some(&connection.workflow);
        let row = |owner: &Business, end, other: &Business| Side {
            connection: connection.id,
            owner: owner.id,
            end,
            other: other.id,
            role: connection.role,
            status: connection.status(),
            changed_at: connection.changed_at,
            name_text: other.names(near),
            contact_text: if near { other.profile.contacts() } else { Arc::default() },
            classification: workflow.map(|workflow| workflow.classification),
            categories: workflow.map(Workflow::categories_text).unwrap_or_default(),
            progress: workflow.map(Workflow::progress_text).unwrap_or_default(),
        };
        self.sides.reserve_exact(2);
        self.sides.push(row(client, End::Client, contractor));
        self.sides.push(row(contractor, End::Contractor, client));
    }

    /// Rewrites the texts of a business in every list that shows it.
    pub(crate) fn retell(&mut self, business: &Business) {
        self.retold = Some(Retold {
            business: business.id,
            name_text: business.names(true),
            contact_text: business.profile.contacts(),
            far_name_text: business.names(false),
        });
    }

    pub(crate) fn commit(mut self, view: &View, sheet: Sheet<'_>) -> Commit {
        self.counts.sort_unstable();
        let mut reads: Vec<_> = view.read().collect();
        reads.retain(|(key, _)| self.writes.iter().all(|write| write.record.key() != *key));
        let hour = sheet.at.hour();
        let spend = |(limit, overrides): (Limit, Overrides)| Spend {
            limit,
            hour,
            amount: 1,
            max: sheet.limits.of(limit.kind, &overrides),
        };
        let adjust = |(guard, delta): (Guard, i64)| Adjust {
            guard,
            delta,
            max: sheet.quotas.of(guard.kind, &overrides(view, guard.business)),
            min: (guard.kind == GuardKind::Admins).then_some(1),
        };
        Commit {
            id: sheet.id,
            at: sheet.at,
            author: sheet.author,
            acting: sheet.acting,
            reads,
            writes: self.writes,
            guards: self.counts.into_iter().filter(|(_, delta)| *delta != 0).map(adjust).collect(),
            spends: self.spends.into_iter().map(spend).collect(),
            sides: self.sides,
            retold: self.retold,
        }
    }
}

/// What System has set for the business. Whoever changes a count has read the business that it is of; a new one has
/// nothing of its own yet.
fn overrides(view: &View, business: BusinessId) -> Overrides {
    match &view.seen(business.into()).record {
        Some(Record::Business(business)) => business.overrides,
        _ => Overrides::default(),
    }
}

#[cfg(test)]
mod tests;
