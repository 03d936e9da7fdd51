//! Who may: membership is looked up for the business that the actor names.

use std::sync::Arc;

use super::actor::Actor;
use super::view::{MemberOf, Stop, View};
use crate::error::Error;
use crate::id::PersonId;
use crate::model::business::Business;
use crate::model::member::{Member, Status};
use crate::model::user_role::{Permission, Permissions, Role, UserRole};

/// The business that is acted for, and the membership that allows it; System needs none.
#[derive(Debug)]
pub(crate) struct Acting<'v> {
    pub(crate) business: &'v Arc<Business>,
    member: Option<&'v Member>,
}

/// Whether the actor may do this for the business that they name, and whether that business can act.
///
/// Who is no member learns nothing: not even whether the business exists.
pub(crate) fn acting<'v>(view: &'v View, actor: &Actor, permission: Permission) -> Result<Acting<'v>, Stop> {
    Ok(member_of(view, actor)?.permitted(permission)?)
}

/// The business that the actor names, if they are a member of it, whatever they may do.
pub(crate) fn member_of<'v>(view: &'v View, actor: &Actor) -> Result<Acting<'v>, Stop> {
    let business = actor.business()?;
    let membership = match actor {
        Actor::Person { id, .. } => Some(MemberOf(business, *id)),
        Actor::System { .. } => None,
    };
    view.want(std::iter::once(business.into()).chain(membership.and_then(|membership| view.missing(membership))))?;
    let business = view.get_or_not_found(business)?;
    let member = membership.map(|membership| view.get_or_not_found(membership)).transpose()?;
    if member.as_ref().is_some_and(|member| member.status == Status::Removed) {
        return Err(Error::NotFound.into());
    }
    Ok(Acting { business, member: member.map(Arc::as_ref) })
}

impl Acting<'_> {
    /// The same, if they may do this and the business can act.
    pub(crate) fn permitted(self, permission: Permission) -> Result<Self, Error> {
        if !self.may(permission) {
            return Err(Error::Forbidden);
        }
        self.business.active()?;
        Ok(self)
    }

    /// The same, if the member is active and the business can act, whatever the member's role.
    pub(crate) fn active(self) -> Result<Self, Error> {
        self.present()?;
        self.business.active()?;
        Ok(self)
    }

    /// Whether the member is active, whatever their role and their business's state.
    pub(crate) fn present(&self) -> Result<(), Error> {
        match &self.member {
            Some(member) if member.status != Status::Active => Err(Error::Forbidden),
            Some(_) | None => Ok(()),
        }
    }

    /// Whether the actor is this person.
    pub(crate) fn is(&self, person: PersonId) -> bool {
        self.member.as_ref().is_some_and(|member| member.person == person)
    }

    /// Only a client account may invite and request.
    pub(crate) fn client_account(self) -> Result<Self, Error> {
        if self.business.client_account { Ok(self) } else { Err(Error::Forbidden) }
    }

    /// Nobody grants a permission that they do not hold.
    pub(crate) fn may_grant(&self, permissions: Permissions) -> Result<(), Error> {
        match &self.member {
            Some(member) if !member.role.permissions.hold_all(permissions) => Err(Error::Forbidden),
            Some(_) | None => Ok(()),
        }
    }

    /// Whether the actor may do this too.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.member.as_ref().is_none_or(|member| member.may(permission))
    }

    /// The user role of this name or id; another business's is not found.
    pub(crate) fn role(&self, view: &View, role: UserRole) -> Result<Role, Stop> {
        match role {
            UserRole::BuiltIn(role) => Ok(role.into()),
            UserRole::Custom(id) => {
                let custom = view.get_or_not_found(id)?;
                if custom.business == self.business.id { Ok(custom.role()) } else { Err(Error::NotFound.into()) }
            }
        }
    }

    /// The authority of the membership by which this is done.
    pub(crate) fn member_authority(&self) -> Option<u64> {
        self.member.as_ref().map(|member| member.authority)
    }
}
