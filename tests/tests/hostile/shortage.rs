//! Descriptors, threads and memory: none is left behind, and none may be left to have.

use std::fs::{self, File};
use std::io::{Write, stderr};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use futures_util::future::join;
use handclasp::invites::CreateInvite;
use handclasp::outbox::RunOutbox;
use handclasp::storage::Storage;
use handclasp::testing::configuration;
use handclasp::{Actor, Handclasp, Parts};
use handclasp_sqlite::{Options, Sqlite};
use handclasp_tests::fickle::FickleMailer;
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;
use handclasp_tests::world::{Company, World};
use uuid::Uuid;

use crate::child::{self, runtime};
use crate::figures::{ROOM, entries, resident};

/// Whether there are as few descriptors and threads again: a thread has let go of everything shortly before it is gone.
fn come_back_to((descriptors, threads): (usize, usize)) -> bool {
    (0..100_000).any(|_| {
        std::thread::yield_now();
        entries("fd") <= descriptors && entries("task") <= threads
    })
}

#[test]
fn res_03_handles_that_are_closed_leave_no_descriptor_no_thread_and_no_memory() {
    child::passes("shortage::many_handles_are_opened_and_closed", "");
}

#[test]
#[ignore = "counts the threads and descriptors of a process of its own"]
fn many_handles_are_opened_and_closed() {
    let place = Place::sqlite();
    runtime().block_on(async {
        let before = (entries("fd"), entries("task"));
        let path = place.folder().expect("a folder").join("handclasp.db");
        let open = async |create: bool| Sqlite::open(&path, Options::new().create(create)).await;
        let world = World::on(Arc::new(open(true).await.expect("a database"))).await;
        world.client("Acme").await;
        world.handclasp.close().await.expect("a closed handle");
        let all = rounds(100, 10_000);
        let mut held = 0;
        for round in 0..all {
            // By then the allocator has what it keeps.
            if round == all / 4 {
                held = resident();
            }
            let storage = Arc::new(open(false).await.expect("a database"));
            let handclasp = world.beside(Arc::clone(&storage) as Arc<dyn Storage>).await;
            handclasp
                .history()
                .since(Actor::system(), serde_json::from_str("{}").expect("a call"))
                .await
                .expect("a feed");
            // One handle in three is dropped, and its threads end by themselves.
            if round % 3 > 0 {
                handclasp.close().await.expect("a closed handle");
            }
            drop((handclasp, storage));
        }
        assert!(come_back_to(before), "{before:?} before, {:?} after", (entries("fd"), entries("task")));
        let left = resident().saturating_sub(held);
        assert!(left < ROOM, "{left} bytes after {} handles", all - all / 4);
    });
}

#[test]
fn res_05_where_descriptors_run_out_errors_are_typed_and_all_works_again() {
    child::passes("shortage::descriptors_run_out", "ulimit -n 32;");
}

#[test]
#[ignore = "runs with 32 descriptors"]
fn descriptors_run_out() {
    let place = Place::sqlite();
    runtime().block_on(async {
        let path = place.folder().expect("a folder").join("handclasp.db");
        let world = World::on(place.open().await).await;
        let acme = world.client("Acme").await;
        // Its first load needs a connection.
        let fresh = Sqlite::open(&path, Options::new()).await.expect("a database");
        let mut held = Vec::new();
        while let Ok(file) = File::open("/dev/null") {
            held.push(file);
        }
        assert!(held.len() > 3, "{}", held.len());
        let refused = Sqlite::open(&path, Options::new()).await.expect_err("there is no descriptor left");
        assert_eq!(refused.kind.code(), "storage_unavailable");
        let unread = fresh.load(&[acme.id.into()]).await.expect_err("nor for this");
        assert_eq!(unread.kind.code(), "storage_unavailable");
        // What is open goes on.
        world.invite(&acme).await;
        let threads: Vec<_> = (0..8)
            .map(|number| {
                let (handclasp, admin) = (world.handclasp.clone(), acme.admin());
                std::thread::spawn(move || {
                    let create = handclasp::invites::CreateInvite::new(acme_role(number));
                    runtime_without_io().block_on(async { handclasp.invites().create(admin, create).await.map(|_| ()) })
                })
            })
            .collect();
        for thread in threads {
            let answer = thread.join().expect("no panic");
            // The role is nobody's; whoever got no connection to look is told so.
            let code = answer.expect_err("no such role").code();
            assert!(["not_found", "storage_unavailable"].contains(&code), "{code}");
        }
        drop(held);
        let again = Sqlite::open(&path, Options::new()).await.expect("there is room again");
        again.close().await.expect("a closed store");
        assert!(fresh.load(&[acme.id.into()]).await.expect("a record")[0].record.is_some());
        fresh.close().await.expect("a closed store");
        world.invite(&acme).await;
    });
}

