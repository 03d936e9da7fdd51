//! `connections`: the edges between clients and contractors.

mod accept;
mod ask;
mod change_role;
mod clients;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::clients::{ClientsPage, ConnectionCounts, ListClients, Sort};
use super::Handclasp;
use super::actor::Caller;
use super::changes::Changes;
use super::view::{Stop, View};
use super::views::{Connected, Connection};
use super::walk::{Call, Context};
use crate::error::{Error, FaultKind};
use crate::id::{BusinessId, ConnectionId, ContractorRoleId, NoticeId, RequestId};
use crate::model::business::Business;
use crate::model::connection::{self, Classification, State};
use crate::model::contractor_role::ContractorRole;
use crate::model::delivery::About;
use crate::model::request::{self, Request};
use crate::model::{Event, Side};

/// The edges between clients and contractors.
#[derive(Debug, Clone, Copy)]
pub struct Connections<'a>(pub(super) &'a Handclasp);

/// Whom to ask.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RequestConnection {
    /// The business that is asked to be a contractor.
    pub contractor: BusinessId,
    /// A live contractor role of the client.
    pub role: ContractorRoleId,
}

impl RequestConnection {
    /// Asks this business, for this role.
    #[must_use]
    pub const fn new(contractor: BusinessId, role: ContractorRoleId) -> Self {
        Self { contractor, role }
    }
}

/// Which request to answer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AcceptRequest {
    /// The request, so that a stale page can't answer a newer one.
    pub request: RequestId,
}

impl AcceptRequest {
    /// This request.
    #[must_use]
    pub const fn new(request: RequestId) -> Self {
        Self { request }
    }
}

/// Which connection gets which role.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChangeConnectionRole {
    /// The connection.
    pub connection: ConnectionId,
    /// A live contractor role of the client.
    pub role: ContractorRoleId,
}

impl ChangeConnectionRole {
    /// This connection, this role.
    #[must_use]
    pub const fn new(connection: ConnectionId, role: ContractorRoleId) -> Self {
        Self { connection, role }
    }
}

impl Connections<'_> {
    /// Asks a business to be the acting client's contractor. It is Pending at once, until answered, and the contractor
    /// is mailed.
    ///
    /// # Errors
    /// `already_pending`, `already_connected`, `not_found` for the business (an archived one too) or the role,
    /// `wrong_state` for an archived role, `self_action_forbidden`, `rate_limited`, `forbidden` for a business that is
    /// no client account.
    pub async fn request(&self, by: impl Into<Caller>, request: RequestConnection) -> Result<Connection, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &request).await
    }

    /// Accepts a request, for the contractor. Each side is mailed once.
    ///
    /// # Errors
    /// `not_found`, `already_decided`, `wrong_state` while the role or the client is archived, `limit_exceeded`
    /// (connections).
    pub async fn accept(&self, by: impl Into<Caller>, accept: AcceptRequest) -> Result<Connected, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &accept).await
    }

    /// Puts a connection under another contractor role, for the client.
    ///
    /// # Errors
    /// `not_found`, `forbidden` for the contractor, `wrong_state` unless Connected or for an archived role.
    pub async fn change_role(&self, by: impl Into<Caller>, change: ChangeConnectionRole) -> Result<Connected, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &change).await
    }

    /// The Clients page: the acting contractor's connections, a page at a time, and how many there are per status.
    ///
    /// # Errors
    /// `invalid_argument`, also for a cursor of another list, filter or reader.
    pub async fn clients(&self, by: impl Into<Caller>, list: ListClients) -> Result<ClientsPage, Error> {
        clients::clients(&self.0.inner, &by.into().actor, list).await
    }
}

/// The edge between two businesses, and the request that waits on it.
pub(super) struct Edge {
    connection: Option<Arc<connection::Connection>>,
    request: Option<Arc<Request>>,
}

/// The edge between two businesses.
pub(super) fn ends(view: &View, client: BusinessId, contractor: BusinessId) -> Result<Edge, Stop> {
    let connection = view.find(ConnectionId::between(client, contractor))?;
    let request = match connection.as_deref().map(|connection| connection.state) {
        Some(State::Pending { request }) => view.find(request)?,
        Some(State::Connected { .. }) | None => None,
    };
    Ok(Edge { connection, request })
}

/// Connects two businesses: closes the request that waits, lists the connection on both sides, owes each side a mail.
pub(super) fn connect(
    view: &View,
    cx: &mut Context<'_>,
    changes: &mut Changes,
    (client, contractor): (&Business, &Business),
    edge: &Edge,
    (role, command): (&ContractorRole, connection::Command),
) -> Result<Connected, Stop> {
    let ids = (client.id, contractor.id);
    let before = edge.connection.as_deref();
    let event = connection::decide(ids, before, command)?.ok_or(FaultKind::Internal)?;
    let after = connection::evolve(ids, before, event, cx.now);
    let connection = changes.evolve(view, after, Event::Connection(event))?;
    if let Some(request) = edge.request.as_deref() {
        let state = request::decide(request, request::Command::Accept, cx.now)?;
        changes.put(view, Request { state, ..request.clone() });
    }
    changes.list(&connection, client, contractor);
    let id = connection.id();
    let mut notice = || NoticeId::from_uuid(cx.fresh.ordered(cx.now));
    let (first, second) = (notice(), notice());
    changes.owe(view, first, About::ConnectionAccepted { client: client.id, connection: id }, cx.now);
    changes.owe(view, second, About::ConnectionConfirmed { contractor: contractor.id, connection: id }, cx.now);
    let connection = Connection::of(&connection, Side::Contractor, client, role);
    Ok(Connected { connection, classification: Classification::NotConfigured })
}
