//! Who reads a history, and what of it is theirs to know.

use super::super::actor::Actor;
use super::super::authority::acting;
use super::super::view::{Stop, View};
use super::told::told;
use super::{HistoryEntry, Subject};
use crate::error::Error;
use crate::id::{BusinessId, PersonId};
use crate::model::access_request::AccessRequest;
use crate::model::member::{self, Member, Status};
use crate::model::user_role::Permission;
use crate::model::{Author, Event, Owners};
use crate::storage::record::Stored;
use crate::storage::{Record, StoredEvent};

/// Who reads a record's history.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    /// The acting business; none for the host, who sees both sides.
    side: Option<BusinessId>,
    /// The reader, if it is them whom the record lets in or not.
    oneself: Option<PersonId>,
}

impl Subject {
    /// What its reader holds.
    const fn permission(self) -> Permission {
        match self {
            Self::AccessRequest { .. } | Self::UserRole { .. } => Permission::Users,
            Self::FeePlans { .. } => Permission::Fees,
            Self::Business { .. }
            | Self::Person { .. }
            | Self::Member { .. }
            | Self::ContractorRole { .. }
            | Self::Category { .. }
            | Self::Requirement { .. }
            | Self::Reasons { .. }
            | Self::GroupLink { .. }
            | Self::Invite { .. }
            | Self::Connection { .. } => Permission::See,
        }
    }
}

impl Reader {
    pub(super) const HOST: Self = Self { side: None, oneself: None };

    /// The reader, if the subject is their business's own or a connection of it. A person's history is System's alone.
    pub(super) fn of(view: &View, actor: &Actor, subject: Subject) -> Result<Self, Stop> {
        let person = matches!(subject, Subject::Person { .. });
        if person {
            actor.is_system().map_err(|_| Error::NotFound)?;
        }
        let acting = if person { None } else { Some(acting(view, actor, subject.permission())?) };
        let side = acting.as_ref().map(|acting| acting.business.id);
        view.want([subject.key()])?;
        let record = view.seen(subject.key()).record.as_ref().ok_or(Error::NotFound)?;
        // Disabled and former members are for those who see them in lists.
        let hidden = matches!(record, Record::Member(member) if member.status != Status::Active);
        if hidden && !acting.is_some_and(|acting| acting.may(Permission::Users)) {
            return Err(Error::NotFound.into());
        }
        let concerns = |reader: &PersonId| {
            let asked = AccessRequest::of(record).is_some_and(|request| request.claim.person == *reader);
            asked || Member::of(record).is_some_and(|member| member.person == *reader)
        };
        let oneself = actor.as_person().ok().filter(concerns);
        let (owner, counterpart): Owners = record.owners();
        if person || side == owner || (side.is_some() && side == counterpart) {
            Ok(Self { side, oneself })
        } else {
            Err(Error::NotFound.into())
        }
    }

    /// What they may see of an event: who of the other side did something is theirs to know.
    pub(super) fn entry(self, event: &StoredEvent) -> HistoryEntry {
        let own = self.side.is_none() || event.acting == self.side;
        let (name, details) = told(&event.event, own, self.oneself.is_some());
        let person = match event.author {
            Author::Person(person) if own && !self.is_decided_on_by(person, &event.event) => Some(person),
            Author::Person(_) | Author::System | Author::Visitor => None,
        };
        HistoryEntry {
            at: event.at,
            event: name.to_owned(),
            subject: event.subject.id,
            version: event.version.0,
            person,
            acting: event.acting,
            details,
        }
    }

    /// Whether somebody else decided here whether the reader is let in: a requester never learns who that was.
    fn is_decided_on_by(self, author: PersonId, event: &Event) -> bool {
        let lets_in = matches!(event, Event::AccessRequest(_) | Event::Member(member::Event::Added { .. }));
        lets_in && self.oneself.is_some_and(|oneself| oneself != author)
    }
}
