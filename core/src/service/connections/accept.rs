//! Answering a request with yes.

use super::super::authority::{acting, keys};
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::Connected;
use super::super::walk::{Context, Operation};
use super::{AcceptRequest, connect, ends};
use crate::error::{Error, FaultKind};
use crate::model::connection::Command;
use crate::model::member::Permission;
use crate::model::request;

impl Operation for AcceptRequest {
    const NAME: &'static str = "connections.accept";
    type Answer = Connected;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connected, Changes), Stop> {
        let actor = cx.by.actor()?;
        view.want(keys(actor).into_iter().chain([self.request.into()]))?;
        let contractor = acting(view, actor, Permission::Connect)?.business;
        let request = view.get_or_not_found(self.request)?;
        if request.contractor != contractor.id {
            return Err(Error::NotFound.into());
        }
        view.want([request.client.into(), request.connection.into()])?;
        request::decide(&request, request::Command::Accept, cx.now)?;
        let edge = ends(view, request.client, contractor.id)?;
        let role = edge.connection.as_ref().ok_or(FaultKind::StorageCorrupt)?.role;
        let role = view.get_or_not_found(role)?;
        role.live()?;
        let client = view.get_or_not_found(request.client)?;
        client.active()?;
        let mut changes = Changes::default();
        let connected = connect(view, cx, &mut changes, (&client, &contractor), &edge, (&role, Command::Accept))?;
        Ok((connected, changes))
    }
}
