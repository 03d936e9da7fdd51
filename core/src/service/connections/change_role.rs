//! Putting a connection under another role.

use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::contractor_roles::own;
use super::super::view::{Stop, View};
use super::super::views::{Connected, Connection};
use super::super::walk::{Context, Operation};
use super::ChangeConnectionRole;
use crate::error::Error;
use crate::model::connection::{self, Classification, Command};
use crate::model::member::Permission;
use crate::model::{Event, Side};

impl Operation for ChangeConnectionRole {
    const NAME: &'static str = "connections.change_role";
    type Answer = Connected;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Connected, Changes), Stop> {
        let client = acting(view, cx.by.actor()?, Permission::Connect)?.business;
        view.want([self.connection.into(), self.role.into()])?;
        let before = view.get_or_not_found(self.connection)?;
        if before.contractor == client.id {
            return Err(Error::Forbidden.into());
        }
        if before.client != client.id {
            return Err(Error::NotFound.into());
        }
        let role = own(view, &client, self.role)?;
        role.live()?;
        let contractor = view.get_or_not_found(before.contractor)?;
        let pair = (client.id, contractor.id);
        let mut changes = Changes::default();
        let after = match connection::decide(pair, Some(&before), Command::ChangeRole(role.id))? {
            Some(event) => {
                let after = connection::evolve(pair, Some(&before), event, cx.now);
                let after = changes.evolve(view, after, Event::Connection(event))?;
                changes.list(&after, &client, &contractor);
                after
            }
            None => (*before).clone(),
        };
        let connection = Connection::of(&after, Side::Client, &contractor, &role);
        Ok((Connected { connection, classification: Classification::NotConfigured }, changes))
    }
}
