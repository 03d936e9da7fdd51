//! `fees`: what a client's connections cost.

mod counting;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::counting::{Counted, counted};
use super::actor::{Actor, Caller};
use super::authority::acting;
use super::changes::Changes;
use super::view::{FeePlansOf, Stop, View};
use super::walk::{By, Call, Context, Operation};
use super::{Handclasp, Inner};
use crate::error::{Error, FaultKind, Reason};
use crate::id::{BusinessId, ConnectionId};
use crate::model::Event;
use crate::model::fees::{self, Command, Payer, Period, Plan};
use crate::model::user_role::Permission;
use crate::time::Timestamp;

/// What a client's connections cost, in integer minor units of a currency.
#[derive(Debug, Clone, Copy)]
pub struct Fees<'a>(pub(super) &'a Handclasp);

/// Which client gets which plan.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetPlan {
    /// The client.
    pub client: BusinessId,
    /// Its plan.
    pub plan: Plan,
}

impl SetPlan {
    /// This plan, for this client.
    #[must_use]
    pub const fn new(client: BusinessId, plan: Plan) -> Self {
        Self { client, plan }
    }
}

/// A plan that was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PlanSet {
    /// The client.
    pub client: BusinessId,
    /// Its plan.
    pub plan: Plan,
    /// Since when it holds: the first one since the beginning of the running period, another from the next one on.
    pub from: Timestamp,
}

/// Which quote; there is one, of the running period.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Quote {}

/// What the running period costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FeeQuote {
    /// The first instant of the period.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// The currency.
    pub currency: String,
    /// Who pays.
    pub payer: Payer,
    /// How many connections count as of now.
    pub count: u64,
    /// What they cost, in minor units.
    pub total: u64,
    /// What they would cost with one more.
    pub total_with_one_more: u64,
}

/// Which statement, from where on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Statement {
    /// Any instant of the period; the running one, as of now, unless given.
    pub period: Option<Timestamp>,
    /// Where an earlier page said that the lines go on.
    pub cursor: Option<String>,
    /// At most so many lines, from 1 to 1 000; 100 unless given.
    pub limit: Option<u32>,
}

impl Statement {
    /// The statement of the period that this instant lies in.
    #[must_use]
    pub const fn of(period: Timestamp) -> Self {
        Self { period: Some(period), cursor: None, limit: None }
    }
}

/// What a period costs: a line per connection, and the total of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FeeStatement {
    /// The first instant of the period.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// The currency.
    pub currency: String,
    /// How many connections count.
    pub count: u64,
    /// What they cost together, in minor units.
    pub total: u64,
    /// One page of the lines, in the order in which the connections first counted.
    pub lines: Vec<FeeLine>,
    /// Where the lines go on, if they do.
    pub next: Option<String>,
}

/// What one connection costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FeeLine {
    /// Its place, from 1.
    pub place: u64,
    /// The connection.
    pub connection: ConnectionId,
    /// The contractor.
    pub contractor: BusinessId,
    /// The contractor's name.
    pub contractor_name: String,
    /// When it first counted in the period.
    pub first_counted: Timestamp,
    /// What it costs, in minor units.
    pub price: u64,
    /// Who pays.
    pub payer: Payer,
}

