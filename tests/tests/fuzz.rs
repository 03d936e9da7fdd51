//! Every promise for any bytes, on the inputs that are kept and on changed ones. To see one again:
//! `HANDCLASP_FUZZ_SEED=… cargo test -p handclasp-tests --test fuzz`.

use std::panic::catch_unwind;

use handclasp_tests::fuzz::{Mutator, TARGETS, Target, inputs, target};
use handclasp_tests::soak::{rounds, seed};

/// The seed of one changed input, to look at it alone.
const SEED: &str = "HANDCLASP_FUZZ_SEED";

fn holds_for_all(name: &str) {
    let Target { holds, rounds: usual, .. } = target(name);
    let inputs = inputs(name);
    assert!(!inputs.is_empty(), "{name} has no inputs");
    for (file, input) in &inputs {
        assert!(catch_unwind(|| holds(input)).is_ok(), "{name} is broken by tests/fuzz/corpus/{name}/{file}");
    }
    let seeds = match std::env::var(SEED) {
        Ok(seed) => seed.parse().map(|seed| seed..seed + 1).expect("a number"),
        Err(_) => {
            let first = seed();
            first..first + u64::try_from(rounds(usual, 50 * usual)).expect("a number of rounds")
        }
    };
    for seed in seeds {
        let input = Mutator::new(seed).input(&inputs);
        assert!(
            catch_unwind(|| holds(&input)).is_ok(),
            "{name} is broken by b\"{}\", {SEED}={seed}",
            input.escape_ascii()
        );
    }
}

#[test]
fn tok_08_a_token_has_one_spelling() {
    holds_for_all("token");
}

#[test]
fn tok_13_every_other_text_is_dead_at_every_door() {
    holds_for_all("claim");
}

#[test]
fn inp_34_a_cursor_is_good_for_its_own_list_alone() {
    holds_for_all("cursor");
}

#[test]
fn inp_31_an_address_is_one_bare_address() {
    holds_for_all("email");
}

#[test]
fn a_row_is_corrupt_or_what_was_written() {
    holds_for_all("row");
}

#[test]
fn an_event_is_corrupt_or_what_was_written() {
    holds_for_all("event");
}

#[test]
fn eml_15_16_18_19_20_21_22_a_mail_is_ours_whatever_people_are_called() {
    holds_for_all("message");
}

#[test]
fn eml_15_16_18_nothing_in_a_message_adds_to_its_envelope() {
    holds_for_all("eml");
}

#[test]
fn a_table_is_read_as_it_was_meant() {
    holds_for_all("csv");
}

#[test]
fn a_scenario_says_what_was_written() {
    holds_for_all("scenario");
}

/// A target that no test runs would look as if it held.
#[test]
fn every_target_is_run() {
    let tests = include_str!("fuzz.rs");
    for target in TARGETS {
        assert!(tests.contains(&format!("holds_for_all(\"{}\")", target.name)), "{} is not run", target.name);
    }
}
