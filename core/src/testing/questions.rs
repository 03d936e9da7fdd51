//! What the services ask stores for.
#![expect(clippy::unwrap_used, reason = "a test kit fails by panicking")]

mod recording;

use std::sync::Arc;

use futures_util::FutureExt;
use uuid::Uuid;

use self::recording::Recording;
use super::{ManualClock, SeededEntropy, configuration};
use crate::access_requests::{ListAccess, ListOwn, SubmitAccess};
use crate::businesses::{Register, SearchBusinesses, SetClientAccount};
use crate::connections::{ListConnections, ListPending, Sort};
use crate::contractor_roles::ListContractorRoles;
use crate::fees::{SetPlan, Statement};
use crate::group_links::ListGroupLinks;
use crate::history::{HistoryOf, Subject};
use crate::invites::ListInvites;
use crate::mail::CapturingMailer;
use crate::members::{AddMember, DisableMember, ListMembers, ListRoles};
use crate::model::fees::{Payer, Plan, Tier};
use crate::model::user_role::UserRole;
use crate::model::workflow::WorkflowStatus;
use crate::model::{access_request, connection, contractor_role, invite};
use crate::outbox::{DeliverDue, DeliveryStatus, ListDeliveries};
use crate::storage::{Column, ColumnKind, Filter, Query, Storage, Tally, Value};
use crate::{Actor, BusinessId, CategoryId, ContractorRoleId, Error, Handclasp, Parts, PersonId, people};

/// One question.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a store is asked for nothing else")]
pub enum Question {
    /// Rows.
    List(Query),
    /// Numbers of rows.
    Tally(Tally),
}

/// Every list and tally that the services ask a store for, with each of their filters, from the beginning and from
/// where an earlier page ended: so that a store can see to it that it answers none of them by reading everything. Every
/// id in them is this one.
///
/// # Panics
/// If the services refuse what they are asked here.
#[must_use]
pub fn questions(id: Uuid) -> Vec<Question> {
    let store = Arc::new(Recording::default());
    let parts = Parts {
        clock: Arc::new(ManualClock::at("2026-01-05T09:00:00Z")),
        entropy: Arc::new(SeededEntropy::new(1)),
        ..Parts::new(Arc::clone(&store) as Arc<dyn Storage>, Arc::new(CapturingMailer::new()))
    };
    // The store in memory never waits, so neither do the services.
    ask(parts).now_or_never().unwrap().unwrap();
    let mut questions: Vec<Question> = Vec::new();
    for question in store.asked().into_iter().flat_map(|question| question.pages(id)) {
        if !questions.contains(&question) {
            questions.push(question);
        }
    }
    questions
}

impl Question {
    /// The question about this id; of a list, also its next page.
    fn pages(self, id: Uuid) -> Vec<Self> {
        match self {
            Self::Tally(tally) => vec![Self::Tally(Tally { filter: about(tally.filter, id), ..tally })],
            Self::List(query) => {
                let query = Query { filter: about(query.filter, id), after: None, ..query };
                let columns = |name| query.source.table().all().find(move |column| column.name == name);
                let somewhere = |column: &Column| match beginning(&query.filter, column.name) {
                    Some(text) => Value::Text(text.to_owned()),
                    None => somewhere(column.kind, id),
                };
                let after = query.order.iter().copied().filter_map(columns).map(somewhere);
                let next = Query { after: Some(after.collect()), ..query.clone() };
                vec![Self::List(query), Self::List(next)]
            }
        }
    }
}

fn about(filter: Filter, id: Uuid) -> Filter {
    let all = |filters: Vec<Filter>| filters.into_iter().map(|filter| about(filter, id)).collect();
    let this = |value| if matches!(value, Value::Uuid(_)) { Value::Uuid(id) } else { value };
    match filter {
        Filter::Not(filter) => Filter::Not(Box::new(about(*filter, id))),
        Filter::All(filters) => Filter::All(all(filters)),
        Filter::Any(filters) => Filter::Any(all(filters)),
        Filter::Is(name, value) => Filter::Is(name, this(value)),
        Filter::OneOf(name, values) => Filter::OneOf(name, values.into_iter().map(this).collect()),
        other @ (Filter::Null(_)
        | Filter::AtMost(..)
        | Filter::MoreThan(..)
        | Filter::Begins(..)
        | Filter::Contains(..)) => other,
    }
}

