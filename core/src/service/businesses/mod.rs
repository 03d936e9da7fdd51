//! `businesses`: companies and what they may do.

mod change;
mod confusable;
mod directory;
mod get;
mod profile;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::change::{ArchiveBusiness, RestoreBusiness, SetLimits, UpdateBusiness};
pub use self::confusable::Confusable;
pub(super) use self::confusable::confusable;
pub use self::directory::{SearchBusinesses, SearchPage};
pub use self::get::GetBusiness;
use self::profile::profile;
use super::actor::{Actor, Caller};
use super::changes::Changes;
use super::view::{GroupLinkOf, Stop, View};
use super::views::{Business, BusinessProfile, ClientAccount, ContractorRole};
use super::walk::{Call, Context, Operation};
use super::{Handclasp, contractor_roles, people};
use crate::error::{Error, FaultKind, Reason};
use crate::id::{BusinessId, ContractorRoleId, PersonId};
use crate::model::business::{self, Profile};
use crate::model::person::Person;
use crate::model::user_role::BuiltInRole;
use crate::model::{Event, contractor_role, member, person};

/// Companies and what they may do.
#[derive(Debug, Clone, Copy)]
pub struct Businesses<'a>(pub(super) &'a Handclasp);

/// What to register.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Register {
    /// What the business says of itself.
    pub profile: BusinessProfile,
    /// Its first Admin. A person who registers is the Admin themselves and may leave it out once they are known; System
    /// must say who it is. An unknown person is put, a known one stays as they are.
    #[serde(default)]
    pub admin: Option<people::Profile>,
}

impl Register {
    /// A business of which no more than the name is known, and its first Admin.
    #[must_use]
    pub fn new(name: impl Into<String>, admin: people::Profile) -> Self {
        Self { profile: BusinessProfile::named(name), admin: Some(admin) }
    }

    fn check(&self) -> Result<Registration, Error> {
        let profile = profile(&self.profile)?;
        let admin = self.admin.as_ref().map(|admin| admin.check(ADMIN)).transpose()?;
        Ok(Registration { profile, admin })
    }
}

/// Whether a business may invite and request.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetClientAccount {
    /// The business.
    pub business: BusinessId,
    /// Whether it may. Taking it away kills its links and invites for good.
    pub client_account: bool,
}

impl SetClientAccount {
    /// Lets the business invite and request, or no longer.
    #[must_use]
    pub const fn new(business: BusinessId, client_account: bool) -> Self {
        Self { business, client_account }
    }
}

impl Businesses<'_> {
    /// Registers a business with its first Admin: the person who registers it, or whom System names.
    ///
    /// Names and registration numbers need not be unique. A name that can be taken for another's is marked where people
    /// see it, see [`Confusable`].
    ///
    /// # Errors
    /// `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{Actor, PersonId, testing, people, businesses::Register};
    /// # testing::example(async |handclasp| {
    /// let jo = PersonId::from_uuid(uuid::Uuid::from_u128(7));
    /// let profile = people::Profile::new(jo, "Jo Doe", "jo@acme.example");
    /// let acme = handclasp.businesses().register(Actor::system(), Register::new("Acme", profile)).await?;
    /// assert_eq!(acme.profile.name, "Acme");
    /// assert!(!acme.client_account);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn register(&self, by: impl Into<Caller>, register: Register) -> Result<Business, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(register.check())?).await
    }

    /// Lets a business invite and request, or no longer. A new client account starts with the contractor role
    /// *Supplier*, which is in the answer.
    ///
    /// Taking it away kills the business's links and invites for good. What is set already, set again, changes nothing.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `not_found`, `wrong_state` while the business is archived.
    ///
    /// ```
    /// # use handclasp::{Actor, PersonId, testing, people, businesses::{Register, SetClientAccount}};
    /// # testing::example(async |handclasp| {
    /// # let jo = PersonId::from_uuid(uuid::Uuid::from_u128(7));
    /// # let profile = people::Profile::new(jo, "Jo Doe", "jo@acme.example");
    /// # let acme = handclasp.businesses().register(Actor::system(), Register::new("Acme", profile)).await?;
    /// let set = SetClientAccount::new(acme.id, true);
    /// let account = handclasp.businesses().set_client_account(Actor::system(), set).await?;
    /// assert!(account.business.client_account);
    /// assert_eq!(account.supplier.unwrap().name, "Supplier");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn set_client_account(
        &self,
        by: impl Into<Caller>,
        set: SetClientAccount,
    ) -> Result<ClientAccount, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &set).await
    }
}

