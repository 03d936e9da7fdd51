//! A member is a person in a business with one user role: active ⇄ disabled, either → removed, and back by being added.

use serde::{Deserialize, Serialize};

use super::user_role::{Permission, Role};
use crate::error::Error;
use crate::id::{BusinessId, MemberId, PersonId};

/// A person in a business.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Member {
    /// Its id, derived from business and person.
    pub id: MemberId,
    /// The business.
    pub business: BusinessId,
    /// The person.
    pub person: PersonId,
    /// What they may do.
    pub role: Role,
    /// Whether they may do it now.
    pub status: Status,
    /// Whether the business's notices reach them.
    pub notifications: bool,
    /// Rises when the member loses `connect`, is disabled or is removed; what they issued before is then dead.
    pub authority: u64,
}

/// Whether a member counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "MemberStatus"))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new state must break every match")]
pub enum Status {
    /// The member may do what their role says.
    Active,
    /// The member may do nothing and is told nothing until enabled.
    Disabled,
    /// The person is no longer a member.
    Removed,
}

/// What can be asked of a member.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Make the person a member.
    Add(BusinessId, PersonId, Role),
    /// Give the member another role.
    ChangeRole(Role),
    /// Let the member do nothing for now.
    Disable,
    /// Let a disabled member act again.
    Enable,
    /// End the membership.
    Remove,
    /// Let the business's notices reach the member, or no longer.
    SetNotifications(bool),
}

/// What happened to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// The person became a member, perhaps again.
    Added {
        /// Of this business.
        business: BusinessId,
        /// This person.
        person: PersonId,
        /// With this role.
        role: Role,
    },
    /// The member got another role.
    RoleChanged {
        /// The new role.
        role: Role,
    },
    /// The member was disabled.
    Disabled,
    /// The member may act again.
    Enabled,
    /// The person is no longer a member.
    Removed,
    /// The business's notices reach the member, or no longer do.
    NotificationsSet {
        /// Whether they do.
        notifications: bool,
    },
}

/// The event that the command leads to, or none if all is as asked.
///
/// # Errors
/// `already_member` for a person who is one; `not_found` for one who is none.
pub fn decide(member: Option<&Member>, command: Command) -> Result<Option<Event>, Error> {
    let Some(member) = member.filter(|member| member.status != Status::Removed) else {
        return match command {
            Command::Add(business, person, role) => Ok(Some(Event::Added { business, person, role })),
            Command::ChangeRole(_)
            | Command::Disable
            | Command::Enable
            | Command::Remove
            | Command::SetNotifications(_) => Err(Error::NotFound),
        };
    };
    let disabled = member.status == Status::Disabled;
    match command {
        Command::Add(..) => Err(Error::AlreadyMember),
        Command::ChangeRole(role) => Ok((member.role != role).then_some(Event::RoleChanged { role })),
        Command::Disable => Ok((!disabled).then_some(Event::Disabled)),
        Command::Enable => Ok(disabled.then_some(Event::Enabled)),
        Command::Remove => Ok(Some(Event::Removed)),
        Command::SetNotifications(notifications) => {
            Ok((member.notifications != notifications).then_some(Event::NotificationsSet { notifications }))
        }
    }
}

/// The member after the event. A person added again continues the old record, whose authority never falls.
#[must_use]
pub fn evolve(member: Option<&Member>, event: Event) -> Option<Member> {
    if let Event::Added { business, person, role } = event {
        let authority = member.map_or(0, |member| member.authority);
        let id = MemberId::of(business, person);
        return Some(Member { id, business, person, role, status: Status::Active, notifications: true, authority });
    }
    let before = member?;
    let raised = before.authority + 1;
    Some(match event {
        Event::Added { .. } => return None,
        Event::RoleChanged { role } => {
            let connect = |role: Role| role.permissions.holds(Permission::Connect);
            let loses_connect = connect(before.role) && !connect(role);
            Member { role, authority: before.authority + u64::from(loses_connect), ..before.clone() }
        }
        Event::Disabled => Member { status: Status::Disabled, authority: raised, ..before.clone() },
        Event::Enabled => Member { status: Status::Active, ..before.clone() },
        Event::Removed => Member { status: Status::Removed, authority: raised, ..before.clone() },
        Event::NotificationsSet { notifications } => Member { notifications, ..before.clone() },
    })
}