/// What the column has to begin with: no page ends before it.
fn beginning<'a>(filter: &'a Filter, column: &str) -> Option<&'a str> {
    match filter {
        Filter::All(filters) => filters.iter().find_map(|filter| beginning(filter, column)),
        Filter::Begins(name, text) if *name == column => Some(text),
        Filter::Begins(..)
        | Filter::Not(_)
        | Filter::Any(_)
        | Filter::Is(..)
        | Filter::OneOf(..)
        | Filter::Null(_)
        | Filter::AtMost(..)
        | Filter::MoreThan(..)
        | Filter::Contains(..) => None,
    }
}

/// Where a page may have ended.
fn somewhere(kind: ColumnKind, id: Uuid) -> Value {
    match kind {
        ColumnKind::Bool => Value::Bool(false),
        ColumnKind::Int => Value::Int(1),
        ColumnKind::Time => Value::Time(super::samples::time(0)),
        ColumnKind::Uuid => Value::Uuid(id),
        ColumnKind::Text | ColumnKind::Json => Value::Text("acme".to_owned()),
        ColumnKind::Bytes => Value::Bytes(Vec::new()),
    }
}

/// Who asks.
struct Asking {
    client: Actor,
    contractor: Actor,
    person: PersonId,
    business: BusinessId,
    role: ContractorRoleId,
}

async fn ask(parts: Parts) -> Result<(), Error> {
    let handclasp = Handclasp::open(configuration(), parts).await?;
    let asking = prepare(&handclasp).await?;
    of_connections(&handclasp, &asking).await?;
    of_people(&handclasp, &asking).await?;
    of_links(&handclasp, &asking).await?;
    of_the_host(&handclasp, &asking).await
}

async fn prepare(handclasp: &Handclasp) -> Result<Asking, Error> {
    let person = |number: u128| PersonId::from_uuid(Uuid::from_u128(number));
    let profile = |number| people::Profile::new(person(number), "Jo", "jo@a.example");
    let businesses = handclasp.businesses();
    let client = businesses.register(Actor::system(), Register::new("Acme", profile(1))).await?.id;
    let contractor = businesses.register(Actor::system(), Register::new("Bolt", profile(2))).await?.id;
    let account = businesses.set_client_account(Actor::system(), SetClientAccount::new(client, true)).await?;
    let acting = Actor::system_for(client);
    // One of the members has lost the authority to invite.
    handclasp.members().add(acting.clone(), AddMember::new(person(2), UserRole::ADMIN)).await?;
    handclasp.members().disable(acting.clone(), DisableMember::new(person(2))).await?;
    let address = crate::Email::parse("kim@b.example").unwrap();
    let kim = Actor::signed_in(person(3)).with_verified(address);
    handclasp.access_requests().submit(kim, SubmitAccess::new(client, "Kim", "kim@b.example")).await?;
    let tiers = vec![Tier { up_to: None, price: 1 }];
    let plan = Plan { currency: "EUR".to_owned(), anchor_day: 1, free_allowance: 0, tiers, payer: Payer::Client };
    handclasp.fees().set_plan(Actor::system(), SetPlan::new(client, plan)).await?;
    let role = account.supplier.map(|supplier| supplier.id).ok_or(Error::NotFound)?;
    Ok(Asking { client: acting, contractor: Actor::system_for(contractor), person: person(3), business: client, role })
}

