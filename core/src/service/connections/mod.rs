//! `connections`: the edges between clients and contractors.

mod accept;
mod ask;
mod change_role;
mod classify;
mod disconnect;
mod pages;
mod refuse;
mod requirements;
mod summary;

use std::sync::Arc;

pub use self::accept::AcceptRequest;
pub use self::ask::RequestConnection;
pub use self::change_role::ChangeConnectionRole;
pub use self::classify::Classify;
pub use self::disconnect::Disconnect;
pub use self::pages::{ConnectionCounts, ConnectionsPage, ListConnections, ListPending, PendingPage, Sort};
pub use self::refuse::{DeclineRequest, WithdrawRequest};
pub use self::requirements::{ReviewRequirement, SubmitRequirement};
pub use self::summary::OfConnection;
use super::Handclasp;
use super::actor::Actor;
use super::authority::{Acting, member_of};
use super::changes::Changes;
use super::view::{Stop, View};
use super::views::{Connected, Connection};
use super::walk::Context;
use crate::error::{Error, FaultKind};
use crate::id::{ConnectionId, NoticeId, RequestId, SpellId};
use crate::model::business::Business;
use crate::model::connection::{self, Ends, Start, State};
use crate::model::contractor_role::ContractorRole;
use crate::model::delivery::About;
use crate::model::fees::Spell;
use crate::model::request::{self, Request};
use crate::model::user_role::Permission;
use crate::model::{Event, Side};

/// The edges between clients and contractors.
#[derive(Debug, Clone, Copy)]
pub struct Connections<'a>(pub(super) &'a Handclasp);

/// The edge between two businesses, and the request that waits on it.
pub(super) struct Edge<'v> {
    ends: Ends,
    connection: Option<&'v connection::Connection>,
    request: Option<&'v Request>,
}

/// The edge between two businesses.
pub(super) fn edge(view: &View, ends: Ends) -> Result<Edge<'_>, Stop> {
    let connection = view.find(ends.id)?.map(Arc::as_ref);
    let request = match connection.map(|connection| &connection.state) {
        Some(State::Pending { request }) => view.find(*request)?.map(Arc::as_ref),
        Some(State::Connected { .. } | State::Declined | State::Withdrawn | State::Disconnected(_)) | None => None,
    };
    Ok(Edge { ends, connection, request })
}

/// What the two begin with when they are connected under a role now.
pub(super) fn start(cx: &mut Context<'_>, role: &ContractorRole) -> Start {
    Start { spell: SpellId::from_uuid(cx.fresh.ordered(cx.now)), configured: !role.categories.is_empty() }
}

/// Connects two businesses: closes the request that waits, lists the connection on both sides, begins a spell, owes
/// each side a mail.
pub(super) fn connect(
    view: &View,
    cx: &mut Context<'_>,
    changes: &mut Changes,
    (client, contractor): (&Business, &Business),
    edge: &Edge<'_>,
    (role, command): (&ContractorRole, connection::Command),
) -> Result<Connected, Stop> {
    let before = edge.connection;
    let event = connection::decide(edge.ends, before, command)?.ok_or(FaultKind::Internal)?;
    let after = connection::evolve(edge.ends, before, &event, cx.now);
    let connection = changes.evolve(view, after, Event::Connection(event))?;
    if let Some(request) = edge.request {
        let state = request::decide(request, request::Command::Accept, cx.now)?;
        changes.put(view, Request { state, ..request.clone() });
    }
    changes.list(&connection, client, contractor);
    let id = connection.id;
    if let State::Connected { since, spell } = connection.state {
        let Ends { client, contractor, .. } = edge.ends;
        changes.put(view, Spell { id: spell, connection: id, client, contractor, since, until: None });
    }
    let mut notice = || NoticeId::from_uuid(cx.fresh.ordered(cx.now));
    let (first, second) = (notice(), notice());
    changes.owe(view, first, About::ConnectionAccepted { client: client.id, connection: id }, cx.now);
    changes.owe(view, second, About::ConnectionConfirmed { contractor: contractor.id, connection: id }, cx.now);
    let classification = connection.workflow.classification;
    Ok(Connected { connection: Connection::of(&connection, Side::Contractor, client, role), classification })
}

/// A connection of the acting business, which end that is, and all that it takes to show it.
struct Own<'v> {
    acting: Acting<'v>,
    side: Side,
    connection: &'v Arc<connection::Connection>,
    client: &'v Business,
    contractor: &'v Business,
    role: &'v ContractorRole,
}

/// The connection, if it is the acting business's and the actor holds what that end of it needs.
fn own<'v>(view: &'v View, actor: &Actor, id: ConnectionId, needs: fn(Side) -> Permission) -> Result<Own<'v>, Stop> {
    let acting = member_of(view, actor)?;
    if [Side::Client, Side::Contractor].into_iter().all(|side| !acting.may(needs(side))) {
        return Err(Error::Forbidden.into());
    }
    let connection = view.get_or_not_found(id)?;
    let side = connection.side_of(acting.business.id).ok_or(Error::NotFound)?;
    let acting = acting.permitted(needs(side))?;
    let (client, contractor, role) = (connection.client, connection.contractor, connection.role);
    view.want([client.into(), contractor.into(), role.into()])?;
    let corrupt = FaultKind::StorageCorrupt;
    let (client, contractor) = (view.find(client)?.ok_or(corrupt)?, view.find(contractor)?.ok_or(corrupt)?);
    let role = view.find(role)?.ok_or(corrupt)?;
    Ok(Own { acting, side, connection, client, contractor, role })
}

impl Own<'_> {
    /// The connection as the acting business sees it.
    fn shown(&self, connection: &connection::Connection) -> Connection {
        let other = match self.side {
            Side::Client => self.contractor,
            Side::Contractor => self.client,
        };
        Connection::of(connection, self.side, other, self.role)
    }

    /// The command, decided, written and listed; the connection as it is then.
    fn change(
        &self,
        view: &View,
        cx: &Context<'_>,
        changes: &mut Changes,
        command: connection::Command,
    ) -> Result<Arc<connection::Connection>, Stop> {
        let ends = Ends::of(self.connection);
        let before = Some(self.connection.as_ref());
        let Some(event) = connection::decide(ends, before, command)? else {
            return Ok(Arc::clone(self.connection));
        };
        let after = connection::evolve(ends, before, &event, cx.now);
        let after = changes.evolve(view, after, Event::Connection(event))?;
        changes.list(&after, self.client, self.contractor);
        Ok(after)
    }
}

/// A request and its connection, for the side that may answer it or take it back; the other side knows of it and may
/// not.
fn asked<'v>(view: &'v View, actor: &Actor, id: RequestId, side: Side) -> Result<(Own<'v>, &'v Request), Stop> {
    view.soon([id.into()]);
    let acting = member_of(view, actor)?.permitted(Permission::Connect)?;
    let request = view.get_or_not_found(id)?;
    let (own_end, other_end) = match side {
        Side::Client => (request.client, request.contractor),
        Side::Contractor => (request.contractor, request.client),
    };
    if other_end == acting.business.id {
        return Err(Error::Forbidden.into());
    }
    if own_end != acting.business.id {
        return Err(Error::NotFound.into());
    }
    view.want([request.client.into(), request.contractor.into(), request.connection.into()])?;
    Ok((own(view, actor, request.connection, |_| Permission::Connect)?, request))
}
