//! Long lists while others write: the writers go on, each list is of one moment, and the log of a file stays bounded.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use handclasp::invites::{CreateInvite, ResendInvite};
use handclasp::storage::{Filter, Kind, Query, Source, Storage, Value};
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

/// Reads every invite in one list, and tells whether it is of one moment: each of the addresses that are written has
/// one invite that is not superseded.
async fn read(storage: &dyn Storage, limit: usize) {
    let source = Source::Records(Kind::Invite);
    let everything = Filter::All(Vec::new());
    let query = Query { source, filter: everything, order: vec!["id"], descending: false, after: None, limit };
    let rows = storage.list(&query).await.expect("a list");
    let mut live = std::collections::BTreeMap::new();
    for row in &rows {
        let of = |column| row.get(source.table(), column).cloned();
        let Some(Value::Text(address)) = of("address").filter(|address| *address != Value::Null) else { continue };
        *live.entry(address).or_insert(0) += u32::from(of("state") == Some(Value::Text("pending".into())));
    }
    assert!(live.values().all(|live| *live == 1), "a list of two moments: {live:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_07_long_lists_are_of_one_moment_and_keep_nobody_from_writing() {
    for place in [Place::memory(), Place::sqlite()] {
        let storage = place.open().await;
        let world = Arc::new(World::with(Arc::clone(&storage), roomy()).await);
        let client = world.client("Acme").await;
        let bearer = stream::iter(0..rounds(400, 4_000)).map(|_| world.invite(&client));
        bearer.buffer_unordered(64).count().await;
        let (written, lists) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let readers: Vec<_> = (0..READERS)
            .map(|_| {
                let (storage, written, lists) = (Arc::clone(&storage), Arc::clone(&written), Arc::clone(&lists));
                tokio::spawn(async move {
                    while !written.load(Ordering::SeqCst) {
                        read(&*storage, usize::MAX >> 1).await;
                        lists.fetch_add(1, Ordering::SeqCst);
                        // A list in memory waits for nothing, so nobody else would get a turn.
                        tokio::task::yield_now().await;
                    }
                })
            })
            .collect();
        all_write(&world, &client, rounds(60, 4_000)).await;
        written.store(true, Ordering::SeqCst);
        for reader in join_all(readers).await {
            reader.expect("a reader");
        }
        assert!(lists.load(Ordering::SeqCst) >= READERS, "{}: nobody read while others wrote", place.name);
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
    reader.execute_batch("COMMIT").expect("an end");
    let written = i64::try_from(WRITERS * (times + 1)).expect("a number");
    assert_eq!(invites(), before + written);
    // The first takes the log into the database, the next begins it anew.
    for _ in 0..2 {
        world.invite(&client).await;
    }
    let log = std::fs::metadata(file.with_extension("db-wal")).expect("a log").len();
    assert!(log <= LOG, "the log is left at {log} bytes");
    storage.close().await.expect("a store can be closed");
}
