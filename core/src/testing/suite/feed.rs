//! What the feed shows, and when.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::BoxFuture;

use super::round_trips::event;
use super::stage::{MANY, Store, adding, at_once, commit, done, give_way, guard, refused, stale, write};
use crate::storage::guard::{Adjust, GuardKind};
use crate::storage::{Commit, Key, Record, StoredEvent, Version};
use crate::testing::samples;

const WRITERS: u128 = 6;
const ROUNDS: i64 = 12;
/// Each commit of a round writes two events.
const EVENTS: usize = 144;

/// `feed_shows_every_event_once_and_never_one_before_a_position_it_has_shown`
pub(super) async fn every_event_once(store: Store) {
    let store = &store;
    assert_eq!(store.feed(0, MANY).await.unwrap(), []);
    let over = &AtomicBool::new(false);
    let writers = async move {
        let writers = (0..WRITERS).map(|writer| -> BoxFuture<'_, Vec<StoredEvent>> { Box::pin(writes(store, writer)) });
        let written = at_once(writers).await;
        over.store(true, Ordering::SeqCst);
        written.into_iter().flatten().collect()
    };
    let readers = [1, 5, MANY].map(|limit| -> BoxFuture<'_, (Vec<_>, Vec<_>)> {
        Box::pin(async move { (Vec::new(), follow(store, limit, over).await) })
    });
    let writers: BoxFuture<'_, (Vec<_>, Vec<_>)> = Box::pin(async move { (writers.await, Vec::new()) });
    let mut results = at_once(readers.into_iter().chain([writers])).await;
    let (written, _) = results.pop().unwrap();

    let shown = follow(store, 7, &AtomicBool::new(true)).await;
    complete(&shown, written);
    for (_, seen) in results {
        // Whoever read along has missed nothing, and has seen the order that stays.
        assert_eq!(seen, shown);
    }
    assert_eq!(store.feed(0, MANY).await.unwrap(), shown);
    assert_eq!(store.feed(shown.last().unwrap().0, MANY).await.unwrap(), []);
    assert_eq!(store.feed(0, 0).await.unwrap(), []);
}

/// `feed_goes_on_after_any_position`
pub(super) async fn after_any_position(store: Store) {
    let written: Vec<_> = (1..=5).map(|number| Record::from(samples::person(number, "Jo"))).collect();
    for person in &written {
        done(&store, Commit { writes: vec![write(person.clone(), 1, event(person))], ..commit() }).await;
    }
    // Nobody has been shown that one yet, nor what lies before it.
    let early = store.feed(2, 1).await.unwrap();
    let all = store.feed(0, MANY).await.unwrap();
    assert_eq!(all.len(), written.len());
    assert_eq!(early, all.into_iter().filter(|(position, _)| *position > 2).take(1).collect::<Vec<_>>());
    for beyond in [written.len() as u64, u64::MAX] {
        assert_eq!(store.feed(beyond, MANY).await.unwrap(), [], "after {beyond}");
    }
}

/// Two people in every round, and commits that fail, whose events never were.
async fn writes(store: &Store, writer: u128) -> Vec<StoredEvent> {
    let mut written = Vec::new();
    let full = Adjust { max: Some(0), ..adding(guard(GuardKind::Admins, writer), 1) };
    for round in 1..=ROUNDS {
        let name = round.to_string();
        let writes = |version| -> Vec<_> {
            let people = [1, 2].map(|place| Record::from(samples::person(2 * writer + place, &name)));
            people.into_iter().map(|person| write(person.clone(), version, event(&person))).collect()
        };
        refused(store, Commit { writes: writes(round), guards: vec![full], ..commit() }).await;
        let commit = Commit { writes: writes(round), ..commit() };
        written.extend(StoredEvent::of(&commit));
        done(store, commit).await;
        let again = Commit { writes: writes(round), ..super::stage::commit() };
        stale(store, again, "it has just been written").await;
        give_way().await;
    }
    written
}

/// Reads the feed from its beginning until all has been written and read.
async fn follow(store: &Store, limit: usize, over: &AtomicBool) -> Vec<(u64, StoredEvent)> {
    let (mut seen, mut after): (Vec<(u64, StoredEvent)>, _) = (Vec::new(), 0);
    loop {
        let last = over.load(Ordering::SeqCst);
        let batch = store.feed(after, limit).await.unwrap();
        if batch.is_empty() && last {
            return seen;
        }
        assert!(batch.len() <= limit, "{} events where {limit} were asked", batch.len());
        for (position, event) in batch {
            assert!(position > after, "{position} comes after {after}");
            after = position;
            seen.push((position, event));
        }
        assert!(seen.len() <= EVENTS, "more events than were written");
        give_way().await;
    }
}

/// Each event once, and those of one record in the order in which they happened.
fn complete(shown: &[(u64, StoredEvent)], mut written: Vec<StoredEvent>) {
    let mut latest: BTreeMap<Key, Version> = BTreeMap::new();
    for (_, event) in shown {
        let before = latest.insert(event.subject, event.version).unwrap_or(Version::NONE);
        assert!(event.version > before, "{:?} is shown at {:?} after {before:?}", event.subject, event.version);
    }
    let identity = |event: &StoredEvent| (event.subject, event.version);
    let mut shown: Vec<_> = shown.iter().map(|(_, event)| event.clone()).collect();
    shown.sort_by_key(identity);
    written.sort_by_key(identity);
    assert_eq!(shown.len(), EVENTS);
    assert_eq!(shown, written);
}
