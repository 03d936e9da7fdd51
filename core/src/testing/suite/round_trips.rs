//! Every kind of record comes back as it was written.

use super::stage::{Store, commit, done, identity, rows, write};
use crate::model::{
    Author, Event, access_request, business, category, connection, contractor_role, fees, group_link, invite, member,
    person, reasons, requirement, user_role,
};
use crate::storage::{Commit, Filter, Kind, Record, Row, Source, StoredEvent, Version, Versioned};
use crate::testing::samples::{self, Fill};

/// Writes every kind of record in every fill over the others, and looks for each.
pub(super) async fn every_record(store: &Store) {
    let mut history: Vec<StoredEvent> = Vec::new();
    let authors = [Author::Visitor, Author::Person(samples::person_id(7)), Author::System].into_iter().cycle();
    let fills = [Fill::Bare, Fill::Full, Fill::Blank, Fill::Bare].into_iter().zip(authors);
    for (version, (fill, author)) in (1..).zip(fills) {
        let records = samples::records(fill);
        let writes = records.iter().map(|record| write(record.clone(), version, event(record))).collect();
        let acting = (version > 2).then_some(samples::business_id(1));
        let commit = Commit { writes, author, acting, ..commit() };
        history.extend(StoredEvent::of(&commit));
        done(store, commit).await;
        loaded(store, &records, Version(version)).await;
        listed(store, &records, Version(version)).await;
        remembered(store, &history).await;
    }
}

async fn loaded(store: &Store, records: &[Record], version: Version) {
    let keys: Vec<_> = records.iter().map(Record::key).collect();
    let found = store.load(&keys).await.unwrap();
    for (record, found) in records.iter().zip(found) {
        same(record, version, &found);
    }
}

/// Columns are compared too: two addresses are equal though their case differs.
fn same(record: &Record, version: Version, found: &Versioned) {
    assert_eq!(*found, Versioned { version, record: Some(record.clone()) });
    assert_eq!(found.record.as_ref().unwrap().values(), record.values());
}

async fn listed(store: &Store, records: &[Record], version: Version) {
    for kind in Kind::ALL {
        let mut of_kind: Vec<_> = records.iter().filter(|record| record.key().kind == kind).collect();
        of_kind.sort_by_key(|record| record.key());
        let found = rows(store, Source::Records(kind), Filter::All(Vec::new())).await;
        assert_eq!(found, of_kind.iter().map(|record| Row::of(record, version)).collect::<Vec<_>>());
        for (record, row) in of_kind.into_iter().zip(found) {
            same(record, version, &Versioned::read(kind, row).unwrap());
        }
    }
}

async fn remembered(store: &Store, history: &[StoredEvent]) {
    let table = Source::Events.table();
    let mut expected: Vec<_> = history.iter().map(|event| Row(event.values())).collect();
    expected.sort_by_key(|row| {
        identity(Source::Events).into_iter().map(|name| row.get(table, name).cloned()).collect::<Vec<_>>()
    });
    let found = rows(store, Source::Events, Filter::All(Vec::new())).await;
    assert_eq!(found, expected);
    for row in found {
        assert!(history.contains(&StoredEvent::read(row).unwrap()));
    }
}

/// Something that could have happened to the record, for those that have a history.
pub(super) fn event(record: &Record) -> Option<Event> {
    Some(match record {
        Record::Business(business) => Event::Business(business::Event::Registered {
            id: business.id,
            profile: Box::new((*business.profile).clone()),
        }),
        Record::Person(person) => Event::Person(person::Event::Put((**person).clone())),
        Record::Member(member) => Event::Member(member::Event::RoleChanged { role: member.role }),
        Record::UserRole(role) => Event::UserRole(user_role::Event::Defined((**role).clone())),
        Record::ContractorRole(role) => Event::ContractorRole(contractor_role::Event::Created {
            id: role.id,
            client: role.client,
            name: role.name.clone(),
        }),
        Record::Category(category) => Event::Category(category::Event::Defined(Box::new((**category).clone()))),
        Record::Requirement(requirement) => {
            Event::Requirement(requirement::Event::Defined(Box::new((**requirement).clone())))
        }
        Record::GroupLink(link) => Event::GroupLink(group_link::Event::Refreshed { link: link.link, key: link.key }),
        Record::Invite(invite) => Event::Invite(invite::Event::Created {
            id: invite.id,
            terms: Box::new(invite.terms.clone()),
            ends_at: invite.ends_at,
        }),
        Record::Connection(connection) => Event::Connection(connection::Event::RoleChanged {
            role: connection.role,
            classification: connection.workflow.classification,
        }),
        Record::AccessRequest(request) => Event::AccessRequest(access_request::Event::Submitted {
            id: request.id,
            claim: Box::new(request.claim.clone()),
            at: request.asked_at,
        }),
        Record::Reasons(reasons) => Event::Reasons(reasons::Event::Set {
            kind: reasons::ReasonKind::Disconnect,
            reasons: reasons.disconnect.clone().unwrap_or_default(),
        }),
        Record::FeePlans(plans) => Event::FeePlans(fees::Event::Set(plans.held.last()?.clone())),
        Record::Request(_)
        | Record::Spell(_)
        | Record::Word(_)
        | Record::Slot(_)
        | Record::Answer(_)
        | Record::KeyRegistry(_)
        | Record::Notice(_)
        | Record::Delivery(_) => return None,
    })
}
