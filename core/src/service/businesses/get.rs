//! One business, as far as the caller may see it.

use serde::{Deserialize, Serialize};

use super::super::Inner;
use super::super::actor::{Actor, Caller};
use super::super::authority::acting;
use super::super::view::{Stop, View};
use super::super::views::{Business, BusinessSeen, Card, Contact};
use super::super::walk::By;
use super::{Businesses, confusable};
use crate::error::Error;
use crate::id::{BusinessId, ConnectionId, MemberId};
use crate::model::member::Status;
use crate::model::user_role::Permission;

/// Which business.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetBusiness {
    /// The business.
    pub business: BusinessId,
}

impl GetBusiness {
    /// This business.
    #[must_use]
    pub const fn new(business: BusinessId) -> Self {
        Self { business }
    }
}

/// How near the caller is to a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Near {
    /// A member of it, or System.
    Own,
    /// Acting for a business that is Pending or Connected with it.
    Connected,
    /// Signed in.
    Far,
}

impl Businesses<'_> {
    /// The public card of an active, listed business for any signed-in person; its address and contacts for businesses
    /// Pending or Connected with it; all of it for its own members and System.
    ///
    /// # Errors
    /// `not_found`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, PersonId, businesses::GetBusiness};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// # let Actor::Person { business: Some(acme), .. } = admin else { unreachable!() };
    /// let seen = handclasp.businesses().get(admin, GetBusiness::new(acme)).await?;
    /// assert!(seen.own.unwrap().client_account);
    /// let stranger = Actor::signed_in(PersonId::from_uuid(uuid::Uuid::from_u128(9)));
    /// let seen = handclasp.businesses().get(stranger, GetBusiness::new(acme)).await?;
    /// assert_eq!(seen.card.name, "Acme");
    /// assert_eq!((seen.contact, seen.own), (None, None));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(&self, by: impl Into<Caller>, get: GetBusiness) -> Result<BusinessSeen, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("businesses.get", By::Actor(&actor), seen(inner, &actor, get.business)).await
    }
}

async fn seen(inner: &Inner, actor: &Actor, id: BusinessId) -> Result<BusinessSeen, Error> {
    let seen = inner.peek(By::Actor(actor), |view, _| {
        let near = near(view, actor, id)?;
        let business = view.get_or_not_found(id)?;
        if near != Near::Own && !business.public() && !(near == Near::Connected && business.active().is_ok()) {
            return Err(Error::NotFound.into());
        }
        Ok(BusinessSeen {
            card: Card::of(business),
            confusable_with: Vec::new(),
            contact: (near != Near::Far).then(|| Contact::of(business)),
            own: (near == Near::Own).then(|| Business::of(business)),
        })
    });
    let mut seen = seen.await?;
    let marked = confusable(inner, &[&seen.card]).await?;
    seen.confusable_with = marked.into_iter().flat_map(|marked| marked.confusable_with).collect();
    Ok(seen)
}

fn near(view: &View, actor: &Actor, id: BusinessId) -> Result<Near, Stop> {
    let Actor::Person { id: person, business, .. } = actor else {
        return Ok(Near::Own);
    };
    let edges = business.map(|own| [ConnectionId::between(own, id), ConnectionId::between(id, own)]);
    let membership = MemberId::of(id, *person);
    view.soon(edges.iter().flatten().map(|edge| (*edge).into()).chain([id.into(), membership.into()]));
    // Acting for a business gives no more than its role's `see`; without it, the person is like any other.
    let sees = match business.map(|_| acting(view, actor, Permission::See)) {
        Some(Err(Stop::Load)) => return Err(Stop::Load),
        Some(Ok(_)) => true,
        Some(Err(Stop::Refuse(_))) | None => false,
    };
    if view.find(membership)?.is_some_and(|member| member.status == Status::Active) {
        return Ok(Near::Own);
    }
    for edge in edges.into_iter().flatten().filter(|_| sees) {
        if view.find(edge)?.is_some_and(|connection| connection.near()) {
            return Ok(Near::Connected);
        }
    }
    Ok(Near::Far)
}
