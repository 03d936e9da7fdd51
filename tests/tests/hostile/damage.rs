//! A damaged file: what is answered is right, or an error. No refusal becomes a yes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Once};
use std::{fs, panic};

use handclasp::Entropy;
use handclasp::invites::CreateInvite;
use handclasp::testing::SeededEntropy;
use handclasp_tests::authority::Able;
use handclasp_tests::soak::{rounds, seed};
use handclasp_tests::stores::Place;
use serde_json::Value;

use crate::town::{Probe, Town, open};

/// What a damaged database may be called.
const FAULTS: [&str; 4] = ["storage_corrupt", "schema_mismatch", "storage_unavailable", "config_invalid"];

/// As SQLite writes them.
const PAGE: usize = 4_096;

/// Panics of threads that are the library's own: nobody would be told of them.
static PANICS: AtomicUsize = AtomicUsize::new(0);

fn watch_threads() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if std::thread::current().name().is_some_and(|name| name.starts_with("handclasp")) {
                PANICS.fetch_add(1, Ordering::SeqCst);
            }
            before(info);
        }));
    });
}

/// Bytes that follow from a seed.
fn drawn(seed: u64) -> u64 {
    let mut bytes = [0; 32];
    SeededEntropy::new(seed).fill(&mut bytes).expect("randomness");
    u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes"))
}

fn below(seed: u64, bound: usize) -> usize {
    usize::try_from(drawn(seed) % u64::try_from(bound).expect("a small number")).expect("a small number")
}

/// Whether an answer is right: refused as before, or a list in which nothing is that was not there.
fn is_right(probe: &Probe, answer: &Value) -> Result<(), String> {
    let code = answer["error"]["code"].as_str();
    let wrong = |why: &str| Err(format!("{}: {why}: {answer}", probe.operation));
    if code == Some("internal") {
        return wrong("a fault of the library");
    }
    if probe.is_no() {
        return if code.is_some() { Ok(()) } else { wrong("a yes that was a no") };
    }
    if let Some(code) = code {
        // Who asks may have got lost.
        let known = FAULTS.contains(&code) || ["not_found", "forbidden"].contains(&code);
        return if known { Ok(()) } else { wrong("an error of another kind") };
    }
    let Some(lists) = answer["ok"].as_object() else { return wrong("no page") };
    for (name, entries) in lists.iter().filter_map(|(name, list)| list.as_array().map(|entries| (name, entries))) {
        let known = probe.answer["ok"][name].as_array().map(Vec::as_slice).unwrap_or_default();
        if let Some(made_up) = entries.iter().find(|entry| !known.contains(entry)) {
            return wrong(&format!("`{name}` holds {made_up}"));
        }
    }
    Ok(())
}

/// Opens these bytes and asks everything; how often each code came.
async fn asked(town: &Town, bytes: &[u8], told: &mut BTreeMap<String, usize>) -> Result<(), String> {
    let mut tell = |code: &str| *told.entry(code.to_owned()).or_default() += 1;
    let handclasp = match town.open(&town.write(bytes, "damaged.db")).await {
        Ok(handclasp) => handclasp,
        Err(error) if FAULTS.contains(&error.code()) => {
            tell("not opened");
            return Ok(());
        }
        Err(error) => return Err(format!("opening: {}", error.code())),
    };
    let mut outcome = Ok(());
    for probe in &town.probes {
        let answer = probe.ask(&handclasp).await;
        tell(answer["error"]["code"].as_str().unwrap_or("ok"));
        outcome = outcome.and(is_right(probe, &answer));
    }
    // A write may stand or not; it may not panic.
    let create = CreateInvite::new(town.acme.role());
    if let Err(error) = handclasp.invites().create(town.acme.admin(), create).await {
        tell(error.code());
    }
    handclasp.close().await.map_err(|error| format!("closing: {}", error.code()))?;
    outcome
}

