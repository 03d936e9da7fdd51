//! Fees depend on the number of connections: a plan's periods, who counts in them, and what each place costs.

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

use super::business::Away;
use crate::error::{Error, Reason};
use crate::id::{BusinessId, ConnectionId, SpellId};
use crate::time::Timestamp;

/// The highest price of one connection, in minor units: a total of a million of them is still exact in every language.
const HIGHEST_PRICE: u64 = 1_000_000_000;
/// The most tiers of a plan.
const TIERS: usize = 100;

/// What a client's connections cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "FeePlan"))]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "hosts build plans")]
pub struct Plan {
    /// The currency, as an ISO 4217 code of three capital letters.
    pub currency: String,
    /// The day of the month on which a period begins, at 00:00 UTC, from 1 to 31; in shorter months the last day.
    pub anchor_day: u8,
    /// The first so many connections of a period cost nothing.
    #[serde(default)]
    pub free_allowance: u32,
    /// What a connection costs by its place in the period; the last tier has no end.
    pub tiers: Vec<Tier>,
    /// Who pays.
    pub payer: Payer,
}

/// What connections cost up to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "FeeTier"))]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "hosts build plans")]
pub struct Tier {
    /// The last place of the tier; none for the last tier.
    #[serde(default)]
    pub up_to: Option<u32>,
    /// What each of them costs, in minor units.
    pub price: u64,
}

/// Who pays for a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "an edge has two ends")]
pub enum Payer {
    /// The client.
    Client,
    /// The contractor.
    Contractor,
}

/// A plan and since when it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Held {
    /// Since the beginning of this period.
    pub from: Timestamp,
    /// The plan.
    pub plan: Plan,
}

/// A client's fee plans, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct FeePlans {
    /// The client.
    pub client: BusinessId,
    /// The plans that held, the one that holds, and perhaps one that will.
    pub held: Vec<Held>,
}

/// A time during which a connection was Connected.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores build records")]
pub struct Spell {
    /// Its id.
    pub id: SpellId,
    /// The connection.
    pub connection: ConnectionId,
    /// Its client.
    pub client: BusinessId,
    /// Its contractor.
    pub contractor: BusinessId,
    /// Since when.
    pub since: Timestamp,
    /// Until when, if it was ended.
    pub until: Option<Timestamp>,
}

/// One period of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "it has a beginning and an end")]
pub struct Period {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
}

/// What can be asked of a client's fee plans.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "a new command must break every match")]
pub enum Command {
    /// Let this plan hold: the first at once, another from the next period.
    Set(Plan),
}

/// What happened to a client's fee plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a new event must break every match")]
pub enum Event {
    /// A plan was set.
    Set(Held),
}

/// The event that the command leads to, or none if that plan was the last one set.
#[must_use]
pub fn decide(plans: Option<&FeePlans>, command: Command, now: Timestamp) -> Option<Event> {
    let Command::Set(plan) = command;
    let from = match plans.and_then(|plans| plans.period(now)) {
        Some((_, period)) => period.to,
        None => anchors(plan.anchor_day, now).from,
    };
    let last = plans.and_then(|plans| plans.held.last());
    (last.map(|held| &held.plan) != Some(&plan)).then_some(Event::Set(Held { from, plan }))
}

/// The plans after the event. One that was to hold from the same period on never holds.
#[must_use]
pub fn evolve(client: BusinessId, plans: Option<&FeePlans>, event: &Event) -> FeePlans {
    let Event::Set(set) = event;
    let mut held = plans.map(|plans| plans.held.clone()).unwrap_or_default();
    held.retain(|earlier| earlier.from < set.from);
    held.push(set.clone());
    FeePlans { client, held }
}

impl FeePlans {
    /// The plan and the period that an instant lies in; nothing before the first plan.
    #[must_use]
    pub fn period(&self, at: Timestamp) -> Option<(&Plan, Period)> {
        let place = self.held.iter().rposition(|held| held.from <= at)?;
        let held = self.held.get(place)?;
        let anchors = anchors(held.plan.anchor_day, at);
        let next = self.held.get(place + 1).map_or(Timestamp::MAX, |next| next.from);
        Some((&held.plan, Period { from: anchors.from.max(held.from), to: anchors.to.min(next) }))
    }
}

