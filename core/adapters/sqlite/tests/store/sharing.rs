//! Many handles and processes on one file, and many callers on one handle.
#![expect(clippy::disallowed_methods, reason = "tests start threads and measure")]

use std::io::{self, BufRead, BufReader, Write, sink, stderr, stdin};
use std::process::Stdio;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use futures_executor::block_on;
use futures_util::future::{join_all, poll_immediate};
use handclasp::FaultKind;
use handclasp::storage::{Committed, Storage, Version};
use handclasp_sqlite::{Options, Sqlite};
use rusqlite::Connection;

use crate::stage;

#[test]
fn sto_23_many_handles_create_at_once() {
    for _ in 0..5 {
        let (_folder, path) = stage::folder();
        let start = Arc::new(Barrier::new(12));
        let threads: Vec<_> = (0..12)
            .map(|number| {
                let (path, start) = (path.clone(), Arc::clone(&start));
                thread::spawn(move || {
                    start.wait();
                    let store = stage::created(&path);
                    assert_eq!(block_on(store.commit(stage::put(number, 1))).unwrap(), Committed::Done);
                    // Some let go while others come.
                    block_on(store.close()).unwrap();
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        let store = block_on(Sqlite::open(&path, Options::new())).unwrap();
        assert_eq!(block_on(store.feed(0, 99)).unwrap().len(), 12);
    }
}

#[test]
fn sto_23_many_processes_create_and_write_at_once() {
    let (folder, path) = stage::folder();
    let test = || stage::here(folder.path(), "sharing::a_process_counts_with_others");
    let child = || test().stdin(Stdio::piped()).spawn().unwrap();
    let mut children: Vec<_> = std::iter::repeat_with(child).take(8).collect();
    for child in &mut children {
        let said = BufReader::new(child.stderr.take().unwrap()).lines().next();
        assert_eq!(said.unwrap().unwrap(), "ready");
    }
    assert!(!path.exists(), "all of them create it");
    children.iter_mut().for_each(|child| drop(child.stdin.take()));
    children.into_iter().for_each(stage::passed);
    let store = block_on(Sqlite::open(&path, Options::new())).unwrap();
    assert_eq!(block_on(store.load(&[stage::key(1)])).unwrap()[0].version, Version(8 * 25));
    let feed = block_on(store.feed(0, 999)).unwrap();
    let versions: Vec<_> = feed.iter().map(|(_, event)| event.version.0).collect();
    assert_eq!(versions, (1..=200).collect::<Vec<_>>(), "positions rise in the order of commits");
}

#[test]
#[ignore = "one of several processes, in a folder made for it"]
fn a_process_counts_with_others() {
    // Told past the harness; then it waits until all may begin.
    writeln!(stderr(), "ready").unwrap();
    io::copy(&mut stdin(), &mut sink()).unwrap();
    let store = stage::created(&"x.db".into());
    for _ in 0..25 {
        loop {
            let version = block_on(store.load(&[stage::key(1)])).unwrap()[0].version;
            match block_on(store.commit(stage::put(1, version.next().0))).unwrap() {
                Committed::Done => break,
                Committed::Stale => {}
                Committed::Refused(refusal) => panic!("{refusal:?}"),
            }
        }
    }
}

/// Another process's hold on the right to write.
fn held(path: &std::path::Path) -> Connection {
    let other = Connection::open(path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

#[test]
fn sto_10_a_held_lock_is_waited_for_so_long_and_no_longer() {
    const BUDGET: Duration = Duration::from_millis(500);
    let (_folder, path) = stage::folder();
    block_on(stage::created(&path).close()).unwrap();
    let store = block_on(Sqlite::open(&path, Options::new().busy_timeout(BUDGET))).unwrap();
    let other = held(&path);
    // One by one, and many in one group: each time its whole budget, once.
    let mut waits = [1, 20, 20].map(|many| {
        let start = Instant::now();
        let answers = block_on(join_all((0..many).map(|number| store.commit(stage::put(number, 1)))));
        assert!(answers.iter().all(|answer| answer.as_ref().is_err_and(|fault| fault.kind == FaultKind::StorageBusy)));
        start.elapsed()
    });
    waits.sort();
    // A busy machine may stop a process for longer once.
    assert!(waits[0] >= BUDGET && waits[1] < 2 * BUDGET && waits[2] < 4 * BUDGET, "{waits:?}");
    // Reads wait for no writer.
    assert_eq!(block_on(store.load(&[stage::key(1), stage::key(2)])).unwrap()[0].version, Version::NONE);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(block_on(store.commit(stage::put(1, 1))).unwrap(), Committed::Done);
    assert_eq!(block_on(store.feed(0, 99)).unwrap().len(), 1, "what was answered with busy was not done later");
}

#[test]
fn a_full_queue_is_busy_at_once_and_dropped_callers_are_not_undone() {
    let (_folder, path) = stage::folder();
    block_on(stage::created(&path).close()).unwrap();
    let store = block_on(Sqlite::open(&path, Options::new().queue(4))).unwrap();
    let other = held(&path);
    let mut accepted = 0_usize;
    for number in 0..300 {
        // Polled once and dropped: the commit is on its way.
        match block_on(poll_immediate(store.commit(stage::put(number, 1)))) {
            None => accepted += 1,
            Some(answer) => assert_eq!(answer.unwrap_err().kind, FaultKind::StorageBusy),
        }
    }
    assert!((4..300).contains(&accepted), "{accepted}");
    other.execute_batch("ROLLBACK").unwrap();
    block_on(store.close()).unwrap();
    let store = block_on(Sqlite::open(&path, Options::new())).unwrap();
    assert_eq!(block_on(store.feed(0, 999)).unwrap().len(), accepted);
}

#[test]
fn one_that_fails_in_a_group_fails_alone_and_whole() {
    let (_folder, path) = stage::folder();
    let store = stage::created(&path);
    let other = held(&path);
    // An event in the place of one to come: the record's row is written before the event's is refused.
    let event = "INSERT INTO events (subject_id, version, subject_kind, commit_id, at, author, event) \
                 VALUES (?1, 1, 'people', x'00', 0, 'system', '{}')";
    other.execute(event, [stage::key(5).id.as_bytes()]).unwrap();
    let mut commits: Vec<_> = (0..10).map(|number| store.commit(stage::put(number, 1))).collect();
    // Polled once, all are queued; the lock then lets them through together.
    assert!(commits.iter_mut().all(|commit| block_on(poll_immediate(commit)).is_none()));
    other.execute_batch("COMMIT").unwrap();
    let answers = block_on(join_all(commits));
    for (number, answer) in (0..).zip(answers) {
        let there = block_on(store.load(&[stage::key(number)])).unwrap()[0].version;
        if number == 5 {
            assert_eq!((answer.unwrap_err().kind, there), (FaultKind::Internal, Version::NONE));
        } else {
            assert_eq!((answer.unwrap(), there), (Committed::Done, Version(1)));
        }
    }
}

#[test]
fn closing_finishes_what_was_asked_for_and_then_all_is_closed() {
    let (_folder, path) = stage::folder();
    let store = Arc::new(stage::created(&path));
    let mut commits: Vec<_> = (0..50).map(|number| store.commit(stage::put(number, 1))).collect();
    let answered: Vec<_> = commits.iter_mut().map(|commit| block_on(poll_immediate(commit))).collect();
    block_on(store.close()).unwrap();
    block_on(store.close()).unwrap();
    for (answered, commit) in answered.into_iter().zip(commits) {
        assert_eq!(answered.unwrap_or_else(|| block_on(commit)).unwrap(), Committed::Done);
    }
    let closed = [
        block_on(store.load(&[stage::key(1)])).unwrap_err().kind,
        block_on(store.commit(stage::put(99, 1))).unwrap_err().kind,
        block_on(store.feed(0, 1)).unwrap_err().kind,
    ];
    assert_eq!(closed, [FaultKind::Closed; 3]);
    let again = block_on(Sqlite::open(&path, Options::new())).unwrap();
    assert_eq!(block_on(again.feed(0, 99)).unwrap().len(), 50);
}
