//! A notice is something that has to be told; it is expanded once into one delivery per address.
//!
//! A delivery is due → leased by a worker → sent; back to due when an attempt fails; parked when attempts are used up
//! or can't help; dropped when nobody is entitled to it any more.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Side;
use crate::email::Email;
use crate::error::Error;
use crate::id::{
    AccessRequestId, BusinessId, ConnectionId, ContractorRoleId, DeliveryId, InviteId, LeaseId, NoticeId, PersonId,
    RequestId, derived,
};
use crate::time::Timestamp;

/// Something that has to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// What has to be told.
    pub about: About,
    /// Since when.
    pub at: Timestamp,
    /// When it was expanded into deliveries.
    pub expanded_at: Option<Timestamp>,
}

/// What a notice tells, and what it tells it of. Who reads it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new notice must break every match")]
pub enum About {
    /// A client asks a contractor to connect; the contractor is told.
    ConnectionRequested {
        /// The contractor.
        contractor: BusinessId,
        /// The connection.
        connection: ConnectionId,
        /// The request.
        request: RequestId,
    },
    /// The two are connected; the client is told.
    ConnectionAccepted {
        /// The client.
        client: BusinessId,
        /// The connection.
        connection: ConnectionId,
    },
    /// The two are connected; the contractor is told.
    ConnectionConfirmed {
        /// The contractor.
        contractor: BusinessId,
        /// The connection.
        connection: ConnectionId,
    },
    /// A connection was ended; the other side is told.
    ConnectionEnded {
        /// The business that is told.
        told: BusinessId,
        /// Which end it is.
        side: Side,
        /// The connection.
        connection: ConnectionId,
        /// The contractor role that it was about then.
        role: ContractorRoleId,
        /// When it was ended.
        at: Timestamp,
    },
    /// A person asks for access; the Admins are told.
    AccessRequested {
        /// The business.
        business: BusinessId,
        /// The request.
        request: AccessRequestId,
    },
    /// A person was given access; they are told.
    AccessRequestAccepted {
        /// The person.
        person: PersonId,
        /// The request.
        request: AccessRequestId,
    },
    /// A person was not given access; they are told.
    AccessRequestDeclined {
        /// The person.
        person: PersonId,
        /// The request.
        request: AccessRequestId,
    },
    /// A personal invite; its address is told.
    Invite {
        /// The invite.
        invite: InviteId,
    },
}

impl About {
    /// The stable name of the kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ConnectionRequested { .. } => "connection_requested",
            Self::ConnectionAccepted { .. } => "connection_accepted",
            Self::ConnectionConfirmed { .. } => "connection_confirmed",
            Self::ConnectionEnded { .. } => "connection_ended",
            Self::AccessRequested { .. } => "access_requested",
            Self::AccessRequestAccepted { .. } => "access_request_accepted",
            Self::AccessRequestDeclined { .. } => "access_request_declined",
            Self::Invite { .. } => "invite",
        }
    }
}

impl Notice {
    /// The notice on its way to an address.
    pub(crate) fn to(&self, address: Email, due: Timestamp) -> Delivery {
        Delivery {
            id: DeliveryId::of(self.id, &address.canonical()),
            notice: self.id,
            about: self.about,
            address,
            at: self.at,
            attempts: 0,
            last_error: None,
            state: State::Due { at: due },
        }
    }
}

/// A notice on its way to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Delivery {
    /// Its id, from which its Message-ID is made.
    pub id: DeliveryId,
    /// The notice.
    pub notice: NoticeId,
    /// What the notice tells.
    pub about: About,
    /// Where it goes.
    pub address: Email,
    /// When the notice was made.
    pub at: Timestamp,
    /// How often it was leased.
    pub attempts: u32,
    /// What the last attempt said.
    pub last_error: Option<String>,
    /// Where it stands.
    pub state: State,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum State {
    /// It waits.
    Due {
        /// Until then.
        at: Timestamp,
    },
    /// A worker is at it.
    Leased {
        /// This one.
        owner: LeaseId,
        /// Until then; afterwards anybody may take it.
        until: Timestamp,
    },
    /// A mailer took it.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// No attempt can help any more; an operator decides.
    Parked {
        /// When.
        at: Timestamp,
    },
    /// Nobody is entitled to it any more.
    Dropped {
        /// When.
        at: Timestamp,
    },
}

/// What can be asked of a delivery.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// A mailer took it.
    Sent,
    /// The attempt failed and another may help; `share` in 0..1 spreads the next ones.
    Failed {
        /// What the mailer said.
        error: String,
        /// How far into the next span.
        share: f64,
    },
    /// The attempt failed for good.
    Refused {
        /// What the mailer said.
        error: String,
    },
    /// Nobody is entitled to it any more.
    Drop {
        /// Why.
        reason: &'static str,
    },
}

