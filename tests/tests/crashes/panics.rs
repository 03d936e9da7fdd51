//! Panics within the work of a transaction: the call fails, nothing has changed, and the next call works.

use handclasp_tests::soak;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::child::{End, How, Order, Said};
use crate::commits::same;
use crate::ledger::{Ledger, folder, stories};
use crate::stage::parsed;
use crate::victim::{Victim, report, rows};

/// Tells a story in one process in which calls panic; how many did.
fn told(ledger: &Ledger, rng: &mut StdRng, one_in: usize) -> usize {
    let folder = folder();
    let Some(first) = ledger.calls.first() else { return 0 };
    let mut victim = Victim::open(folder.path(), Some(&ledger.story), &first.call.at);
    let mut panicked = 0;
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
            panicked += 1;
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
    let mut panicked = 0;
    for name in names {
        let ledger = Ledger::of(&name).await;
        panicked += told(&ledger, &mut rng, soak::rounds(3, 1));
    }
    report(&format!("panics: {panicked}"));
    assert!(panicked > soak::rounds(60, 5_000), "only {panicked}");
}