impl Member {
    /// Whether the member may now do what the permission names.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.status == Status::Active && self.role.permissions.holds(permission)
    }
}

#[cfg(test)]
mod tests {
    use super::super::user_role::BuiltInRole::{self, Admin, Viewer, Worker};
    use super::*;

    fn ids() -> (BusinessId, PersonId) {
        (BusinessId::from_uuid(uuid::Uuid::from_u128(1)), PersonId::from_uuid(uuid::Uuid::from_u128(2)))
    }

    fn member(role: BuiltInRole, status: Status) -> Member {
        let (business, person) = ids();
        let id = MemberId::of(business, person);
        Member { id, business, person, role: role.into(), status, notifications: true, authority: 3 }
    }

    fn after(member: &Member, command: Command) -> Member {
        evolve(Some(member), decide(Some(member), command).unwrap().unwrap()).unwrap()
    }

    #[test]
    fn given_an_admin_when_demoted_then_their_authority_rises_and_promoting_again_does_not_restore_it() {
        let demoted = after(&member(Admin, Status::Active), Command::ChangeRole(Viewer.into()));
        assert_eq!(demoted.authority, 4);
        assert_eq!(after(&demoted, Command::ChangeRole(Admin.into())).authority, 4);
    }

    #[test]
    fn given_a_viewer_when_the_role_changes_without_connect_then_authority_stays() {
        assert_eq!(after(&member(Viewer, Status::Active), Command::ChangeRole(Worker.into())).authority, 3);
    }

    #[test]
    fn given_a_former_member_when_added_again_then_the_old_authority_goes_on() {
        let (business, person) = ids();
        let removed = after(&member(Admin, Status::Active), Command::Remove);
        assert_eq!((removed.status, removed.authority), (Status::Removed, 4));
        let back = after(&removed, Command::Add(business, person, Viewer.into()));
        assert_eq!((back.authority, back.status, back.role), (4, Status::Active, Viewer.into()));
    }

    #[test]
    fn given_a_former_member_when_anything_else_is_asked_then_not_found() {
        let former = member(Admin, Status::Removed);
        let asked = [Command::ChangeRole(Worker.into()), Command::Disable, Command::Enable, Command::Remove];
        for command in asked.into_iter().chain([Command::SetNotifications(false)]) {
            assert!(matches!(decide(Some(&former), command), Err(Error::NotFound)), "{command:?}");
        }
    }

    #[test]
    fn given_a_member_active_or_disabled_when_added_then_already_member() {
        let (business, person) = ids();
        for status in [Status::Active, Status::Disabled] {
            let refused = decide(Some(&member(Worker, status)), Command::Add(business, person, Admin.into()));
            assert!(matches!(refused, Err(Error::AlreadyMember)));
        }
    }

    #[test]
    fn given_a_disabled_member_then_no_permission_holds_until_enabled_and_what_they_issued_stays_dead() {
        let disabled = after(&member(Admin, Status::Active), Command::Disable);
        assert!(!disabled.may(Permission::See));
        assert_eq!(disabled.authority, 4);
        assert!(matches!(decide(Some(&disabled), Command::Disable), Ok(None)));
        let enabled = after(&disabled, Command::Enable);
        assert!(enabled.may(Permission::See));
        assert_eq!(enabled.authority, 4);
        assert!(matches!(decide(Some(&enabled), Command::Enable), Ok(None)));
    }

    #[test]
    fn given_notifications_when_set_as_they_are_then_nothing_happens() {
        let off = after(&member(Worker, Status::Active), Command::SetNotifications(false));
        assert!(!off.notifications);
        assert!(matches!(decide(Some(&off), Command::SetNotifications(false)), Ok(None)));
    }
}
