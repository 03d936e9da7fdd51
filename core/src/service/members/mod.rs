//! `members`: the people of the acting business, and its user roles.

mod reads;
mod roles;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::reads::{GetMember, ListMembers, MembersPage};
pub use self::roles::{DefineRole, ListRoles, Roles};
use super::Handclasp;
use super::actor::Caller;
use super::authority::{Acting, acting, member_of};
use super::changes::Changes;
use super::view::{Stop, View};
use super::views::Member;
use super::walk::{Call, Context, Operation};
use crate::error::{Error, FaultKind};
use crate::id::{MemberId, PersonId};
use crate::model::Event;
use crate::model::member::{self, Command};
use crate::model::person::Person;
use crate::model::user_role::{Permission, UserRole};

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

/// A member to enable.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct EnableMember {
    /// The member.
    pub person: PersonId,
}

impl EnableMember {
    /// This member.
    #[must_use]
    pub const fn new(person: PersonId) -> Self {
        Self { person }
    }
}

/// A member to remove.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RemoveMember {
    /// The member.
    pub person: PersonId,
}

impl RemoveMember {
    /// This member.
    #[must_use]
    pub const fn new(person: PersonId) -> Self {
        Self { person }
    }
}

/// Whether notices reach a member.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetNotifications {
    /// The member.
    pub person: PersonId,
    /// Whether the business's notices reach them.
    pub notifications: bool,
}

impl SetNotifications {
    /// Lets notices reach this member, or no longer.
    #[must_use]
    pub const fn new(person: PersonId, notifications: bool) -> Self {
        Self { person, notifications }
    }
}

impl Members<'_> {
    /// Makes a known person an active member. A person added again continues their old membership; what they issued
    /// before stays dead.
    ///
    /// # Errors
    /// `already_member`, `not_found` for an unknown person, `forbidden` for granting more than the actor holds,
    /// `limit_exceeded` (members).
    ///
    /// ```
    /// # use handclasp::{testing, Actor, PersonId, model::user_role::UserRole, members::AddMember, people::Profile};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// # let kim = PersonId::from_uuid(uuid::Uuid::from_u128(9));
    /// handclasp.people().put(Actor::system(), Profile::new(kim, "Kim Lee", "kim@acme.example")).await?;
    /// let added = handclasp.members().add(&admin, AddMember::new(kim, UserRole::MANAGER)).await?;
    /// assert_eq!((added.name.as_str(), added.role), ("Kim Lee", UserRole::MANAGER));
    /// let again = handclasp.members().add(&admin, AddMember::new(kim, UserRole::VIEWER)).await.unwrap_err();
    /// assert_eq!(again.code(), "already_member");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn add(&self, by: impl Into<Caller>, add: AddMember) -> Result<Member, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &add).await
    }

    /// Gives a member another user role. Whoever loses `connect` by it loses every personal invite that they made.
    ///
    /// # Errors
    /// `not_found`, `forbidden` for granting more than the actor holds, `last_admin`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, model::user_role::UserRole, access_requests::AcceptAccess};
    /// # use handclasp::members::ChangeMemberRole;
    /// # testing::example_access(async |handclasp, admin, _, request| {
    /// # let Actor::Person { id: jo, .. } = admin else { unreachable!() };
    /// # let kim = handclasp.access_requests().accept(&admin, AcceptAccess::new(request)).await?.person;
    /// let changed = handclasp.members().change_role(&admin, ChangeMemberRole::new(kim, UserRole::VIEWER)).await?;
    /// assert_eq!(changed.role, UserRole::VIEWER);
    /// // Jo is the only Admin.
    /// let jo = ChangeMemberRole::new(jo, UserRole::VIEWER);
    /// assert_eq!(handclasp.members().change_role(&admin, jo).await.unwrap_err().code(), "last_admin");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn change_role(&self, by: impl Into<Caller>, change: ChangeMemberRole) -> Result<Member, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &change).await
    }

    /// Lets a member do nothing, and be told nothing. Every personal invite that they made is dead. What is disabled
    /// already stays so.
    ///
    /// # Errors
    /// `not_found`, `last_admin`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, model::member::Status, access_requests::AcceptAccess};
    /// # use handclasp::{members::{DisableMember, ListMembers}};
    /// # testing::example_access(async |handclasp, admin, _, request| {
    /// # let Actor::Person { business: Some(acme), .. } = admin else { unreachable!() };
    /// # let kim = handclasp.access_requests().accept(&admin, AcceptAccess::new(request)).await?.person;
    /// let disabled = handclasp.members().disable(&admin, DisableMember::new(kim)).await?;
    /// assert_eq!(disabled.status, Status::Disabled);
    /// let refused = handclasp.members().list(Actor::person(kim, acme), ListMembers::default()).await.unwrap_err();
    /// assert_eq!(refused.code(), "forbidden");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn disable(&self, by: impl Into<Caller>, disable: DisableMember) -> Result<Member, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &disable).await
    }

    /// Lets a disabled member act again. What they issued before stays dead. What is enabled already stays so.
    ///
    /// # Errors
    /// `not_found`, `forbidden` for a member who may do more than the actor.
    ///
    /// ```
    /// # use handclasp::{testing, model::member::Status, access_requests::AcceptAccess};
    /// # use handclasp::members::{DisableMember, EnableMember};
    /// # testing::example_access(async |handclasp, admin, _, request| {
    /// # let kim = handclasp.access_requests().accept(&admin, AcceptAccess::new(request)).await?.person;
    /// handclasp.members().disable(&admin, DisableMember::new(kim)).await?;
    /// let enabled = handclasp.members().enable(&admin, EnableMember::new(kim)).await?;
    /// assert_eq!(enabled.status, Status::Active);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn enable(&self, by: impl Into<Caller>, enable: EnableMember) -> Result<Member, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &enable).await
    }

    /// Ends a membership. The person counts nowhere any more and may ask for access again; every personal invite that
    /// they made is dead. The answer is the member as they were.
    ///
    /// # Errors
    /// `not_found`, `last_admin`.
    ///
    /// ```
    /// # use handclasp::{testing, access_requests::AcceptAccess, members::{GetMember, RemoveMember}};
    /// # testing::example_access(async |handclasp, admin, _, request| {
    /// # let kim = handclasp.access_requests().accept(&admin, AcceptAccess::new(request)).await?.person;
    /// let removed = handclasp.members().remove(&admin, RemoveMember::new(kim)).await?;
    /// assert_eq!(removed.name, "Kim Lee");
    /// let gone = handclasp.members().get(&admin, GetMember::new(kim)).await.unwrap_err();
    /// assert_eq!(gone.code(), "not_found");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove(&self, by: impl Into<Caller>, remove: RemoveMember) -> Result<Member, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &remove).await
    }

    /// Lets the business's notices reach a member, or no longer; for oneself, or with `users`.
    ///
    /// # Errors
    /// `not_found`, `forbidden`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, access_requests::AcceptAccess, members::SetNotifications};
    /// # testing::example_access(async |handclasp, admin, _, request| {
    /// # let Actor::Person { id: jo, business: Some(acme), .. } = admin else { unreachable!() };
    /// # let kim = handclasp.access_requests().accept(&admin, AcceptAccess::new(request)).await?.person;
    /// let own = SetNotifications::new(kim, false);
    /// assert!(!handclasp.members().set_notifications(Actor::person(kim, acme), own).await?.notifications);
    /// let others = SetNotifications::new(jo, false);
    /// let refused = handclasp.members().set_notifications(Actor::person(kim, acme), others).await.unwrap_err();
    /// assert_eq!(refused.code(), "forbidden");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn set_notifications(&self, by: impl Into<Caller>, set: SetNotifications) -> Result<Member, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &set).await
    }
}

