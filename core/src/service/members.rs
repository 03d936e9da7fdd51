//! `members`: the people of the acting business.

use serde::{Deserialize, Serialize};

use super::Handclasp;
use super::actor::Caller;
use super::authority::{Acting, acting};
use super::changes::Changes;
use super::view::{Stop, View};
use super::views::Member;
use super::walk::{Call, Context, Operation};
use crate::error::{Error, FaultKind};
use crate::id::{MemberId, PersonId};
use crate::model::Event;
use crate::model::member::{self, Command, Permission, UserRole};

/// The people of the acting business. Whoever changes them holds `users`.
#[derive(Debug, Clone, Copy)]
pub struct Members<'a>(pub(super) &'a Handclasp);

/// A person and the user role that they get.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AddMember {
    /// The person, known to the library by `people.put`, `register` or an earlier membership.
    pub person: PersonId,
    /// What they may do. Nobody grants a permission that they do not hold.
    pub role: UserRole,
}

impl AddMember {
    /// This person, with this role.
    #[must_use]
    pub const fn new(person: PersonId, role: UserRole) -> Self {
        Self { person, role }
    }
}

/// A member and the user role that they get.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChangeMemberRole {
    /// The member.
    pub person: PersonId,
    /// What they may do from now on. Nobody grants a permission that they do not hold.
    pub role: UserRole,
}

impl ChangeMemberRole {
    /// This member, to this role.
    #[must_use]
    pub const fn new(person: PersonId, role: UserRole) -> Self {
        Self { person, role }
    }
}

/// A member to disable.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DisableMember {
    /// The member.
    pub person: PersonId,
}

impl DisableMember {
    /// This member.
    #[must_use]
    pub const fn new(person: PersonId) -> Self {
        Self { person }
    }
}

impl Members<'_> {
    /// Makes a known person an active member. A person added again continues their old membership; what they issued
    /// before stays dead.
    ///
    /// # Errors
    /// `already_member`, `not_found` for an unknown person, `forbidden` for granting more than the actor holds,
    /// `limit_exceeded` (members).
    pub async fn add(&self, by: impl Into<Caller>, add: AddMember) -> Result<Member, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &add).await
    }

    /// Gives a member another user role. Whoever loses `connect` by it loses every personal invite that they made.
    ///
    /// # Errors
    /// `not_found`, `forbidden` for granting more than the actor holds, `last_admin`.
    pub async fn change_role(&self, by: impl Into<Caller>, change: ChangeMemberRole) -> Result<Member, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &change).await
    }

    /// Lets a member do nothing, and be told nothing. Every personal invite that they made is dead. What is disabled
    /// already stays so.
    ///
    /// # Errors
    /// `not_found`, `last_admin`.
    pub async fn disable(&self, by: impl Into<Caller>, disable: DisableMember) -> Result<Member, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &disable).await
    }
}

fn change(view: &View, acting: &Acting, person: PersonId, command: Command) -> Result<(Member, Changes), Stop> {
    let before = view.find(MemberId::of(acting.business.id, person))?;
    let mut changes = Changes::default();
    let after = match member::decide(before.as_deref(), command)? {
        Some(event) => changes.evolve(view, member::evolve(before.as_deref(), event), Event::Member(event))?,
        None => before.as_deref().cloned().ok_or(FaultKind::Internal)?,
    };
    Ok((Member::of(&after), changes))
}

impl Operation for AddMember {
    const NAME: &'static str = "members.add";
    type Answer = Member;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Member, Changes), Stop> {
        let acting = acting(view, cx.by.actor()?, Permission::Users)?;
        acting.may_grant(self.role)?;
        view.get_or_not_found(self.person)?;
        change(view, &acting, self.person, Command::Add(acting.business.id, self.person, self.role))
    }
}

impl Operation for ChangeMemberRole {
    const NAME: &'static str = "members.change_role";
    type Answer = Member;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Member, Changes), Stop> {
        let acting = acting(view, cx.by.actor()?, Permission::Users)?;
        acting.may_grant(self.role)?;
        change(view, &acting, self.person, Command::ChangeRole(self.role))
    }
}

impl Operation for DisableMember {
    const NAME: &'static str = "members.disable";
    type Answer = Member;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Member, Changes), Stop> {
        let acting = acting(view, cx.by.actor()?, Permission::Users)?;
        change(view, &acting, self.person, Command::Disable)
    }
}
