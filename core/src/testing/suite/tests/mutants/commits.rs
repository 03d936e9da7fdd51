//! Commits that forget something, or look at too little.

use std::sync::Arc;

use super::{Mutant, Named};
use crate::model::person::Person;
use crate::storage::guard::Spend;
use crate::storage::memory::Memory;
use crate::storage::{Commit, Committed, Kind, Record, Refusal, Storage, Version};
use crate::testing::samples;
use crate::testing::suite::stage::{self, give_way};

const EVERYTHING: &str = "commit_writes_everything";
const READ: &str = "commit_is_refused_if_anything_read_has_moved";
const WRITTEN: &str = "commit_is_refused_if_anything_written_has_moved";
const FIRST: &str = "commit_answers_stale_before_it_refuses";

pub(super) fn all() -> Vec<Named> {
    vec![
        ("the last record is forgotten", EVERYTHING, changing(|commit| _ = commit.writes.pop())),
        ("the last side is forgotten", EVERYTHING, changing(|commit| _ = commit.sides.pop())),
        ("the last guard is forgotten", EVERYTHING, changing(|commit| _ = commit.guards.pop())),
        ("the last limit is forgotten", EVERYTHING, changing(|commit| _ = commit.spends.pop())),
        (
            "a guard counts once a commit",
            EVERYTHING,
            changing(|commit| commit.guards.dedup_by_key(|adjust| adjust.guard)),
        ),
        (
            "a limit counts once a commit",
            EVERYTHING,
            changing(|commit| commit.spends.dedup_by_key(|spend| spend.limit)),
        ),
        ("the last event is forgotten", EVERYTHING, changing(without_last_event)),
        ("an event loses who it was", EVERYTHING, changing(|commit| commit.author = crate::model::Author::System)),
        ("an empty text becomes null", EVERYTHING, changing(empty_is_null)),
        ("a text loses its last blank", EVERYTHING, changing(trimmed)),
        ("times are kept in milliseconds", EVERYTHING, changing(in_milliseconds)),
        ("what is read is not checked", READ, changing(|commit| commit.reads.clear())),
        ("the last read is not checked", READ, changing(|commit| _ = commit.reads.pop())),
        (
            "a read that is missing is not checked",
            READ,
            changing(|commit| commit.reads.retain(|read| read.1 != Version::NONE)),
        ),
        ("what is read is checked before, not within", READ, checked_before()),
        ("what is written is not checked", WRITTEN, overwriting(|_| true)),
        ("what should be new is not checked", WRITTEN, overwriting(|version| version == 1)),
        ("what should be there is not checked", WRITTEN, overwriting(|version| version > 1)),
        ("a stale commit counts", WRITTEN, counting_first()),
        ("guards are checked before versions", FIRST, guards_first()),
        ("limits are checked before versions and guards", FIRST, limits_first()),
        ("a refusal takes its neighbours with it", FIRST, neighbours()),
    ]
}

/// A store that gets other commits than its callers make.
fn changing(change: fn(&mut Commit)) -> Mutant {
    Mutant::faithful().commit(move |inner, mut commit| async move {
        change(&mut commit);
        inner.commit(commit).await
    })
}

fn without_last_event(commit: &mut Commit) {
    if let Some(write) = commit.writes.last_mut() {
        write.event = None;
    }
    if let Some(write) = commit.writes.iter_mut().rfind(|write| write.event.is_some()) {
        write.event = None;
    }
}

fn people(commit: &mut Commit, change: impl Fn(Person) -> Person) {
    for write in &mut commit.writes {
        if let Record::Person(person) = &write.record {
            write.record = change((**person).clone()).into();
        }
    }
}

fn empty_is_null(commit: &mut Commit) {
    people(commit, |person| Person { language: person.language.filter(|text| !text.is_empty()), ..person });
}

fn trimmed(commit: &mut Commit) {
    people(commit, |person| Person { name: person.name.trim_end().to_owned(), ..person });
}

fn in_milliseconds(commit: &mut Commit) {
    for write in &mut commit.writes {
        if let Record::Answer(answer) = &write.record {
            let mut answer = (**answer).clone();
            answer.at = crate::Timestamp::from_micros(answer.at.as_micros() / 1_000 * 1_000).unwrap();
            write.record = answer.into();
        }
    }
}

fn checked_before() -> Mutant {
    Mutant::faithful().commit(|inner, mut commit| async move {
        for (key, version) in std::mem::take(&mut commit.reads) {
            if inner.load(&[key]).await?[0].version != version {
                return Ok(Committed::Stale);
            }
        }
        give_way().await;
        inner.commit(commit).await
    })
}

/// Brings what is written to the version after the one that is there, if its own is one of these.
fn overwriting(which: fn(i64) -> bool) -> Mutant {
    Mutant::faithful().commit(move |inner, mut commit| async move {
        for write in commit.writes.iter_mut().filter(|write| which(write.version.0)) {
            write.version = inner.load(&[write.record.key()]).await?[0].version.next();
        }
        inner.commit(commit).await
    })
}

/// Counts at once, and takes nothing back if the rest is stale.
fn counting_first() -> Mutant {
    Mutant::faithful().commit(|inner, mut commit| async move {
        let (guards, spends) = (std::mem::take(&mut commit.guards), std::mem::take(&mut commit.spends));
        match inner.commit(Commit { guards, spends, ..stage::commit() }).await? {
            Committed::Done => inner.commit(commit).await,
            answer @ (Committed::Stale | Committed::Refused(_)) => Ok(answer),
        }
    })
}

/// Whether this alone would be refused. Nothing is changed: a limit of nothing always refuses in the end.
async fn alone(inner: &Arc<Memory>, mut commit: Commit) -> Option<Refusal> {
    let never = stage::limit(crate::storage::guard::LimitKind::Pair, 123_456);
    commit.spends.push(Spend { limit: never, hour: 0, amount: 1, max: 0 });
    match inner.commit(commit).await.unwrap() {
        Committed::Refused(Refusal::Limit { limit, .. }) if limit == never => None,
        Committed::Refused(refusal) => Some(refusal),
        Committed::Done | Committed::Stale => unreachable!("a limit of nothing refuses"),
    }
}

fn guards_first() -> Mutant {
    Mutant::faithful().commit(|inner, commit| async move {
        match alone(&inner, Commit { guards: commit.guards.clone(), ..stage::commit() }).await {
            Some(refusal) => Ok(Committed::Refused(refusal)),
            None => inner.commit(commit).await,
        }
    })
}

fn limits_first() -> Mutant {
    Mutant::faithful().commit(|inner, commit| async move {
        match alone(&inner, Commit { spends: commit.spends.clone(), ..stage::commit() }).await {
            Some(refusal) => Ok(Committed::Refused(refusal)),
            None => inner.commit(commit).await,
        }
    })
}

/// A group of commits of which one is refused is refused whole: the next one gets its answer.
fn neighbours() -> Mutant {
    let last = Arc::new(std::sync::Mutex::new(Committed::Done));
    let watched = samples::person(1, "").id;
    Mutant::faithful().commit(move |inner, commit| {
        let last = Arc::clone(&last);
        let grouped = commit.writes.iter().any(|write| write.record.key().kind == Kind::Person)
            && commit.reads.first().is_none_or(|read| read.0 != watched.into());
        async move {
            let before = if grouped { last.lock().unwrap().clone() } else { Committed::Done };
            if before != Committed::Done {
                *last.lock().unwrap() = Committed::Done;
                return Ok(before);
            }
            let answer = inner.commit(commit).await?;
            if grouped {
                *last.lock().unwrap() = answer.clone();
            }
            Ok(answer)
        }
    })
}
