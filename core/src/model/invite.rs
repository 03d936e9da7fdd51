//! A personal invite is one link of one use: pending, opened by one click, accepted or declined; or revoked, superseded,
//! expired.
//!
//! `Revoked` by a lost authority and `Expired` are derived at each use, never written: no timer can be late.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Author;
use crate::email::Email;
use crate::error::{Decided, Error};
use crate::id::{BusinessId, ConnectionId, ContractorRoleId, InviteId};
use crate::time::Timestamp;
use crate::token::{KeyNumber, LinkRef};

/// The longest life of a personal link, and the usual one: seven days.
pub const LIFE: Duration = Duration::from_secs(604_800);
/// A claim lives at least this long after the opening.
pub const CLAIM_LIFE: Duration = Duration::from_secs(24 * 3_600);

/// A personal invite.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Invite {
    /// Its id, from which its link is derived.
    pub id: InviteId,
    /// What its maker said.
    pub terms: Terms,
    /// When its link or, once opened, its claim ends.
    pub ends_at: Timestamp,
    /// As it was last written; [`Invite::status`] tells what holds now.
    pub state: State,
}

/// What an invite's maker said. Only the address is added later, when the invite is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Terms {
    /// The client.
    pub client: BusinessId,
    /// The contractor role of the connection to be.
    pub role: ContractorRoleId,
    /// Who made it.
    pub inviter: Author,
    /// The authority of the inviter and of the client that it was issued under.
    pub authority: Authority,
    /// Where its mail goes.
    pub address: Option<Email>,
    /// Whether only somebody with that verified address can accept.
    pub bound: bool,
    /// A word from the inviter.
    pub message: Option<String>,
    /// The language of its mail, as a BCP 47 tag.
    pub language: Option<String>,
    /// The key that its link is derived with.
    pub key: KeyNumber,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The numbers that must stand as they stood for an invite to live. System counts as no member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Authority {
    /// Of the inviter's membership.
    pub member: Option<u64>,
    /// Of the client.
    pub business: u64,
}

/// An invite's state as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum State {
    /// Its link has not been opened.
    Pending,
    /// Its link is consumed; its claim waits.
    Opened {
        /// When it was opened.
        at: Timestamp,
    },
    /// It has connected somebody.
    Accepted {
        /// When.
        at: Timestamp,
        /// The connection.
        connection: ConnectionId,
    },
    /// The invited have declined it.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// Its client has revoked it.
    Revoked {
        /// When.
        at: Timestamp,
    },
    /// Another took its place.
    Superseded {
        /// When.
        at: Timestamp,
        /// By this one.
        by: InviteId,
    },
}

/// What an invite is at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "InviteStatus"))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Status {
    /// Its link waits to be opened.
    Pending,
    /// Its link is consumed; its claim waits to be accepted.
    Opened,
    /// It has connected somebody.
    Accepted,
    /// The invited have declined it.
    Declined,
    /// Its client has revoked it, or its inviter's authority has ended.
    Revoked,
    /// Another took its place.
    Superseded,
    /// Its time is over.
    Expired,
}

/// What can be asked of an invite.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Make it; it lives so long.
    Create(InviteId, Box<Terms>, Duration),
    /// Mail it there, and bind it to the address or not.
    Send(Email, bool),
    /// The one click.
    Open,
    /// Connect, with the claim.
    Accept(ConnectionId),
    /// Open and connect in one, with the link.
    Redeem(ConnectionId),
    /// Say no, with the claim.
    Decline,
    /// End it.
    Revoke,
    /// Another takes its place, if it holds it still.
    Supersede(InviteId),
    /// Put a fresh one in its place, also after its time.
    Resend(InviteId),
}

/// What happened to an invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// It was made.
    Created {
        /// Its id.
        id: InviteId,
        /// What its maker said.
        terms: Box<Terms>,
        /// When its link ends.
        ends_at: Timestamp,
    },
    /// It got an address and goes there.
    Sent {
        /// The address.
        address: Email,
        /// Whether only somebody with that verified address can accept from now on.
        bound: bool,
    },
    /// Its link was consumed.
    Opened {
        /// When.
        at: Timestamp,
        /// When its claim ends.
        ends_at: Timestamp,
    },
    /// It connected somebody.
    Accepted {
        /// When.
        at: Timestamp,
        /// The connection.
        connection: ConnectionId,
    },
    /// The invited have declined it.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// It was revoked.
    Revoked {
        /// When.
        at: Timestamp,
    },
    /// Another took its place.
    Superseded {
        /// When.
        at: Timestamp,
        /// By this one.
        by: InviteId,
    },
}

/// The event that the command leads to, or none if all is as asked. `authority` is what the inviter and the client
/// have now.
///
/// # Errors
/// `invite_invalid_or_expired` for using what is dead, `already_decided` for ending what is ended, `wrong_state` for
/// sending what is bound or not pending.
pub fn decide(
    invite: Option<&Invite>,
    command: Command,
    authority: Authority,
    now: Timestamp,
) -> Result<Option<Event>, Error> {
    let Some(invite) = invite else {
        return match command {
            Command::Create(id, terms, life) => {
                let ends_at = terms.created_at.plus(life.min(LIFE));
                Ok(Some(Event::Created { id, terms, ends_at }))
            }
            Command::Open | Command::Accept(_) | Command::Redeem(_) | Command::Decline => {
                Err(Error::InviteInvalidOrExpired)
            }
            Command::Send(..) | Command::Revoke | Command::Supersede(_) | Command::Resend(_) => Err(Error::NotFound),
        };
    };
    let status = invite.status(authority, now);
    match command {
        Command::Create(..) => Err(Error::WrongState { state: status.word() }),
        Command::Open | Command::Redeem(_) | Command::Accept(_) | Command::Decline => {
            invite.used(command, status, now).map(Some)
        }
        Command::Send(..) if invite.terms.bound => Err(Error::WrongState { state: "bound" }),
        Command::Send(address, bound) => match status {
            Status::Pending => Ok(Some(Event::Sent { address, bound })),
            Status::Opened
            | Status::Accepted
            | Status::Declined
            | Status::Revoked
            | Status::Superseded
            | Status::Expired => Err(Error::WrongState { state: status.word() }),
        },
        Command::Revoke | Command::Supersede(_) | Command::Resend(_) => invite.stopped(&command, status, now),
    }
}

