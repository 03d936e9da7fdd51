//! Guards and limits that count wrongly.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use super::{Mutant, Named};
use crate::storage::guard::{Adjust, Guard};
use crate::storage::memory::Memory;
use crate::storage::{Commit, Committed, Refusal, Storage};
use crate::testing::suite::stage::{self, give_way};

const MAX: &str = "guard_max_binds_only_increases";
const MIN: &str = "guard_min_binds_only_decreases";
const UNCHECKED: &str = "guard_is_not_version_checked";
const BUCKETS: &str = "limit_counts_24_hourly_buckets";

pub(super) fn all() -> Vec<Named> {
    vec![
        ("no maximum binds", MAX, adjusting(|adjust| adjust.max = None)),
        ("a maximum is one lower", MAX, adjusting(|adjust| adjust.max = adjust.max.map(|max| max - 1))),
        ("a maximum binds decreases too", MAX, bounds(|after, adjust| adjust.max.is_some_and(|max| after > max))),
        (
            "a refusal writes its records",
            MAX,
            refused_and_written(|commit| Commit { writes: commit.writes, ..stage::commit() }),
        ),
        (
            "a refusal writes its sides",
            MAX,
            refused_and_written(|commit| Commit { sides: commit.sides, ..stage::commit() }),
        ),
        ("a refusal counts what came before", MAX, refused_and_written(first_guard)),
        ("a maximum is checked before, not within", MAX, checked_before()),
        ("no minimum binds", MIN, adjusting(|adjust| adjust.min = None)),
        ("a minimum is one higher", MIN, adjusting(|adjust| adjust.min = adjust.min.map(|min| min + 1))),
        ("a minimum binds increases too", MIN, bounds(|after, adjust| adjust.min.is_some_and(|min| after < min))),
        ("a minimum is checked before, not within", MIN, checked_before()),
        ("a guard is a version", UNCHECKED, version_checked()),
        ("who only reads moves what is read", UNCHECKED, readers_move()),
        ("a limit counts days", BUCKETS, at_hour(|hour, _| hour - hour % 24)),
        (
            "a limit forgets after 23 hours",
            BUCKETS,
            at_hour(|hour, latest| if hour - latest >= 23 { latest + 24 } else { hour }),
        ),
        ("an earlier hour is not counted", BUCKETS, forgetting_earlier()),
        ("a refusal has counted", BUCKETS, refused_and_counted()),
        ("all limits of a kind are one", BUCKETS, one_of_a_kind()),
        ("a refusal shows no buckets", BUCKETS, without_buckets()),
    ]
}

fn adjusting(change: fn(&mut Adjust)) -> Mutant {
    Mutant::faithful().commit(move |inner, mut commit| async move {
        commit.guards.iter_mut().for_each(change);
        inner.commit(commit).await
    })
}

/// What a guard counts, found by trying: the first minimum that it can't go below.
async fn count(inner: &Arc<Memory>, guard: Guard) -> i64 {
    for value in -100..200 {
        let below = Adjust { min: Some(value), ..stage::adding(guard, -1) };
        match inner.commit(Commit { guards: vec![below], ..stage::commit() }).await.unwrap() {
            Committed::Refused(_) => return value,
            Committed::Done | Committed::Stale => {}
        }
        let back = Commit { guards: vec![stage::adding(guard, 1)], ..stage::commit() };
        inner.commit(back).await.unwrap();
    }
    unreachable!("no check counts so far")
}

/// Refuses what these bounds forbid too.
fn bounds(forbid: fn(i64, &Adjust) -> bool) -> Mutant {
    Mutant::faithful().commit(move |inner, commit| async move {
        for adjust in &commit.guards {
            if forbid(count(&inner, adjust.guard).await + adjust.delta, adjust) {
                return Ok(Committed::Refused(Refusal::Guard(adjust.guard)));
            }
        }
        inner.commit(commit).await
    })
}

