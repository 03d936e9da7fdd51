//! A connection is the directed edge client → contractor: pending once requested, connected once accepted or come by
//! link, and after every end to be had again.

use serde::{Deserialize, Serialize};

use super::Side;
use super::reasons::Reason;
use super::workflow::{Choice, Classification, Progress, Verdict, Workflow};
use crate::error::{Decided, Error};
use crate::id::{BusinessId, ConnectionId, ContractorRoleId, InviteId, RequestId, RequirementId, SpellId};
use crate::time::Timestamp;

mod decide;

pub use self::decide::{Ends, decide};

/// The edge from a client to a contractor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Connection {
    /// Its id, derived from its two ends.
    pub id: ConnectionId,
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
    /// When the client ended it. Until the two are connected again, no group link and no older invite connects them.
    pub ended_by_client: Option<Timestamp>,
    /// Its categories and how far its requirements are.
    pub workflow: Workflow,
}

/// Where a connection stands.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        /// The spell that fees count.
        spell: SpellId,
    },
    /// The contractor said no.
    Declined,
    /// The client took its request back.
    Withdrawn,
    /// One of the two ended it.
    Disconnected(Box<Ending>),
}

/// How a connection was ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Ending {
    /// When.
    pub at: Timestamp,
    /// By which side.
    pub by: Side,
    /// Why.
    pub reason: Reason,
    /// Whether the reason is kept from the other side.
    pub hidden: bool,
    /// The name of the role then: the contractor sees nothing newer.
    pub role_name: String,
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
    /// Declined.
    Declined,
    /// Withdrawn.
    Withdrawn,
    /// Disconnected.
    Disconnected,
}

/// What led a contractor in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new way in must break every match")]
pub enum Way {
    /// The role's group link.
    GroupLink,
    /// A personal invite.
    Invite {
        /// This one.
        invite: InviteId,
        /// When it was made.
        created_at: Timestamp,
    },
}

/// What a connection begins with when the two become connected.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "operations build it")]
pub struct Start {
    /// The new spell that fees count.
    pub spell: SpellId,
    /// Whether the role has categories to choose from.
    pub configured: bool,
}

/// What can be asked of a connection.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Ask the contractor; without a role, for the earlier one.
    Request(RequestId, Option<ContractorRoleId>),
    /// Answer the request with yes.
    Accept(Start),
    /// Answer the request with no.
    Decline,
    /// Take the request back.
    Withdraw,
    /// Connect by a link.
    Join {
        /// The link's role.
        role: ContractorRoleId,
        /// By this link.
        way: Way,
        /// With this.
        start: Start,
    },
    /// Put the connection under another role.
    ChangeRole {
        /// The new role.
        role: ContractorRoleId,
        /// Whether the role has categories to choose from.
        configured: bool,
    },
    /// End it.
    Disconnect(Ending),
    /// Be in these categories, and keep this progress.
    Classify(Workflow),
    /// The contractor has done what is demanded.
    Submit(RequirementId),
    /// The client has looked at it.
    Review(RequirementId, Verdict),
}

/// What happened to a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    Accepted {
        /// The spell that fees count.
        spell: SpellId,
        /// Whether categories have to be chosen.
        classification: Classification,
    },
    /// The contractor said no.
    Declined {
        /// To this request.
        request: RequestId,
    },
    /// The client took its request back.
    Withdrawn {
        /// This one.
        request: RequestId,
    },
    /// The contractor came by a link.
    Joined {
        /// For the link's role.
        role: ContractorRoleId,
        /// By this link.
        way: Way,
        /// The spell that fees count.
        spell: SpellId,
        /// Whether categories have to be chosen.
        classification: Classification,
    },
    /// The connection is about another role.
    RoleChanged {
        /// The new role.
        role: ContractorRoleId,
        /// Whether categories have to be chosen.
        classification: Classification,
    },
    /// One of the two ended it.
    Disconnected(Box<Ending>),
    /// Its categories were chosen.
    Classified {
        /// These.
        categories: Vec<Choice>,
        /// What still applies of what was begun.
        kept: Vec<RequirementId>,
    },
    /// A requirement got further.
    Progressed {
        /// This one.
        requirement: RequirementId,
        /// It is this now.
        progress: Progress,
    },
}

/// The connection after the event.
#[must_use]
pub fn evolve(
    Ends { id, client, contractor }: Ends,
    connection: Option<&Connection>,
    event: &Event,
    now: Timestamp,
) -> Option<Connection> {
    let new = |role| Connection {
        id,
        client,
        contractor,
        role,
        state: State::Withdrawn,
        changed_at: now,
        ended_by_client: None,
        workflow: Workflow::default(),
    };
    let before = || connection.cloned().map(|connection| Connection { changed_at: now, ..connection });
    match event {
        Event::Requested { request, role } => {
            let asked = before().unwrap_or_else(|| new(*role));
            Some(Connection { role: *role, state: State::Pending { request: *request }, ..asked })
        }
        Event::Accepted { spell, classification } => before().map(|asked| {
            let role = asked.role;
            asked.connected(role, *classification, (*spell, now))
        }),
        Event::Joined { role, spell, classification, .. } => {
            Some(before().unwrap_or_else(|| new(*role)).connected(*role, *classification, (*spell, now)))
        }
        Event::Declined { .. } => before().map(|asked| Connection { state: State::Declined, ..asked }),
        Event::Withdrawn { .. } => before().map(|asked| Connection { state: State::Withdrawn, ..asked }),
        Event::RoleChanged { role, classification } => before().map(|connection| {
            let workflow = connection.workflow.under(*role, *classification);
            Connection { role: *role, workflow, ..connection }
        }),
        Event::Disconnected(ending) => before().map(|connection| Connection {
            ended_by_client: (ending.by == Side::Client).then_some(ending.at).or(connection.ended_by_client),
            state: State::Disconnected(ending.clone()),
            ..connection
        }),
        Event::Classified { categories, kept } => before().map(|mut connection| {
            let workflow = &mut connection.workflow;
            workflow.classification = Classification::Classified;
            workflow.categories.clone_from(categories);
            workflow.progress.retain(|requirement, _| kept.contains(requirement));
            connection
        }),
        Event::Progressed { requirement, progress } => before().map(|mut connection| {
            connection.workflow.progress.insert(*requirement, *progress);
            connection
        }),
    }
}

impl Connection {
    /// Its label.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self.state {
            State::Pending { .. } => Status::Pending,
            State::Connected { .. } => Status::Connected,
            State::Declined => Status::Declined,
            State::Withdrawn => Status::Withdrawn,
            State::Disconnected(_) => Status::Disconnected,
        }
    }

    /// Whether the two see each other's address and contacts.
    #[must_use]
    pub const fn near(&self) -> bool {
        matches!(self.status(), Status::Pending | Status::Connected)
    }

    fn connected(
        self,
        role: ContractorRoleId,
        classification: Classification,
        (spell, since): (SpellId, Timestamp),
    ) -> Self {
        let workflow = self.workflow.under(role, classification);
        Self { role, state: State::Connected { since, spell }, ended_by_client: None, workflow, ..self }
    }
}

impl Status {
    /// Every label, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Connected, Self::Declined, Self::Withdrawn, Self::Disconnected];

    /// Its name as texts and codes have it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Connected => "connected",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Disconnected => "disconnected",
        }
    }
}

#[cfg(test)]
mod tests;
