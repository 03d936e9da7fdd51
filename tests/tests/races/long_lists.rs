//! Long lists while others write: the writers go on, each list is of one moment, and the log of a file stays bounded.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use handclasp::invites::{CreateInvite, ResendInvite};
use handclasp::storage::{Filter, Kind, Query, Source, Storage, Value};
use handclasp_tests::races::{Together, Watched};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;
use handclasp_tests::world::{Company, World};

use crate::processes::roomy;

/// So many write, each an address of its own.
const WRITERS: usize = 4;
/// So many read at the same time, all the time.
const READERS: usize = 2;
/// What the log of a SQLite file is cut back to, and what is written to it before it is taken into the database.
const LOG: u64 = (64 + 16) << 20;

/// Sends an invite again and again: each time one is superseded and one is made, in one commit.
async fn write(world: &World, client: &Company, address: &str, times: usize) {
    let invites = world.handclasp.invites();
    let created = invites.create(client.admin(), CreateInvite::new(client.role()).to(address)).await;
    let mut invite = created.expect("an invite").invite.id;
    for _ in 0..times {
        invite = invites.resend(client.admin(), ResendInvite::new(invite)).await.expect("a fresh one").invite.id;
    }
}

/// Every writer writes so often, at once.
async fn all_write(world: &Arc<World>, client: &Company, times: usize) {
    let writers = (0..WRITERS).map(|number| {
        let (world, client) = (Arc::clone(world), client.clone());
        tokio::spawn(async move { write(&world, &client, &format!("kim@k{number}.example"), times).await })
    });
    for writer in join_all(writers.collect::<Vec<_>>()).await {
        writer.expect("a writer that nobody kept from writing");
    }
}

/// Reads every invite in one list, which is of one moment: each of the addresses that are written has one invite that is
/// not superseded. Tells how many are.
async fn read(storage: &dyn Storage) -> usize {
    let source = Source::Records(Kind::Invite);
    let (filter, limit) = (Filter::All(Vec::new()), usize::MAX >> 1);
    let query = Query { source, filter, order: vec!["id"], descending: false, after: None, limit };
    let rows = storage.list(&query).await.expect("a list");
    let (mut live, mut superseded) = (std::collections::BTreeMap::new(), 0);
    for row in &rows {
        let of = |column| row.get(source.table(), column).cloned();
        let Some(Value::Text(address)) = of("address").filter(|address| *address != Value::Null) else { continue };
        let pending = of("state") == Some(Value::Text("pending".into()));
        *live.entry(address).or_insert(0) += u32::from(pending);
        superseded += usize::from(!pending);
    }
    assert!(live.values().all(|live| *live == 1), "a list of two moments: {live:?}");
    superseded
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_07_long_lists_are_of_one_moment_and_keep_nobody_from_writing() {
    for place in [Place::memory(), Place::sqlite()] {
        let storage = place.open().await;
        let watched = Arc::new(Watched::new(Arc::clone(&storage), Together::default()));
        let world = Arc::new(World::with(watched, roomy()).await);
        let client = world.client("Acme").await;
        let bearer = stream::iter(0..rounds(400, 4_000)).map(|_| world.invite(&client));
        bearer.buffer_unordered(64).count().await;
        let (written, amidst) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let times = rounds(60, 4_000);
        let readers: Vec<_> = (0..READERS)
            .map(|_| {
                let (storage, written, amidst) = (Arc::clone(&storage), Arc::clone(&written), Arc::clone(&amidst));
                tokio::spawn(async move {
                    while !written.load(Ordering::SeqCst) {
                        let some = (1..WRITERS * times).contains(&read(&*storage).await);
                        amidst.fetch_add(usize::from(some), Ordering::SeqCst);
                        // A list in memory waits for nothing, so nobody else would get a turn: some calls, while it is long.
                        for _ in 0..rounds(1, 64) {
                            tokio::task::yield_now().await;
                        }
                    }
                })
            })
            .collect();
        all_write(&world, &client, times).await;
        written.store(true, Ordering::SeqCst);
        for reader in join_all(readers).await {
            reader.expect("a reader");
        }
        assert!(amidst.load(Ordering::SeqCst) >= READERS, "{}: nobody read while others wrote", place.name);
        if let Some(folder) = place.folder() {
            let log = std::fs::metadata(folder.join("handclasp.db-wal")).expect("a log").len();
            assert!(log <= LOG, "the log has grown to {log} bytes");
        }
        storage.close().await.expect("a store can be closed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_07_a_list_that_is_held_for_as_long_as_others_write_is_of_one_moment_and_the_log_is_cut_back_after_it() {
    let place = Place::sqlite();
    let storage = place.open().await;
    let world = Arc::new(World::with(Arc::clone(&storage), roomy()).await);
    let client = world.client("Acme").await;
    world.invite(&client).await;
    let file = place.folder().expect("a folder").join("handclasp.db");
    let reader = rusqlite::Connection::open(&file).expect("another process's look");
    let invites = || -> i64 {
        reader.query_row("SELECT count(*) FROM invites", (), |row| row.get(0)).expect("a count of one moment")
    };
    reader.execute_batch("BEGIN").expect("a moment");
    let before = invites();
    let times = rounds(60, 1_500);
    all_write(&world, &client, times).await;
    assert_eq!(invites(), before, "what is held has changed");
    let log = || std::fs::metadata(file.with_extension("db-wal")).expect("a log").len();
    assert!(log() > LOG || rounds(0, 1) == 0, "{} bytes: there is nothing to cut back", log());
    reader.execute_batch("COMMIT").expect("an end");
    let written = i64::try_from(WRITERS * (times + 1)).expect("a number");
    assert_eq!(invites(), before + written);
    // The first takes the log into the database, the next begins it anew.
    for _ in 0..2 {
        world.invite(&client).await;
    }
    assert!(log() <= LOG, "the log is left at {} bytes", log());
    storage.close().await.expect("a store can be closed");
}
