//! Many who change one record: each comes through. Who never does is told `conflict`, and has changed nothing.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use async_trait::async_trait;
use futures_util::future::join_all;
use handclasp::group_links::OfRole;
use handclasp::storage::Storage;
use handclasp::testing::{Call, configuration};
use handclasp::views::GroupLink;
use handclasp::{Error, Handclasp};
use handclasp_tests::races::{Watch, Watched};
use handclasp_tests::stores::{self, Place, everything};
use handclasp_tests::world::{Company, World};
use tokio::sync::Barrier;

const RACERS: usize = 64;
/// So many rounds an operation has.
const ROUNDS: usize = 128;

async fn refresh(handclasp: &Handclasp, client: &Company) -> Result<GroupLink, Error> {
    handclasp.group_links().refresh(client.admin(), OfRole::new(client.role())).await
}

fn exposed(link: &GroupLink) -> String {
    link.link.as_ref().expect("it is enabled").expose().to_owned()
}

/// The link that the role has now.
async fn living(handclasp: &Handclasp, client: &Company) -> String {
    exposed(&handclasp.group_links().copy(client.admin(), OfRole::new(client.role())).await.expect("a link"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_06_64_refresh_one_link_at_once_and_each_comes_through() {
    stores::each(async |name, storage| {
        let world = World::with(storage, configuration()).await;
        let client = world.client("Acme").await;
        world.group_link(&client).await;
        let barrier = Arc::new(Barrier::new(RACERS));
        let racers = (0..RACERS).map(|_| {
            let (handclasp, client, barrier) = (world.handclasp.clone(), client.clone(), Arc::clone(&barrier));
            tokio::spawn(async move {
                barrier.wait().await;
                refresh(&handclasp, &client).await
            })
        });
        let answers = join_all(racers.collect::<Vec<_>>()).await.into_iter().map(|answer| answer.expect("a task"));
        let (made, refused): (Vec<_>, Vec<_>) = answers.partition(Result::is_ok);
        let codes: Vec<_> = refused.into_iter().filter_map(Result::err).map(|error| error.code()).collect();
        assert!(codes.is_empty(), "{name}: {} were told {codes:?}", codes.len());
        let links: BTreeSet<_> = made.into_iter().flatten().map(|link| exposed(&link)).collect();
        assert_eq!(links.len(), RACERS, "{name}: each made a link of its own");
        assert!(links.contains(&living(&world.handclasp, &client).await), "{name}");
    })
    .await;
}

/// Somebody who refreshes the link before each commit of another, so often.
#[derive(Debug, Default)]
struct Faster {
    who: OnceLock<(Handclasp, Company, Arc<dyn Storage>)>,
    left: AtomicUsize,
    /// Every row as they left it, and the link that they made last.
    after: Mutex<(Vec<String>, String)>,
}

#[async_trait]
impl Watch for Faster {
    async fn before(&self, call: Call) {
        let left = |left: usize| left.checked_sub(1);
        if call == Call::Commit && self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, left).is_ok() {
            let (handclasp, client, storage) = self.who.get().expect("it is set before anything is lost");
            let link = refresh(handclasp, client).await.expect("nobody is faster than this one");
            let rows = everything(&**storage).await.expect("every row");
            *self.after.lock().unwrap() = (rows, exposed(&link));
        }
    }
}

#[tokio::test]
async fn cnc_05_who_loses_every_round_is_told_so_and_has_changed_nothing() {
    let storage = Place::memory().open().await;
    let world = World::with(Arc::clone(&storage), configuration()).await;
    let client = world.client("Acme").await;
    world.group_link(&client).await;
    let watched = Arc::new(Watched::new(Arc::clone(&storage), Faster::default()));
    let slower = world.beside(Arc::clone(&watched) as _).await;
    assert!(watched.watch.who.set((world.handclasp.clone(), client.clone(), Arc::clone(&storage))).is_ok());
    for (lost, code) in [(ROUNDS - 1, None), (ROUNDS, Some("conflict"))] {
        watched.watch.left.store(lost, Ordering::SeqCst);
        let answer = refresh(&slower, &client).await;
        assert_eq!(answer.as_ref().err().map(Error::code), code);
        assert_eq!(watched.watch.left.load(Ordering::SeqCst), 0, "no round fewer, and the last of them tells");
        let (rows, made) = watched.watch.after.lock().unwrap().clone();
        assert_eq!(everything(&*storage).await.expect("every row") == rows, answer.is_err(), "{code:?}");
        let last = answer.map_or(made, |link| exposed(&link));
        assert_eq!(living(&world.handclasp, &client).await, last, "{code:?}");
    }
}
