//! The power goes: what a disk has not been told to flush it may have forgotten, or kept in part. Everything that a
//! process does to its files is noted, so that one run can be cut off at each of its deeds.

mod disk;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use handclasp_tests::soak;
use handclasp_tests::world::START;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use tempfile::TempDir;

use self::disk::{Change, Deed, Disk, Keeps, contents, deeds};
use crate::child::{FILE, Order, Said};
use crate::ledger::{Ledger, Recorded, folder, stories};
use crate::moments::{CROWD, Crowd, stands};
use crate::opening::works;
use crate::stage::copy;
use crate::victim::{Victim, report, rows, schema};

const NOTES: &str = "notes";

/// A process whose deeds are noted in a folder of their own.
fn watched(folder: &Path) -> (Victim, TempDir) {
    let notes = tempfile::tempdir().expect("a folder");
    let shim = notes.path().join("power.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashes/power.c");
    let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&shim, &source]).status();
    assert!(built.expect("a C compiler").success());
    let environment = [("LD_PRELOAD", shim.as_path()), ("POWER_NOTES", &notes.path().join(NOTES))];
    (Victim::start_with(folder, &environment), notes)
}

/// Closes the file; all that was done. The notes have missed nothing, before that and after it.
fn done(mut victim: Victim, notes: &TempDir, before: impl Fn() -> Disk, folder: &Path) -> Vec<Deed> {
    let notes = notes.path().join(NOTES);
    let whole = || {
        let (deeds, mut disk, copy) = (deeds(&notes), before(), tempfile::tempdir().expect("a folder"));
        deeds.iter().for_each(|deed| disk.sees(deed));
        disk.cut(Keeps::Everything, &mut StdRng::seed_from_u64(0), copy.path());
        assert!(contents(copy.path()) == contents(folder), "what is noted is not what was done");
        deeds
    };
    whole();
    victim.tell(&Order::Close);
    assert_eq!(victim.hears(), Said::Closed { in_time: true });
    whole()
}

/// Some moments at which the power goes: a third just after something was said, when most may be lost, a third while the
/// log is taken into the file, and a third at any.
fn moments(deeds: &[Deed], number: usize, rng: &mut StdRng) -> BTreeSet<usize> {
    let spoke = |deed: &Deed| matches!(deed, Deed::Spoke(_));
    let moved = |deed: &Deed| matches!(deed, Deed::Changed(name, _) | Deed::Flushed(name) if name == FILE);
    let kinds: [&dyn Fn(&Deed) -> bool; 3] = [&spoke, &moved, &|_| true];
    let places =
        |kind: &dyn Fn(&Deed) -> bool| (0..deeds.len()).filter(|place| kind(&deeds[*place])).collect::<Vec<_>>();
    kinds.into_iter().flat_map(|kind| places(kind).sample(rng, number / 3).copied().collect::<Vec<_>>()).collect()
}

/// Cuts the power at some moments of what was done; how often, and how often something could be forgotten.
fn cut(mut disk: Disk, deeds: &[Deed], number: usize, seed: u64, check: impl Fn(&Path, &Disk, &str)) -> [usize; 2] {
    let mut rng = StdRng::seed_from_u64(seed);
    let moments = moments(deeds, number, &mut rng);
    let mut loose = 0;
    for (place, deed) in deeds.iter().enumerate() {
        disk.sees(deed);
        if moments.contains(&place) {
            let keeps = *[Keeps::Nothing, Keeps::Some, Keeps::Some, Keeps::Everything].choose(&mut rng).expect("one");
            let left = folder();
            disk.cut(keeps, &mut rng, left.path());
            check(left.path(), &disk, &format!("seed {seed}, cut after deed {place}, the disk keeps {keeps:?}"));
            loose += usize::from(disk.is_loose());
        }
    }
    [moments.len(), loose]
}

/// The answers that were given before the power went, and to which calls.
fn answers(disk: &Disk) -> Vec<(usize, String)> {
    disk.said().into_iter().filter(|said| matches!(said, Said::Answer { .. })).map(Said::answer).collect()
}

/// Where all is flushed a cut tells nothing.
fn told_of(what: &str, [cuts, loose]: [usize; 2]) {
    report(&format!("power cuts {what}: {cuts}, of which something could be forgotten at {loose}"));
    assert!(loose > cuts / 4, "{what}: at {cuts} cuts something could be forgotten {loose} times");
}

