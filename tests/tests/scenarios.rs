//! The scenarios, told on the three stores; what they must cover; and their schema.

use std::collections::BTreeSet;

use handclasp_tests::scenarios::{Given, Outcome, Scenario, all, run};
use handclasp_tests::stores::Place;
use handclasp_tests::{golden, surface};

/// Codes that no scenario can produce, and where else they are.
const ELSEWHERE: &[(&str, &str)] = &[
    ("conflict", "needs more lost rounds than a story has calls: the race rigs"),
    ("outcome_unknown", "needs a lost acknowledgement: the adapter of PostgreSQL"),
    ("cancelled", "the host gives up: the bindings"),
    ("storage_unavailable", "needs an unreachable server: the adapter of PostgreSQL"),
    ("storage_busy", "needs another writer or a full queue: the adapters"),
    ("storage_full", "needs a full disk: the adapters"),
    ("storage_read_only", "needs a read-only file or server: the adapters"),
    ("storage_corrupt", "needs damaged rows: the adapters"),
    ("schema_mismatch", "at opening: the adapters"),
    ("config_invalid", "at opening: the core and the wire"),
    ("clock_out_of_range", "needs a clock outside of the years that count: the core"),
    ("forked", "needs a fork: the Python package"),
    ("internal", "needs a broken part of the host: the core"),
];

/// Tells every scenario, each on a place of its own, and answers with what happened.
async fn told(fresh: impl AsyncFn() -> Place) -> Vec<(String, Outcome)> {
    let (mut told, mut wrong) = (Vec::new(), Vec::new());
    for (name, scenario) in all() {
        let place = fresh().await;
        let storage = place.open().await;
        match run(&scenario, storage.clone()).await {
            Ok(outcome) => told.push((name, outcome)),
            Err(why) => wrong.push(format!("{name}, on {}: {why}", place.name)),
        }
        storage.close().await.expect("a store can be closed");
        place.remove().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    told
}

async fn as_in_memory(fresh: impl AsyncFn() -> Place) {
    let memory = told(async || Place::memory()).await;
    for ((name, memory), (_, other)) in memory.iter().zip(told(fresh).await) {
        for (line, other) in memory.transcript.lines().zip(other.transcript.lines()) {
            assert_eq!(line, other, "{name}: not as in memory");
        }
        assert_eq!(memory.transcript.len(), other.transcript.len(), "{name}: not as in memory");
    }
}

#[tokio::test]
async fn every_operation_and_every_code_has_a_scenario() {
    let told = told(async || Place::memory()).await;
    let operations: BTreeSet<&str> =
        told.iter().flat_map(|(_, told)| told.operations.iter().map(String::as_str)).collect();
    let codes: BTreeSet<&str> =
        told.iter().flat_map(|(_, told)| told.errors.iter().map(|(_, code)| code.as_str())).collect();
    let (surface, _) = handclasp_wire::surface();
    let missing: Vec<&str> =
        surface.iter().map(|operation| operation.name).filter(|name| !operations.contains(name)).collect();
    assert!(missing.is_empty(), "operations that no scenario uses: {missing:?}");
    for error in surface::errors() {
        let code = error.code.as_str();
        let elsewhere = ELSEWHERE.iter().find(|(name, _)| *name == code);
        match (codes.contains(code), elsewhere) {
            (true, None) | (false, Some(_)) => {}
            (false, None) => panic!("no scenario produces `{code}`"),
            (true, Some((_, why))) => panic!("a scenario does produce `{code}`, though: {why}"),
        }
    }
}

#[tokio::test]
async fn sqlite_answers_as_memory_does() {
    as_in_memory(async || Place::sqlite()).await;
}

#[tokio::test]
async fn postgres_answers_as_memory_does() {
    as_in_memory(async || Place::postgres().await).await;
}

#[tokio::test]
async fn tok_13_every_dead_link_has_one_answer_byte_for_byte() {
    let told = told(async || Place::memory()).await;
    let lines = told.iter().flat_map(|(_, told)| told.transcript.lines());
    let answers: Vec<&str> = lines.filter_map(|line| line.split_once(' ')).map(|(_, answer)| answer).collect();
    let dead = answers.iter().filter(|answer| answer.contains("invite_invalid_or_expired"));
    let distinct: BTreeSet<&&str> = dead.clone().collect();
    assert!(dead.count() > 50, "too few dead links to tell");
    let only = r#"{"error":{"code":"invite_invalid_or_expired","fields":{},"message":"Invite code is invalid or has expired"}}"#;
    assert_eq!(distinct.into_iter().collect::<Vec<_>>(), [&only]);
}

/// Errors of any operation: they go without saying.
const UNDERSTOOD: &[&str] = &["invalid_argument", "forbidden", "not_found", "idempotency_mismatch", "closed"];

#[tokio::test]
async fn what_comes_is_documented() {
    let errors = surface::errors();
    let known: Vec<&str> = errors.iter().map(|error| error.code.as_str()).collect();
    for (name, told) in told(async || Place::memory()).await {
        for (operation, code) in told.errors {
            let Some((group, operation)) = operation.split_once('.') else { continue };
            let (surface, _) = handclasp_wire::surface();
            if surface.iter().all(|known| known.name != format!("{group}.{operation}")) {
                continue;
            }
            let documented = surface::Docs::of(group, operation).codes(&known);
            assert!(
                UNDERSTOOD.contains(&code.as_str()) || documented.contains(&code.as_str()),
                "{name}: `# Errors` of {group}.{operation} says nothing of `{code}`"
            );
        }
    }
}

#[test]
fn the_schema_is_that_of_the_format() {
    let schema = |schema: schemars::Schema| format!("{}\n", serde_json::to_string_pretty(&schema).expect("JSON"));
    golden::check("scenarios/schema.json", &schema(schemars::schema_for!(Scenario)));
    golden::check("scenarios/given/schema.json", &schema(schemars::schema_for!(Given)));
}

/// Every sentence of the domain that says what happens, beside the test that shows it.
const SENTENCES: &str = "scenarios/SENTENCES.md";

#[test]
fn every_sentence_names_a_test_that_is_there() {
    let page = std::fs::read_to_string(golden::path(SENTENCES)).expect("the page of sentences");
    let sources = sources(&[golden::path("../core"), golden::path("tests"), golden::path("src")]);
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| sentence"));
    let mut count = 0;
    for row in rows {
        let tests: Vec<&str> = row.rsplit(" | ").next().unwrap_or_default().split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "no test is named: {row}");
        for test in tests {
            let there = match test.strip_suffix(".json") {
                Some(scenario) => golden::path(&format!("{scenario}.json")).is_file(),
                None => sources.contains(&format!("fn {}(", test.rsplit("::").next().unwrap_or(test))),
            };
            assert!(there, "there is no `{test}`: {row}");
        }
        count += 1;
    }
    assert!(count > 100, "sentences are missing: {count}");
}

/// All Rust below these folders.
fn sources(folders: &[std::path::PathBuf]) -> String {
    let mut waiting = folders.to_vec();
    let mut text = String::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the project") {
            let path = entry.expect("a file of the project").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text.push_str(&std::fs::read_to_string(path).expect("a source"));
            }
        }
    }
    text
}