fn acme_role(number: u128) -> handclasp::ContractorRoleId {
    handclasp::ContractorRoleId::from_uuid(Uuid::from_u128(number))
}

/// It opens nothing.
fn runtime_without_io() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime")
}

/// So many threads a user may have. The processes of all users that were made for themselves count apart.
const THREADS: usize = 64;

/// What a shell runs so that a process may have no more threads: nobody counts them for root, who becomes nobody.
fn few_threads(most: usize) -> String {
    let root = fs::read_to_string("/proc/self/status").is_ok_and(|status| status.contains("\nUid:\t0\t"));
    let user = if root { "setpriv --reuid=65534 --regid=65534 --clear-groups" } else { "unshare --user" };
    format!("{user} prlimit --nproc={most}")
}

/// Whether this machine counts threads, and lets such a user run this program.
fn threads_are_counted() -> bool {
    let works = |script: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).arg(std::env::current_exe().expect("this program"));
        shell.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    // A pipe takes two processes more.
    works(&format!("{} \"$0\" --list", few_threads(THREADS))) && !works(&format!("{} sh -c ':|:'", few_threads(1)))
}

#[test]
fn res_06_where_threads_run_out_errors_are_typed_and_all_works_again() {
    if !threads_are_counted() {
        // Told past the harness, which hides what a passing test prints.
        writeln!(stderr(), "res_06 skipped: nobody counts threads here").expect("a place to say it");
        return;
    }
    child::passes("shortage::threads_run_out", &format!("exec {} \"$0\" \"$@\";", few_threads(THREADS)));
}

/// Every thread that there may be. Each ends when the way to it is dropped.
fn all_threads() -> Vec<(SyncSender<()>, JoinHandle<bool>)> {
    let start = || {
        let (hold, held) = sync_channel(0);
        let thread = Builder::new().spawn(move || held.recv().is_err()).ok()?;
        Some((hold, thread))
    };
    let threads: Vec<_> = std::iter::from_fn(start).take(2 * THREADS).collect();
    assert!((4..THREADS).contains(&threads.len()), "{}", threads.len());
    threads
}

#[test]
#[ignore = "runs where there may be few threads"]
fn threads_run_out() {
    let place = Place::sqlite();
    runtime().block_on(async {
        let path = place.folder().expect("a folder").join("handclasp.db");
        let storage = place.open().await;
        let acme = World::on(Arc::clone(&storage)).await.client("Acme").await;
        let before = entries("task");
        let threads = all_threads();
        let refused = Sqlite::open(&path, Options::new()).await.expect_err("there is no thread left");
        assert_eq!(refused.kind.code(), "storage_unavailable");
        // With the host's own clock, on whose timers nobody has waited in this process.
        let mailer = Arc::new(FickleMailer::default());
        let parts = Parts::new(storage, Arc::clone(&mailer) as Arc<_>);
        let handclasp = Handclasp::open(configuration(), parts).await.expect("a handle has no threads");
        invite(&handclasp, &acme, "kim@k.example").await;
        let goes_on = async {
            arrives(&mailer, "kim@k.example").await;
            let (ways, threads): (Vec<_>, Vec<_>) = threads.into_iter().unzip();
            drop(ways);
            assert!(threads.into_iter().all(|thread| thread.join().expect("a thread that ends")));
            assert!(come_back_to((usize::MAX, before)), "{before} before, {} after", entries("task"));
            let again = Sqlite::open(&path, Options::new()).await.expect("there is room again");
            again.close().await.expect("a closed store");
            invite(&handclasp, &acme, "lou@l.example").await;
            arrives(&mailer, "lou@l.example").await;
            handclasp.close().await.expect("a closed handle");
        };
        let (report, ()) = join(handclasp.outbox().run(Actor::system(), RunOutbox::default()), goes_on).await;
        assert_eq!(report.expect("a worker that works until the end").sent, 2);
    });
}

async fn invite(handclasp: &Handclasp, client: &Company, address: &str) {
    let create = CreateInvite::new(client.role()).to(address);
    handclasp.invites().create(client.admin(), create).await.expect("an invite");
}

/// Returns when the worker has mailed somebody.
async fn arrives(mailer: &FickleMailer, address: &str) {
    while !mailer.messages().iter().any(|message| message.to.as_str() == address) {
        tokio::task::yield_now().await;
    }
}