/// Tells a story to one process, and cuts the power at some of its moments.
fn told(ledger: &Ledger, number: usize, seed: u64) -> [usize; 2] {
    let Some(first) = ledger.calls.first() else { return [0; 2] };
    let folder = folder();
    let (mut victim, notes) = watched(folder.path());
    victim.opens(Some(&ledger.story), &first.call.at);
    for recorded in &ledger.calls {
        victim.mail(&recorded.mailing);
        assert_eq!(victim.answer(&recorded.call).1, recorded.answer, "{}", ledger.story);
    }
    let deeds = done(victim, &notes, Disk::default, folder.path());
    let (calls, whole) = (ledger.calls.iter().collect::<Vec<_>>(), schema(folder.path()));
    cut(Disk::default(), &deeds, number, seed, |left, disk, what| {
        let what = format!("{}, {what}", ledger.story);
        if !disk.said().contains(&Said::Opened(Ok(()))) {
            let made = schema(left);
            return assert!(made.is_empty() || made == whole, "{what}: half a schema");
        }
        let found = rows(left);
        let answered = answers(disk).len();
        // What is delivered is a commit each for many: until it is answered, it may have come to anything sound.
        if calls.get(answered).is_none_or(|recorded: &&Recorded| recorded.is_whole()) {
            stands(&found, &calls, answered, &what);
        }
    })
}

#[tokio::test]
async fn crs_06_after_a_power_cut_what_was_answered_is_there_and_no_half_of_the_next() {
    let mut cuts = [0; 2];
    for seed in soak::seed().. {
        let mut names = stories();
        names.shuffle(&mut StdRng::seed_from_u64(seed));
        for name in names.iter().take(4) {
            let [all, loose] = told(&Ledger::of(name).await, soak::rounds(24, 400), seed);
            cuts = [cuts[0] + all, cuts[1] + loose];
        }
        if cuts[0] > soak::rounds(60, 20_000) {
            break;
        }
    }
    told_of("while stories are told", cuts);
}

#[tokio::test]
async fn crs_06_after_a_power_cut_while_many_redeem_what_was_answered_is_there_and_nothing_by_halves() {
    let crowd = Crowd::new().await;
    for seed in (soak::seed()..).take(soak::rounds(1, 20)) {
        let copy = copy(crowd.folder.path());
        let (mut victim, notes) = watched(copy.path());
        victim.opens(None, START);
        victim.tell(&Order::Call { calls: crowd.redeems.clone(), together: true });
        for _ in 0..CROWD {
            victim.hears().answer();
        }
        let before = || Disk::of(crowd.folder.path());
        let deeds = done(victim, &notes, before, copy.path());
        let cuts = cut(before(), &deeds, soak::rounds(10, 60), seed, |left, disk, what| {
            crowd.goes_on(left, &answers(disk), what);
        });
        told_of("while many redeem", cuts);
    }
}

/// More than fill the log once.
const REGISTERED: u64 = 300;

#[test]
fn crs_06_after_a_power_cut_while_the_log_is_taken_into_the_file_what_was_answered_is_there() {
    let folder = folder();
    let (mut victim, notes) = watched(folder.path());
    victim.opens(None, START);
    (1..=REGISTERED).for_each(|number| works(&mut victim, number));
    let deeds = done(victim, &notes, Disk::default, folder.path());
    // A log that is begun anew gets a new head.
    let begun = |deed: &&Deed| matches!(deed, Deed::Changed(_, Change::Wrote { at: 0, bytes }) if bytes.len() == 32);
    assert!(deeds.iter().filter(begun).count() > 1, "one log has taken it all");
    let looked = Cell::new(0);
    let cuts = cut(Disk::default(), &deeds, soak::rounds(24, 900), soak::seed(), |left, disk, what| {
        let answered = answers(disk).len();
        if answered > 0 {
            looked.set(looked.get() + 1);
            let registered = rows(left).iter().filter(|row| row.starts_with("businesses ")).count();
            assert!([answered, answered + 1].contains(&registered), "{what}: {answered} answered, {registered} there");
        }
    });
    told_of("while the log is taken into the file", cuts);
    assert!(looked.get() > cuts[0] / 2, "{} of {} cuts came after an answer", looked.get(), cuts[0]);
}
