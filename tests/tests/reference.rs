//! Random runs of all that decides who is let in, on every store, against the model.
//!
//! A failure prints the shortest steps found, and the seed that draws them:
//! `HANDCLASP_SEED=7 python3 tests/with_postgres.py cargo test -p handclasp-tests --test reference memory`.
//! The short form draws the same every time, the long one anew.

use handclasp_tests::alike;
use handclasp_tests::reference::{Coverage, Runs, run};
use handclasp_tests::soak;
use handclasp_tests::stores::Place;

/// What the model plays, each with refusals that must have come too: a run without them shows nothing.
const PLAYED: [(&str, &[&str]); 53] = [
    ("access_requests.accept", &["already_decided", "forbidden", "not_found", "self_action_forbidden"]),
    ("access_requests.decline", &["already_decided", "forbidden", "not_found"]),
    ("access_requests.get", &["not_found"]),
    ("access_requests.list", &[]),
    ("access_requests.mine", &["forbidden"]),
    (
        "access_requests.submit",
        &["already_member", "already_pending", "email_mismatch", "email_not_verified", "limit_exceeded"],
    ),
    ("access_requests.withdraw", &["already_decided", "not_found"]),
    ("businesses.archive", &["forbidden"]),
    ("businesses.register", &[]),
    ("businesses.restore", &["forbidden"]),
    ("businesses.set_client_account", &["forbidden", "wrong_state"]),
    ("businesses.update", &["forbidden", "not_found"]),
    ("connections.accept", &["already_decided", "forbidden", "limit_exceeded", "not_found", "wrong_state"]),
    ("connections.change_role", &["forbidden", "not_found", "wrong_state"]),
    ("connections.clients", &["not_found"]),
    ("connections.contractors", &["not_found"]),
    ("connections.decline", &["already_decided", "forbidden", "not_found"]),
    ("connections.disconnect", &["already_decided", "forbidden", "not_found", "wrong_state"]),
    ("connections.get", &["not_found"]),
    ("connections.pending", &[]),
    (
        "connections.request",
        &[
            "already_connected",
            "already_pending",
            "invalid_argument",
            "not_found",
            "rate_limited",
            "self_action_forbidden",
            "wrong_state",
        ],
    ),
    ("connections.withdraw", &["already_decided", "not_found"]),
    ("contractor_roles.archive", &["not_found"]),
    ("contractor_roles.create", &["forbidden", "name_taken"]),
    ("contractor_roles.list", &[]),
    ("contractor_roles.restore", &["forbidden", "not_found"]),
    ("group_links.copy", &["not_found", "wrong_state"]),
    ("group_links.disable", &["not_found"]),
    ("group_links.enable", &["forbidden", "not_found", "wrong_state"]),
    ("group_links.list", &[]),
    ("group_links.refresh", &["forbidden", "not_found", "wrong_state"]),
    (
        "invites.accept",
        &["already_connected", "email_mismatch", "email_not_verified", "forbidden", "invite_invalid_or_expired"],
    ),
    ("invites.create", &["forbidden", "not_found", "rate_limited", "wrong_state"]),
    ("invites.decline", &["invite_invalid_or_expired"]),
    ("invites.get", &["not_found"]),
    ("invites.list", &["not_found"]),
    ("invites.open", &["invite_invalid_or_expired"]),
    ("invites.preview", &["invite_invalid_or_expired"]),
    (
        "invites.redeem",
        &["already_connected", "email_mismatch", "email_not_verified", "limit_exceeded", "self_action_forbidden"],
    ),
    ("invites.resend", &["already_decided", "forbidden", "not_found", "rate_limited", "wrong_state"]),
    ("invites.revoke", &["already_decided", "not_found"]),
    ("invites.send", &["forbidden", "not_found", "wrong_state"]),
    ("members.add", &["already_member", "forbidden", "invalid_argument", "not_found", "wrong_state"]),
    ("members.change_role", &["forbidden", "last_admin", "not_found"]),
    ("members.define_role", &[]),
    ("members.disable", &["forbidden", "last_admin", "not_found"]),
    ("members.enable", &["forbidden", "not_found"]),
    ("members.get", &["not_found"]),
    ("members.list", &["forbidden"]),
    ("members.remove", &["last_admin", "not_found"]),
    ("members.set_notifications", &["not_found"]),
    ("outbox.deliver_due", &[]),
    ("people.put", &[]),
];

fn runs(short: usize, long: usize, steps: usize) -> Runs {
    Runs::new(u32::try_from(soak::rounds(short, long)).expect("not that many"), steps, soak::seed())
}

fn came(coverage: &Coverage, operation: &str, code: &str) -> bool {
    coverage.keys().any(|(known, came)| (*known, came.as_str()) == (operation, code))
}

#[test]
fn memory_does_what_the_model_says() {
    let coverage = run(runs(100, 5_000, 300), async || vec![Place::memory()]);
    let wanted =
        PLAYED.iter().flat_map(|(operation, codes)| codes.iter().chain(&["ok"]).map(move |code| (operation, code)));
    let missing: Vec<_> = wanted.filter(|(operation, code)| !came(&coverage, operation, code)).collect();
    assert!(missing.is_empty(), "what no run came to: {missing:?} of {coverage:?}");
    let played = |operation: &str| PLAYED.iter().any(|(known, _)| *known == operation);
    let unknown: Vec<_> = coverage.keys().filter(|(operation, _)| !played(operation)).collect();
    assert!(unknown.is_empty(), "what is played and not looked at: {unknown:?}");
}

#[test]
fn sqlite_does_what_the_model_says() {
    run(runs(8, 300, 150), async || vec![Place::sqlite()]);
}

#[test]
fn postgres_does_what_the_model_says() {
    run(runs(4, 200, 150), async || vec![Place::postgres().await]);
}

#[test]
fn sto_24_one_long_trace_comes_to_the_same_on_the_three_stores() {
    let steps = soak::rounds(1_000, 5_000);
    let coverage = run(Runs::new(1, steps, soak::seed()), async || Place::all().await.into());
    let missing: Vec<_> = PLAYED.iter().filter(|(operation, _)| !came(&coverage, operation, "ok")).collect();
    assert!(missing.is_empty(), "what did not succeed once: {missing:?}");
}

#[tokio::test]
async fn sto_24_any_call_that_the_surface_describes_is_answered_alike_by_the_three_stores() {
    const STEPS: usize = 1_000;
    let (first, worlds) = (soak::seed(), u64::try_from(soak::rounds(4, 100)).expect("not that many"));
    let mut coverage = alike::Coverage::new();
    for seed in first..first + worlds {
        let places = Place::all().await;
        for (came, times) in alike::run(seed, STEPS, &places).await {
            *coverage.entry(came).or_default() += times;
        }
        for place in places {
            place.remove().await;
        }
    }
    let (surface, _) = handclasp_wire::surface();
    let succeeded = |name| coverage.contains_key(&(name, "ok".to_owned()));
    let missing: Vec<_> = surface.iter().map(|operation| operation.name).filter(|name| !succeeded(name)).collect();
    // Few worlds come to nearly everything, many to all.
    assert!(missing.len() <= soak::rounds(8, 0), "what did not succeed once: {missing:?} of {coverage:#?}");
}
