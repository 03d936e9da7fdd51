//! The feed of more events than get their positions at once.

use handclasp::model::{Event, person};
use handclasp::storage::{Commit, Committed, Storage};
use handclasp::testing::samples;

use crate::support::{Database, commit, write};

#[tokio::test]
async fn who_looks_far_ahead_finds_the_events_there_though_none_had_its_position() {
    let database = Database::new().await;
    let store = database.store().await;
    for part in 0..11 {
        let people = (1..=1_000).map(|number| samples::person(part * 1_000 + number, "Jo"));
        let mut writes: Vec<_> = people.clone().map(|person| write(person, 1)).collect();
        for (write, person) in writes.iter_mut().zip(people) {
            write.event = Some(Event::Person(person::Event::Put(person)));
        }
        assert_eq!(store.commit(Commit { writes, ..commit() }).await.unwrap(), Committed::Done);
    }
    let shown = store.feed(10_500, 3).await.unwrap();
    assert_eq!(shown.iter().map(|(position, _)| *position).collect::<Vec<_>>(), [10_501, 10_502, 10_503]);
    assert!(store.feed(11_000, 3).await.unwrap().is_empty());
    store.close().await.unwrap();
}
