//! Which connections count in a period, and in which order.

use std::collections::BTreeMap;

use super::super::Inner;
use super::super::actor::Actor;
use super::super::lists::{Paging, records};
use super::super::walk::By;
use super::{FeeLine, FeeStatement, Statement, plan, total};
use crate::error::{Error, FaultKind, Reason};
use crate::id::{BusinessId, ConnectionId};
use crate::model::business::{Away, Business};
use crate::model::fees::{Period, Spell, first_counted};
use crate::storage::query::{Filter, Query, Source};
use crate::storage::record::Stored;
use crate::storage::rows::Value;
use crate::storage::{Key, Kind};
use crate::time::Timestamp;

/// So many spells are read at a time.
const BATCH: usize = 5_000;
const SOURCE: Source = Source::Records(Kind::Spell);

/// The connections that count, in the order in which they first did.
pub(super) struct Counted {
    pub(super) connections: Vec<(Timestamp, ConnectionId, BusinessId)>,
}

/// Counts the connections of a client in a period.
pub(super) async fn counted(inner: &Inner, client: BusinessId, period: Period) -> Result<Counted, Error> {
    let own = away(inner, &[client]).await?;
    let mut spells: BTreeMap<ConnectionId, Vec<Spell>> = BTreeMap::new();
    for spell in touching(inner, client, period).await? {
        spells.entry(spell.connection).or_default().push(spell);
    }
    let contractors: Vec<_> = spells.values().flatten().map(|spell| spell.contractor).collect();
    let mut others = BTreeMap::new();
    for some in contractors.chunks(BATCH) {
        others.extend(away(inner, some).await?);
    }
    let mut connections = Vec::with_capacity(spells.len());
    for (connection, spells) in spells {
        let Some(contractor) = spells.first().map(|spell| spell.contractor) else { continue };
        let of = |business| own.get(&business).or_else(|| others.get(&business)).into_iter().flatten();
        let away: Vec<Away> = of(client).chain(of(contractor)).copied().collect();
        let first = first_counted(&spells, &away, period);
        connections.extend(first.map(|first| (first, since(&spells), connection, contractor)));
    }
    // Those that were Connected when the period began are in the order in which they became so.
    connections.sort_unstable();
    let counted = connections.into_iter().map(|(first, _, connection, contractor)| (first, connection, contractor));
    Ok(Counted { connections: counted.collect() })
}

fn since(spells: &[Spell]) -> Option<Timestamp> {
    spells.iter().map(|spell| spell.since).min()
}

/// The client's spells that touch the period.
async fn touching(inner: &Inner, client: BusinessId, period: Period) -> Result<Vec<Spell>, Error> {
    // A range of the index, but for those that begin as the period ends.
    let begun = Filter::All(vec![
        Filter::AtMost("since", Value::Time(period.to)),
        Filter::Not(Box::new(Filter::Is("since", Value::Time(period.to)))),
    ]);
    let over = Filter::All(vec![
        Filter::AtMost("until", Value::Time(period.from)),
        Filter::Not(Box::new(Filter::Is("since", Value::Time(period.from)))),
    ]);
    let mut query = Query {
        source: SOURCE,
        filter: Filter::All(vec![
            Filter::Is("client_id", Value::Uuid(client.as_uuid())),
            begun,
            Filter::Not(Box::new(over)),
        ]),
        order: vec!["since", "id"],
        descending: false,
        after: None,
        limit: BATCH,
    };
    let mut spells = Vec::new();
    loop {
        let rows = inner.storage.list(&query).await?;
        let more = rows.len() == BATCH;
        query.after = rows.last().map(|last| crate::storage::position(&query.order, SOURCE.table(), last));
        spells.extend(records::<Spell>(Kind::Spell, rows)?.iter().map(|spell| (**spell).clone()));
        if !more {
            return Ok(spells);
        }
    }
}

/// When businesses were archived; of those that ever were.
async fn away(inner: &Inner, businesses: &[BusinessId]) -> Result<BTreeMap<BusinessId, Vec<Away>>, Error> {
    let mut ids = businesses.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let keys: Vec<Key> = ids.iter().map(|id| (*id).into()).collect();
    let loaded = inner.storage.load(&keys).await?;
    let away = ids.into_iter().zip(loaded).filter_map(|(id, loaded)| {
        let business = loaded.record.as_ref().and_then(Business::of).cloned()?;
        (!business.away.is_empty()).then(|| (id, business.away.clone()))
    });
    Ok(away.collect())
}

/// One page of a period's statement.
pub(super) async fn statement(inner: &Inner, actor: &Actor, of: &Statement) -> Result<FeeStatement, Error> {
    let paging = Paging::new(inner, ("fees.statement", actor), &of.period, of.cursor.as_deref(), of.limit)?;
    let (client, plan, period) = plan(inner, actor, of.period).await?;
    let Counted { connections } = counted(inner, client, period).await?;
    let begins = Value::Int(period.from.as_micros());
    let after = match paging.after().as_deref() {
        None => 0,
        Some([Value::Int(place), begun]) if *begun == begins => usize::try_from(*place).unwrap_or(usize::MAX),
        // Without a period it is that of the day, which may be another by now.
        Some(_) => return Err(Error::argument("cursor", Reason::Format)),
    };
    let (count, limit) = (connections.len(), paging.limit());
    let page: Vec<_> = connections.into_iter().enumerate().skip(after).take(limit).collect();
    let names = names(inner, actor, page.iter().map(|(_, (.., contractor))| *contractor).collect()).await?;
    let mut lines = Vec::with_capacity(page.len());
    for ((place, (first_counted, connection, contractor)), contractor_name) in page.into_iter().zip(names) {
        let place = u64::try_from(place + 1).unwrap_or(u64::MAX);
        let (price, payer) = (plan.price(place), plan.payer);
        lines.push(FeeLine { place, connection, contractor, contractor_name, first_counted, price, payer });
    }
    let last = after.saturating_add(lines.len());
    let at = Value::Int(i64::try_from(last).unwrap_or(i64::MAX));
    let next = (last < count).then(|| paging.seal(inner, &[at, begins])).transpose()?;
    let (Period { from, to }, count) = (period, u64::try_from(count).unwrap_or(u64::MAX));
    Ok(FeeStatement { from, to, total: total(&plan, count), currency: plan.currency, count, lines, next })
}

async fn names(inner: &Inner, actor: &Actor, contractors: Vec<BusinessId>) -> Result<Vec<String>, Error> {
    let names = inner.peek(By::Actor(actor), |view, _| {
        view.want(contractors.iter().map(|id| (*id).into()))?;
        let mut names = Vec::with_capacity(contractors.len());
        for id in &contractors {
            names.push(view.find(*id)?.ok_or(FaultKind::StorageCorrupt)?.profile.name.clone());
        }
        Ok(names)
    });
    names.await
}
