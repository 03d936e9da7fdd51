//! One member, and a page of them.

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::authority::acting;
use super::super::lists::{Paging, records};
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
            if seen { Ok(Member::of(&member, &*person_of(view, get.person)?)) } else { Err(Error::NotFound.into()) }
        });
        found.await
    }

    /// The active members of the acting business and, on request of a holder of `users`, the disabled ones.
    ///
    /// # Errors
    /// `forbidden` for asking for disabled ones without `users`, `invalid_argument`, also for a cursor of another list,
    /// filter or reader.
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
    let members = records::<member::Member>(Kind::Member, page.rows)?;
    let shown = inner.peek(By::Actor(actor), |view, _| {
        view.want(members.iter().map(|member| member.person.into()))?;
        let shown = |member: &std::sync::Arc<member::Member>| Ok(Member::of(member, &*person_of(view, member.person)?));
        members.iter().map(shown).collect::<Result<Vec<_>, Stop>>()
    });
    Ok(MembersPage { members: shown.await?, next: page.next })
}
