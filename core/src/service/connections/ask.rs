//! Asking a business to be a contractor.

use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::contractor_roles::own;
use super::super::view::{Stop, View};
use super::super::views::Connection;
use super::super::walk::{Context, Operation};
use super::{RequestConnection, ends};
use crate::error::{Error, FaultKind};
use crate::id::{ConnectionId, NoticeId, RequestId};
use crate::model::connection::{self, Command};
use crate::model::delivery::About;
use crate::model::member::Permission;
use crate::model::request::{Request, State};
use crate::model::{Event, Side};
use crate::storage::guard::Limit;

impl Operation for RequestConnection {
    const NAME: &'static str = "connections.request";
    type Answer = Connection;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connection, Changes), Stop> {
        let actor = cx.by.actor()?;
        let client = acting(view, actor, Permission::Connect)?.client_account()?.business;
        let connection = ConnectionId::between(client.id, self.contractor);
        view.want([self.role.into(), self.contractor.into(), connection.into()])?;
        let role = own(view, &client, self.role)?;
        role.live()?;
        let contractor = view.get_or_not_found(self.contractor)?;
        contractor.active().map_err(|_| Error::NotFound)?;
        let before = ends(view, client.id, contractor.id)?.connection;
        let request = RequestId::from_uuid(cx.fresh.ordered(cx.now));
        let pair = (client.id, contractor.id);
        let event = connection::decide(pair, before.as_deref(), Command::Request(request, role.id))?
            .ok_or(FaultKind::Internal)?;
        let mut changes = Changes::default();
        let after = connection::evolve(pair, before.as_deref(), event, cx.now);
        let after = changes.evolve(view, after, Event::Connection(event))?;
        changes.put(
            view,
            Request {
                id: request,
                connection,
                client: client.id,
                contractor: contractor.id,
                asked_at: cx.now,
                state: State::Pending,
            },
        );
        changes.list(&after, &client, &contractor);
        let about = About::ConnectionRequested { contractor: contractor.id, connection, request };
        changes.owe(view, NoticeId::from_uuid(cx.fresh.ordered(cx.now)), about, cx.now);
        changes.spend(actor.author(), [Limit::client(client.id), Limit::pair(client.id, contractor.id)]);
        Ok((Connection::of(&after, Side::Client, &contractor, &role), changes))
    }
}
