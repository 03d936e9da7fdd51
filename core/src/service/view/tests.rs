use std::cell::Cell;

use super::*;
use crate::model::member;
use crate::model::user_role::BuiltInRole;
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
            assert_eq!(view.seen(id.into()).version, Version(version));
        }
        assert_eq!(view.seen(samples::slot(1_000, 1).id.into()).version, Version::NONE);
    }
}

#[test]
fn a_member_is_found_by_business_and_person_among_few_and_among_many() {
    let (business, person) = (BusinessId::from_uuid(samples::uuid(1)), PersonId::from_uuid(samples::uuid(2)));
    let of = MemberOf(business, person);
    let added = member::Event::Added { business, person, role: BuiltInRole::Admin.into() };
    let member = member::evolve(None, added).unwrap();
    let others = [
        MemberOf(BusinessId::from_uuid(samples::uuid(99)), person),
        MemberOf(business, PersonId::from_uuid(samples::uuid(99))),
    ];
    let found = || Versioned { version: Version(1), record: Some(member.clone().into()) };
    let none = || Versioned { version: Version::NONE, record: None };
    for slots in [1..3, 1..40] {
        let view = View { growth: Growth::Pieces(0), ..loaded(slots) };
        assert_eq!(view.missing(of), Some(Key::from(member.id)), "not asked for yet");
        let view = view.grown(vec![of.key()], vec![found()]);
        assert_eq!(view.missing(of), None);
        assert_eq!(view.find(of).unwrap().unwrap().id, member.id);
        for other in others {
            assert_eq!(view.missing(other), Some(other.key()), "neither the one nor the other is enough");
        }
        let view = view.grown(others.map(MemberOf::key).to_vec(), vec![none(), none()]);
        for other in others {
            assert_eq!(view.missing(other), None);
            assert!(view.find(other).unwrap().is_none(), "who is no member is known not to be one");
        }
    }
}

/// An id whose key is dear, as one that is a hash.
#[derive(Clone, Copy)]
struct Derived<'a>(&'a Cell<usize>);

impl Names for Derived<'_> {
    type Record = Slot;

    fn key(self) -> Key {
        self.0.set(self.0.get() + 1);
        samples::slot(1, 1).id.into()
    }
}

#[test]
fn a_key_is_derived_once_whether_it_is_there_or_not() {
    for (view, there) in [(View::default(), false), (loaded(1..3), true)] {
        let derived = Cell::new(0);
        assert_eq!(view.missing(Derived(&derived)).is_none(), there);
        assert_eq!(derived.take(), 1);
        assert_eq!(view.find(Derived(&derived)).is_ok(), there);
        assert_eq!(derived.take(), 1);
    }
}
