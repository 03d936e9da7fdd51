//! Members and user roles as they are shown.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, UserRoleId};
use crate::model::member;
use crate::model::person::Person;
use crate::model::user_role::{CustomRole, Permission, UserRole};

/// A member of the acting business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Where they get mail.
    pub email: String,
    /// What they may do.
    pub role: UserRole,
    /// Whether they may do it now.
    pub status: member::Status,
    /// Whether the business's notices reach them.
    pub notifications: bool,
}

/// A user role that the business has defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DefinedRole {
    /// Its id.
    pub id: UserRoleId,
    /// Its name.
    pub name: String,
    /// What it lets its holder do.
    pub permissions: Vec<Permission>,
}

impl Member {
    pub(crate) fn of(member: &member::Member, person: &Person) -> Self {
        Self {
            person: member.person,
            name: person.name.clone(),
            email: person.email.as_str().to_owned(),
            role: member.role.which,
            status: member.status,
            notifications: member.notifications,
        }
    }
}

impl DefinedRole {
    pub(crate) fn of(role: &CustomRole) -> Self {
        Self { id: role.id, name: role.name.clone(), permissions: role.permissions.iter().collect() }
    }
}
