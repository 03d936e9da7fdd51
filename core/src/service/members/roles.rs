//! User roles that a business defines.

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::authority::acting;
use super::super::changes::Changes;
use super::super::lists::{Paging, readable_records};
use super::super::view::{Stop, View};
use super::super::views::DefinedRole;
use super::super::walk::{By, Call, Context, Operation};
use super::Members;
use crate::error::Error;
use crate::id::{SlotId, UserRoleId};
use crate::model::Event;
use crate::model::user_role::{self, BuiltInRole, Command, CustomRole, Permission, Permissions};
use crate::storage::Kind;
use crate::storage::query::{Filter, Source};
use crate::storage::record::Slot;
use crate::storage::rows::Value;
use crate::text;

/// What to define.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DefineRole {
    /// Its name, up to 200 graphemes, unique among the business's user roles by what it looks like.
    pub name: String,
    /// What it lets its holder do. Nobody defines a permission that they do not hold.
    pub permissions: Vec<Permission>,
}

impl DefineRole {
    /// A role of this name, with these permissions.
    #[must_use]
    pub fn new(name: impl Into<String>, permissions: impl IntoIterator<Item = Permission>) -> Self {
        Self { name: name.into(), permissions: permissions.into_iter().collect() }
    }

    fn check(&self) -> Result<Define, Error> {
        let permissions = self.permissions.iter().copied().collect();
        Ok(Define { name: text::NAME.check("name", &self.name)?, permissions })
    }
}

/// Which page of the user roles.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListRoles {
    /// Where an earlier page said that the list goes on.
    pub cursor: Option<String>,
    /// At most so many, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

/// One page of the user roles that the business has defined, as they were defined; the built-in ones are in every
/// business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Roles {
    /// The roles.
    pub roles: Vec<DefinedRole>,
    /// Where the list goes on, if it does.
    pub next: Option<String>,
}

impl Members<'_> {
    /// Defines a user role. It never changes; members are moved to another.
    ///
    /// # Errors
    /// `name_taken` (also for the name of a built-in role), `forbidden` for a permission that the actor does not hold,
    /// `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, model::user_role::Permission, members::DefineRole};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// let accountant = DefineRole::new("Accountant", [Permission::See, Permission::Fees]);
    /// let accountant = handclasp.members().define_role(&admin, accountant).await?;
    /// assert!(accountant.permissions.contains(&Permission::Fees));
    /// let built_in = DefineRole::new("ADMIN", [Permission::See]);
    /// assert_eq!(handclasp.members().define_role(&admin, built_in).await.unwrap_err().code(), "name_taken");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn define_role(&self, by: impl Into<Caller>, define: DefineRole) -> Result<DefinedRole, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(define.check())?).await
    }

    /// The user roles that the acting business has defined.
    ///
    /// # Errors
    /// `invalid_argument`, also for a cursor of another list or reader.
    ///
    /// ```
    /// # use handclasp::{testing, model::user_role::Permission, members::{DefineRole, ListRoles}};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// assert!(handclasp.members().roles(&admin, ListRoles::default()).await?.roles.is_empty());
    /// handclasp.members().define_role(&admin, DefineRole::new("Accountant", [Permission::Fees])).await?;
    /// let page = handclasp.members().roles(&admin, ListRoles::default()).await?;
    /// assert_eq!(page.roles[0].name, "Accountant");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn roles(&self, by: impl Into<Caller>, list: ListRoles) -> Result<Roles, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("members.roles", By::Actor(&actor), page(inner, &actor, &list)).await
    }
}

async fn page(inner: &Inner, actor: &Actor, list: &ListRoles) -> Result<Roles, Error> {
    let paging = Paging::new(inner, ("members.roles", actor), &(), list.cursor.as_deref(), list.limit)?;
    let reader = |view: &View| acting(view, actor, Permission::Users).map(|acting| acting.business.id);
    let business = inner.peek(By::Actor(actor), |view, _| reader(view)).await?;
    let filter = Filter::Is("business_id", Value::Uuid(business.as_uuid()));
    let page = paging.page(inner, (Source::Records(Kind::UserRole), filter), vec!["id"], false).await?;
    let roles = readable_records::<CustomRole>(Kind::UserRole, page.rows);
    Ok(Roles { roles: roles.iter().map(|role| DefinedRole::of(role)).collect(), next: page.next })
}

/// The arguments, checked.
#[derive(Serialize)]
struct Define {
    name: String,
    permissions: Permissions,
}

impl Operation for Define {
    const NAME: &'static str = "members.define_role";
    type Answer = DefinedRole;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(DefinedRole, Changes), Stop> {
        let acting = acting(view, cx.by.actor()?, Permission::Users)?;
        acting.may_grant(self.permissions)?;
        let folded = text::folded(&self.name);
        let slot = SlotId::user_role_name(acting.business.id, &folded);
        let built_in = BuiltInRole::ALL.into_iter().any(|role| role.word() == folded);
        if built_in || view.find(slot)?.is_some() {
            return Err(Error::NameTaken { field: "name" }.into());
        }
        let id = UserRoleId::from_uuid(cx.fresh.ordered(cx.now));
        let (business, name, permissions) = (acting.business.id, self.name.clone(), self.permissions);
        let event = user_role::decide(None, Command::Define(CustomRole { id, business, name, permissions }))?;
        let mut changes = Changes::default();
        let role = changes.evolve(view, Some(user_role::evolve(&event)), Event::UserRole(event))?;
        changes.put(view, Slot { id: slot, target: id.as_uuid() });
        Ok((DefinedRole::of(&role), changes))
    }
}
