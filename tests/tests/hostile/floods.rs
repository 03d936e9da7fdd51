//! One tenant calls without end: the others are served as if it were one of them, no more.
//!
//! How long a wait is by the clock is the machine's; here is counted who is served before whom.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use async_trait::async_trait;
use futures_util::future::join_all;
use handclasp::group_links::OfRole;
use handclasp::invites::{CreateInvite, RevokeInvite};
use handclasp::model::Author;
use handclasp::storage::Storage;
use handclasp::testing::{Call, Counting, configuration};
use handclasp::{Configuration, Handclasp};
use handclasp_tests::races::{Change, Watch, Watched};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;
use handclasp_tests::world::{Company, World};
use tokio::task::yield_now;

/// So many calls of the tenant that floods are under way at every moment.
const FLOOD: u64 = 64;

/// How many commits were asked for and answered.
#[derive(Debug, Default)]
struct Queue {
    asked: AtomicU64,
    answered: AtomicU64,
}

#[async_trait]
impl Watch for Queue {
    // On the one thread of the test nobody comes between this and the way into the store's queue.
    async fn before(&self, call: Call) {
        if call == Call::Commit {
            self.asked.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn answered(&self, change: Change) {
        if matches!(change, Change::Commit(..)) {
            self.answered.fetch_add(1, Ordering::SeqCst);
        }
    }
}

impl Queue {
    fn asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }

    fn waiting(&self) -> u64 {
        self.asked() - self.answered.load(Ordering::SeqCst)
    }
}

fn unlimited() -> Configuration {
    let mut configuration = configuration();
    (configuration.limits.per_client, configuration.limits.per_inviter) = (u32::MAX, u32::MAX);
    configuration
}

/// Calls without end; tells how many were answered.
async fn floods(handclasp: Handclasp, flooder: Company, ends: Arc<AtomicBool>) -> u64 {
    let mut made = 0;
    while !ends.load(Ordering::SeqCst) {
        let create = CreateInvite::new(flooder.role());
        handclasp.invites().create(flooder.admin(), create).await.expect("an invite");
        made += 1;
    }
    made
}

/// The places of commits that this tenant made in the order of all; a commit of many events has one place.
async fn places(storage: &dyn Storage, of: &Company) -> (u64, Vec<u64>) {
    let (mut commits, mut places, mut after) = (BTreeSet::new(), Vec::new(), 0);
    while let events = storage.feed(after, 1_000).await.expect("events")
        && let Some((last, _)) = events.last()
    {
        after = *last;
        for (_, event) in events {
            let place = commits.len() as u64;
            if commits.insert(event.commit) && event.author == Author::Person(of.person) {
                places.push(place);
            }
        }
    }
    (commits.len() as u64, places)
}

/// Four calls, each of one commit; tells how many commits of anybody were asked for before each.
async fn calls(quiet: &Handclasp, client: &Company, queue: &Queue) -> [u64; 4] {
    let asked = || {
        assert!(queue.waiting() > FLOOD / 2, "nobody floods");
        queue.asked()
    };
    let (admin, role) = (client.admin(), OfRole::new(client.role()));
    let before_create = asked();
    let invite = quiet.invites().create(&admin, CreateInvite::new(client.role())).await.expect("an invite").invite;
    let before_revoke = asked();
    quiet.invites().revoke(&admin, RevokeInvite::new(invite.id)).await.expect("a revoked invite");
    let before_enable = asked();
    quiet.group_links().enable(&admin, role).await.expect("an enabled link");
    let before_disable = asked();
    quiet.group_links().disable(&admin, role).await.expect("a disabled link");
    [before_create, before_revoke, before_enable, before_disable]
}

#[tokio::test]
async fn res_12_who_asks_later_is_served_later_however_much_one_tenant_asks() {
    let place = Place::sqlite();
    let storage = Arc::new(Watched::new(place.open().await, Queue::default()));
    let world = World::with(Arc::clone(&storage) as Arc<dyn Storage>, unlimited()).await;
    let (flooder, client) = (world.client("Flood").await, world.client("Acme").await);
    let counting = Arc::new(Counting::new(Arc::clone(&storage) as Arc<dyn Storage>));
    let quiet = world.beside(Arc::clone(&counting) as Arc<dyn Storage>).await;
    let opening = counting.counts().commits;
    // What opening writes is no event.
    let untold = storage.watch.asked() - places(&*storage, &client).await.0;
    let ends = Arc::new(AtomicBool::new(false));
    let flood = (0..FLOOD).map(|_| tokio::spawn(floods(world.handclasp.clone(), flooder.clone(), Arc::clone(&ends))));
    let flood: Vec<_> = flood.collect();
    while storage.watch.waiting() < FLOOD {
        yield_now().await;
    }
    let mut asked = Vec::new();
    for _ in 0..rounds(4, 60) {
        asked.extend(calls(&quiet, &client, &storage.watch).await);
    }
    ends.store(true, Ordering::SeqCst);
    let flooded: u64 = join_all(flood).await.into_iter().map(|made| made.expect("a flood")).sum();
    assert!(flooded > FLOOD * asked.len() as u64 / 2, "{flooded} calls beside {}", asked.len());
    let counts = counting.counts();
    assert_eq!((counts.commits - opening, counts.stale), (asked.len() as u64, 0), "a flood makes nobody decide anew");
    let (_, places) = places(&*storage, &client).await;
    assert_eq!(places.len(), asked.len());
    for (place, asked) in places.iter().zip(&asked) {
        assert!(place + untold <= *asked, "{} were served before who asked later", place + untold - asked);
    }
}

#[tokio::test]
async fn res_12_what_a_flood_spends_is_the_flooders_own() {
    for place in [Place::memory(), Place::sqlite()] {
        let mut configuration = configuration();
        (configuration.limits.per_client, configuration.limits.per_inviter) = (3, 3);
        let (name, world) = (place.name, World::with(place.open().await, configuration).await);
        let (flooder, client) = (world.client("Flood").await, world.client("Acme").await);
        let invite = async |of: &Company, number: usize| {
            let create = CreateInvite::new(of.role()).to(format!("kim@k{number}.example"));
            world.handclasp.invites().create(of.admin(), create).await.map_err(|error| error.code())
        };
        for number in 0..30 {
            let answer = invite(&flooder, number).await.map(drop);
            assert_eq!(answer, if number < 3 { Ok(()) } else { Err("rate_limited") }, "{name}");
        }
        // To the very addresses that the flooder was refused.
        for number in 20..23 {
            invite(&client, number).await.unwrap_or_else(|code| panic!("{name}: {code}"));
        }
        assert_eq!(invite(&client, 23).await.err(), Some("rate_limited"), "{name}: a limit of one's own");
    }
}
