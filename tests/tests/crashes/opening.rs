//! New files whose maker is killed at each statement, while another process opens them.

use handclasp_tests::soak;
use handclasp_tests::world::START;
use serde_json::json;

use crate::child::{Order, Said};
use crate::commits::ELSEWHERE;
use crate::stage::{call, opened, parsed, system};
use crate::victim::{Victim, report, schema};

/// Whether a process that has the file open can work with it.
pub(crate) fn works(victim: &mut Victim, number: u64) {
    let admin = json!({ "id": format!("00000000-0000-4000-8000-{number:012}"), "name": "Jo", "email": "jo@a.example" });
    let register = json!({ "actor": system(), "profile": { "name": "Acme" }, "admin": admin });
    parsed(&victim.answer(&call(number, "businesses.register", &register)).1).expect("a business");
}

/// Tells a process to open a file that may be missing.
fn opening(victim: &mut Victim) {
    victim.tell(&Order::Open { story: None, at: START.to_owned() });
}

/// Kills the maker of a file at the point of this number, and tells which that is; nothing if it did not come so far.
fn killed_at(passage: usize, whole: &[String], meanwhile: bool) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut maker, mut other) = (Victim::start(folder.path()), Victim::start(folder.path()));
    maker.stop_at(passage);
    opening(&mut maker);
    let said = maker.hears();
    let Said::At(point) = said else {
        assert_eq!(said, Said::Opened(Ok(())), "point {passage}");
        return None;
    };
    if meanwhile {
        // It is in the midst of it before the maker is gone: it waits for the lock, if there is one.
        other.says_where();
        opening(&mut other);
        assert!(matches!(other.hears(), Said::At(_)), "at {point}");
    }
    assert_eq!(maker.kill(), [], "at {point}");
    if !meanwhile {
        let left = schema(folder.path());
        assert!(left.is_empty() || left == whole, "at {point}: half a schema");
        opening(&mut other);
    }
    assert_eq!(other.hears(), Said::Opened(Ok(())), "at {point}");
    let mut third = opened(folder.path());
    works(&mut other, 1);
    works(&mut third, 2);
    drop((other, third));
    assert_eq!(schema(folder.path()), whole, "at {point}");
    Some(point)
}

#[test]
fn crs_04_a_file_whose_maker_is_killed_at_any_statement_is_made_once_by_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(opened(folder.path()));
    let whole = schema(folder.path());
    assert!(whole.len() > 30, "{whole:?}");
    let step = soak::rounds(6, 1);
    let killed = (1..).step_by(step).map_while(|passage| {
        let alone = killed_at(passage, &whole, false)?;
        Some([alone, killed_at(passage + step / 2, &whole, true)?])
    });
    let points: Vec<String> = killed.flatten().collect();
    report(&format!("killed while a file is made: {}", points.len()));
    assert!(points.len() / 2 * step > 40, "only {}, each {step}. point", points.len());
    let here = ELSEWHERE.iter().filter(|(_, file)| *file == "opening").map(|(point, _)| *point);
    let spared: Vec<_> = here.filter(|here| !points.iter().any(|point| point.ends_with(here))).collect();
    // A few statements are not all.
    assert!(spared.is_empty() || step > 1, "points at which no maker was killed: {spared:?}");
}
