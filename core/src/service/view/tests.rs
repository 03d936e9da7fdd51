use super::*;
use crate::testing::samples;

/// What the keys of a few slots find, each written as often as its number says.
fn loaded(numbers: std::ops::Range<u128>) -> View {
    let slots: Vec<_> = numbers.map(|number| samples::slot(number, number)).collect();
    let keys = slots.iter().map(|slot| Key::from(slot.id)).collect();
    let versions = slots
        .iter()
        .zip(1..)
        .map(|(slot, version)| Versioned { version: Version(version), record: Some(Record::from(*slot)) });
    View::of(keys, versions.collect())
}

#[test]
fn what_is_missing_is_asked_for_once_with_all_that_is_there() {
    let view = loaded(1..3);
    let (there, missing) = (samples::slot(1, 1).id, samples::slot(3, 3).id);
    assert_eq!(view.find(there).unwrap().unwrap().id, there);
    for _ in 0..2 {
        assert!(matches!(view.find(missing), Err(Stop::Load)));
    }
    assert!(matches!(view.find(there), Err(Stop::Load)), "a decision stops until all is there");
    let keys = view.keys();
    assert_eq!(keys.len(), 3);
    assert!([1, 2, 3].map(|number| Key::from(samples::slot(number, number).id)).iter().all(|key| keys.contains(key)));
}

#[test]
fn what_was_read_is_told_with_its_version_and_asked_for_again_when_it_has_moved() {
    let view = loaded(1..3);
    let read: Vec<_> = view.read().map(|(key, version)| (key, version.0)).collect();
    assert_eq!(read, [(samples::slot(1, 1).id.into(), 1), (samples::slot(2, 2).id.into(), 2)]);
    let keys = view.keys();
    let moved = view.forget();
    assert_eq!(moved.keys(), keys);
    assert_eq!(moved.read().count(), 0);
}

#[test]
fn what_grows_by_pieces_asks_for_what_is_missing_and_knows_of_how_many_snapshots_it_is() {
    let [first, second, third] = [1, 2, 3].map(|number| samples::slot(number, number));
    let found = |slot: Slot| vec![Versioned { version: Version(1), record: Some(slot.into()) }];
    let mut view = View::in_pieces();
    for (slot, pieced) in [(first, false), (second, true), (third, true)] {
        assert!(matches!(view.find(slot.id), Err(Stop::Load)));
        let keys = view.keys();
        assert_eq!(keys, [slot.id.into()]);
        view = view.grown(keys, found(slot));
        assert_eq!(view.pieced(), pieced);
    }
    assert_eq!(view.read().count(), 3);
    let view = view.forget();
    assert!(!view.pieced());
    let mut keys = view.keys();
    keys.sort_unstable();
    assert_eq!(keys, [first, third, second].map(|slot| slot.id.into()));
    let view = view.grown(keys, [first, third, second].into_iter().flat_map(found).collect());
    assert!(!view.pieced(), "loaded anew, at once");
    assert!(matches!(view.find(samples::slot(4, 4).id), Err(Stop::Load)));
    assert_eq!(view.keys().len(), 4, "and so is whatever it misses then");
}

#[test]
fn what_is_of_one_snapshot_is_loaded_anew_whenever_more_is_asked_for() {
    let (first, second) = (samples::slot(1, 1), samples::slot(2, 2));
    let view = View::default().grown(vec![first.id.into()], vec![Versioned::NONE]);
    assert!(matches!(view.find(second.id), Err(Stop::Load)));
    let keys = view.keys();
    assert_eq!(keys, [first, second].map(|slot| slot.id.into()));
    let view = view.grown(keys, vec![Versioned::NONE; 2]);
    assert_eq!(view.read().count(), 2, "nothing is there twice");
    assert!(!view.pieced());
}

#[test]
fn each_record_is_found_among_few_and_among_many() {
    for count in [1, MANY, MANY + 1, 3 * MANY] {
        let view = loaded(1..count as u128 + 1);
        for (number, version) in (1..=count as u128).zip(1..) {
            let id = samples::slot(number, number).id;
            assert_eq!(view.find(id).unwrap().unwrap().id, id);
            assert_eq!(view.version(id.into()), Version(version));
        }
        assert_eq!(view.version(samples::slot(1_000, 1).id.into()), Version::NONE);
    }
}
