//! The Clients page.

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::Actor;
use super::super::authority::acting;
use super::super::lists::Paging;
use super::super::view::{Stop, View};
use super::super::views::Connection;
use super::super::walk::By;
use crate::error::{Error, FaultKind};
use crate::id::ContractorRoleId;
use crate::model::Side as End;
use crate::model::connection::Status;
use crate::model::member::Permission;
use crate::storage::query::{Filter, Source};
use crate::storage::rows::{Value, word};
use crate::storage::{Side, Tally};
use crate::text;

/// Which connections, in which order, from where on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListClients {
    /// Only these statuses; all, unless given.
    pub statuses: Option<Vec<Status>>,
    /// Only businesses whose name or trading name contains this text, whatever its case.
    pub name: Option<String>,
    /// Only businesses, Pending or Connected, whose address, e-mail or phone contains this text.
    pub contact: Option<String>,
    /// Only connections of this contractor role.
    pub role: Option<ContractorRoleId>,
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
pub struct ClientsPage {
    /// The connections.
    pub connections: Vec<Connection>,
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
}

const NAME: &str = "connections.clients";

pub(super) async fn clients(inner: &Inner, actor: &Actor, list: ListClients) -> Result<ClientsPage, Error> {
    inner.bounded(NAME, By::Actor(actor), page(inner, actor, list)).await
}

async fn page(inner: &Inner, actor: &Actor, list: ListClients) -> Result<ClientsPage, Error> {
    let folded = |field, text: &Option<String>| {
        text::NEEDLE.check_optional(field, text.as_deref()).map(|text| text.as_deref().map(text::folded))
    };
    let (name, contact) = (folded("name", &list.name)?, folded("contact", &list.contact)?);
    let scope = (&list.statuses, &name, &contact, list.role, list.sort);
    let paging = Paging::new(inner, (NAME, actor), &scope, list.cursor.as_deref(), list.limit)?;
    let owner =
        inner.peek(By::Actor(actor), |view, _| acting(view, actor, Permission::See).map(|acting| acting.business.id));
    let owner = owner.await?;

    let mut all =
        vec![Filter::Is("owner_id", Value::Uuid(owner.as_uuid())), Filter::Is("side", word(&End::Contractor))];
    all.extend(name.map(|name| Filter::Contains("name_text", name)));
    all.extend(contact.map(|contact| Filter::Contains("contact_text", contact)));
    all.extend(list.role.map(|role| Filter::Is("role_id", Value::Uuid(role.as_uuid()))));
    let counts = counts(inner, Filter::All(all.clone())).await?;
    let statuses = |statuses: Vec<Status>| Filter::OneOf("status", statuses.iter().map(word).collect());
    all.extend(list.statuses.map(statuses));

    let (order, descending) = match list.sort {
        Sort::Name => (vec!["name_text", "connection_id"], false),
        Sort::LastChange => (vec!["changed_at", "connection_id"], true),
    };
    let page = paging.page(inner, (Source::Sides, Filter::All(all)), order, descending).await?;
    let sides = page.rows.into_iter().map(Side::read).collect::<Result<Vec<_>, _>>();
    let sides = sides.map_err(crate::error::Fault::from)?;
    let connections = inner.peek(By::Actor(actor), |view, _| shown(view, &sides)).await?;
    Ok(ClientsPage { connections, next: page.next, counts })
}

/// The listed connections with their other ends and roles.
fn shown(view: &View, sides: &[Side]) -> Result<Vec<Connection>, Stop> {
    view.want(sides.iter().flat_map(|side| [side.connection.into(), side.other.into(), side.role.into()]))?;
    let mut shown = Vec::with_capacity(sides.len());
    for side in sides {
        let connection = view.find(side.connection)?.ok_or(FaultKind::StorageCorrupt)?;
        let other = view.find(side.other)?.ok_or(FaultKind::StorageCorrupt)?;
        let role = view.find(connection.role)?.ok_or(FaultKind::StorageCorrupt)?;
        shown.push(Connection::of(&connection, side.end, &other, &role));
    }
    Ok(shown)
}

async fn counts(inner: &Inner, filter: Filter) -> Result<ConnectionCounts, Error> {
    let mut counts = ConnectionCounts::default();
    for (status, count) in inner.storage.tally(&Tally { source: Source::Sides, filter, by: "status" }).await? {
        for known in Status::ALL {
            if word(&known) == status {
                match known {
                    Status::Pending => counts.pending = count,
                    Status::Connected => counts.connected = count,
                }
            }
        }
    }
    Ok(counts)
}
