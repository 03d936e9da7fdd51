//! A connection is the directed edge client → contractor: pending once requested, connected once accepted or come by
//! link.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::id::{BusinessId, ConnectionId, ContractorRoleId, InviteId, RequestId};
use crate::time::Timestamp;

/// The edge from a client to a contractor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Connection {
    /// The client.
    pub client: BusinessId,
    /// The contractor.
    pub contractor: BusinessId,
    /// The contractor role that it is about.
    pub role: ContractorRoleId,
    /// Where it stands.
    pub state: State,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum State {
    /// The contractor has been asked.
    Pending {
        /// By this request.
        request: RequestId,
    },
    /// The two are connected.
    Connected {
        /// Since when.
        since: Timestamp,
    },
}

/// A connection's label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ConnectionStatus"))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Status {
    /// Connection Pending.
    Pending,
    /// Connected.
    Connected,
}

/// Whether the contractor must now choose categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Classification {
    /// No category is configured for the role.
    NotConfigured,
}

/// What led a contractor in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new way in must break every match")]
pub enum Way {
    /// The role's group link.
    GroupLink,
    /// A personal invite.
    Invite(InviteId),
}

/// What can be asked of a connection.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Ask the contractor.
    Request(RequestId, ContractorRoleId),
    /// Answer a request with yes.
    Accept,
    /// Connect by a link.
    Join(ContractorRoleId, Way),
    /// Put the connection under another role.
    ChangeRole(ContractorRoleId),
}

/// What happened to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// The contractor was asked.
    Requested {
        /// By this request.
        request: RequestId,
        /// For this role.
        role: ContractorRoleId,
    },
    /// The contractor said yes.
    Accepted,
    /// The contractor came by a link.
    Joined {
        /// For the link's role.
        role: ContractorRoleId,
        /// By this link.
        way: Way,
    },
    /// The connection is about another role.
    RoleChanged {
        /// The new role.
        role: ContractorRoleId,
    },
}

/// The two businesses of a connection that may not exist yet.
pub type Ends = (BusinessId, BusinessId);

/// The event that the command leads to, or none if all is as asked.
///
/// # Errors
/// `self_action_forbidden`, `already_pending`, `already_connected`, `wrong_state`, `not_found`.
pub fn decide(
    (client, contractor): Ends,
    connection: Option<&Connection>,
    command: Command,
) -> Result<Option<Event>, Error> {
    if client == contractor {
        return Err(Error::SelfActionForbidden);
    }
    let (state, current) =
        (connection.map(|connection| connection.state), connection.map(|connection| connection.role));
    let connection = ConnectionId::between(client, contractor);
    match (state, command) {
        (None, Command::Request(request, role)) => Ok(Some(Event::Requested { request, role })),
        (Some(State::Pending { .. }), Command::Request(..)) => Err(Error::AlreadyPending { connection }),
        (Some(State::Connected { .. }), Command::Request(..) | Command::Join(..)) => {
            Err(Error::AlreadyConnected { connection })
        }
        (Some(State::Pending { .. }), Command::Accept) => Ok(Some(Event::Accepted)),
        (Some(State::Connected { .. }), Command::Accept) => Err(Error::WrongState { state: "connected" }),
        (None | Some(State::Pending { .. }), Command::Join(role, way)) => Ok(Some(Event::Joined { role, way })),
        (Some(State::Pending { .. }), Command::ChangeRole(_)) => Err(Error::WrongState { state: "pending" }),
        (Some(State::Connected { .. }), Command::ChangeRole(role)) => {
            Ok((current != Some(role)).then_some(Event::RoleChanged { role }))
        }
        (None, Command::Accept | Command::ChangeRole(_)) => Err(Error::NotFound),
    }
}

/// The connection after the event.
#[must_use]
pub fn evolve(
    (client, contractor): Ends,
    connection: Option<&Connection>,
    event: Event,
    now: Timestamp,
) -> Option<Connection> {
    let anew = |role, state| Some(Connection { client, contractor, role, state, changed_at: now });
    match event {
        Event::Requested { request, role } => anew(role, State::Pending { request }),
        Event::Joined { role, .. } => anew(role, State::Connected { since: now }),
        Event::Accepted => connection.and_then(|connection| anew(connection.role, State::Connected { since: now })),
        Event::RoleChanged { role } => connection.and_then(|connection| anew(role, connection.state)),
    }
}

impl Connection {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ConnectionId {
        ConnectionId::between(self.client, self.contractor)
    }

    /// Its label.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self.state {
            State::Pending { .. } => Status::Pending,
            State::Connected { .. } => Status::Connected,
        }
    }
}

impl Status {
    /// Every label, in the order of lists.
    pub const ALL: [Self; 2] = [Self::Pending, Self::Connected];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends() -> Ends {
        (BusinessId::from_uuid(uuid::Uuid::from_u128(1)), BusinessId::from_uuid(uuid::Uuid::from_u128(2)))
    }

    fn role(number: u128) -> ContractorRoleId {
        ContractorRoleId::from_uuid(uuid::Uuid::from_u128(number))
    }

    fn request() -> Command {
        Command::Request(RequestId::from_uuid(uuid::Uuid::from_u128(5)), role(3))
    }

    fn after(connection: Option<&Connection>, command: Command) -> Connection {
        let event = decide(ends(), connection, command).unwrap().unwrap();
        evolve(ends(), connection, event, Timestamp::MIN).unwrap()
    }

    #[test]
    fn con_08_given_one_business_when_it_requests_itself_then_it_is_refused() {
        let (client, _) = ends();
        assert!(matches!(decide((client, client), None, request()), Err(Error::SelfActionForbidden)));
    }

    #[test]
    fn con_06_given_pending_when_requested_again_then_already_pending() {
        let pending = after(None, request());
        assert!(matches!(decide(ends(), Some(&pending), request()), Err(Error::AlreadyPending { .. })));
    }

    #[test]
    fn con_02_given_pending_when_accepted_then_connected_under_the_requested_role() {
        let connected = after(Some(&after(None, request())), Command::Accept);
        assert_eq!((connected.status(), connected.role), (Status::Connected, role(3)));
    }

    #[test]
    fn given_pending_when_a_link_is_accepted_then_connected_under_the_links_role() {
        let connected = after(Some(&after(None, request())), Command::Join(role(4), Way::GroupLink));
        assert_eq!((connected.status(), connected.role), (Status::Connected, role(4)));
    }

    #[test]
    fn grp_12_13_given_connected_when_a_link_is_accepted_then_already_connected() {
        let connected = after(None, Command::Join(role(3), Way::GroupLink));
        let again = decide(ends(), Some(&connected), Command::Join(role(4), Way::GroupLink));
        assert!(matches!(again, Err(Error::AlreadyConnected { connection }) if connection == connected.id()));
    }

    #[test]
    fn given_connected_when_the_role_changes_then_it_stays_connected_since_then() {
        let connected = after(None, Command::Join(role(3), Way::GroupLink));
        let changed = after(Some(&connected), Command::ChangeRole(role(4)));
        assert_eq!((changed.state, changed.role), (connected.state, role(4)));
        assert_eq!(decide(ends(), Some(&changed), Command::ChangeRole(role(4))).unwrap(), None);
    }
}
