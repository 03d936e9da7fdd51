//! Whichever call to the store fails, and whichever answer is lost: nothing has changed or all of it, and the call can be
//! made again.

use std::collections::BTreeSet;
use std::sync::Arc;

use handclasp::storage::{Memory, Storage};
use handclasp_tests::flaky::WAYS;
use handclasp_tests::scenarios::{APART, Scenario, Thoroughness, all, rehearse};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;

/// Stories that end otherwise when they are rehearsed: where, and why.
const OTHERWISE: [(&str, &str, &str); 2] = [
    (
        "member_is_removed_and_returns",
        "step 46, members.remove: refused: {\"code\":\"not_found\"",
        "who has left is given no kept answer, not even the one that they have left",
    ),
    (
        "settled_mails_are_purged",
        "step 22, outbox.purge: outbox.purge.records: expected 1, ",
        "what rehearsals keep is purged, and counted",
    ),
];

/// What all stories came to.
#[derive(Default)]
struct Told {
    failed: usize,
    ways: BTreeSet<String>,
    lost: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Told {
    async fn tell(&mut self, name: &str, scenario: &Scenario, storage: Arc<dyn Storage>, how: Thoroughness) {
        let otherwise = OTHERWISE.iter().find(|(story, ..)| *story == name);
        match (rehearse(scenario, storage, how).await, otherwise) {
            (Ok(rehearsed), None) => {
                self.failed += rehearsed.failed;
                self.ways.extend(rehearsed.ways);
                self.lost.extend(rehearsed.lost);
            }
            (Err(why), None) => self.wrong.push(format!("{name}, {how:?}: {why}")),
            (Err(end), Some((_, there, _))) if end.starts_with(there) => {}
            (Err(end), Some((_, there, _))) => self.wrong.push(format!("{name} ends not `{there}`, but: {end}")),
            (Ok(_), Some((.., why))) => self.wrong.push(format!("{name} ends as it should, though {why}")),
        }
    }

    fn is_right(&self) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        let missing: Vec<_> =
            WAYS.map(|way| format!("{way:?}")).into_iter().filter(|way| !self.ways.contains(way)).collect();
        assert!(missing.is_empty(), "ways in which nothing went wrong: {missing:?}");
    }
}

/// Where the turn of ways begins: in each story elsewhere, so that all of them come to every kind of call.
fn how(turn: usize) -> Thoroughness {
    Thoroughness { ways: rounds(1, WAYS.len()), turn }
}

#[tokio::test]
async fn sto_01_whichever_call_goes_wrong_nothing_has_changed_and_the_call_can_be_made_again() {
    let mut told = Told::default();
    for (turn, (name, scenario)) in all().into_iter().enumerate() {
        // The other turn loses the answers to commits in the other way.
        for turn in turn..turn + rounds(1, 2) {
            told.tell(&name, &scenario, Arc::new(Memory::new()), how(turn)).await;
        }
    }
    told.is_right();
    assert!(told.failed > 1_000, "only {} calls failed", told.failed);
    let (surface, _) = handclasp_wire::surface();
    let changing = surface.iter().filter(|operation| operation.changes && !APART.contains(&operation.name));
    let spared: Vec<_> = changing.map(|operation| operation.name).filter(|name| !told.lost.contains(*name)).collect();
    assert!(spared.is_empty(), "operations whose answer was never lost: {spared:?}");
}

#[tokio::test]
async fn sto_01_the_same_on_a_file() {
    let mut told = Told::default();
    for (turn, (name, scenario)) in all().into_iter().enumerate().step_by(rounds(12, 1)) {
        let place = Place::sqlite();
        told.tell(&name, &scenario, place.open().await, how(turn)).await;
    }
    told.is_right();
}
