//! Every operation, ended at every point of its commit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use handclasp_sqlite::failpoints;
use handclasp_tests::scenarios::takes_a_key;
use handclasp_tests::soak;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::child::Said;
use crate::ledger::{Ledger, PURGE, Recorded, folder, sorted, stories};
use crate::victim::{Victim, report, rows};

/// How often what was ended.
#[derive(Debug, Default)]
struct Ends {
    kills: usize,
    operations: BTreeSet<String>,
    points: BTreeMap<String, usize>,
}

impl Ends {
    fn add(&mut self, more: Self) {
        self.kills += more.kills;
        self.operations.extend(more.operations);
        for (point, count) in more.points {
            *self.points.entry(point).or_default() += count;
        }
    }

    /// Every operation that changes something was ended, and at every point of a commit.
    fn are_everywhere(&self) {
        let (surface, _) = handclasp_wire::surface();
        let changing =
            surface.iter().map(|operation| operation.name).filter(|name| takes_a_key(name) || *name == PURGE);
        let spared: Vec<_> = changing.filter(|name| !self.operations.contains(*name)).collect();
        assert!(spared.is_empty(), "operations that were never ended: {spared:?}");
        let elsewhere = |name: &str| ELSEWHERE.iter().any(|(point, _)| name.ends_with(point));
        let known = failpoints().into_iter().map(|point| point.name);
        let never: Vec<_> = known.filter(|name| !self.points.contains_key(name) && !elsewhere(name)).collect();
        assert!(never.is_empty(), "points at which nothing was ended: {never:?}");
    }
}

/// Points that no call passes, and which file here ends something at them.
pub(crate) const ELSEWHERE: [(&str, &str); 8] = [
    ("BeforeMigration", "opening"),
    ("MigrationBegun", "opening"),
    ("Migrating", "opening"),
    ("Marked", "opening"),
    ("Migrated", "opening"),
    ("LogKept", "opening"),
    ("Leased", "mail"),
    ("Wrote signing_keys", "opening"),
];

/// Which of the points that a call passes end it: each, or each by chance, one in so many on average.
struct Choice {
    rng: StdRng,
    one_in: usize,
}

impl Choice {
    /// How many points further the next end is.
    fn gap(&mut self) -> usize {
        // Between 1 and twice the average less one.
        self.rng.random_range(1..2 * self.one_in)
    }
}

/// A story told by processes of which each is killed.
struct Telling<'a> {
    ledger: &'a Ledger,
    folder: tempfile::TempDir,
    victim: Option<Victim>,
    choice: Choice,
    ends: Ends,
}

impl<'a> Telling<'a> {
    fn new(ledger: &'a Ledger, choice: Choice) -> Self {
        Self { ledger, folder: folder(), victim: None, choice, ends: Ends::default() }
    }

    fn victim(&mut self, at: &str) -> &mut Victim {
        let (folder, story) = (self.folder.path(), self.ledger.story.as_str());
        self.victim.get_or_insert_with(|| Victim::open(folder, Some(story), at))
    }

    fn tell(mut self) -> Ends {
        for (number, recorded) in self.ledger.calls.iter().enumerate() {
            let place = format!("{}, call {number}, {}", self.ledger.story, recorded.call.operation);
            if recorded.is_whole() {
                self.end_at_points(recorded, &place);
            } else {
                self.deliver(recorded, &place);
            }
        }
        self.owe_the_same();
        self.ends
    }

    /// What is delivered is a commit each for many: it counts here as what it comes to.
    fn deliver(&mut self, recorded: &Recorded, place: &str) {
        let mailing = recorded.mailing.clone();
        let victim = self.victim(&recorded.call.at);
        victim.mail(&mailing);
        let (mails, answer) = victim.answer(&recorded.call);
        assert_eq!(sorted(mails.into_iter()), recorded.mails, "{place}: other mails");
        assert_eq!(answer, recorded.answer, "{place}");
    }