async fn of_connections(handclasp: &Handclasp, asking: &Asking) -> Result<(), Error> {
    let usual = ListConnections::default;
    let text = || Some("acme".to_owned());
    let every = ListConnections {
        statuses: Some(connection::Status::ALL.to_vec()),
        name: text(),
        contact: text(),
        role: Some(asking.role),
        category: Some(CategoryId::from_uuid(Uuid::from_u128(1))),
        classification_required: Some(false),
        ..usual()
    };
    let lists = [
        usual(),
        ListConnections { statuses: Some(vec![connection::Status::Connected]), ..usual() },
        ListConnections { name: text(), ..usual() },
        ListConnections { contact: text(), ..usual() },
        ListConnections { role: Some(asking.role), ..usual() },
        ListConnections { category: every.category, ..usual() },
        ListConnections { classification_required: Some(true), ..usual() },
        ListConnections { workflow_status: Some(WorkflowStatus::Submitted), ..usual() },
        every,
    ];
    for list in lists {
        for sort in [Sort::Name, Sort::LastChange] {
            let list = || ListConnections { sort, ..list.clone() };
            handclasp.connections().contractors(&asking.client, list()).await?;
            handclasp.connections().clients(&asking.contractor, list()).await?;
        }
    }
    handclasp.connections().pending(&asking.contractor, ListPending::default()).await.map(|_| ())
}

async fn of_people(handclasp: &Handclasp, asking: &Asking) -> Result<(), Error> {
    for text in ["acme", "acme ltd"] {
        handclasp.businesses().search(&asking.client, SearchBusinesses::new(text)).await?;
    }
    for disabled in [false, true] {
        handclasp.members().list(&asking.client, ListMembers { disabled, ..ListMembers::default() }).await?;
    }
    handclasp.members().roles(&asking.client, ListRoles::default()).await?;
    use access_request::Status::{Accepted, Requested};
    for statuses in [None, Some(vec![Requested]), Some(vec![Requested, Accepted])] {
        handclasp.access_requests().list(&asking.client, ListAccess { statuses, ..ListAccess::default() }).await?;
    }
    handclasp.access_requests().mine(Actor::signed_in(asking.person), ListOwn::default()).await.map(|_| ())
}

async fn of_links(handclasp: &Handclasp, asking: &Asking) -> Result<(), Error> {
    use contractor_role::Status::{Archived, Live};
    for statuses in [None, Some(vec![Live]), Some(vec![Live, Archived])] {
        let list = ListContractorRoles { statuses, ..ListContractorRoles::default() };
        handclasp.contractor_roles().list(&asking.client, list).await?;
    }
    handclasp.group_links().list(&asking.client, ListGroupLinks::default()).await?;
    let each = invite::Status::ALL.map(|status| Some(vec![status]));
    for statuses in each.into_iter().chain([None, Some(invite::Status::ALL.to_vec())]) {
        for role in [None, Some(asking.role)] {
            let list = ListInvites { statuses: statuses.clone(), role, ..ListInvites::default() };
            handclasp.invites().list(&asking.client, list).await?;
        }
    }
    handclasp.fees().statement(&asking.client, Statement::default()).await.map(|_| ())
}

async fn of_the_host(handclasp: &Handclasp, asking: &Asking) -> Result<(), Error> {
    let subject = Subject::Business { id: asking.business };
    handclasp.history().of(&asking.client, HistoryOf::new(subject)).await?;
    let outbox = handclasp.outbox();
    outbox.deliver_due(Actor::system(), DeliverDue::default()).await?;
    use DeliveryStatus::{Dropped, Due, Leased, Parked, Sent};
    let all = vec![Due, Leased, Sent, Parked, Dropped];
    let each = all.clone().into_iter().map(|status| Some(vec![status]));
    for statuses in each.chain([None, Some(vec![Parked, Dropped]), Some(vec![Due, Leased]), Some(all)]) {
        outbox.list(Actor::system(), ListDeliveries { statuses, ..ListDeliveries::default() }).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_table_that_a_service_lists_is_asked_for() {
        let table = |question: &Question| match question {
            Question::List(query) => query.source.table().name,
            Question::Tally(tally) => tally.source.table().name,
        };
        let tables: BTreeSet<_> = questions(Uuid::from_u128(7)).iter().map(table).collect();
        let expected = [
            "access_requests",
            "contractor_roles",
            "deliveries",
            "directory_words",
            "events",
            "group_links",
            "invites",
            "members",
            "notices",
            "sides",
            "spells",
            "user_roles",
        ];
        assert_eq!(tables, expected.into());
    }
}
