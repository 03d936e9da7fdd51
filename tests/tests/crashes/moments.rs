//! Processes killed at moments that chance chooses, in the midst of what they do one after the other or all at once.

use std::path::Path;
use std::time::{Duration, Instant};

use handclasp_tests::soak;
use handclasp_tests::world::Company;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::child::{Call, Mailing, Order, Said};
use crate::commits::same;
use crate::ledger::{Ledger, Recorded, deliver, folder, later, stories};
use crate::stage::{admin, call, copy, file, opened, parsed};
use crate::victim::{Victim, report, rows};

/// Lets a short while pass that chance chooses. Nothing depends on how long it is.
fn a_moment(rng: &mut StdRng) {
    let longest = if rng.random_bool(0.5) { 1_000 } else { 4_000 };
    let end = Instant::now() + Duration::from_micros(rng.random_range(0..longest));
    while Instant::now() < end {
        std::hint::spin_loop();
    }
}

/// How many processes were killed, and how many of them in the midst of something.
#[derive(Debug, Default)]
struct Kills {
    all: usize,
    amidst: usize,
}

impl Kills {
    fn count(&mut self, amidst: bool) {
        self.all += 1;
        self.amidst += usize::from(amidst);
    }

    /// Who has done all and waits for nothing can be killed at any time.
    fn met_something(&self, what: &str) {
        report(&format!("killed {what}: {}, of which in the midst of it {}", self.all, self.amidst));
        assert!(self.amidst > self.all / 3, "{what}: {self:?}");
    }
}

/// Tells a story by processes that make its calls one after the other and are killed at some moment.
fn told(ledger: &Ledger, seed: u64, kills: &mut Kills) {
    let mut rng = StdRng::seed_from_u64(seed);
    let (folder, mut next) = (folder(), 0);
    while let Some(recorded) = ledger.calls.get(next) {
        let place = format!("seed {seed}, {}, call {next}, {}", ledger.story, recorded.call.operation);
        let mut victim = Victim::open(folder.path(), Some(&ledger.story), &recorded.call.at);
        victim.mail(&recorded.mailing);
        let ahead = ledger.calls[next..].iter().take_while(|recorded| recorded.is_whole());
        let calls: Vec<&Recorded> = ahead.take(rng.random_range(1..30)).collect();
        if calls.is_empty() {
            assert_eq!(victim.answer(&recorded.call).1, recorded.answer, "{place}");
            next += 1;
            continue;
        }
        victim.tell(&Order::Call {
            calls: calls.iter().map(|recorded| recorded.call.clone()).collect(),
            together: false,
        });
        let wanted = if rng.random_bool(0.3) { calls.len() } else { rng.random_range(0..=calls.len()) };
        let heard = (0..wanted).map(|_| victim.hears()).collect::<Vec<_>>();
        let closing = heard.len() == calls.len();
        if closing {
            // Closing moves the log into the file: a moment of that is as good as any.
            victim.tell(&Order::Close);
        }
        a_moment(&mut rng);
        let said = heard.into_iter().chain(victim.kill());
        let (closed, said): (Vec<_>, Vec<_>) = said.partition(|said| *said == Said::Closed { in_time: true });
        kills.count(said.len() < calls.len() || closing && closed.is_empty());
        for (number, (said, recorded)) in said.iter().zip(&calls).enumerate() {
            let expected = Said::Answer { place: number, answer: recorded.answer.clone() };
            assert_eq!(said, &expected, "{place}");
        }
        next += stands(&rows(folder.path()), &calls, said.len(), &place);
    }
}

/// How many of the calls stand: all that were answered, and one more at most, whole.
pub(crate) fn stands(found: &[String], calls: &[&Recorded], answered: usize, place: &str) -> usize {
    if let Some(one_more) = calls.get(answered)
        && one_more.after.as_slice() == found
    {
        return answered + 1;
    }
    let expected = if answered == 0 { &calls[0].before } else { &calls[answered - 1].after };
    same(found, expected, &format!("{place}: {answered} calls were answered"));
    answered
}

#[tokio::test]
async fn crs_01_a_process_killed_at_any_moment_has_done_what_it_answered_and_no_half_of_the_next() {
    let mut kills = Kills::default();
    for seed in soak::seed().. {
        let mut names = stories();
        names.shuffle(&mut StdRng::seed_from_u64(seed));
        for name in names.iter().take(5) {
            told(&Ledger::of(name).await, seed, &mut kills);
        }
        if kills.all > soak::rounds(60, 2_000) {
            break;
        }
    }
    kills.met_something("at any moment");
}

