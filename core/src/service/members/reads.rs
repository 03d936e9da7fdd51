//! One member, and a page of them.

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::authority::acting;
use super::super::lists::{Paging, readable_records};
use super::super::view::{Stop, View};
use super::super::views::Member;
use super::super::walk::By;
use super::{Members, person_of};
use crate::error::Error;
use crate::id::{BusinessId, PersonId};
use crate::model::member::{self, Status};
use crate::model::user_role::Permission;
use crate::storage::Kind;
use crate::storage::query::{Filter, Source};
use crate::storage::rows::{Value, word};

/// Which member.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetMember {
    /// The member.
    pub person: PersonId,
}

impl GetMember {
    /// This member.
    #[must_use]
    pub const fn new(person: PersonId) -> Self {
        Self { person }
    }
}

/// Which members.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListMembers {
    /// Also those who are disabled; for holders of `users`.
    pub disabled: bool,
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One page of members, in the order of their persons' ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MembersPage {
    /// The members.
    pub members: Vec<Member>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

impl Members<'_> {
    /// One member of the acting business; a disabled one for holders of `users` alone.
    ///
    /// # Errors
    /// `not_found`, also for a former member.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, PersonId, model::user_role::UserRole, members::GetMember};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// # let Actor::Person { id: jo, .. } = admin else { unreachable!() };
    /// let member = handclasp.members().get(&admin, GetMember::new(jo)).await?;
    /// assert_eq!((member.name.as_str(), member.role), ("Jo Doe", UserRole::ADMIN));
    /// let stranger = PersonId::from_uuid(uuid::Uuid::from_u128(9));
    /// let none = handclasp.members().get(&admin, GetMember::new(stranger)).await.unwrap_err();
    /// assert_eq!(none.code(), "not_found");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(&self, by: impl Into<Caller>, get: GetMember) -> Result<Member, Error> {
        let by = by.into().actor;
        let found = self.0.inner.look("members.get", By::Actor(&by), |view, _| {
            let acting = acting(view, &by, Permission::See)?;
            let member = super::member(view, &acting, get.person)?.ok_or(Error::NotFound)?;
            let seen = match member.status {
                Status::Active => true,
                Status::Disabled => acting.may(Permission::Users),
                Status::Removed => false,
            };
            if seen { Ok(Member::of(member, person_of(view, get.person)?)) } else { Err(Error::NotFound.into()) }
        });
        found.await
    }

    /// The active members of the acting business and, on request of a holder of `users`, the disabled ones.
    ///
    /// # Errors
    /// `forbidden` for asking for disabled ones without `users`, `invalid_argument`, also for a cursor of another list,
    /// filter or reader.
    ///
    /// ```
    /// # use handclasp::{testing, access_requests::AcceptAccess, members::{DisableMember, ListMembers}};
    /// # testing::example_access(async |handclasp, admin, _, request| {
    /// # let kim = handclasp.access_requests().accept(&admin, AcceptAccess::new(request)).await?.person;
    /// handclasp.members().disable(&admin, DisableMember::new(kim)).await?;
    /// let active = handclasp.members().list(&admin, ListMembers::default()).await?;
    /// assert_eq!(active.members.len(), 1);
    /// let mut all = ListMembers::default();
    /// all.disabled = true;
    /// assert_eq!(handclasp.members().list(&admin, all).await?.members.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self, by: impl Into<Caller>, list: ListMembers) -> Result<MembersPage, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("members.list", By::Actor(&actor), page(inner, &actor, &list)).await
    }
}

fn reader(view: &View, actor: &Actor, disabled: bool) -> Result<BusinessId, Stop> {
    let acting = acting(view, actor, Permission::See)?;
    if disabled && !acting.may(Permission::Users) {
        return Err(Error::Forbidden.into());
    }
    Ok(acting.business.id)
}

async fn page(inner: &Inner, actor: &Actor, list: &ListMembers) -> Result<MembersPage, Error> {
    let paging = Paging::new(inner, ("members.list", actor), &list.disabled, list.cursor.as_deref(), list.limit)?;
    let business = inner.peek(By::Actor(actor), |view, _| reader(view, actor, list.disabled)).await?;
    let statuses: &[Status] = if list.disabled { &[Status::Active, Status::Disabled] } else { &[Status::Active] };
    let filter = Filter::All(vec![
        Filter::Is("business_id", Value::Uuid(business.as_uuid())),
        Filter::OneOf("status", statuses.iter().map(word).collect()),
    ]);
    let page = paging.page(inner, (Source::Records(Kind::Member), filter), vec!["person_id"], false).await?;
    let members = readable_records::<member::Member>(Kind::Member, page.rows);
    let keys = |member: &std::sync::Arc<member::Member>| vec![member.person.into()];
    let shown =
        inner.show_each(actor, &members, keys, |view, member| Ok(Member::of(member, person_of(view, member.person)?)));
    Ok(MembersPage { members: shown.await?, next: page.next })
}
