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
