//! One personal link and 64 callers.

use std::collections::HashSet;
use std::slice;
use std::sync::Arc;

use futures_util::future::join_all;
use handclasp::connections::ListConnections;
use handclasp::invites::CreateInvite;
use handclasp::storage::{Memory, Storage};
use handclasp::testing::Counting;
use handclasp::{Handclasp, Link};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::{self, Place};
use handclasp_tests::world::{Company, World};
use tokio::sync::Barrier;

use super::of_kind;

/// Runs a race on a fresh store of each kind, again and again.
async fn each<F: Future<Output = ()>>(race: impl Fn(&'static str, Arc<dyn Storage>) -> F) {
    for _ in 0..rounds(2, 50) {
        stores::each(&race).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_02_one_link_64_contractors_one_connection_63_dead_and_one_pair_of_mails() {
    each(async |name, storage| {
        let world = World::on(storage).await;
        let client = world.client("Acme").await;
        let contractors = world.contractors(64).await;
        let link = world.invite(&client).await.link;
        let codes = race(slice::from_ref(&world.handclasp), &contractors, &link).await;
        let dead = codes.iter().filter(|code| **code == Some("invite_invalid_or_expired")).count();
        assert_eq!((codes.iter().filter(|code| code.is_none()).count(), dead), (1, 63), "{name}");
        assert_eq!(connected(&world, &contractors).await, 1, "{name}");
        let (report, mails) = world.deliver().await;
        let pair = (of_kind(&mails, "connection_accepted"), of_kind(&mails, "connection_confirmed"));
        assert_eq!((report.sent, pair), (2, (1, 1)), "{name}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_01_one_link_64_clicks_of_one_contractor_one_connection() {
    each(async |name, storage| {
        let world = World::on(storage).await;
        let client = world.client("Acme").await;
        let contractor = world.contractor("Kappa").await;
        let link = world.invite(&client).await.link;
        let codes = race(slice::from_ref(&world.handclasp), &vec![contractor.clone(); 64], &link).await;
        assert_eq!(codes.iter().filter(|code| code.is_none()).count(), 1, "{name}");
        for code in codes.into_iter().flatten() {
            assert!(matches!(code, "invite_invalid_or_expired" | "already_connected"), "{name}: {code}");
        }
        assert_eq!(world.deliver().await.0.sent, 2, "{name}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_04_where_a_database_isolates_more_by_default_one_link_16_contractors_one_connection() {
    for level in ["repeatable read", "serializable"] {
        let place = Place::postgres().await;
        let strict = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = %L', \
                      current_database(), 'LEVEL'); END $$";
        let client = stores::connect(&place.url().unwrap()).await;
        client.batch_execute(&strict.replace("LEVEL", level)).await.unwrap();
        let storage = place.open().await;
        let world = World::on(Arc::clone(&storage)).await;
        let (client, contractors) = (world.client("Acme").await, world.contractors(16).await);
        let link = world.invite(&client).await.link;
        // Each as of a process of its own: those of one process are written together.
        let (mut stores, mut handles) = (vec![storage], Vec::new());
        for _ in 0..16 {
            stores.push(place.open().await);
            handles.push(world.beside(Arc::clone(&stores[stores.len() - 1])).await);
        }
        let codes = race(&handles, &contractors, &link).await;
        let dead = codes.iter().filter(|code| **code == Some("invite_invalid_or_expired")).count();
        assert_eq!((codes.iter().filter(|code| code.is_none()).count(), dead), (1, 15), "{level}: {codes:?}");
        for storage in stores {
            storage.close().await.unwrap();
        }
        place.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_09_one_key_32_racers_one_effect_and_one_answer() {
    each(async |name, storage| {
        let world = World::on(storage).await;
        let client = world.client("Acme").await;
        let created = (0..32).map(|_| {
            let (handclasp, by, role) = (world.handclasp.clone(), client.admin().once("the same key"), client.role());
            tokio::spawn(async move { handclasp.invites().create(by, CreateInvite::new(role)).await.unwrap() })
        });
        let created = join_all(created.collect::<Vec<_>>()).await;
        let links: HashSet<_> = created.into_iter().map(|made| made.unwrap().link.expose().to_owned()).collect();
        assert_eq!(links.len(), 1, "{name}");
    })
    .await;
}

#[tokio::test]
async fn res_01_a_redeem_takes_two_loads_and_one_commit_and_a_forged_link_none() {
    let storage: Arc<dyn Storage> = Arc::new(Memory::new());
    let world = World::on(Arc::clone(&storage)).await;
    let (client, contractor) = (world.client("Acme").await, world.contractor("Kappa").await);
    let link = world.invite(&client).await.link;
    let counting = Arc::new(Counting::new(storage));
    let handclasp = world.beside(Arc::clone(&counting) as Arc<_>).await;
    let opened = counting.counts();
    let forged = Link::new(format!("{}A", &link.expose()[..link.expose().len() - 1]));
    handclasp.invites().redeem(contractor.admin(), &forged).await.unwrap_err();
    assert_eq!(counting.counts(), opened);
    handclasp.invites().redeem(contractor.admin(), &link).await.unwrap();
    let after = counting.counts();
    assert_eq!((after.loads - opened.loads, after.commits - opened.commits), (2, 1));
}

/// All redeem at once, by these handles in turn, behind a barrier; the codes of what is refused.
async fn race(handles: &[Handclasp], contractors: &[Company], link: &Link) -> Vec<Option<&'static str>> {
    let barrier = Arc::new(Barrier::new(contractors.len()));
    let racers = contractors.iter().zip(handles.iter().cycle()).map(|(contractor, handclasp)| {
        let (handclasp, admin, link) = (handclasp.clone(), contractor.admin(), link.clone());
        let barrier = Arc::clone(&barrier);
        tokio::spawn(async move {
            barrier.wait().await;
            handclasp.invites().redeem(admin, &link).await.err().map(|error| error.code())
        })
    });
    let racers: Vec<_> = racers.collect();
    join_all(racers).await.into_iter().map(Result::unwrap).collect()
}

async fn connected(world: &World, contractors: &[Company]) -> u64 {
    let mut total = 0;
    for contractor in contractors {
        let page = world.handclasp.connections().clients(contractor.admin(), ListConnections::default()).await.unwrap();
        total += page.counts.connected;
    }
    total
}
