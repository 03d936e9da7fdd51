//! A personal invite is one link of one use: pending, opened by one click, accepted; or revoked, superseded, expired.
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

/// What an invite's maker said; it never changes.
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
    /// The one click.
    Open,
    /// Connect, with the claim.
    Accept(ConnectionId),
    /// Open and connect in one, with the link.
    Redeem(ConnectionId),
    /// End it.
    Revoke,
    /// Put another in its place.
    Supersede(InviteId),
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
/// `invite_invalid_or_expired` for using what is dead, `already_decided` for ending what is ended.
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
            Command::Open | Command::Accept(_) | Command::Redeem(_) => Err(Error::InviteInvalidOrExpired),
            Command::Revoke | Command::Supersede(_) => Err(Error::NotFound),
        };
    };
    match (command, invite.status(authority, now)) {
        (Command::Create(..), _) => Err(Error::WrongState { state: "created" }),
        (Command::Open, Status::Pending) => {
            Ok(Some(Event::Opened { at: now, ends_at: invite.ends_at.max(now.plus(CLAIM_LIFE)) }))
        }
        (Command::Accept(connection), Status::Opened) | (Command::Redeem(connection), Status::Pending) => {
            Ok(Some(Event::Accepted { at: now, connection }))
        }
        (Command::Revoke, Status::Pending | Status::Opened) => Ok(Some(Event::Revoked { at: now })),
        (Command::Supersede(by), Status::Pending | Status::Opened) => Ok(Some(Event::Superseded { at: now, by })),
        (
            Command::Open | Command::Redeem(_),
            Status::Opened | Status::Accepted | Status::Revoked | Status::Superseded | Status::Expired,
        )
        | (
            Command::Accept(_),
            Status::Pending | Status::Accepted | Status::Revoked | Status::Superseded | Status::Expired,
        ) => Err(Error::InviteInvalidOrExpired),
        (
            Command::Revoke | Command::Supersede(_),
            Status::Accepted | Status::Revoked | Status::Superseded | Status::Expired,
        ) => invite.ended().map(|()| None),
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
        Event::Opened { at, ends_at } => with(State::Opened { at }).map(|invite| Invite { ends_at, ..invite }),
        Event::Accepted { at, connection } => with(State::Accepted { at, connection }),
        Event::Revoked { at } => with(State::Revoked { at }),
        Event::Superseded { at, by } => with(State::Superseded { at, by }),
    }
}

impl Invite {
    /// What it is now: a written end first, then a lost authority, then time.
    #[must_use]
    pub fn status(&self, authority: Authority, now: Timestamp) -> Status {
        let live = match self.state {
            State::Accepted { .. } => return Status::Accepted,
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Authority = Authority { member: Some(1), business: 1 };
    const DEMOTED: Authority = Authority { member: Some(2), business: 1 };
    const ARCHIVED: Authority = Authority { member: Some(1), business: 2 };

    fn at(seconds: u64) -> Timestamp {
        Timestamp::MIN.plus(Duration::from_secs(seconds))
    }

    fn connection() -> ConnectionId {
        ConnectionId::from_uuid(uuid::Uuid::from_u128(9))
    }

    fn pending() -> Invite {
        let id = |number| uuid::Uuid::from_u128(number);
        let terms = Terms {
            client: BusinessId::from_uuid(id(1)),
            role: ContractorRoleId::from_uuid(id(2)),
            inviter: Author::System,
            authority: NOW,
            address: None,
            bound: false,
            message: None,
            language: None,
            key: KeyNumber(1),
            created_at: at(0),
        };
        let create = Command::Create(InviteId::from_uuid(id(3)), Box::new(terms), LIFE);
        evolve(None, &decide(None, create, NOW, at(0)).unwrap().unwrap()).unwrap()
    }

    fn after(invite: &Invite, command: Command, seconds: u64) -> Invite {
        evolve(Some(invite), &decide(Some(invite), command, NOW, at(seconds)).unwrap().unwrap()).unwrap()
    }

    fn dead(invite: &Invite, command: Command, authority: Authority, now: Timestamp) -> bool {
        matches!(decide(Some(invite), command, authority, now), Err(Error::InviteInvalidOrExpired))
    }

    #[test]
    fn per_01_02_given_a_new_invite_then_it_lives_604_800_s_to_the_microsecond() {
        let end = at(604_800);
        let before = Timestamp::from_micros(end.as_micros() - 1).unwrap();
        assert_eq!(pending().ends_at, end);
        assert_eq!(pending().status(NOW, before), Status::Pending);
        assert_eq!(pending().status(NOW, end), Status::Expired);
        assert!(dead(&pending(), Command::Redeem(connection()), NOW, end));
    }

    #[test]
    fn given_an_opened_invite_then_its_link_is_dead_and_its_claim_lives_on() {
        let opened = after(&pending(), Command::Open, 10);
        assert!(dead(&opened, Command::Open, NOW, at(11)));
        assert!(dead(&opened, Command::Redeem(connection()), NOW, at(11)));
        assert_eq!(after(&opened, Command::Accept(connection()), 11).status(NOW, at(12)), Status::Accepted);
    }

    #[test]
    fn given_an_unopened_invite_then_a_claim_to_it_is_dead() {
        assert!(dead(&pending(), Command::Accept(connection()), NOW, at(1)));
    }

    #[test]
    fn given_opened_late_then_the_claim_ends_24_hours_after_and_opened_early_at_the_expiry() {
        assert_eq!(after(&pending(), Command::Open, 604_799).ends_at, at(604_799 + 24 * 3_600));
        assert_eq!(after(&pending(), Command::Open, 1).ends_at, at(604_800));
    }

    #[test]
    fn per_04_given_an_accepted_invite_then_everything_else_is_refused_and_revoking_names_the_decision() {
        let accepted = after(&pending(), Command::Redeem(connection()), 5);
        assert!(dead(&accepted, Command::Redeem(connection()), NOW, at(6)));
        assert!(matches!(
            decide(Some(&accepted), Command::Revoke, NOW, at(6)),
            Err(Error::AlreadyDecided { decision: Decided::Accepted, at: when }) if when == at(5)
        ));
    }

    #[test]
    fn per_09_given_an_expired_invite_when_revoked_then_nothing_changes() {
        assert_eq!(decide(Some(&pending()), Command::Revoke, NOW, at(604_800)).unwrap(), None);
    }

    #[test]
    fn per_15_given_a_lost_authority_then_it_is_revoked_also_after_its_time() {
        for authority in [DEMOTED, ARCHIVED] {
            assert_eq!(pending().status(authority, at(1)), Status::Revoked);
            assert_eq!(pending().status(authority, at(999_999)), Status::Revoked);
            assert!(dead(&pending(), Command::Redeem(connection()), authority, at(1)));
        }
        let accepted = after(&pending(), Command::Redeem(connection()), 5);
        assert_eq!(accepted.status(DEMOTED, at(6)), Status::Accepted);
    }

    #[test]
    fn per_13_given_another_in_its_place_then_it_is_superseded_and_an_expired_one_is_left_alone() {
        let by = InviteId::from_uuid(uuid::Uuid::from_u128(4));
        let superseded = after(&pending(), Command::Supersede(by), 5);
        assert_eq!(superseded.status(NOW, at(6)), Status::Superseded);
        assert_eq!(decide(Some(&pending()), Command::Supersede(by), NOW, at(604_800)).unwrap(), None);
    }
}
