//! The Clients page, the Contractors page, and the dashboard of requests that wait.

use futures_util::future::try_join;
use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::authority::acting;
use super::super::businesses::{Confusable, confusable};
use super::super::lists::{Paging, readable_rows};
use super::super::view::{Stop, View};
use super::super::views::Connection;
use super::super::walk::By;
use super::Connections;
use crate::error::{Error, FaultKind};
use crate::id::{BusinessId, CategoryId, ContractorRoleId};
use crate::model::Side as End;
use crate::model::connection::Status;
use crate::model::user_role::Permission;
use crate::model::workflow::{Classification, WorkflowStatus};
use crate::storage::query::{Filter, Source};
use crate::storage::rows::{Row, Value, word};
use crate::storage::{Side, Tally};
use crate::text;

mod by_workflow;

/// Which connections, in which order, from where on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListConnections {
    /// Only these statuses; all, unless given.
    pub statuses: Option<Vec<Status>>,
    /// Only businesses whose name or trading name contains this text, whatever its case.
    pub name: Option<String>,
    /// Only businesses, Pending or Connected, whose address, e-mail or phone contains this text.
    pub contact: Option<String>,
    /// Only connections of this contractor role.
    pub role: Option<ContractorRoleId>,
    /// Only connections that are in this category.
    pub category: Option<CategoryId>,
    /// Only connections whose categories have to be chosen, or only those whose have not.
    pub classification_required: Option<bool>,
    /// Only connections whose requirements are so far.
    pub workflow_status: Option<WorkflowStatus>,
    /// In which order.
    pub sort: Sort,
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// The order of a list of connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Sort {
    /// By the other business's name.
    #[default]
    Name,
    /// The connection that changed last comes first.
    LastChange,
}

/// One page of connections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ConnectionsPage {
    /// The connections.
    pub connections: Vec<Connection>,
    /// Those of the other businesses whose names can be taken for others'.
    pub confusable: Vec<Confusable>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
    /// How many there are per status, whatever statuses are asked for.
    pub counts: ConnectionCounts,
}

/// How many connections there are per status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ConnectionCounts {
    /// Connection Pending.
    pub pending: u64,
    /// Connected.
    pub connected: u64,
    /// Declined.
    pub declined: u64,
    /// Withdrawn.
    pub withdrawn: u64,
    /// Disconnected.
    pub disconnected: u64,
}

impl ConnectionCounts {
    const fn of(&mut self, status: Status) -> &mut u64 {
        match status {
            Status::Pending => &mut self.pending,
            Status::Connected => &mut self.connected,
            Status::Declined => &mut self.declined,
            Status::Withdrawn => &mut self.withdrawn,
            Status::Disconnected => &mut self.disconnected,
        }
    }
}

/// Which page of the requests that wait.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListPending {
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One page of the requests that wait for the acting contractor's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PendingPage {
    /// The connections, the longest waiting first; each names its request.
    pub connections: Vec<Connection>,
    /// Those of the clients whose names can be taken for others'.
    pub confusable: Vec<Confusable>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