#[tokio::test]
async fn sto_05_no_flipped_bit_makes_a_yes_of_a_no() {
    watch_threads();
    let town = Town::built().await;
    let (mut told, mut wrong) = (BTreeMap::new(), Vec::new());
    let id = town.acme.id.as_uuid();
    let rows: Vec<usize> =
        town.file.windows(16).enumerate().filter(|(_, at)| at == id.as_bytes()).map(|(at, _)| at).collect();
    for seed in (seed()..).take(rounds(80, 1_000)) {
        // Every other one near Acme's own rows, where its invites, members and roles lie.
        let bit = if seed % 2 == 0 {
            below(seed, town.file.len() * 8)
        } else {
            let near = rows[below(seed ^ 0xacce, rows.len())];
            (near.saturating_sub(150) * 8 + below(seed, 400 * 8)).min(town.file.len() * 8 - 1)
        };
        let mut flipped = town.file.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Err(why) = asked(&town, &flipped, &mut told).await {
            wrong.push(format!("seed {seed:#x}, byte {}, bit {}: {why}", bit / 8, bit % 8));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(told.get("ok").is_some_and(|ok| *ok > 500), "most flips hurt few: {told:?}");
    assert_eq!(PANICS.load(Ordering::SeqCst), 0);
}

/// The file with pages of noise, cut short, and with another header; of each so many, or all.
fn damages(file: &[u8], pages: usize, headers: usize) -> Vec<(String, Vec<u8>)> {
    let all = file.len() / PAGE;
    let mut damages = Vec::new();
    for page in (0..all).step_by((all / pages).max(1)) {
        let mut noise = file.to_vec();
        for (place, byte) in noise[page * PAGE..(page + 1) * PAGE].iter_mut().enumerate() {
            *byte = drawn(u64::try_from(page * PAGE + place).expect("a place")).to_le_bytes()[0];
        }
        damages.push((format!("page {page}"), noise));
    }
    for part in [2, 3, 10] {
        damages.push((format!("1/{part} of the file"), file[..file.len() / part].to_vec()));
    }
    for byte in (0..100).step_by((100 / headers).max(1)) {
        let mut header = file.to_vec();
        header[byte] = !header[byte];
        damages.push((format!("header byte {byte}"), header));
    }
    damages
}

#[tokio::test]
async fn sto_04_a_page_of_noise_half_a_file_and_a_damaged_header_are_told() {
    watch_threads();
    let town = Arc::new(Town::built().await);
    let (mut told, mut wrong) = (BTreeMap::new(), Vec::new());
    for (damage, bytes) in damages(&town.file, rounds(10, usize::MAX), rounds(11, 100)) {
        if let Err(why) = asked(&town, &bytes, &mut told).await {
            wrong.push(format!("{damage}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(told.contains_key("not opened") && told.contains_key("storage_corrupt"), "{told:?}");
    assert_eq!(PANICS.load(Ordering::SeqCst), 0);
}

/// Asks for the operation, as somebody who may and as somebody who may not, of a file that is damaged in each way.
async fn asked_of_damaged(able: Able, pages: usize, headers: usize, told: &mut BTreeMap<String, usize>) {
    let place = Place::sqlite();
    let storage = place.open().await;
    let ready = able.ready(Arc::clone(&storage)).await;
    let refused = match ready.as_foreign_admin() {
        // What it asks for may be what anybody may see.
        Some(foreign) if ready.call(&foreign).await.get("error").is_some() => Some(foreign),
        _ => None,
    };
    storage.close().await.expect("a closed store");
    let path = place.folder().expect("a folder").join("handclasp.db");
    let file = fs::read(&path).expect("a closed database is one file");
    for (damage, bytes) in damages(&file, pages, headers) {
        for beside in ["handclasp.db-wal", "handclasp.db-shm"] {
            drop(fs::remove_file(path.with_file_name(beside)));
        }
        fs::write(&path, bytes).expect("a file");
        let place = format!("{}, {damage}", ready.operation);
        let mut tell = |code: &str| *told.entry(code.to_owned()).or_default() += 1;
        let handclasp = match open(&path, ready.clock()).await {
            Ok(handclasp) => handclasp,
            Err(error) => {
                assert!(FAULTS.contains(&error.code()), "{place}: {}", error.code());
                tell("not opened");
                continue;
            }
        };
        for (arguments, may) in [(refused.as_ref(), false), (Some(&ready.arguments), true)] {
            let Some(arguments) = arguments else { continue };
            let answer = handclasp_wire::call(&handclasp, ready.operation, &arguments.to_string()).await;
            let answer: Value = serde_json::from_str(&answer).expect("JSON");
            let code = answer["error"]["code"].as_str().unwrap_or("ok");
            assert!(code != "internal" && (may || code != "ok"), "{place}, may: {may}: {answer}");
            tell(code);
        }
        handclasp.close().await.expect("a closed handle");
    }
}

#[tokio::test]
async fn sto_04_no_operation_makes_a_yes_of_a_no_on_a_damaged_file_or_panics() {
    watch_threads();
    let mut told = BTreeMap::new();
    for able in Able::all().await.into_iter().step_by(rounds(3, 1)) {
        asked_of_damaged(able, rounds(2, 20), rounds(2, 20), &mut told).await;
    }
    assert!(["not opened", "storage_corrupt", "ok"].into_iter().all(|code| told.contains_key(code)), "{told:?}");
    assert_eq!(PANICS.load(Ordering::SeqCst), 0);
}
