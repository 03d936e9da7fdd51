//! From a delivery to its message, if anybody is still entitled to it.

use super::super::actor::Actor;
use super::super::businesses::confusable;
use super::super::view::{Stop, View};
use super::super::views::Card;
use super::super::walk::By;
use super::super::{Inner, invites};
use crate::email::Email;
use crate::error::{Error, FaultKind};
use crate::id::{AccessRequestId, BusinessId, ConnectionId, ContractorRoleId, InviteId, RequestId};
use crate::mail::{Facts, Message};
use crate::model::Side;
use crate::model::access_request;
use crate::model::connection::State;
use crate::model::delivery::{About, Delivery};
use crate::model::invite::{Invite, Status};
use crate::model::reasons::Reason;
use crate::time::Timestamp;
use crate::token::LinkRef;

/// What is to be done with a delivery.
pub(super) enum Ready {
    /// Send this.
    Send(Box<Message>),
    /// Nobody is to get it any more, for this reason.
    Drop(&'static str),
    /// It can't be sent, for this reason.
    Refuse(&'static str),
}

/// The facts of a message, who asks the reader to decide, and the link to put behind its button.
struct Told {
    facts: Facts,
    asks: Option<Card>,
    link: Option<LinkRef>,
    reply_to: Option<Email>,
}

impl Inner {
    /// Looks again, as the mail goes out: who is entitled, and does the link still live?
    pub(super) async fn ready(&self, delivery: &Delivery) -> Result<Ready, Error> {
        if !self.entitled(delivery).await? {
            return Ok(Ready::Drop("no longer entitled"));
        }
        let by = By::Actor(&Actor::System { business: None });
        let told = self.peek(by, |view, cx| match delivery.about {
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
            About::ConnectionEnded { side, connection, role, at, .. } => {
                self.ended_told(view, (connection, role), (side, at))
            }
            About::AccessRequested { business, request } => self.access_told(view, business, request),
            About::AccessRequestAccepted { request, .. } | About::AccessRequestDeclined { request, .. } => {
                self.outcome_told(view, request)
            }
        });
        match told.await? {
            Ok(mut told) => {
                told.facts.confusable_with = self.confusable_with(told.asks.as_ref()).await?;
                if !told.facts.sound() {
                    return Ok(Ready::Refuse("a stored text is none that could be entered"));
                }
                self.message(delivery, told).map(|message| Ready::Send(Box::new(message)))
            }
            Err(reason) => Ok(Ready::Drop(reason)),
        }
    }

    /// A bound invite goes to its address alone; one that anybody may use, to every address that it was sent to. Of what
    /// tells people something, the others are owed it whom it reaches by now.
    async fn entitled(&self, delivery: &Delivery) -> Result<bool, Error> {
        let About::Invite { invite } = delivery.about else {
            let reached = self.reached(&delivery.about).await?;
            let entitled = reached.addresses.contains(&delivery.address);
            if !entitled && reached.lacking {
                // It may be theirs: it is tried again.
                return Err(FaultKind::StorageCorrupt.into());
            }
            if !entitled {
                self.expand_anew(delivery.notice, &reached).await?;
            }
            return Ok(entitled);
        };
        let invite = self.read::<Invite>(invite.into()).await?;
        Ok(invite.is_some_and(|invite| !invite.terms.bound || invite.terms.address.as_ref() == Some(&delivery.address)))
    }

    /// The names that those who decide could take the asking business's own for.
    async fn confusable_with(&self, asks: Option<&Card>) -> Result<Option<String>, Error> {
        let Some(asks) = asks else { return Ok(None) };
        let marked = confusable(self, &[asks]).await?;
        Ok(marked.first().map(|marked| marked.confusable_with.join(", ")))
    }

    fn message(&self, delivery: &Delivery, mut told: Told) -> Result<Message, Error> {
        let configuration = &self.configuration;
        if let Some(link) = told.link {
            let link = configuration.keys.link(link, configuration.pages.join())?;
            link.expose().clone_into(&mut told.facts.button);
        }
        let (subject, text) = self.composer.compose(&delivery.about, told.facts)?;
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
            State::Connected { .. } | State::Declined | State::Withdrawn | State::Disconnected(_) => None,
        };
        if asks.is_some() && asks != waits {
            return Ok(Err("the request is answered"));
        }
        let client = view.get_or_not_found(connection.client)?;
        let decides = asks.map(|_| Card::of(client));
        let client = client.profile.name.clone();
        let contractor = view.get_or_not_found(connection.contractor)?.profile.name.clone();
        let (own, other) = match told {
            Side::Client => (client, contractor),
            Side::Contractor => (contractor, client),
        };
        let role = match (&connection.state, told) {
            // Ended before this mail went: the contractor sees nothing newer.
            (State::Disconnected(ending), Side::Contractor) => ending.role_name.clone(),
            _ => view.get_or_not_found(connection.role)?.name.clone(),
        };
        let button = self.configuration.pages.page(path);
        let facts = Facts { own, other, role, button, ..Facts::default() };
        Ok(Ok(Told { facts, asks: decides, link: None, reply_to: None }))
    }

    /// What the other side of an ended connection is told: the reason only if it is not hidden from them.
    fn ended_told(
        &self,
        view: &View,
        (connection, role): (ConnectionId, ContractorRoleId),
        (told, at): (Side, Timestamp),
    ) -> Result<Result<Told, &'static str>, Stop> {
        view.want([connection.into(), role.into()])?;
        let connection = view.get_or_not_found(connection)?;
        // If the two have dealt with each other since, the reason is theirs to look up; that it was ended is still told.
        let ending = match &connection.state {
            State::Disconnected(ending) if ending.at == at => Some(ending),
            State::Disconnected(_)
            | State::Pending { .. }
            | State::Connected { .. }
            | State::Declined
            | State::Withdrawn => None,
        };
        let role = match ending {
            Some(ending) => ending.role_name.clone(),
            None => view.get_or_not_found(role)?.name.clone(),
        };
        view.want([connection.client.into(), connection.contractor.into()])?;
        let client = view.get_or_not_found(connection.client)?.profile.name.clone();
        let contractor = view.get_or_not_found(connection.contractor)?.profile.name.clone();
        let (own, other, page) = match told {
            Side::Client => (client, contractor, "contractors"),
            Side::Contractor => (contractor, client, "clients"),
        };
        let reason = ending.filter(|ending| !ending.hidden).map(|ending| readable_reason(&ending.reason));
        let button = self.configuration.pages.page(&format!("{page}?connection={}", connection.id));
        let facts = Facts { own, other, role, button, reason, ..Facts::default() };
        Ok(Ok(Told { facts, asks: None, link: None, reply_to: None }))
    }

