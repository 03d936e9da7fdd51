//! What the requester does: asking for access, and taking it back.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::actor::{Actor, Caller};
use super::super::changes::Changes;
use super::super::view::{Stop, View};
use super::super::views::OwnAccessRequest;
use super::super::walk::{Call, Context, Operation};
use super::AccessRequests;
use crate::email::Email;
use crate::error::{Error, FaultKind};
use crate::id::{AccessRequestId, BusinessId, MemberId, NoticeId, PersonId, SlotId};
use crate::model::Event;
use crate::model::access_request::{self, Claim, Command};
use crate::model::business::Business;
use crate::model::delivery::About;
use crate::model::member::Status;
use crate::model::person::{self, Person};
use crate::model::user_role::{Role, UserRole};
use crate::storage::record::Slot;
use crate::text;

/// Which business a person claims as their employer, and who they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SubmitAccess {
    /// The business.
    pub business: BusinessId,
    /// Their name, up to 200 graphemes. An unknown person is put, a known one stays as they are.
    pub name: String,
    /// One of the addresses that the host has verified to be theirs.
    pub email: String,
    /// Where they are called, up to 64 graphemes.
    #[serde(default)]
    pub phone: Option<String>,
    /// What they do there, up to 200 graphemes.
    #[serde(default)]
    pub job_title: Option<String>,
    /// A word to the Admins, up to 2 000 graphemes, lines allowed.
    #[serde(default)]
    pub message: Option<String>,
    /// The user role that they ask for; `worker` unless given.
    #[serde(default = "worker")]
    pub role: UserRole,
}

const fn worker() -> UserRole {
    UserRole::WORKER
}

impl SubmitAccess {
    /// A person of this name and address asks this business for the role `worker`.
    #[must_use]
    pub fn new(business: BusinessId, name: impl Into<String>, email: impl Into<String>) -> Self {
        let (name, email) = (name.into(), email.into());
        Self { business, name, email, phone: None, job_title: None, message: None, role: UserRole::WORKER }
    }

    fn check(&self) -> Result<Submit, Error> {
        Ok(Submit {
            business: self.business,
            name: text::NAME.check("name", &self.name)?,
            email: Email::checked("email", &self.email)?,
            phone: text::NUMBER.check_optional("phone", self.phone.as_deref())?,
            job_title: text::LINE.check_optional("job_title", self.job_title.as_deref())?,
            message: text::MESSAGE.check_optional("message", self.message.as_deref())?,
            role: self.role,
        })
    }
}

/// Which access request to take back.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WithdrawAccess {
    /// The access request.
    pub request: AccessRequestId,
}

impl WithdrawAccess {
    /// This access request.
    #[must_use]
    pub const fn new(request: AccessRequestId) -> Self {
        Self { request }
    }
}

impl AccessRequests<'_> {
    /// Claims a business as the acting person's employer. Its active holders of `users` with notifications on are
    /// mailed, one message each; that there are none is no error.
    ///
    /// # Errors
    /// `not_found` for the business (an archived one too, and one that is not listed) or the user role,
    /// `already_member`, `already_pending`, `email_not_verified`, `email_mismatch`, `rate_limited`, `limit_exceeded`
    /// (access requests), `forbidden` for System, `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, Email, PersonId, access_requests::SubmitAccess};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// # let Actor::Person { business: Some(acme), .. } = admin else { unreachable!() };
    /// let kim = PersonId::from_uuid(uuid::Uuid::from_u128(9));
    /// let kim = Actor::signed_in(kim).with_verified(Email::parse("kim@acme.example")?);
    /// let claim = SubmitAccess::new(acme, "Kim", "kim@acme.example");
    /// let asked = handclasp.access_requests().submit(kim.clone(), claim.clone()).await?;
    /// assert_eq!(asked.business.id, acme);
    /// let again = handclasp.access_requests().submit(kim, claim).await.unwrap_err();
    /// assert_eq!(again.code(), "already_pending");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn submit(&self, by: impl Into<Caller>, submit: SubmitAccess) -> Result<OwnAccessRequest, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(submit.check())?).await
    }

    /// Takes an access request back, for the requester.
    ///
    /// # Errors
    /// `not_found`, `already_decided`, `forbidden` for System.
    ///
    /// ```
    /// # use handclasp::{testing, access_requests::{AcceptAccess, WithdrawAccess}, model::access_request::Status};
    /// # testing::example_access(async |handclasp, admin, kim, request| {
    /// let withdrawn = handclasp.access_requests().withdraw(&kim, WithdrawAccess::new(request)).await?;
    /// assert_eq!(withdrawn.status, Status::Withdrawn);
    /// let late = handclasp.access_requests().accept(&admin, AcceptAccess::new(request)).await.unwrap_err();
    /// assert_eq!((late.code(), &late.fields()["decision"]), ("already_decided", &"withdrawn".into()));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn withdraw(&self, by: impl Into<Caller>, withdraw: WithdrawAccess) -> Result<OwnAccessRequest, Error> {
        let by = by.into();
        self.0.inner.walk(Call::from(&by), &withdraw).await
    }
}