/// How failed attempts are repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "hosts build it, `..Backoff::default()` for what they leave out")]
pub struct Backoff {
    /// The span before the second attempt; each next one is twice as long.
    pub first: Duration,
    /// The longest span.
    pub longest: Duration,
    /// After so many attempts the delivery is parked.
    pub attempts: u32,
}

impl Default for Backoff {
    /// 30 s, doubling up to six hours, 28 attempts: just under five days, as RFC 5321 §4.5.4.1 advises.
    fn default() -> Self {
        Self { first: Duration::from_secs(30), longest: Duration::from_secs(6 * 3_600), attempts: 28 }
    }
}

impl Backoff {
    /// The span after so many attempts: half of it fixed, half spread by `share` in 0..1.
    #[must_use]
    pub fn span(&self, attempts: u32, share: f64) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let full = self.first.saturating_mul(doubled).min(self.longest);
        full.mul_f64(0.5 + 0.5 * share.clamp(0.0, 1.0))
    }
}

/// The delivery after what a worker says of it; nothing if it is not in a worker's hands.
#[must_use]
pub fn settle(delivery: &Delivery, command: Command, backoff: Backoff, now: Timestamp) -> Option<Delivery> {
    let to = |state, last_error| Some(Delivery { state, last_error, ..delivery.clone() });
    match (delivery.state, command) {
        (State::Leased { .. }, Command::Sent) => to(State::Sent { at: now }, None),
        (State::Leased { .. }, Command::Failed { error, share }) if delivery.attempts < backoff.attempts => {
            to(State::Due { at: now.plus(backoff.span(delivery.attempts, share)) }, Some(error))
        }
        (State::Leased { .. }, Command::Failed { error, .. } | Command::Refused { error }) => {
            to(State::Parked { at: now }, Some(error))
        }
        (State::Leased { .. }, Command::Drop { reason }) => to(State::Dropped { at: now }, Some(reason.to_owned())),
        (
            State::Due { .. } | State::Sent { .. } | State::Parked { .. } | State::Dropped { .. },
            Command::Sent | Command::Failed { .. } | Command::Refused { .. } | Command::Drop { .. },
        ) => None,
    }
}

/// The delivery put back among those that are due, with all its attempts before it; an operator says so.
///
/// # Errors
/// `wrong_state` for one that is not parked.
pub fn retry(delivery: &Delivery, now: Timestamp) -> Result<Delivery, Error> {
    match delivery.state {
        State::Parked { .. } => Ok(Delivery { state: State::Due { at: now }, attempts: 0, ..delivery.clone() }),
        State::Due { .. } | State::Leased { .. } | State::Sent { .. } | State::Dropped { .. } => {
            Err(Error::WrongState { state: delivery.state.word() })
        }
    }
}

impl State {
    /// Its name as texts and codes have it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Due { .. } => "due",
            Self::Leased { .. } => "leased",
            Self::Sent { .. } => "sent",
            Self::Parked { .. } => "parked",
            Self::Dropped { .. } => "dropped",
        }
    }
}

impl Delivery {
    /// When anybody may take it, if ever.
    #[must_use]
    pub const fn waits_until(&self) -> Option<Timestamp> {
        match self.state {
            State::Due { at } | State::Leased { until: at, .. } => Some(at),
            State::Sent { .. } | State::Parked { .. } | State::Dropped { .. } => None,
        }
    }

    /// The delivery in a worker's hands, or nothing while it is not to be had.
    #[must_use]
    pub fn leased(&self, owner: LeaseId, until: Timestamp, now: Timestamp) -> Option<Self> {
        let free = self.waits_until().is_some_and(|at| at <= now);
        free.then(|| Self { attempts: self.attempts + 1, state: State::Leased { owner, until }, ..self.clone() })
    }

    /// What spreads its next attempt, in 0..1: another for each delivery and attempt. No chance is in it, so mails that
    /// fail side by side wait as long whichever fails first.
    #[must_use]
    pub fn share(&self) -> f64 {
        let hash = derived("backoff", &[self.id.as_uuid().as_bytes(), &self.attempts.to_be_bytes()]);
        let (first, ..) = hash.as_fields();
        f64::from(first) / f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::MIN.plus(Duration::from_secs(seconds))
    }

    fn lease() -> LeaseId {
        LeaseId::from_uuid(uuid::Uuid::from_u128(7))
    }

