//! Panics within the work of a transaction: the call fails, nothing has changed, and the next call works.

use handclasp_tests::scenarios::takes_a_key;
use handclasp_tests::soak;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::child::{End, How, Order, Said};
use crate::commits::same;
use crate::ledger::{Ledger, folder, stories};
use crate::stage::parsed;
use crate::victim::{Victim, report, rows};

/// Tells a story in one process in which calls panic; of which operations.
fn told(ledger: &Ledger, rng: &mut StdRng, one_in: usize) -> Vec<String> {
    let folder = folder();
    let mut panicked = Vec::new();
    let Some(first) = ledger.calls.first() else { return panicked };
    let mut victim = Victim::open(folder.path(), Some(&ledger.story), &first.call.at);
    for (number, recorded) in ledger.calls.iter().enumerate() {
        victim.mail(&recorded.mailing);
        let mut passage = 0;
        while recorded.is_whole() {
            passage += rng.random_range(1..2 * one_in);
            let place = format!("{}, call {number}, {}, point {passage}", ledger.story, recorded.call.operation);
            victim.tell(&Order::Arm(End { passage, how: How::Panics }));
            let Said::At(_) = victim.call(&recorded.call).1 else { break };
            let answer = victim.hears().answer().1;
            assert_eq!(parsed(&answer), Err("internal".to_owned()), "{place}");
            same(&rows(folder.path()), &recorded.before, &place);
            panicked.push(recorded.call.operation.clone());
        }
        victim.stop_at(usize::MAX);
        if !recorded.is_whole() {
            victim.answer(&recorded.call);
        }
    }
    let last = ledger.calls.last().expect("a call");
    same(&rows(folder.path()), &last.after, &ledger.story);
    panicked
}

#[tokio::test]
async fn crs_07_a_panic_within_a_transaction_is_internal_and_changes_nothing_and_the_next_call_works() {
    let mut rng = StdRng::seed_from_u64(soak::seed());
    let mut names = stories();
    names.shuffle(&mut rng);
    names.truncate(soak::rounds(6, usize::MAX));
    let mut panicked = Vec::new();
    for name in names {
        let ledger = Ledger::of(&name).await;
        panicked.extend(told(&ledger, &mut rng, soak::rounds(3, 1)));
    }
    report(&format!("panics: {}", panicked.len()));
    assert!(panicked.len() > soak::rounds(60, 5_000), "only {}", panicked.len());
    let (surface, _) = handclasp_wire::surface();
    let changing = surface.iter().map(|operation| operation.name).filter(|name| takes_a_key(name));
    let spared: Vec<_> = changing.filter(|name| !panicked.iter().any(|panicked| panicked == name)).collect();
    // A few stories do not tell of everything.
    assert!(spared.is_empty() || soak::rounds(0, 1) == 0, "operations within which nothing panicked: {spared:?}");
}
