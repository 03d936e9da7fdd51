use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

use futures_executor::block_on;

use super::*;
use crate::place::{Access, Place};

fn table() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE t (n INTEGER PRIMARY KEY, filler BLOB)").unwrap();
    connection
}

fn insert(transaction: &Connection, number: i64, bytes: usize) -> Result<i64, Fault> {
    let filler = vec![0_u8; bytes];
    transaction.execute("INSERT INTO t VALUES (?1, ?2)", (number, filler)).map(|_| number).map_err(fault)
}

fn task(work: impl FnMut(&Connection) -> Result<i64, Fault> + Send + 'static) -> (Box<dyn Queued>, Answer<i64>) {
    task_until(deadline(Duration::from_secs(1)), work)
}

fn task_until(
    patient_until: Instant,
    work: impl FnMut(&Connection) -> Result<i64, Fault> + Send + 'static,
) -> (Box<dyn Queued>, Answer<i64>) {
    let (reply, answer) = Waiting::default().ask();
    (Box::new(Task { work, outcome: None, reply, patient_until }), answer)
}

fn kept(connection: &Connection) -> Vec<i64> {
    let mut statement = connection.prepare("SELECT n FROM t ORDER BY n").unwrap();
    statement.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_fails_in_a_group_fails_alone_and_leaves_nothing_behind() {
    let connection = table();
    let (group, answers): (Group, Vec<_>) = (0..6)
        .map(|number| {
            task(move |transaction| {
                insert(transaction, number, 0)?;
                // The fourth collides after it has written.
                if number == 3 { insert(transaction, 1, 0) } else { Ok(number) }
            })
        })
        .unzip();
    assert!(write(&connection, group).is_empty());
    let answers: Vec<_> = answers.into_iter().map(|answer| block_on(answer.get()).map_err(|f| f.kind)).collect();
    assert_eq!(answers, [Ok(0), Ok(1), Ok(2), Err(FaultKind::Internal), Ok(4), Ok(5)]);
    assert_eq!(kept(&connection), [0, 1, 2, 4, 5]);
}

#[test]
fn crs_07_what_panics_in_a_group_fails_alone_and_leaves_nothing_behind() {
    let connection = table();
    let (group, answers): (Group, Vec<_>) = (0..4)
        .map(|number| {
            task(move |transaction| {
                let inserted = insert(transaction, number, 0)?;
                assert_ne!(number, 2, "after it has written");
                Ok(inserted)
            })
        })
        .unzip();
    assert!(write(&connection, group).is_empty());
    let answers: Vec<_> = answers.into_iter().map(|answer| block_on(answer.get()).map_err(|f| f.kind)).collect();
    assert_eq!(answers, [Ok(0), Ok(1), Err(FaultKind::Internal), Ok(3)]);
    assert_eq!(kept(&connection), [0, 1, 3]);
}

#[test]
fn sto_07_a_full_disk_changes_nothing_and_works_again_with_room() {
    let connection = table();
    let pages = |count: i64| connection.pragma_update(None, "max_page_count", count).unwrap();
    pages(20);
    let (big, full) = task(|transaction| insert(transaction, 1, 1_000_000));
    let (small, fits) = task(|transaction| insert(transaction, 2, 10));
    assert!(write(&connection, vec![big, small]).is_empty());
    assert_eq!(block_on(full.get()).unwrap_err().kind, FaultKind::StorageFull);
    assert_eq!(block_on(fits.get()).unwrap(), 2);
    pages(20_000);
    let (again, done) = task(|transaction| insert(transaction, 1, 1_000_000));
    assert!(write(&connection, vec![again]).is_empty());
    assert_eq!(block_on(done.get()).unwrap(), 1);
    assert_eq!(kept(&connection), [1, 2]);
}

#[test]
fn when_commit_fails_nobody_is_told_that_it_stands() {
    let connection = table();
    connection.execute_batch("CREATE TABLE d (n REFERENCES t DEFERRABLE INITIALLY DEFERRED)").unwrap();
    // A deferred constraint is what makes `COMMIT` itself fail.
    let (broken, told) =
        task(|transaction| transaction.execute("INSERT INTO d VALUES (7)", ()).map(|_| 7).map_err(fault));
    let (sound, also) = task(|transaction| insert(transaction, 1, 0));
    assert!(write(&connection, vec![sound, broken]).is_empty());
    assert_eq!(block_on(told.get()).unwrap_err().kind, FaultKind::Internal);
    assert_eq!(block_on(also.get()).unwrap_err().kind, FaultKind::Internal);
    assert!(connection.is_autocommit());
    assert_eq!(kept(&connection), Vec::<i64>::new());
}

#[test]
fn a_dead_writer_leaves_open_only_what_it_had_begun() {
    let (mut begun, unknown) = task(|_| Ok(1));
    begun.apply(&table()).unwrap();
    drop(begun);
    let (waiting, not_done) = task(|_| Ok(1));
    drop(waiting);
    assert_eq!(block_on(unknown.get()).unwrap_err().kind, FaultKind::OutcomeUnknown);
    assert_eq!(block_on(not_done.get()).unwrap_err().kind, FaultKind::StorageUnavailable);
}

/// Counts what is dropped.
struct Dropped(Arc<AtomicUsize>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn a_group_holds_so_many_and_the_rest_is_the_next_one() {
    let connection = table();
    let (sender, queue) = sync_channel(2 * GROUP);
    let (dropped, groups) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
    for _ in 0..GROUP + 44 {
        let (mark, groups) = (Dropped(Arc::clone(&dropped)), Arc::clone(&groups));
        // Work is dropped when it is answered, and answered when its group stands.
        let (task, _) = task(move |_| {
            groups.lock().unwrap().push(mark.0.load(Ordering::SeqCst));
            Ok(0)
        });
        sender.try_send(task).unwrap_or_else(|_| panic!("there is room"));
    }
    drop(sender);
    run(&connection, &queue);
    let groups = groups.lock().unwrap();
    let (first, next) = groups.split_at(GROUP);
    assert!(first.iter().all(|before| *before == 0) && next.iter().all(|before| *before == GROUP), "{groups:?}");
    assert_eq!(next.len(), 44);
}

#[test]
fn who_has_patience_left_waits_for_the_lock_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = Place::find(&folder.path().join("x.db")).unwrap();
    let [holder, connection] = [0, 1].map(|_| place.connect(Access::Create, Duration::ZERO).unwrap());
    holder.execute_batch("BEGIN IMMEDIATE; CREATE TABLE t (n INTEGER PRIMARY KEY, filler BLOB)").unwrap();
    let (impatient, busy) = task_until(now(), |transaction| insert(transaction, 1, 0));
    let (patient, done) = task_until(deadline(Duration::from_secs(600)), |transaction| insert(transaction, 2, 0));
    let waiting = write(&connection, vec![impatient, patient]);
    assert_eq!(waiting.len(), 1);
    assert_eq!(block_on(busy.get()).unwrap_err().kind, FaultKind::StorageBusy);
    holder.execute_batch("COMMIT").unwrap();
    assert!(write(&connection, waiting).is_empty());
    assert_eq!(block_on(done.get()).unwrap(), 2);
    assert_eq!(kept(&connection), [2]);
}

#[test]
fn where_nothing_can_be_begun_nobody_waits() {
    let connection = table();
    connection.execute_batch("BEGIN").unwrap();
    let (work, refused) = task(|transaction| insert(transaction, 1, 0));
    assert!(write(&connection, vec![work]).is_empty());
    assert_eq!(block_on(refused.get()).unwrap_err().kind, FaultKind::Internal);
}
