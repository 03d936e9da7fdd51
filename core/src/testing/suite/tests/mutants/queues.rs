//! Leases and feeds that show something twice, late or never; stores that do not stay closed.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::{Mutant, Named};
use crate::error::FaultKind;
use crate::storage::{
    Committed, Filter, Key, Kind, Lease, Query, Record, Source, Storage, StoredEvent, Version, Versioned,
};
use crate::testing::suite::stage::{MANY, give_way, writing};

const LEASE: &str = "lease_hands_a_delivery_to_one_worker";
const FEED: &str = "feed_shows_every_event_once_and_never_one_before_a_position_it_has_shown";
const CLOSED: &str = "closed_stays_closed";

pub(super) fn all() -> Vec<Named> {
    let soon = |lease: &mut Lease| lease.now = lease.now.plus(std::time::Duration::from_micros(1));
    vec![
        ("a lease ignores the time", LEASE, leasing(|lease| lease.now = crate::Timestamp::MAX)),
        ("a lease takes what is due in a moment", LEASE, leasing(soon)),
        ("a lease takes one too many", LEASE, leasing(|lease| lease.limit += 1)),
        ("a lease is nobody's", LEASE, leasing(|lease| lease.owner = crate::testing::samples::lease_id(0))),
        ("a lease never ends", LEASE, leasing(|lease| lease.until = crate::Timestamp::MAX)),
        ("the shortest due come first", LEASE, shortest_first()),
        ("a lease raises no version", LEASE, without_version()),
        ("a lease counts no attempt", LEASE, without_attempt()),
        ("a lease looks, and then takes", LEASE, looks_and_takes()),
        ("the feed repeats an event", FEED, feeding(|(after, limit)| (after.saturating_sub(1), limit))),
        ("the feed leaves an event out", FEED, feeding(|(after, limit)| (if after == 5 { 6 } else { after }, limit))),
        ("the feed shows one too many", FEED, feeding(|(after, limit)| (after, limit + 1))),
        ("positions are taken before the commit", FEED, positions_first(true)),
        ("the feed shows what was refused", FEED, positions_first(false)),
        ("the feed runs backwards", FEED, backwards()),
        (
            "the feed has positions for no more than were asked for",
            "feed_goes_on_after_any_position",
            as_many_as_asked(),
        ),
        ("a closed store opens again", CLOSED, Mutant::faithful().close(|_, ()| async { Ok(()) })),
        ("closing twice fails", CLOSED, closes_once()),
    ]
}

fn leasing(change: fn(&mut Lease)) -> Mutant {
    Mutant::faithful().lease(move |inner, mut lease| async move {
        change(&mut lease);
        inner.lease(lease).await
    })
}

/// What is handed out last comes first, so with a smaller limit others would be handed out.
fn shortest_first() -> Mutant {
    Mutant::faithful().lease(|inner, lease| async move {
        let mut handed = inner.lease(lease).await?;
        handed.reverse();
        Ok(handed)
    })
}

/// Versions are told, and taken, as if no lease had raised them.
fn without_version() -> Mutant {
    let raised: Arc<Mutex<HashMap<Key, i64>>> = Arc::default();
    let by = |raised: &Arc<Mutex<HashMap<Key, i64>>>, key: Key| raised.lock().unwrap().get(&key).copied().unwrap_or(0);
    let (on_load, on_commit) = (Arc::clone(&raised), Arc::clone(&raised));
    Mutant::faithful()
        .lease(move |inner, lease| {
            let raised = Arc::clone(&raised);
            async move {
                let handed = inner.lease(lease).await?;
                let mut raised = raised.lock().unwrap();
                let told = handed.into_iter().map(|(delivery, version)| {
                    let raised = raised.entry(delivery.id.into()).or_insert(0);
                    *raised += 1;
                    (delivery, Version(version.0 - *raised))
                });
                Ok(told.collect())
            }
        })
        .load(move |inner, keys| {
            let raised = Arc::clone(&on_load);
            async move {
                let found = inner.load(&keys).await?.into_iter();
                let told = found
                    .zip(keys)
                    .map(|(found, key)| Versioned { version: Version(found.version.0 - by(&raised, key)), ..found });
                Ok(told.collect())
            }
        })
        .commit(move |inner, mut commit| {
            commit.writes.iter_mut().for_each(|write| write.version.0 += by(&on_commit, write.record.key()));
            commit.reads.iter_mut().for_each(|(key, version)| version.0 += by(&on_commit, *key));
            async move { inner.commit(commit).await }
        })
}