    fn end_at_points(&mut self, recorded: &Recorded, place: &str) {
        let mut passage = 0;
        loop {
            passage += self.choice.gap();
            let victim = self.victim(&recorded.call.at);
            victim.stop_at(passage);
            let point = match victim.call(&recorded.call) {
                (_, Said::At(point)) => point,
                (_, Said::Answer { answer, .. }) => {
                    assert_eq!(answer, recorded.answer, "{place}");
                    return victim.stop_at(usize::MAX);
                }
                (_, other) => panic!("{place}: {other:?}"),
            };
            if self.killed(recorded, &point, &format!("{place}, at {point}, the {passage}. point")) {
                return self.repeat(recorded, place);
            }
        }
    }

    /// Kills the process where it stands; whether the call stands.
    fn killed(&mut self, recorded: &Recorded, point: &str, place: &str) -> bool {
        let unheard = self.victim.take().expect("a process").kill();
        assert_eq!(unheard, [], "{place}: it was answered");
        self.ends.kills += 1;
        self.ends.operations.insert(recorded.call.operation.clone());
        *self.ends.points.entry(point.to_owned()).or_default() += 1;
        let known = failpoints().into_iter().find(|known| known.name == point).expect("a point");
        let (expected, other) = if known.committed {
            (&recorded.after, "not as after the call")
        } else {
            (&recorded.before, "not as before the call")
        };
        same(&rows(self.folder.path()), expected, &format!("{place}: {other}"));
        known.committed
    }

    /// The answer to what stands, and was never told.
    fn repeat(&mut self, recorded: &Recorded, place: &str) {
        let Some((again, answer)) = &recorded.again else { return };
        let found = self.victim(&again.at).answer(again).1;
        assert_eq!(&found, answer, "{place}: made again");
        same(&rows(self.folder.path()), &recorded.after, &format!("{place}: made again, it changed something"));
    }

    /// In the end the file is that of the story that nothing interrupted, and so are the mails that it still owes.
    fn owe_the_same(&mut self) {
        let Some(last) = self.ledger.calls.last() else { return };
        drop(self.victim.take());
        same(&rows(self.folder.path()), &last.after, &self.ledger.story);
        assert_eq!(self.ledger.delivered(self.folder.path()), self.ledger.owed, "{}", self.ledger.story);
    }
}

#[test]
fn crs_01_a_call_ended_at_any_point_of_its_commit_is_there_whole_or_not_at_all() {
    let seed = soak::seed();
    let mut rng = StdRng::seed_from_u64(seed);
    let mut names = stories();
    let all = names.len();
    names.shuffle(&mut rng);
    names.truncate(soak::rounds(14, all));
    let names_told = names.len();
    let told = Mutex::new(names.into_iter().zip(seed..));
    let one_in = soak::rounds(5, 1);
    let tell = || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let mut ends = Ends::default();
        loop {
            let Some((name, seed)) = told.lock().expect("no other has failed").next() else { return ends };
            let ledger = runtime.block_on(Ledger::of(&name));
            let choice = Choice { rng: StdRng::seed_from_u64(seed), one_in };
            let told = Telling::new(&ledger, choice).tell();
            report(&format!("killed within the calls of {name}: {}", told.kills));
            ends.add(told);
        }
    };
    let mut ends = Ends::default();
    std::thread::scope(|scope| {
        let threads = [(); 2].map(|()| scope.spawn(tell));
        threads.into_iter().for_each(|thread| ends.add(thread.join().expect("no story ends otherwise")));
    });
    report(&format!("killed within calls: {} of {names_told} stories, {:#?}", ends.kills, ends.points));
    assert!(ends.kills > soak::rounds(150, 5_000), "only {} were killed", ends.kills);
    if names_told == all {
        ends.are_everywhere();
    }
}

/// Fails with the rows that differ.
pub(crate) fn same(found: &[String], expected: &[String], what: &str) {
    if found == expected {
        return;
    }
    let missing: Vec<_> = expected.iter().filter(|row| !found.contains(row)).collect();
    let new: Vec<_> = found.iter().filter(|row| !expected.contains(row)).collect();
    panic!("{what}\nmissing: {missing:#?}\nnew: {new:#?}");
}