/// The arguments, checked.
#[derive(Serialize)]
struct Submit {
    business: BusinessId,
    name: String,
    email: Email,
    phone: Option<String>,
    job_title: Option<String>,
    message: Option<String>,
    role: UserRole,
}

impl Operation for Submit {
    const NAME: &'static str = "access_requests.submit";
    const FOR_BUSINESS: bool = false;
    type Answer = OwnAccessRequest;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(OwnAccessRequest, Changes), Stop> {
        let person = self.requester(cx.by.actor()?)?;
        let slot = SlotId::access_request(self.business, person);
        let membership = MemberId::of(self.business, person);
        view.want([self.business.into(), membership.into(), person.into(), slot.into()])?;
        let business = view.get_or_not_found(self.business)?;
        let (member, held) = (view.find(membership)?, view.find(slot)?);
        // One that is not listed is there for those who have had to do with it.
        let known = business.profile.listed || member.is_some() || held.is_some();
        if business.active().is_err() || !known {
            return Err(Error::NotFound.into());
        }
        if member.is_some_and(|member| member.status != Status::Removed) {
            return Err(Error::AlreadyMember.into());
        }
        if let Some(held) = held {
            let request = AccessRequestId::from_uuid(held.target);
            if view.find(request)?.is_some_and(|request| request.state.open().is_ok()) {
                return Err(Error::AlreadyPending { connection: None, access_request: Some(request) }.into());
            }
        }
        let claim = self.claim(person, self.role(view, business)?);
        self.write(view, cx, business, claim)
    }
}

impl Submit {
    /// The person who asks, with the address that they say is theirs verified.
    fn requester(&self, actor: &Actor) -> Result<PersonId, Error> {
        match actor {
            Actor::System { .. } => Err(Error::Forbidden),
            Actor::Person { id, addresses, .. } if addresses.contains(&self.email) => Ok(*id),
            Actor::Person { addresses, .. } if addresses.is_empty() => Err(Error::EmailNotVerified),
            Actor::Person { .. } => Err(Error::EmailMismatch),
        }
    }

    /// The role that is asked for; whether the person may have it is the reviewer's to say.
    fn role(&self, view: &View, business: &Business) -> Result<Role, Stop> {
        match self.role {
            UserRole::BuiltIn(role) => Ok(role.into()),
            UserRole::Custom(id) => {
                let custom = view.get_or_not_found(id)?;
                if custom.business == business.id { Ok(custom.role()) } else { Err(Error::NotFound.into()) }
            }
        }
    }

    fn claim(&self, person: PersonId, role: Role) -> Claim {
        Claim {
            business: self.business,
            person,
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            job_title: self.job_title.clone(),
            message: self.message.clone(),
            role,
        }
    }

    fn write(
        &self,
        view: &View,
        cx: &mut Context<'_>,
        business: &Business,
        claim: Claim,
    ) -> Result<(OwnAccessRequest, Changes), Stop> {
        let mut changes = Changes::default();
        let person = claim.person;
        let profile = Person { id: person, name: self.name.clone(), email: self.email.clone(), language: None };
        if let Some(event) = person::decide(view.find(person)?.map(Arc::as_ref), person::Command::Introduce(profile)) {
            changes.evolve(view, Some(person::evolve(&event)), Event::Person(event))?;
        }
        let id = AccessRequestId::from_uuid(cx.fresh.ordered(cx.now));
        let event = access_request::decide(None, Command::Submit(id, Box::new(claim)), cx.now)?;
        let request = changes.evolve(view, access_request::evolve(None, &event), Event::AccessRequest(event))?;
        let slot = SlotId::access_request(business.id, person);
        changes.put(view, Slot { id: slot, target: id.as_uuid() });
        let about = About::AccessRequested { business: business.id, request: id };
        changes.owe(view, NoticeId::from_uuid(cx.fresh.ordered(cx.now)), about, cx.now);
        changes.spend_requester(person, business.id);
        Ok((OwnAccessRequest::of(&request, business), changes))
    }
}

impl Operation for WithdrawAccess {
    const NAME: &'static str = "access_requests.withdraw";
    const FOR_BUSINESS: bool = false;
    type Answer = OwnAccessRequest;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(OwnAccessRequest, Changes), Stop> {
        let person = cx.by.actor()?.as_person()?;
        let request = view.get_or_not_found(self.request)?;
        if request.claim.person != person {
            return Err(Error::NotFound.into());
        }
        let business = view.find(request.claim.business)?.ok_or(FaultKind::StorageCorrupt)?;
        let event = access_request::decide(Some(request), Command::Withdraw, cx.now)?;
        let after = access_request::evolve(Some(request), &event);
        let mut changes = Changes::default();
        let after = changes.evolve(view, after, Event::AccessRequest(event))?;
        Ok((OwnAccessRequest::of(&after, business), changes))
    }
}