/// Where the fields of the first Admin stand.
const ADMIN: [&str; 3] = ["admin.name", "admin.email", "admin.language"];

#[derive(Serialize)]
struct Registration {
    profile: Profile,
    admin: Option<Person>,
}

impl Registration {
    /// Under a person, the first Admin is that person.
    fn admin(&self, actor: &Actor) -> Result<PersonId, Error> {
        match (actor, &self.admin) {
            (Actor::System { .. }, None) => Err(Error::argument("admin", Reason::Missing)),
            (Actor::System { .. }, Some(admin)) => Ok(admin.id),
            (Actor::Person { id, .. }, Some(admin)) if admin.id != *id => {
                Err(Error::argument("admin.id", Reason::NotAllowedHere))
            }
            (Actor::Person { id, .. }, _) => Ok(*id),
        }
    }
}

impl Operation for Registration {
    const NAME: &'static str = "businesses.register";
    const FOR_BUSINESS: bool = false;
    type Answer = Business;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(Business, Changes), Stop> {
        let admin = self.admin(cx.by.actor()?)?;
        let mut changes = Changes::default();
        match (view.find(admin)?, &self.admin) {
            (None, None) => return Err(Error::argument("admin", Reason::Missing).into()),
            (known, Some(profile)) => {
                if let Some(event) = person::decide(known.map(Arc::as_ref), person::Command::Introduce(profile.clone()))
                {
                    changes.evolve(view, Some(person::evolve(&event)), Event::Person(event))?;
                }
            }
            (Some(_), None) => {}
        }
        let id = BusinessId::from_uuid(cx.fresh.ordered(cx.now));
        let register = business::Command::Register(id, Box::new(self.profile.clone()));
        let event = business::decide(None, register, cx.now)?.ok_or(FaultKind::Internal)?;
        let business = changes.evolve(view, business::evolve(None, &event), Event::Business(event))?;
        directory::list(view, &mut changes, None, &business)?;
        let added = member::Event::Added { business: id, person: admin, role: BuiltInRole::Admin.into() };
        changes.evolve(view, member::evolve(None, added), Event::Member(added))?;
        Ok((Business::of(&business), changes))
    }
}

impl Operation for SetClientAccount {
    const NAME: &'static str = "businesses.set_client_account";
    type Answer = ClientAccount;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(ClientAccount, Changes), Stop> {
        cx.by.actor()?.is_system()?;
        let supplier = ContractorRoleId::supplier_of(self.business);
        view.want([self.business.into(), supplier.into(), GroupLinkOf(supplier).into()])?;
        let mut changes = Changes::default();
        let mut business = Arc::clone(view.get_or_not_found(self.business)?);
        let command = business::Command::SetClientAccount(self.client_account);
        if let Some(event) = business::decide(Some(&business), command, cx.now)? {
            business = changes.evolve(view, business::evolve(Some(&business), &event), Event::Business(event))?;
        }
        let supplier = match view.find(supplier)? {
            Some(supplier) => Some(ContractorRole::of(supplier)),
            None if self.client_account => {
                let name = contractor_role::SUPPLIER.to_owned();
                Some(contractor_roles::create(view, cx, &mut changes, supplier, &business, name)?)
            }
            None => None,
        };
        Ok((ClientAccount { business: Business::of(&business), supplier }, changes))
    }
}