/// The invite after the event.
#[must_use]
pub fn evolve(invite: Option<&Invite>, event: &Event) -> Option<Invite> {
    let with = |state| invite.map(|invite| Invite { state, ..invite.clone() });
    match *event {
        Event::Created { id, ref terms, ends_at } => {
            Some(Invite { id, terms: (**terms).clone(), ends_at, state: State::Pending })
        }
        Event::Sent { ref address, bound } => invite.map(|invite| Invite {
            terms: Terms { address: Some(address.clone()), bound, ..invite.terms.clone() },
            ..invite.clone()
        }),
        Event::Opened { at, ends_at } => with(State::Opened { at }).map(|invite| Invite { ends_at, ..invite }),
        Event::Accepted { at, connection } => with(State::Accepted { at, connection }),
        Event::Declined { at } => with(State::Declined { at }),
        Event::Revoked { at } => with(State::Revoked { at }),
        Event::Superseded { at, by } => with(State::Superseded { at, by }),
    }
}

impl Invite {
    /// Using a link needs it unopened, using a claim needs it opened; everything else is dead.
    fn used(&self, command: Command, status: Status, now: Timestamp) -> Result<Event, Error> {
        match (command, status) {
            (Command::Open, Status::Pending) => {
                Ok(Event::Opened { at: now, ends_at: self.ends_at.max(now.plus(CLAIM_LIFE)) })
            }
            (Command::Accept(connection), Status::Opened) | (Command::Redeem(connection), Status::Pending) => {
                Ok(Event::Accepted { at: now, connection })
            }
            (Command::Decline, Status::Opened) => Ok(Event::Declined { at: now }),
            (
                Command::Create(..)
                | Command::Send(..)
                | Command::Open
                | Command::Accept(_)
                | Command::Redeem(_)
                | Command::Decline
                | Command::Revoke
                | Command::Supersede(_)
                | Command::Resend(_),
                Status::Pending
                | Status::Opened
                | Status::Accepted
                | Status::Declined
                | Status::Revoked
                | Status::Superseded
                | Status::Expired,
            ) => Err(Error::InviteInvalidOrExpired),
        }
    }

    /// What lives is ended; what its time has ended is left alone, unless a fresh one takes its place.
    fn stopped(&self, command: &Command, status: Status, now: Timestamp) -> Result<Option<Event>, Error> {
        let replaced = match *command {
            Command::Supersede(by) | Command::Resend(by) => Event::Superseded { at: now, by },
            Command::Create(..)
            | Command::Send(..)
            | Command::Open
            | Command::Accept(_)
            | Command::Redeem(_)
            | Command::Decline
            | Command::Revoke => Event::Revoked { at: now },
        };
        let resent = matches!(command, Command::Resend(_));
        match status {
            Status::Pending | Status::Opened => Ok(Some(replaced)),
            Status::Expired => Ok(resent.then_some(replaced)),
            Status::Accepted | Status::Declined | Status::Revoked | Status::Superseded => {
                self.ended()?;
                // It lost its inviter's authority: that end is not written, and nothing of it can be sent again.
                if resent { Err(Error::WrongState { state: status.word() }) } else { Ok(None) }
            }
        }
    }

    /// What it is now: a written end first, then a lost authority, then time.
    #[must_use]
    pub fn status(&self, authority: Authority, now: Timestamp) -> Status {
        let live = match self.state {
            State::Accepted { .. } => return Status::Accepted,
            State::Declined { .. } => return Status::Declined,
            State::Revoked { .. } => return Status::Revoked,
            State::Superseded { .. } => return Status::Superseded,
            State::Pending => Status::Pending,
            State::Opened { .. } => Status::Opened,
        };
        if authority != self.terms.authority {
            Status::Revoked
        } else if now >= self.ends_at {
            Status::Expired
        } else {
            live
        }
    }

    /// A written end can't be written again; a derived one needs no writing.
    const fn ended(&self) -> Result<(), Error> {
        match self.state {
            State::Accepted { at, .. } => Err(Error::AlreadyDecided { decision: Decided::Accepted, at }),
            State::Declined { at } => Err(Error::AlreadyDecided { decision: Decided::Declined, at }),
            State::Revoked { at } => Err(Error::AlreadyDecided { decision: Decided::Revoked, at }),
            State::Superseded { at, .. } => Err(Error::AlreadyDecided { decision: Decided::Superseded, at }),
            State::Pending | State::Opened { .. } => Ok(()),
        }
    }

    /// Everything about its link but the secret.
    #[must_use]
    pub const fn link(&self) -> LinkRef {
        LinkRef::Personal(self.terms.key, self.id)
    }

    /// Everything about its claim but the secret.
    #[must_use]
    pub const fn claim(&self) -> LinkRef {
        LinkRef::PersonalClaim(self.terms.key, self.id)
    }
}

impl Status {
    /// Every status, in the order of lists.
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::Opened, Self::Accepted, Self::Declined, Self::Revoked, Self::Superseded, Self::Expired];

    /// Its name as texts and codes have it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Opened => "opened",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
            Self::Expired => "expired",
        }
    }
}

#[cfg(test)]
mod tests;