impl Connections<'_> {
    /// The Clients page: the acting contractor's connections, a page at a time, and how many there are per status.
    ///
    /// # Errors
    /// `invalid_argument`, also for a cursor of another list, filter or reader.
    ///
    /// ```
    /// # use handclasp::{testing, connections::ListConnections, model::connection::Status};
    /// # testing::example_request(async |handclasp, _, contractor, _| {
    /// let page = handclasp.connections().clients(&contractor, ListConnections::default()).await?;
    /// assert_eq!(page.connections[0].other.name, "Acme");
    /// let mut connected = ListConnections::default();
    /// connected.statuses = Some(vec![Status::Connected]);
    /// let page = handclasp.connections().clients(&contractor, connected).await?;
    /// assert!(page.connections.is_empty());
    /// assert_eq!((page.counts.pending, page.counts.connected), (1, 0));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn clients(&self, by: impl Into<Caller>, list: ListConnections) -> Result<ConnectionsPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        let page = Page { name: "connections.clients", end: End::Contractor, list: &list };
        inner.bounded(page.name, By::Actor(&actor), page.show(inner, &actor)).await
    }

    /// The Contractors page: the acting client's connections, a page at a time, and how many there are per status.
    ///
    /// # Errors
    /// `invalid_argument`, also for a cursor of another list, filter or reader.
    ///
    /// ```
    /// # use handclasp::{testing, connections::ListConnections};
    /// # testing::example_request(async |handclasp, client, contractor, _| {
    /// let mut named = ListConnections::default();
    /// named.name = Some("BOL".into());
    /// let page = handclasp.connections().contractors(&client, named.clone()).await?;
    /// assert_eq!((page.connections[0].other.name.as_str(), page.next), ("Bolt", None));
    /// // Bolt is nobody's client.
    /// assert!(handclasp.connections().contractors(&contractor, named).await?.connections.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn contractors(&self, by: impl Into<Caller>, list: ListConnections) -> Result<ConnectionsPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        let page = Page { name: "connections.contractors", end: End::Client, list: &list };
        inner.bounded(page.name, By::Actor(&actor), page.show(inner, &actor)).await
    }

    /// The dashboard: the requests that wait for the acting contractor's answer, the longest waiting first.
    ///
    /// # Errors
    /// `invalid_argument`, also for a cursor of another list or reader.
    ///
    /// ```
    /// # use handclasp::{testing, connections::{AcceptRequest, ListPending}};
    /// # testing::example_request(async |handclasp, _, contractor, _| {
    /// let page = handclasp.connections().pending(&contractor, ListPending::default()).await?;
    /// let request = page.connections[0].request.unwrap();
    /// handclasp.connections().accept(&contractor, AcceptRequest::new(request)).await?;
    /// let page = handclasp.connections().pending(&contractor, ListPending::default()).await?;
    /// assert!(page.connections.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn pending(&self, by: impl Into<Caller>, list: ListPending) -> Result<PendingPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("connections.pending", By::Actor(&actor), pending(inner, &actor, &list)).await
    }
}

async fn pending(inner: &Inner, actor: &Actor, list: &ListPending) -> Result<PendingPage, Error> {
    let name = ("connections.pending", actor);
    let paging = Paging::new(inner, name, &(), list.cursor.as_deref(), list.limit)?;
    let mut all = of_owner(owner(inner, actor).await?, End::Contractor);
    all.push(Filter::Is("status", word(&Status::Pending)));
    let order = vec!["changed_at", "connection_id"];
    let page = paging.page(inner, (Source::Sides, Filter::All(all)), order, false).await?;
    let connections = connections(inner, actor, page.rows).await?;
    Ok(PendingPage { confusable: marked(inner, &connections).await?, connections, next: page.next })
}

/// One of the two pages.
struct Page<'a> {
    name: &'static str,
    /// Which end of its connections the acting business is.
    end: End,
    list: &'a ListConnections,
}