pub(crate) const CROWD: usize = 24;

/// A client with an enabled group link, and a crowd that redeems it.
pub(crate) struct Crowd {
    pub(crate) folder: TempDir,
    pub(crate) redeems: Vec<Call>,
}

impl Crowd {
    pub(crate) async fn new() -> Self {
        let (folder, (contractors, link)): (TempDir, (Vec<Company>, _)) = file(async |world| {
            let acme = world.client("Acme").await;
            let link = world.group_link(&acme).await;
            (world.contractors(CROWD).await, link)
        })
        .await;
        let redeem = |(number, contractor): (u64, &Company)| {
            let key = format!("redeem {number}");
            let arguments = json!({ "actor": admin(contractor), "link": link.expose(), "idempotency_key": key });
            call(1_000 + number, "invites.redeem", &arguments)
        };
        let redeems = (0..).zip(&contractors).map(redeem).collect();
        Self { folder, redeems }
    }

    /// Kills the process while all redeem at once; whether some had no answer yet.
    fn killed(&self, seed: u64) -> bool {
        let mut rng = StdRng::seed_from_u64(seed);
        let copy = copy(self.folder.path());
        let mut victim = opened(copy.path());
        let stops = rng.random_bool(0.5);
        if stops {
            victim.stop_at(rng.random_range(1..CROWD * 18));
        }
        victim.tell(&Order::Call { calls: self.redeems.clone(), together: true });
        let mut said = Vec::new();
        let wanted = rng.random_range(0..=CROWD);
        while said.len() < wanted || stops {
            let next = victim.hears();
            let stopped = matches!(next, Said::At(_));
            said.push(next);
            if stopped || said.len() == CROWD {
                break;
            }
        }
        a_moment(&mut rng);
        said.extend(victim.kill());
        let answers = said.into_iter().filter(|said| !matches!(said, Said::At(_)));
        let answered: Vec<(usize, String)> = answers.map(Said::answer).collect();
        self.goes_on(copy.path(), &answered, &format!("seed {seed}"));
        answered.len() < CROWD
    }

    /// What was answered is there, what was not is whole or not there, and in the end everybody is connected once and has
    /// two mails.
    pub(crate) fn goes_on(&self, folder: &Path, answered: &[(usize, String)], what: &str) {
        let left = rows(folder);
        let mut next = opened(folder);
        for (place, answer) in answered {
            assert!(parsed(answer).is_ok(), "{what}: {answer}");
            assert_eq!(&next.answer(&self.redeems[*place]).1, answer, "{what}: answered, and not there");
        }
        same(&rows(folder), &left, &format!("{what}: what was answered is done again"));
        for redeem in &self.redeems {
            let answer = next.answer(redeem).1;
            assert!(parsed(&answer).is_ok(), "{what}: {answer}");
        }
        everybody_is_connected(next, folder, what);
    }
}

fn everybody_is_connected(mut victim: Victim, folder: &Path, what: &str) {
    victim.mail(&Mailing::Takes);
    let mails = victim.answer(&deliver(&later(handclasp_tests::world::START, 3_600), 5_000)).0;
    let of_kind = |kind: &str| mails.iter().filter(|mail| mail["kind"] == kind).count();
    assert_eq!([of_kind("connection_accepted"), of_kind("connection_confirmed")], [CROWD; 2], "{what}");
    let mut ids: Vec<&Value> = mails.iter().map(|mail| &mail["message_id"]).collect();
    ids.sort_by_key(|id| id.to_string());
    ids.dedup();
    assert_eq!(ids.len(), mails.len(), "{what}: a mail goes twice");
    let rows = rows(folder);
    for table in ["connections", "spells", "requests"] {
        let count = rows.iter().filter(|row| row.starts_with(&format!("{table} "))).count();
        let expected = if table == "requests" { 0 } else { CROWD };
        assert_eq!(count, expected, "{what}: {table}");
    }
}

#[tokio::test]
async fn crs_01_a_process_killed_while_many_redeem_has_done_what_it_answered_and_nothing_by_halves() {
    let crowd = Crowd::new().await;
    let mut kills = Kills::default();
    for seed in (soak::seed()..).take(soak::rounds(16, 600)) {
        kills.count(crowd.killed(seed));
    }
    kills.met_something("while many redeem");
}