impl Plan {
    /// Whether it can be reckoned with.
    ///
    /// # Errors
    /// `invalid_argument` for `plan.currency`, `plan.anchor_day` or `plan.tiers`.
    pub fn check(&self) -> Result<(), Error> {
        let refuse = |field, reason| Err(Error::argument(field, reason));
        if self.currency.len() != 3 || !self.currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return refuse("plan.currency", Reason::Format);
        }
        if !(1..=31).contains(&self.anchor_day) {
            return refuse("plan.anchor_day", Reason::OutOfRange);
        }
        if self.tiers.len() > TIERS {
            return refuse("plan.tiers", Reason::TooLong);
        }
        let ends: Vec<_> = self.tiers.iter().map(|tier| tier.up_to).collect();
        match ends.split_last() {
            None => return refuse("plan.tiers", Reason::Empty),
            Some((None, before)) => {
                let rising = before.windows(2).all(|pair| pair.first() < pair.last());
                if !rising || before.iter().any(|end| end.is_none_or(|end| end == 0)) {
                    return refuse("plan.tiers", Reason::OutOfRange);
                }
            }
            Some((Some(_), _)) => return refuse("plan.tiers", Reason::Missing),
        }
        if self.tiers.iter().any(|tier| tier.price > HIGHEST_PRICE) {
            return refuse("plan.tiers", Reason::OutOfRange);
        }
        Ok(())
    }

    /// What the connection at a place costs, in minor units; the first place is 1.
    #[must_use]
    pub fn price(&self, place: u64) -> u64 {
        if place <= u64::from(self.free_allowance) {
            return 0;
        }
        let tier = self.tiers.iter().find(|tier| tier.up_to.is_none_or(|end| place <= u64::from(end)));
        tier.map_or(0, |tier| tier.price)
    }
}

/// When a connection first counted in a period: Connected, and neither business archived.
#[must_use]
pub fn first_counted<'a>(
    spells: impl IntoIterator<Item = &'a Spell>,
    away: &[Away],
    period: Period,
) -> Option<Timestamp> {
    spells.into_iter().filter_map(|spell| counted(spell, away, period)).min()
}

fn counted(spell: &Spell, away: &[Away], period: Period) -> Option<Timestamp> {
    let mut at = spell.since.max(period.from);
    // Each time away that holds the instant moves it to its end; there is one per archiving, so this ends.
    while let Some(held) = away.iter().find(|away| away.from <= at && away.until.is_none_or(|until| until > at)) {
        at = held.until?;
    }
    // One that was ended in the instant in which it began was Connected all the same.
    let connected = at == spell.since || spell.until.is_none_or(|until| at < until);
    (connected && at < period.to).then_some(at)
}

/// The last beginning of a period at or before an instant, and the next after it.
fn anchors(day: u8, at: Timestamp) -> Period {
    let date = OffsetDateTime::from(at).date();
    let (year, month) = (date.year(), date.month());
    let here = anchor(day, year, month);
    if here <= at {
        let next = if month == Month::December {
            anchor(day, year + 1, Month::January)
        } else {
            anchor(day, year, month.next())
        };
        Period { from: here, to: next }
    } else {
        let previous = month.previous();
        let year = if previous == Month::December { year - 1 } else { year };
        Period { from: anchor(day, year, previous), to: here }
    }
}

/// The anchor day of a month at 00:00 UTC, or its last day; within the years that a timestamp can show.
fn anchor(day: u8, year: i32, month: Month) -> Timestamp {
    if year < 1970 {
        return Timestamp::MIN;
    }
    let day = day.min(month.length(year));
    let date = Date::from_calendar_date(year, month, day);
    let instant = date.map(|date| OffsetDateTime::new_in_offset(date, Time::MIDNIGHT, UtcOffset::UTC));
    instant.ok().and_then(|instant| instant.try_into().ok()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
