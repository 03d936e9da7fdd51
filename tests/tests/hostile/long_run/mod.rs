//! A host's life, day after day, with a store and a mailer that go wrong now and then: what the process holds does not
//! grow, and in the end all that was answered is there, once.
//!
//! The long form lives `HANDCLASP_DAYS` days if that is set, else as many as take some five minutes.

mod host;

use std::fs;

use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;

use self::host::Host;
use crate::child::{self, runtime};
use crate::figures::{ROOM, entries, resident};

/// The log is taken into the database every 4 000 pages of 4 KiB; a commit adds a few.
const LOG: u64 = 17 << 20;
/// Mails, their notices and kept answers that housekeeping may leave: those of the last hours of a day.
const ROWS: i64 = 30;

#[test]
fn res_11_day_after_day_with_faults_nothing_grows_and_all_that_was_answered_is_there_once() {
    child::passes("long_run::days_go_by", "");
}

fn days() -> usize {
    let many = std::env::var("HANDCLASP_DAYS").map_or(2_000, |days| days.parse().expect("a number of days"));
    rounds(30, many)
}

#[test]
#[ignore = "measures a process of its own"]
fn days_go_by() {
    let place = Place::sqlite();
    runtime().block_on(async {
        let mut host = Host::opened(&place).await;
        let (days, mut before) = (days(), None);
        for day in 0..days {
            host.lives_a_day().await;
            let held = Held::measured(&place, &host);
            assert!(held.log < LOG && held.rows < ROWS, "day {day}: {held:?}");
            // The caches have filled, and every thread and connection has come to be.
            if day == days / 3 {
                before = Some(held);
            } else if let Some(before) = &before {
                assert!(held.descriptors <= before.descriptors, "day {day}: {before:?}, then {held:?}");
                assert!(held.threads <= before.threads, "day {day}: {before:?}, then {held:?}");
                // SQLite keeps pages of a database that grows: of a small one the writer all, and the readers as many.
                let pages = 2 * (held.database - before.database);
                assert!(held.memory <= before.memory + pages + ROOM, "day {day}: {before:?}, then {held:?}");
            }
        }
        host.all_is_there().await;
    });
}

/// What a process has of what there is.
#[derive(Debug)]
struct Held {
    memory: u64,
    descriptors: usize,
    threads: usize,
    database: u64,
    log: u64,
    rows: i64,
}

impl Held {
    fn measured(place: &Place, host: &Host) -> Self {
        let folder = place.folder().expect("a folder");
        let size = |file: &str| fs::metadata(folder.join(file)).expect("a file").len();
        Self {
            memory: resident(),
            descriptors: entries("fd"),
            threads: entries("task"),
            database: size("handclasp.db"),
            log: size("handclasp.db-wal"),
            rows: host.of_housekeeping(),
        }
    }
}