    fn due() -> Delivery {
        let id = uuid::Uuid::from_u128(1);
        Delivery {
            id: DeliveryId::from_uuid(id),
            notice: NoticeId::from_uuid(id),
            about: About::Invite { invite: InviteId::from_uuid(id) },
            address: Email::parse("a@b.example").unwrap(),
            at: at(0),
            attempts: 0,
            last_error: None,
            state: State::Due { at: at(10) },
        }
    }

    fn failed() -> Command {
        Command::Failed { error: "451".into(), share: 1.0 }
    }

    #[test]
    fn given_a_due_delivery_then_it_is_leased_at_its_time_and_counts_an_attempt() {
        assert_eq!(due().leased(lease(), at(70), at(9)), None);
        assert_eq!(due().leased(lease(), at(70), at(10)).unwrap().attempts, 1);
    }

    #[test]
    fn crs_03_given_a_lease_that_ended_then_another_worker_takes_it() {
        let leased = due().leased(lease(), at(70), at(10)).unwrap();
        assert_eq!(leased.leased(lease(), at(130), at(69)), None);
        assert_eq!(leased.leased(lease(), at(130), at(70)).unwrap().attempts, 2);
    }

    #[test]
    fn eml_02_given_a_failed_attempt_then_it_waits_twice_as_long_each_time() {
        let backoff = Backoff::default();
        let spans: Vec<_> = (1..=4).map(|attempts| backoff.span(attempts, 1.0).as_secs()).collect();
        assert_eq!(spans, [30, 60, 120, 240]);
        assert_eq!(backoff.span(40, 1.0), backoff.longest);
        assert_eq!(backoff.span(1, 0.0), Duration::from_secs(15));
        let leased = due().leased(lease(), at(70), at(10)).unwrap();
        assert_eq!(settle(&leased, failed(), backoff, at(20)).unwrap().state, State::Due { at: at(50) });
    }

    #[test]
    fn eml_02_given_many_failed_attempts_then_the_next_ones_are_spread_evenly() {
        let mut counts = [0; 4];
        for (number, attempts) in (1..=100).flat_map(|number| (1..=10).map(move |attempts| (number, attempts))) {
            let share =
                Delivery { id: DeliveryId::from_uuid(uuid::Uuid::from_u128(number)), attempts, ..due() }.share();
            let quarter = (0..4_usize).find(|quarter| share < (*quarter as f64 + 1.0) / 4.0).unwrap();
            counts[quarter] += 1;
        }
        assert!(counts.iter().all(|count| (200..300).contains(count)), "{counts:?}");
        assert_ne!(due().share(), Delivery { attempts: 1, ..due() }.share());
    }

    #[test]
    fn eml_03_given_attempts_used_up_or_refused_for_good_then_it_is_parked() {
        let leased = due().leased(lease(), at(70), at(10)).unwrap();
        let once = Backoff { attempts: 1, ..Backoff::default() };
        assert_eq!(settle(&leased, failed(), once, at(20)).unwrap().state, State::Parked { at: at(20) });
        let refused = Command::Refused { error: "550".into() };
        let parked = settle(&leased, refused, Backoff::default(), at(20)).unwrap();
        assert_eq!((parked.state, parked.last_error.as_deref()), (State::Parked { at: at(20) }, Some("550")));
    }

    #[test]
    fn given_a_settled_delivery_then_nothing_more_can_be_said_of_it() {
        let leased = due().leased(lease(), at(70), at(10)).unwrap();
        let sent = settle(&leased, Command::Sent, Backoff::default(), at(20)).unwrap();
        assert_eq!(settle(&sent, failed(), Backoff::default(), at(21)), None);
        assert_eq!(sent.leased(lease(), at(99), at(90)), None);
    }

    #[test]
    fn given_a_parked_delivery_when_retried_then_it_is_due_with_all_its_attempts_and_no_other_is() {
        let leased = due().leased(lease(), at(70), at(10)).unwrap();
        let refused = Command::Refused { error: "550".into() };
        let parked = settle(&leased, refused, Backoff::default(), at(20)).unwrap();
        let again = retry(&parked, at(30)).unwrap();
        assert_eq!((again.state, again.attempts), (State::Due { at: at(30) }, 0));
        assert!(matches!(retry(&leased, at(30)), Err(Error::WrongState { state: "leased" })));
    }

    #[test]
    fn the_default_keeps_trying_for_four_to_five_days() {
        let backoff = Backoff::default();
        let total: Duration = (1..backoff.attempts).map(|attempts| backoff.span(attempts, 1.0)).sum();
        assert!((4 * 86_400..=5 * 86_400).contains(&total.as_secs()), "{total:?}");
    }
}