impl Fees<'_> {
    /// Sets a client's plan. The first one holds at once, another from the next period.
    ///
    /// # Errors
    /// `forbidden` for anybody but System, `not_found`, `wrong_state` while the client is archived, `invalid_argument`.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, fees::SetPlan, model::fees::{Payer, Plan, Tier}};
    /// # testing::example_client(async |handclasp, admin, _| {
    /// # let Actor::Person { business: Some(acme), .. } = admin else { unreachable!() };
    /// let tiers = vec![Tier { up_to: Some(10), price: 500 }, Tier { up_to: None, price: 300 }];
    /// let (currency, payer) = ("EUR".into(), Payer::Client);
    /// let plan = Plan { currency, anchor_day: 1, free_allowance: 2, tiers, payer };
    /// let first = handclasp.fees().set_plan(Actor::system(), SetPlan::new(acme, plan.clone())).await?;
    /// assert_eq!(first.from.to_string(), "2026-01-01T00:00:00.000000Z");
    /// let dearer = Plan { free_allowance: 0, ..plan };
    /// let next = handclasp.fees().set_plan(Actor::system(), SetPlan::new(acme, dearer)).await?;
    /// assert_eq!(next.from.to_string(), "2026-02-01T00:00:00.000000Z");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn set_plan(&self, by: impl Into<Caller>, set: SetPlan) -> Result<PlanSet, Error> {
        let by = by.into();
        let call = Call::from(&by);
        self.0.inner.walk(call, &call.checked(set.plan.check().map(|()| set))?).await
    }

    /// What the running period costs the acting client as of now, and what it would cost with one connection more.
    ///
    /// # Errors
    /// `not_found` without a plan.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, connections::AcceptRequest, fees::{Quote, SetPlan}};
    /// # use handclasp::model::fees::{Payer, Plan, Tier};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let Actor::Person { business: Some(acme), .. } = client else { unreachable!() };
    /// # let (currency, tiers) = ("EUR".into(), vec![Tier { up_to: None, price: 500 }]);
    /// # let plan = Plan { currency, anchor_day: 1, free_allowance: 1, tiers, payer: Payer::Client };
    /// # let request = pending.request.unwrap();
    /// let none = handclasp.fees().quote(&client, Quote::default()).await.unwrap_err();
    /// assert_eq!(none.code(), "not_found");
    /// // The first connection of a period is free, each other one costs 5.00 EUR.
    /// handclasp.fees().set_plan(Actor::system(), SetPlan::new(acme, plan)).await?;
    /// handclasp.connections().accept(&contractor, AcceptRequest::new(request)).await?;
    /// let quote = handclasp.fees().quote(&client, Quote::default()).await?;
    /// assert_eq!((quote.count, quote.total, quote.total_with_one_more), (1, 0, 500));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn quote(&self, by: impl Into<Caller>, _: Quote) -> Result<FeeQuote, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("fees.quote", By::Actor(&actor), quote(inner, &actor)).await
    }

    /// What a period costs the acting client: a line per connection with its price and who pays, and the total.
    ///
    /// # Errors
    /// `not_found` for a period without a plan, `invalid_argument` for one that has not begun, and for a cursor of
    /// another statement or reader.
    ///
    /// ```
    /// # use handclasp::{testing, Actor, connections::AcceptRequest, fees::{SetPlan, Statement}};
    /// # use handclasp::model::fees::{Payer, Plan, Tier};
    /// # testing::example_request(async |handclasp, client, contractor, pending| {
    /// # let Actor::Person { business: Some(acme), .. } = client else { unreachable!() };
    /// # let (currency, tiers) = ("EUR".into(), vec![Tier { up_to: None, price: 500 }]);
    /// # let plan = Plan { currency, anchor_day: 1, free_allowance: 0, tiers, payer: Payer::Client };
    /// # handclasp.fees().set_plan(Actor::system(), SetPlan::new(acme, plan)).await?;
    /// # handclasp.connections().accept(&contractor, AcceptRequest::new(pending.request.unwrap())).await?;
    /// let statement = handclasp.fees().statement(&client, Statement::default()).await?;
    /// assert_eq!((statement.currency.as_str(), statement.total), ("EUR", 500));
    /// assert_eq!(statement.lines[0].contractor_name, "Bolt");
    /// let february = Statement::of("2026-02-01T00:00:00Z".parse().unwrap());
    /// let early = handclasp.fees().statement(&client, february).await.unwrap_err();
    /// assert_eq!(early.code(), "invalid_argument");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn statement(&self, by: impl Into<Caller>, of: Statement) -> Result<FeeStatement, Error> {
        let (inner, actor) = (&self.0.inner, by.into().actor);
        inner.bounded("fees.statement", By::Actor(&actor), counting::statement(inner, &actor, &of)).await
    }
}

impl Operation for SetPlan {
    const NAME: &'static str = "fees.set_plan";
    type Answer = PlanSet;

    fn decide(&self, view: &View, cx: &mut Context<'_>) -> Result<(PlanSet, Changes), Stop> {
        cx.by.actor()?.is_system()?;
        view.want([self.client.into(), FeePlansOf(self.client).into()])?;
        let client = view.get_or_not_found(self.client)?;
        client.active()?;
        let before = view.find(FeePlansOf(self.client))?;
        let mut changes = Changes::default();
        let plans = match fees::decide(before.map(Arc::as_ref), Command::Set(self.plan.clone()), cx.now) {
            Some(event) => {
                let after = fees::evolve(client.id, before.map(Arc::as_ref), &event);
                changes.evolve(view, Some(after), Event::FeePlans(event))?
            }
            None => before.map(Arc::clone).ok_or(FaultKind::Internal)?,
        };
        let held = plans.held.last().ok_or(FaultKind::Internal)?;
        Ok((PlanSet { client: client.id, plan: held.plan.clone(), from: held.from }, changes))
    }
}

/// The acting client's plan and period at an instant.
async fn plan(inner: &Inner, actor: &Actor, at: Option<Timestamp>) -> Result<(BusinessId, Plan, Period), Error> {
    let found = inner.peek(By::Actor(actor), |view, cx| {
        let client = acting(view, actor, Permission::Fees)?.business;
        let plans = view.get_or_not_found(FeePlansOf(client.id))?;
        let (plan, period) = plans.period(at.unwrap_or(cx.now)).ok_or(Error::NotFound)?;
        if period.from > cx.now {
            return Err(Error::argument("period", Reason::OutOfRange).into());
        }
        Ok((client.id, plan.clone(), period))
    });
    found.await
}

async fn quote(inner: &Inner, actor: &Actor) -> Result<FeeQuote, Error> {
    let (client, plan, period) = plan(inner, actor, None).await?;
    let Counted { connections } = counted(inner, client, period).await?;
    let count = u64::try_from(connections.len()).unwrap_or(u64::MAX);
    let total = total(&plan, count);
    let total_with_one_more = total + plan.price(count + 1);
    let Period { from, to } = period;
    Ok(FeeQuote { from, to, currency: plan.currency, payer: plan.payer, count, total, total_with_one_more })
}

fn total(plan: &Plan, count: u64) -> u64 {
    (1..=count).map(|place| plan.price(place)).sum()
}
