//! Who may: membership is looked up for the business that the actor names, in the same snapshot as all else.

use std::sync::Arc;

use super::actor::Actor;
use super::view::{Stop, View};
use crate::error::Error;
use crate::id::MemberId;
use crate::model::business::Business;
use crate::model::member::{Member, Permission, Status, UserRole};
use crate::storage::Key;

/// The business that is acted for, and the membership that allows it; System needs none.
#[derive(Debug)]
pub(crate) struct Acting {
    pub(crate) business: Arc<Business>,
    member: Option<Arc<Member>>,
}

/// The keys that [`acting`] will ask for, to be wanted with others.
pub(crate) fn keys(actor: &Actor) -> Vec<Key> {
    match *actor {
        Actor::Person { id, business: Some(business), .. } => vec![business.into(), MemberId::of(business, id).into()],
        Actor::System { business: Some(business) } => vec![business.into()],
        Actor::Person { business: None, .. } | Actor::System { business: None } => Vec::new(),
    }
}

/// Whether the actor may do this for the business that they name, and whether that business can act.
///
/// Who is no member learns nothing: not even whether the business exists.
pub(crate) fn acting(view: &View, actor: &Actor, permission: Permission) -> Result<Acting, Stop> {
    let acting = member(view, actor)?;
    match &acting.member {
        Some(member) if !member.may(permission) => Err(Error::Forbidden.into()),
        Some(_) | None => {
            acting.business.active()?;
            Ok(acting)
        }
    }
}

fn member(view: &View, actor: &Actor) -> Result<Acting, Stop> {
    let business = actor.business()?;
    view.want(keys(actor))?;
    let business = view.get_or_not_found(business)?;
    let member = match actor {
        Actor::System { .. } => None,
        Actor::Person { id, .. } => {
            let member = view.get_or_not_found(MemberId::of(business.id, *id))?;
            if member.status == Status::Removed {
                return Err(Error::NotFound.into());
            }
            Some(member)
        }
    };
    Ok(Acting { business, member })
}

impl Acting {
    /// Only a client account may invite and request.
    pub(crate) fn client_account(self) -> Result<Self, Error> {
        if self.business.client_account { Ok(self) } else { Err(Error::Forbidden) }
    }

    /// Nobody grants a permission that they do not hold.
    pub(crate) fn may_grant(&self, role: UserRole) -> Result<(), Error> {
        match &self.member {
            Some(member) if !member.role.may_grant(role) => Err(Error::Forbidden),
            Some(_) | None => Ok(()),
        }
    }

    /// The authority of the membership by which this is done.
    pub(crate) fn member_authority(&self) -> Option<u64> {
        self.member.as_ref().map(|member| member.authority)
    }
}
