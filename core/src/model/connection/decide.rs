//! Every command in every state of a connection.

use super::{Command, Connection, Decided, Error, Event, Start, State, Way, Workflow};
use crate::id::{BusinessId, ConnectionId, ContractorRoleId};
use crate::model::Side;

/// The two businesses of a connection that may not exist yet, and the id that follows from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    pub(crate) id: ConnectionId,
    pub(crate) client: BusinessId,
    pub(crate) contractor: BusinessId,
}

impl Ends {
    /// Those of a client and a contractor.
    #[must_use]
    pub fn between(client: BusinessId, contractor: BusinessId) -> Self {
        Self { id: ConnectionId::between(client, contractor), client, contractor }
    }

    /// Those of a connection.
    #[must_use]
    pub const fn of(connection: &Connection) -> Self {
        Self { id: connection.id, client: connection.client, contractor: connection.contractor }
    }
}

/// The event that the command leads to, or none if all is as asked.
///
/// # Errors
/// `self_action_forbidden`, `already_pending`, `already_connected`, `already_decided`, `wrong_state`, `not_found`, and
/// `forbidden` for a link to a connection that its client has ended.
pub fn decide(ends: Ends, connection: Option<&Connection>, command: Command) -> Result<Option<Event>, Error> {
    if ends.client == ends.contractor {
        return Err(Error::SelfActionForbidden);
    }
    match command {
        Command::Request(request, role) => {
            let role = asked(connection, ends.id, role)?;
            Ok(Some(Event::Requested { request, role }))
        }
        Command::Join { role, way, start } => join(connection, role, way, start).map(Some),
        Command::Accept(_)
        | Command::Decline
        | Command::Withdraw
        | Command::ChangeRole { .. }
        | Command::Disconnect(_)
        | Command::Classify(_)
        | Command::Submit(_)
        | Command::Review(..) => change(connection.ok_or(Error::NotFound)?, command),
    }
}

/// The role to ask for; the earlier one, if the connection has one and none is named.
fn asked(
    connection: Option<&Connection>,
    id: ConnectionId,
    role: Option<ContractorRoleId>,
) -> Result<ContractorRoleId, Error> {
    let earlier = match connection.map(|connection| &connection.state) {
        None | Some(State::Declined | State::Withdrawn) => None,
        Some(State::Pending { .. }) => {
            return Err(Error::AlreadyPending { connection: Some(id), access_request: None });
        }
        Some(State::Connected { .. }) => return Err(Error::AlreadyConnected { connection: id }),
        Some(State::Disconnected(_)) => connection.map(|connection| connection.role),
    };
    role.or(earlier).ok_or(Error::argument("role", crate::error::Reason::Missing))
}

fn join(
    connection: Option<&Connection>,
    role: ContractorRoleId,
    way: Way,
    Start { spell, configured }: Start,
) -> Result<Event, Error> {
    if let Some(Connection { state: State::Connected { .. }, .. }) = connection {
        return connection.map_or(Err(Error::NotFound), |held| Err(Error::AlreadyConnected { connection: held.id }));
    }
    let ended = connection.and_then(|connection| connection.ended_by_client);
    match (ended, way) {
        (None, _) => {}
        (Some(ended), Way::Invite { created_at, .. }) if created_at > ended => {}
        (Some(_), Way::Invite { .. } | Way::GroupLink) => return Err(Error::Forbidden),
    }
    let workflow = connection.map(|connection| connection.workflow.clone()).unwrap_or_default();
    Ok(Event::Joined { role, way, spell, classification: workflow.classification(role, configured) })
}

/// What can be asked of a connection that exists.
fn change(connection: &Connection, command: Command) -> Result<Option<Event>, Error> {
    match (&connection.state, command) {
        (State::Pending { .. }, Command::Accept(Start { spell, configured })) => {
            let classification = connection.workflow.classification(connection.role, configured);
            Ok(Some(Event::Accepted { spell, classification }))
        }
        (State::Pending { request }, Command::Decline) => Ok(Some(Event::Declined { request: *request })),
        (State::Pending { request }, Command::Withdraw) => Ok(Some(Event::Withdrawn { request: *request })),
        (State::Connected { .. }, Command::ChangeRole { role, configured }) => {
            let classification = connection.workflow.classification(role, configured);
            Ok((connection.role != role).then_some(Event::RoleChanged { role, classification }))
        }
        (State::Connected { .. }, Command::Disconnect(ending)) => Ok(Some(Event::Disconnected(Box::new(ending)))),
        (State::Connected { .. }, Command::Classify(workflow)) => {
            let Workflow { categories, progress, .. } = &workflow;
            let (categories, kept) = (categories.clone(), progress.keys().copied().collect());
            Ok((connection.workflow != workflow).then_some(Event::Classified { categories, kept }))
        }
        (State::Connected { .. }, Command::Submit(requirement)) => {
            let progress = connection.workflow.submit(requirement)?;
            Ok(progress.map(|progress| Event::Progressed { requirement, progress }))
        }
        (State::Connected { .. }, Command::Review(requirement, verdict)) => {
            let progress = connection.workflow.review(requirement, verdict)?;
            Ok(progress.map(|progress| Event::Progressed { requirement, progress }))
        }
        (State::Disconnected(ending), Command::Disconnect(_)) => {
            Err(Error::AlreadyDecided { decision: Decided::Disconnected, at: ending.at })
        }
        (State::Pending { .. } | State::Declined | State::Withdrawn, Command::Disconnect(_))
        | (
            State::Connected { .. } | State::Declined | State::Withdrawn | State::Disconnected(_),
            Command::Accept(_) | Command::Decline | Command::Withdraw,
        )
        | (
            State::Pending { .. } | State::Declined | State::Withdrawn | State::Disconnected(_),
            Command::ChangeRole { .. } | Command::Classify(_) | Command::Submit(_) | Command::Review(..),
        )
        | (
            State::Pending { .. }
            | State::Connected { .. }
            | State::Declined
            | State::Withdrawn
            | State::Disconnected(_),
            Command::Request(..) | Command::Join { .. },
        ) => Err(Error::WrongState { state: connection.status().word() }),
    }
}

impl Connection {
    /// Which end of it a business is.
    #[must_use]
    pub fn side_of(&self, business: BusinessId) -> Option<Side> {
        if business == self.client {
            Some(Side::Client)
        } else if business == self.contractor {
            Some(Side::Contractor)
        } else {
            None
        }
    }
}