fn without_attempt() -> Mutant {
    Mutant::faithful().lease(|inner, lease| async move {
        let mut handed = inner.lease(lease).await?;
        handed.iter_mut().for_each(|(delivery, _)| delivery.attempts -= 1);
        Ok(handed)
    })
}

/// Two workers that look at once take the same.
fn looks_and_takes() -> Mutant {
    Mutant::faithful().lease(|inner, lease| async move {
        let source = Source::Records(Kind::Delivery);
        let (filter, order) = (Filter::All(Vec::new()), vec!["state_at", "id"]);
        let rows = inner.list(&Query { source, filter, order, descending: false, after: None, limit: MANY }).await?;
        give_way().await;
        let mut handed = Vec::new();
        for row in rows {
            let Some(Record::Delivery(delivery)) = Versioned::read(Kind::Delivery, row)?.record else {
                continue;
            };
            let Some(taken) = delivery.leased(lease.owner, lease.until, lease.now) else {
                continue;
            };
            if handed.len() < lease.limit {
                let version = inner.load(&[taken.id.into()]).await?[0].version.next();
                inner.commit(writing([taken.clone().into()], version.0)).await?;
                handed.push((taken, version));
            }
        }
        Ok(handed)
    })
}

fn feeding(change: fn((u64, usize)) -> (u64, usize)) -> Mutant {
    Mutant::faithful().feed(move |inner, asked| async move {
        let (after, limit) = change(asked);
        inner.feed(after, limit).await
    })
}

/// Events get their positions when their commit begins, as from a sequence; they are shown when it has ended, or, if
/// it need not have succeeded, in any case.
fn positions_first(succeeded: bool) -> Mutant {
    let (next, events) = (Arc::new(AtomicU64::new(1)), Arc::new(Mutex::new(Vec::<(u64, StoredEvent)>::new())));
    let shown = Arc::clone(&events);
    Mutant::faithful()
        .commit(move |inner, commit| {
            let events = Arc::clone(&events);
            let mine: Vec<_> =
                StoredEvent::of(&commit).map(|event| (next.fetch_add(1, Ordering::SeqCst), event)).collect();
            async move {
                // The later, the quicker.
                for _ in 0..mine.first().map_or(0, |(position, _)| position % 5) {
                    give_way().await;
                }
                let answer = inner.commit(commit).await?;
                if answer == Committed::Done || !succeeded {
                    events.lock().unwrap().extend(mine);
                }
                Ok(answer)
            }
        })
        .feed(move |_, (after, limit)| {
            let mut events = shown.lock().unwrap().clone();
            events.retain(|(position, _)| *position > after);
            events.sort_by_key(|(position, _)| *position);
            events.truncate(limit);
            async { Ok(events) }
        })
}

fn backwards() -> Mutant {
    Mutant::faithful().feed(|inner, (after, limit)| async move {
        let mut events = inner.feed(after, limit).await?;
        events.reverse();
        Ok(events)
    })
}

/// Events get their positions as they are asked for, so many at each look.
fn as_many_as_asked() -> Mutant {
    let asked = Arc::new(AtomicU64::new(0));
    Mutant::faithful().feed(move |inner, (after, limit)| {
        let most = u64::try_from(limit).unwrap();
        let have = asked.fetch_add(most, Ordering::SeqCst).saturating_add(most);
        async move {
            let mut events = inner.feed(after, limit).await?;
            events.retain(|(position, _)| *position <= have);
            Ok(events)
        }
    })
}

fn closes_once() -> Mutant {
    let closed = Arc::new(AtomicBool::new(false));
    Mutant::faithful().close(move |inner, ()| {
        let again = closed.swap(true, Ordering::SeqCst);
        async move { if again { Err(FaultKind::Closed.into()) } else { inner.close().await } }
    })
}