impl Page<'_> {
    async fn show(&self, inner: &Inner, actor: &Actor) -> Result<ConnectionsPage, Error> {
        let list = self.list;
        let folded = |field, text: &Option<String>| {
            text::NEEDLE.check_optional(field, text.as_deref()).map(|text| text.as_deref().map(text::folded))
        };
        let (name, contact) = (folded("name", &list.name)?, folded("contact", &list.contact)?);
        let scope = ListConnections { cursor: None, limit: None, ..list.clone() };
        let paging = Paging::new(inner, (self.name, actor), &scope, list.cursor.as_deref(), list.limit)?;
        let mut all = of_owner(owner(inner, actor).await?, self.end);
        all.extend(name.map(|name| Filter::Contains("name_text", name)));
        all.extend(contact.map(|contact| Filter::Contains("contact_text", contact)));
        all.extend(list.role.map(|role| Filter::Is("role_id", Value::Uuid(role.as_uuid()))));
        all.extend(list.category.map(|category| Filter::Contains("categories", category.to_string())));
        let required = Filter::Is("classification", word(&Classification::Required));
        all.extend(
            list.classification_required.map(|wanted| if wanted { required } else { Filter::Not(Box::new(required)) }),
        );
        match list.workflow_status {
            Some(status) => by_workflow::page(inner, actor, (all, list, status), paging).await,
            None => {
                let whatever_status = Filter::All(all.clone());
                all.extend(list.statuses.as_deref().map(of_statuses));
                let (order, descending) = list.sort.order();
                let page = async {
                    let page = paging.page(inner, (Source::Sides, Filter::All(all)), order, descending).await?;
                    let connections = connections(inner, actor, page.rows).await?;
                    Ok((marked(inner, &connections).await?, connections, page.next))
                };
                // Neither rests on the other, and each walks the owner's rows: at once they take half as long.
                let (counts, (confusable, connections, next)) = try_join(counts(inner, whatever_status), page).await?;
                Ok(ConnectionsPage { connections, confusable, next, counts })
            }
        }
    }
}

impl Sort {
    fn order(self) -> (Vec<&'static str>, bool) {
        match self {
            Self::Name => (vec!["name_text", "connection_id"], false),
            Self::LastChange => (vec!["changed_at", "connection_id"], true),
        }
    }
}

fn of_owner(owner: BusinessId, end: End) -> Vec<Filter> {
    vec![Filter::Is("owner_id", Value::Uuid(owner.as_uuid())), Filter::Is("side", word(&end))]
}

fn of_statuses(statuses: &[Status]) -> Filter {
    Filter::OneOf("status", statuses.iter().map(word).collect())
}

/// The acting business, whose own connections anybody of it with `see` may list.
async fn owner(inner: &Inner, actor: &Actor) -> Result<BusinessId, Error> {
    inner.peek(By::Actor(actor), |view, _| acting(view, actor, Permission::See).map(|acting| acting.business.id)).await
}

/// The listed connections with their other ends and roles.
async fn connections(inner: &Inner, actor: &Actor, rows: Vec<Row>) -> Result<Vec<Connection>, Error> {
    let sides = readable_rows(Source::Sides, rows, Side::read);
    let keys = |side: &Side| vec![side.connection.into(), side.other.into(), side.role.into()];
    inner.show_each(actor, &sides, keys, shown).await
}

/// The other ends whose names can be taken for others'.
async fn marked(inner: &Inner, connections: &[Connection]) -> Result<Vec<Confusable>, Error> {
    confusable(inner, &connections.iter().map(|connection| &connection.other).collect::<Vec<_>>()).await
}

fn shown(view: &View, side: &Side) -> Result<Connection, Stop> {
    let connection = view.find(side.connection)?.ok_or(FaultKind::StorageCorrupt)?;
    let (own, other) = match side.end {
        End::Client => (connection.client, connection.contractor),
        End::Contractor => (connection.contractor, connection.client),
    };
    // The side is an index: what it says of the connection has to be so.
    if (own, other) != (side.owner, side.other) {
        return Err(FaultKind::StorageCorrupt.into());
    }
    let other = view.find(side.other)?.ok_or(FaultKind::StorageCorrupt)?;
    let role = view.find(connection.role)?.ok_or(FaultKind::StorageCorrupt)?;
    Ok(Connection::of(connection, side.end, other, role))
}

async fn counts(inner: &Inner, filter: Filter) -> Result<ConnectionCounts, Error> {
    let mut counts = ConnectionCounts::default();
    for (status, count) in inner.storage.tally(&Tally { source: Source::Sides, filter, by: "status" }).await? {
        if let Some(known) = Status::ALL.into_iter().find(|known| word(known) == status) {
            *counts.of(known) = count;
        }
    }
    Ok(counts)
}
