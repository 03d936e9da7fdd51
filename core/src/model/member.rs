//! A member is a person in a business with one user role: active ⇄ disabled, either → removed.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::id::{BusinessId, MemberId, PersonId};

/// A person in a business.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Member {
    /// The business.
    pub business: BusinessId,
    /// The person.
    pub person: PersonId,
    /// What they may do.
    pub role: UserRole,
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

/// A named set of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new role must break every match")]
pub enum UserRole {
    /// Everything.
    Admin,
    /// `see` and `classify`.
    Manager,
    /// `see`.
    Viewer,
    /// Nothing.
    Worker,
}

/// One thing that a user role lets its holder do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a new permission must break every match")]
pub enum Permission {
    /// Members, user roles, access requests.
    Users,
    /// Requests, answers, disconnecting, every link and invite.
    Connect,
    /// Profile, contractor roles, categories, requirements, reasons.
    Configure,
    /// Classify, submit and review requirements.
    Classify,
    /// Fees.
    Fees,
    /// Every other read of the business's own.
    See,
}

impl UserRole {
    /// Whether the role holds the permission.
    #[must_use]
    pub const fn holds(self, permission: Permission) -> bool {
        match (self, permission) {
            (Self::Admin, _)
            | (Self::Manager, Permission::See | Permission::Classify)
            | (Self::Viewer, Permission::See) => true,
            (Self::Manager, Permission::Users | Permission::Connect | Permission::Configure | Permission::Fees)
            | (
                Self::Viewer,
                Permission::Users
                | Permission::Connect
                | Permission::Configure
                | Permission::Classify
                | Permission::Fees,
            )
            | (Self::Worker, _) => false,
        }
    }

    /// Whether a holder of this role may grant the other: nobody grants a permission that they do not hold.
    #[must_use]
    pub fn may_grant(self, other: Self) -> bool {
        use Permission::{Classify, Configure, Connect, Fees, See, Users};
        [Users, Connect, Configure, Classify, Fees, See].into_iter().all(|each| self.holds(each) || !other.holds(each))
    }
}

/// What can be asked of a member.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Make the person a member.
    Add(BusinessId, PersonId, UserRole),
    /// Give the member another role.
    ChangeRole(UserRole),
    /// Let the member do nothing for now.
    Disable,
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
        role: UserRole,
    },
    /// The member got another role.
    RoleChanged {
        /// The new role.
        role: UserRole,
    },
    /// The member was disabled.
    Disabled,
}

/// The event that the command leads to, or none if all is as asked.
///
/// # Errors
/// `already_member` for a person who is one; `not_found` for one who is none.
pub fn decide(member: Option<&Member>, command: Command) -> Result<Option<Event>, Error> {
    match (member.map(|member| (member.status, member.role)), command) {
        (None | Some((Status::Removed, _)), Command::Add(business, person, role)) => {
            Ok(Some(Event::Added { business, person, role }))
        }
        (Some((Status::Active | Status::Disabled, _)), Command::Add(..)) => Err(Error::AlreadyMember),
        (None | Some((Status::Removed, _)), Command::ChangeRole(_) | Command::Disable) => Err(Error::NotFound),
        (Some((Status::Active | Status::Disabled, old)), Command::ChangeRole(role)) => {
            Ok((old != role).then_some(Event::RoleChanged { role }))
        }
        (Some((Status::Active, _)), Command::Disable) => Ok(Some(Event::Disabled)),
        (Some((Status::Disabled, _)), Command::Disable) => Ok(None),
    }
}

/// The member after the event. A person added again continues the old record, whose authority never falls.
#[must_use]
pub fn evolve(member: Option<&Member>, event: Event) -> Option<Member> {
    match event {
        Event::Added { business, person, role } => Some(Member {
            business,
            person,
            role,
            status: Status::Active,
            notifications: true,
            authority: member.map_or(0, |member| member.authority),
        }),
        Event::RoleChanged { role } => member.map(|member| {
            let loses_connect = member.role.holds(Permission::Connect) && !role.holds(Permission::Connect);
            Member { role, authority: member.authority + u64::from(loses_connect), ..member.clone() }
        }),
        Event::Disabled => {
            member.map(|member| Member { status: Status::Disabled, authority: member.authority + 1, ..member.clone() })
        }
    }
}

impl Member {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> MemberId {
        MemberId::of(self.business, self.person)
    }

    /// Whether the member may now do what the permission names.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.status == Status::Active && self.role.holds(permission)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> (BusinessId, PersonId) {
        (BusinessId::from_uuid(uuid::Uuid::from_u128(1)), PersonId::from_uuid(uuid::Uuid::from_u128(2)))
    }

    fn member(role: UserRole, status: Status) -> Member {
        let (business, person) = ids();
        Member { business, person, role, status, notifications: true, authority: 3 }
    }

    fn after(member: &Member, command: Command) -> Member {
        evolve(Some(member), decide(Some(member), command).unwrap().unwrap()).unwrap()
    }

    #[test]
    fn given_an_admin_when_demoted_then_their_authority_rises_and_promoting_again_does_not_restore_it() {
        let demoted = after(&member(UserRole::Admin, Status::Active), Command::ChangeRole(UserRole::Viewer));
        assert_eq!(demoted.authority, 4);
        assert_eq!(after(&demoted, Command::ChangeRole(UserRole::Admin)).authority, 4);
    }

    #[test]
    fn given_a_viewer_when_the_role_changes_without_connect_then_authority_stays() {
        let worker = after(&member(UserRole::Viewer, Status::Active), Command::ChangeRole(UserRole::Worker));
        assert_eq!(worker.authority, 3);
    }

    #[test]
    fn given_a_former_member_when_added_again_then_the_old_authority_goes_on() {
        let (business, person) = ids();
        let back = after(&member(UserRole::Admin, Status::Removed), Command::Add(business, person, UserRole::Viewer));
        assert_eq!((back.authority, back.status, back.role), (3, Status::Active, UserRole::Viewer));
    }

    #[test]
    fn given_a_member_active_or_disabled_when_added_then_already_member() {
        let (business, person) = ids();
        for status in [Status::Active, Status::Disabled] {
            let refused =
                decide(Some(&member(UserRole::Worker, status)), Command::Add(business, person, UserRole::Admin));
            assert!(matches!(refused, Err(Error::AlreadyMember)));
        }
    }

    #[test]
    fn given_a_disabled_member_then_no_permission_holds() {
        let disabled = after(&member(UserRole::Admin, Status::Active), Command::Disable);
        assert!(!disabled.may(Permission::See));
        assert_eq!(disabled.authority, 4);
        assert!(matches!(decide(Some(&disabled), Command::Disable), Ok(None)));
    }

    #[test]
    fn nobody_grants_a_permission_that_they_do_not_hold() {
        use UserRole::{Admin, Manager, Viewer, Worker};
        let order = [Worker, Viewer, Manager, Admin];
        for (high, granter) in order.into_iter().enumerate() {
            for (low, granted) in order.into_iter().enumerate() {
                assert_eq!(granter.may_grant(granted), low <= high, "{granter:?} grants {granted:?}");
            }
        }
    }
}