/// Bounds are looked at first; when all is counted, others have counted too.
fn checked_before() -> Mutant {
    Mutant::faithful().commit(|inner, mut commit| async move {
        for adjust in &commit.guards {
            if adjust.apply(count(&inner, adjust.guard).await).is_none() {
                return Ok(Committed::Refused(Refusal::Guard(adjust.guard)));
            }
        }
        give_way().await;
        commit.guards.iter_mut().for_each(|adjust| *adjust = stage::adding(adjust.guard, adjust.delta));
        inner.commit(commit).await
    })
}

fn refused_and_written(part: fn(Commit) -> Commit) -> Mutant {
    Mutant::faithful().commit(move |inner, commit| async move {
        let answer = inner.commit(commit.clone()).await?;
        if matches!(answer, Committed::Refused(_)) {
            inner.commit(part(commit)).await?;
        }
        Ok(answer)
    })
}

fn first_guard(commit: Commit) -> Commit {
    Commit {
        guards: commit.guards.into_iter().take(1).filter(|adjust| adjust.max.is_none()).collect(),
        ..stage::commit()
    }
}

fn version_checked() -> Mutant {
    let version = Arc::new(AtomicI64::new(0));
    Mutant::faithful().commit(move |inner, commit| {
        let version = Arc::clone(&version);
        async move {
            let before = version.load(Ordering::SeqCst);
            give_way().await;
            if !commit.guards.is_empty() && version.load(Ordering::SeqCst) != before {
                return Ok(Committed::Stale);
            }
            version.fetch_add(1, Ordering::SeqCst);
            inner.commit(commit).await
        }
    })
}

/// A read is kept as a write of the same.
fn readers_move() -> Mutant {
    Mutant::faithful().commit(|inner, mut commit| async move {
        for (key, version) in std::mem::take(&mut commit.reads) {
            let found = inner.load(&[key]).await?.remove(0);
            commit.writes.extend(found.record.map(|record| stage::write(record, version.next().0, None)));
        }
        inner.commit(commit).await
    })
}

/// Spends at another hour; the function also gets the latest one so far.
fn at_hour(hour: fn(i64, i64) -> i64) -> Mutant {
    let latest = Arc::new(AtomicI64::new(0));
    Mutant::faithful().commit(move |inner, mut commit| {
        for spend in &mut commit.spends {
            let before = latest.fetch_max(spend.hour, Ordering::SeqCst);
            spend.hour = hour(spend.hour, if before == 0 { spend.hour } else { before });
        }
        async move { inner.commit(commit).await }
    })
}

fn forgetting_earlier() -> Mutant {
    let latest = Arc::new(AtomicI64::new(0));
    Mutant::faithful().commit(move |inner, mut commit| {
        commit.spends.retain(|spend| spend.max == 0 || latest.fetch_max(spend.hour, Ordering::SeqCst) <= spend.hour);
        async move { inner.commit(commit).await }
    })
}

fn refused_and_counted() -> Mutant {
    Mutant::faithful().commit(|inner, commit| async move {
        let answer = inner.commit(commit.clone()).await?;
        if matches!(answer, Committed::Refused(_)) {
            let mut spends = commit.spends;
            spends.retain(|spend| spend.max > 0);
            spends.iter_mut().for_each(|spend| spend.max = u32::MAX);
            inner.commit(Commit { spends, ..stage::commit() }).await?;
        }
        Ok(answer)
    })
}

fn one_of_a_kind() -> Mutant {
    let first = Arc::new(Mutex::new(None));
    Mutant::faithful().commit(move |inner, mut commit| {
        for spend in &mut commit.spends {
            let mut first = first.lock().unwrap();
            spend.limit.id = *first.get_or_insert(spend.limit.id);
        }
        async move { inner.commit(commit).await }
    })
}

fn without_buckets() -> Mutant {
    Mutant::faithful().commit(|inner, commit| async move {
        Ok(match inner.commit(commit).await? {
            Committed::Refused(Refusal::Limit { limit, .. }) => {
                Committed::Refused(Refusal::Limit { limit, buckets: Default::default() })
            }
            answer @ (Committed::Done | Committed::Stale | Committed::Refused(_)) => answer,
        })
    })
}