/// The command, decided and written.
fn change(view: &View, acting: &Acting<'_>, person: PersonId, command: Command) -> Result<(Member, Changes), Stop> {
    let before = member(view, acting, person)?;
    let mut changes = Changes::default();
    let after = match member::decide(before.map(Arc::as_ref), command)? {
        Some(event) => changes.evolve(view, member::evolve(before.map(Arc::as_ref), event), Event::Member(event))?,
        None => before.map(Arc::clone).ok_or(FaultKind::Internal)?,
    };
    Ok((Member::of(&after, person_of(view, person)?), changes))
}

fn member<'v>(view: &'v View, acting: &Acting<'_>, person: PersonId) -> Result<Option<&'v Arc<member::Member>>, Stop> {
    let membership = MemberId::of(acting.business.id, person);
    view.want([membership.into(), person.into()])?;
    view.find(membership)
}

/// Whoever is a member was known before.
fn person_of(view: &View, person: PersonId) -> Result<&Person, Stop> {
    Ok(view.find(person)?.ok_or(FaultKind::StorageCorrupt)?)
}

impl Operation for AddMember {
    const NAME: &'static str = "members.add";
    type Answer = Member;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Member, Changes), Stop> {
        let acting = acting(view, cx.by.actor()?, Permission::Users)?;
        let role = acting.role(view, self.role)?;
        acting.may_grant(role.permissions)?;
        view.get_or_not_found(self.person)?;
        change(view, &acting, self.person, Command::Add(acting.business.id, self.person, role))
    }
}

impl Operation for ChangeMemberRole {
    const NAME: &'static str = "members.change_role";
    type Answer = Member;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Member, Changes), Stop> {
        let acting = acting(view, cx.by.actor()?, Permission::Users)?;
        let role = acting.role(view, self.role)?;
        acting.may_grant(role.permissions)?;
        change(view, &acting, self.person, Command::ChangeRole(role))
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

impl Operation for EnableMember {
    const NAME: &'static str = "members.enable";
    type Answer = Member;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Member, Changes), Stop> {
        let acting = acting(view, cx.by.actor()?, Permission::Users)?;
        // Whoever enables gives the permissions back; who has left holds none that could be given.
        let member = member(view, &acting, self.person)?;
        if let Some(member) = member.filter(|member| member.status != member::Status::Removed) {
            acting.may_grant(member.role.permissions)?;
        }
        change(view, &acting, self.person, Command::Enable)
    }
}

impl Operation for RemoveMember {
    const NAME: &'static str = "members.remove";
    type Answer = Member;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Member, Changes), Stop> {
        let acting = acting(view, cx.by.actor()?, Permission::Users)?;
        change(view, &acting, self.person, Command::Remove)
    }
}

impl Operation for SetNotifications {
    const NAME: &'static str = "members.set_notifications";
    type Answer = Member;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Member, Changes), Stop> {
        let actor = cx.by.actor()?;
        let acting = member_of(view, actor)?;
        let acting = if acting.is(self.person) { acting.active()? } else { acting.permitted(Permission::Users)? };
        change(view, &acting, self.person, Command::SetNotifications(self.notifications))
    }
}