    /// What those who decide are told of an access request that waits.
    fn access_told(
        &self,
        view: &View,
        business: BusinessId,
        request: AccessRequestId,
    ) -> Result<Result<Told, &'static str>, Stop> {
        view.want([business.into(), request.into()])?;
        let own = view.get_or_not_found(business)?.profile.name.clone();
        let asked = view.get_or_not_found(request)?;
        if asked.state.open().is_err() {
            return Ok(Err("the request is answered"));
        }
        let facts = Facts {
            own,
            other: asked.claim.name.clone(),
            email: Some(asked.claim.email.as_str().to_owned()),
            job_title: asked.claim.job_title.clone(),
            message: asked.claim.message.as_deref().map(quoted),
            button: self.configuration.pages.page(&format!("access-requests/{request}")),
            ..Facts::default()
        };
        Ok(Ok(Told { facts, asks: None, link: None, reply_to: None }))
    }

    /// What a requester is told: never who decided, and why only if that is disclosed.
    fn outcome_told(&self, view: &View, request: AccessRequestId) -> Result<Result<Told, &'static str>, Stop> {
        let request = view.get_or_not_found(request)?;
        let business = view.get_or_not_found(request.claim.business)?;
        let reason = match &request.state {
            access_request::State::Declined(decline) if decline.disclosed => Some(readable_reason(&decline.reason)),
            access_request::State::Requested
            | access_request::State::Accepted { .. }
            | access_request::State::Declined(_)
            | access_request::State::Withdrawn { .. } => None,
        };
        let facts = Facts {
            own: request.claim.name.clone(),
            other: business.profile.name.clone(),
            button: self.configuration.pages.page(""),
            reason,
            ..Facts::default()
        };
        Ok(Ok(Told { facts, asks: None, link: None, reply_to: None }))
    }
}

/// A reason as people read it: its label, or the text that was given instead of one.
fn readable_reason(reason: &Reason) -> String {
    quoted(reason.text.as_deref().unwrap_or(&reason.label))
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
        ..Facts::default()
    };
    let (asks, reply_to) = (Some(Card::of(client)), client.profile.branding.reply_to.clone());
    Ok(Ok(Told { facts, asks, link: Some(invite.link()), reply_to }))
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
