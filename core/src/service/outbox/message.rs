//! From a delivery to its message, if anybody is still entitled to it.

use super::super::actor::Actor;
use super::super::view::{Stop, View};
use super::super::walk::By;
use super::super::{Inner, invites};
use crate::email::Email;
use crate::error::Error;
use crate::id::{ConnectionId, InviteId, RequestId};
use crate::mail::{Facts, Message};
use crate::model::Side;
use crate::model::connection::State;
use crate::model::delivery::{About, Delivery};
use crate::model::invite::Status;
use crate::time::Timestamp;
use crate::token::LinkRef;

/// What is to be done with a delivery.
pub(super) enum Ready {
    /// Send this.
    Send(Box<Message>),
    /// Nobody is to get it any more, for this reason.
    Drop(&'static str),
}

/// The facts of a message, and the link to put behind its button.
struct Told {
    facts: Facts,
    link: Option<LinkRef>,
    reply_to: Option<Email>,
}

impl Inner {
    /// Looks again, as the mail goes out: who is entitled, and does the link still live?
    pub(super) async fn ready(&self, delivery: &Delivery) -> Result<Ready, Error> {
        if !self.addresses(&delivery.about).await?.contains(&delivery.address) {
            return Ok(Ready::Drop("no longer entitled"));
        }
        let by = By::Actor(&Actor::System { business: None });
        let told = self.look("outbox.deliver_due", by, |view, cx| match delivery.about {
            About::Invite { invite } => invite_told(view, invite, cx.now),
            About::ConnectionRequested { connection, request, .. } => {
                let path = format!("clients?connection={connection}&request={request}");
                self.connection_told(view, connection, Some(request), (Side::Contractor, &path))
            }
            About::ConnectionAccepted { connection, .. } => {
                self.connection_told(view, connection, None, (Side::Client, &workflow(connection)))
            }
            About::ConnectionConfirmed { connection, .. } => {
                self.connection_told(view, connection, None, (Side::Contractor, &workflow(connection)))
            }
        });
        match told.await? {
            Ok(told) => self.message(delivery, told).map(|message| Ready::Send(Box::new(message))),
            Err(reason) => Ok(Ready::Drop(reason)),
        }
    }

    fn message(&self, delivery: &Delivery, mut told: Told) -> Result<Message, Error> {
        let configuration = &self.configuration;
        if let Some(link) = told.link {
            let link = configuration.keys.link(link, configuration.pages.join())?;
            link.expose().clone_into(&mut told.facts.button);
        }
        let (subject, text) = self.composer.compose(&delivery.about, &told.facts)?;
        Ok(Message {
            delivery: delivery.id,
            kind: delivery.about.kind(),
            message_id: format!("{}@{}", delivery.id, configuration.pages.host()),
            date: delivery.at,
            from: configuration.sender.clone(),
            from_name: configuration.sender_name.clone(),
            to: delivery.address.clone(),
            reply_to: told.reply_to,
            subject,
            text,
        })
    }

    /// What a business is told of a connection; a request that is answered needs no answer.
    fn connection_told(
        &self,
        view: &View,
        connection: ConnectionId,
        asks: Option<RequestId>,
        (told, path): (Side, &str),
    ) -> Result<Result<Told, &'static str>, Stop> {
        let connection = view.get_or_not_found(connection)?;
        view.want([connection.client.into(), connection.contractor.into(), connection.role.into()])?;
        let waits = match connection.state {
            State::Pending { request } => Some(request),
            State::Connected { .. } => None,
        };
        if asks.is_some() && asks != waits {
            return Ok(Err("the request is answered"));
        }
        let client = view.get_or_not_found(connection.client)?.profile.name.clone();
        let contractor = view.get_or_not_found(connection.contractor)?.profile.name.clone();
        let (own, other) = match told {
            Side::Client => (client, contractor),
            Side::Contractor => (contractor, client),
        };
        let role = view.get_or_not_found(connection.role)?.name.clone();
        let button = self.configuration.pages.page(path);
        let facts = Facts { own, other, role, button, message: None, until: None };
        Ok(Ok(Told { facts, link: None, reply_to: None }))
    }
}

fn workflow(connection: ConnectionId) -> String {
    format!("connections/{connection}/workflow")
}

/// What the invited are told, as long as the link in it would open.
fn invite_told(view: &View, invite: InviteId, now: Timestamp) -> Result<Result<Told, &'static str>, Stop> {
    let invite = view.get_or_not_found(invite)?;
    view.want([invite.terms.client.into(), invite.terms.role.into()])?;
    let client = view.get_or_not_found(invite.terms.client)?;
    let role = view.get_or_not_found(invite.terms.role)?;
    let authority = invites::authority(view, &invite.terms)?;
    if !client.invites() || role.live().is_err() || invite.status(authority, now) != Status::Pending {
        return Ok(Err("the link is dead"));
    }
    let facts = Facts {
        own: String::new(),
        other: client.profile.name.clone(),
        role: role.name.clone(),
        button: String::new(),
        message: invite.terms.message.as_deref().map(quoted),
        until: Some(readable(invite.ends_at)),
    };
    Ok(Ok(Told { facts, link: Some(invite.link()), reply_to: client.profile.branding.reply_to.clone() }))
}

/// The inviter's word stands apart from ours in every mail reader.
fn quoted(message: &str) -> String {
    let lines: Vec<_> = message.lines().map(|line| format!("> {line}")).collect();
    lines.join("\n")
}

/// An instant as people read it, as in `8 January 2026, 09:00 UTC`.
fn readable(at: Timestamp) -> String {
    let at = time::OffsetDateTime::from(at);
    format!("{} {} {}, {:02}:{:02} UTC", at.day(), at.month(), at.year(), at.hour(), at.minute())
}
