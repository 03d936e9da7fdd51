//! A request is one question within a connection: asked once, answered once.
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
}

/// What can be asked of a request.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Answer yes.
    Accept,
}

/// The request's next state.
///
/// # Errors
/// `already_decided`, with the answer that it got.
pub const fn decide(request: &Request, command: Command, now: Timestamp) -> Result<State, Error> {
    match (request.state, command) {
        (State::Pending, Command::Accept) => Ok(State::Accepted { at: now }),
        (State::Accepted { at }, Command::Accept) => Err(Error::AlreadyDecided { decision: Decided::Accepted, at }),
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
    fn con_04_given_an_answer_when_answered_again_then_the_first_answer_is_named() {
        let accepted = Request { state: State::Accepted { at: at(5) }, ..pending() };
        let again = decide(&accepted, Command::Accept, at(6));
        assert!(matches!(again, Err(Error::AlreadyDecided { decision: Decided::Accepted, at: when }) if when == at(5)));
    }
}
