//! A request is one question within a connection: asked once, answered once, or taken back.
//!
//! Its story is told by the connection's history; the record keeps which answer it got, so that a stale page can be
//! told the truth.

use crate::error::{Decided, Error};
use crate::id::{BusinessId, ConnectionId, RequestId};
use crate::time::Timestamp;

/// One request within a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// The connection that it asks for.
    pub connection: ConnectionId,
    /// Who asks.
    pub client: BusinessId,
    /// Who is asked.
    pub contractor: BusinessId,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// Its answer.
    pub state: State,
}

/// Whether a request has its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum State {
    /// Not yet.
    Pending,
    /// It was accepted, or its contractor came by a link meanwhile.
    Accepted {
        /// When.
        at: Timestamp,
    },
    /// It was declined.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// Its client took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// What can be asked of a request.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Answer yes.
    Accept,
    /// Answer no.
    Decline,
    /// Take it back.
    Withdraw,
}

/// The request's next state.
///
/// # Errors
/// `already_decided`, with the answer that it got.
pub const fn decide(request: &Request, command: Command, now: Timestamp) -> Result<State, Error> {
    let (decision, at) = match request.state {
        State::Accepted { at } => (Decided::Accepted, at),
        State::Declined { at } => (Decided::Declined, at),
        State::Withdrawn { at } => (Decided::Withdrawn, at),
        State::Pending => {
            return Ok(match command {
                Command::Accept => State::Accepted { at: now },
                Command::Decline => State::Declined { at: now },
                Command::Withdraw => State::Withdrawn { at: now },
            });
        }
    };
    match command {
        Command::Accept | Command::Decline | Command::Withdraw => Err(Error::AlreadyDecided { decision, at }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000).unwrap()
    }

    fn pending() -> Request {
        let id = uuid::Uuid::from_u128(1);
        Request {
            id: RequestId::from_uuid(id),
            connection: ConnectionId::from_uuid(id),
            client: BusinessId::from_uuid(id),
            contractor: BusinessId::from_uuid(id),
            asked_at: at(0),
            state: State::Pending,
        }
    }

    #[test]
    fn con_02_given_pending_when_accepted_then_it_keeps_when() {
        assert_eq!(decide(&pending(), Command::Accept, at(5)).unwrap(), State::Accepted { at: at(5) });
    }

    #[test]
    fn con_04_11_given_an_answer_when_answered_again_then_the_first_answer_is_named() {
        let all = [Command::Accept, Command::Decline, Command::Withdraw];
        let answers = [Decided::Accepted, Decided::Declined, Decided::Withdrawn];
        for (first, answer) in all.into_iter().zip(answers) {
            let decided = Request { state: decide(&pending(), first, at(5)).unwrap(), ..pending() };
            for second in all {
                let again = decide(&decided, second, at(6));
                assert!(
                    matches!(again, Err(Error::AlreadyDecided { decision, at: when }) if decision == answer && when == at(5)),
                    "{first:?} {second:?}"
                );
            }
        }
    }
}
