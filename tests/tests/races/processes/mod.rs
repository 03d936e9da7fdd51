//! Many processes on one SQLite file.

mod children;
mod mixed;

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use handclasp::connections::ListConnections;
use handclasp::invites::{CreateInvite, ListInvites};
use handclasp::outbox::DeliverDue;
use handclasp::{Actor, Link};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;
use handclasp_tests::world::World;
use serde_json::{Value, json};

pub(crate) use self::children::roomy;
use self::children::{Racer, race};

const PROCESSES: usize = 8;

fn actor(value: &Value) -> Actor {
    serde_json::from_value(value.clone()).expect("an actor")
}

/// The world of whoever sets the stage and looks at it in the end.
async fn world(place: &Place) -> World {
    World::with(place.open().await, roomy()).await
}

async fn leave(world: &World) {
    world.handclasp.close().await.expect("a store can be closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_03_eight_processes_redeem_one_link_and_one_connects() {
    let place = Place::sqlite();
    let staging = world(&place).await;
    let (contractors, mut links) = (staging.contractors(PROCESSES).await, Vec::new());
    for number in 0..rounds(12, 200) {
        let client = staging.client(&format!("Client {number}")).await;
        links.push(staging.invite(&client).await.link.expose().to_owned());
    }
    leave(&staging).await;
    let admins: Vec<Actor> = contractors.iter().map(handclasp_tests::world::Company::admin).collect();
    let scene = json!({ "links": links, "admins": admins });
    let told = race(&place, "processes::a_process_redeems", PROCESSES, (&scene, links.len()));
    for number in 0..links.len() {
        let codes: Vec<&str> = told.iter().map(|told| told[number].as_str().expect("a code")).collect();
        assert_eq!(codes.iter().filter(|code| **code == "ok").count(), 1, "link {number}: {codes:?}");
        // Of every other link, all are one contractor's.
        let known = |code: &&str| match *code {
            "ok" | "invite_invalid_or_expired" => true,
            "already_connected" => number % 2 == 1,
            _ => false,
        };
        assert!(codes.iter().all(known), "link {number}: {codes:?}");
    }
    let after = world(&place).await;
    let mut connected = 0;
    for contractor in &contractors {
        let page = after.handclasp.connections().clients(contractor.admin(), ListConnections::default()).await;
        connected += page.expect("a page").counts.connected;
    }
    assert_eq!(connected, u64::try_from(links.len()).expect("a small number"));
    let mut sent = 0;
    while let report = after.deliver().await.0
        && report.sent > 0
    {
        sent += report.sent;
    }
    assert_eq!(u64::from(sent), 2 * connected, "one pair of mails each");
    leave(&after).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "one of several processes, in a folder made for it"]
async fn a_process_redeems() {
    let racer = Racer::take_place().await;
    let admins = racer.scene["admins"].as_array().expect("admins");
    let own = usize::try_from(racer.number - 1).expect("a small number");
    let mut codes = Vec::new();
    for (number, link) in racer.scene["links"].as_array().expect("links").iter().enumerate() {
        let admin = actor(&admins[if number % 2 == 1 { 0 } else { own }]);
        let link = Link::new(link.as_str().expect("a link").to_owned());
        racer.meets();
        codes.push(match racer.world.handclasp.invites().redeem(admin, &link).await {
            Ok(_) => "ok",
            Err(error) => error.code(),
        });
    }
    racer.tell(json!(codes)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_09_eight_processes_with_one_key_make_one_invite_and_get_one_link() {
    let place = Place::sqlite();
    let staging = world(&place).await;
    let client = staging.client("Acme").await;
    leave(&staging).await;
    let keys = rounds(15, 300);
    let scene = json!({ "admin": client.admin(), "role": client.role(), "keys": keys });
    let told = race(&place, "processes::a_process_repeats", PROCESSES, (&scene, keys));
    let mut links = BTreeSet::new();
    for key in 0..keys {
        let of_key: BTreeSet<&str> = told.iter().map(|told| told[key].as_str().expect("a link")).collect();
        assert_eq!(of_key.len(), 1, "key {key}: {of_key:?}");
        links.extend(of_key);
    }
    assert_eq!(links.len(), keys);
    let after = world(&place).await;
    let page = after.handclasp.invites().list(client.admin(), ListInvites::default()).await.expect("a page");
    assert_eq!(page.counts.pending, u64::try_from(keys).expect("a small number"), "one effect for each key");
    leave(&after).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "one of several processes, in a folder made for it"]
async fn a_process_repeats() {
    let racer = Racer::take_place().await;
    let (admin, role) = (actor(&racer.scene["admin"]), racer.scene["role"].as_str().expect("an id"));
    let (role, mut links) = (role.parse().expect("an id"), Vec::new());
    for key in 0..racer.scene["keys"].as_u64().expect("a number") {
        let by = admin.clone().once(format!("key {key}"));
        racer.meets();
        let created = racer.world.handclasp.invites().create(by, CreateInvite::new(role)).await;
        links.push(created.expect("an invite").link.expose().to_owned());
    }
    racer.tell(json!(links)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_10_two_processes_drain_the_outbox_and_each_mail_is_sent_once() {
    let place = Place::sqlite();
    let staging = world(&place).await;
    let client = staging.client("Acme").await;
    let mails = rounds(300, 10_000);
    let created = stream::iter(0..mails).map(|number| {
        let (handclasp, by) = (staging.handclasp.clone(), client.admin());
        let create = CreateInvite::new(client.role()).to(format!("kim@k{number}.example"));
        async move { handclasp.invites().create(by, create).await.expect("an invite").link }
    });
    assert_eq!(created.buffer_unordered(64).count().await, mails);
    leave(&staging).await;
    let told = race(&place, "processes::a_process_delivers", 2, (&json!({}), 1));
    let mut sent = BTreeMap::new();
    for id in told.iter().flat_map(|told| told["ids"].as_array().expect("ids")) {
        *sent.entry(id.as_str().expect("an id").to_owned()).or_insert(0_u32) += 1;
    }
    assert!(sent.values().all(|times| *times == 1), "sent more than once");
    assert_eq!(sent.len(), mails, "none skipped");
    let reported: u64 = told.iter().map(|told| told["sent"].as_u64().expect("a number")).sum();
    assert_eq!(reported, u64::try_from(mails).expect("a small number"));
    assert!(told.iter().all(|told| told["sent"].as_u64() > Some(1)), "one of them had nothing to do: {told:?}");
    let after = world(&place).await;
    assert_eq!(after.deliver().await.0.sent, 0, "nothing is left");
    leave(&after).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "one of several processes, in a folder made for it"]
async fn a_process_delivers() {
    let racer = Racer::take_place().await;
    // Each has begun before either goes on.
    let mut one = DeliverDue::default();
    one.limit = Some(1);
    let first = racer.world.handclasp.outbox().deliver_due(Actor::system(), one).await.expect("a mail").sent;
    racer.meets();
    let workers = (0..4).map(|_| {
        let handclasp = racer.world.handclasp.clone();
        tokio::spawn(async move {
            let mut sent = 0;
            while let report =
                handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await.expect("mail")
                && report.sent > 0
            {
                sent += report.sent;
            }
            sent
        })
    });
    let sent: u32 = join_all(workers.collect::<Vec<_>>()).await.into_iter().map(|sent| sent.expect("a worker")).sum();
    let sent = first + sent;
    let ids: Vec<String> = racer.world.mailer.messages().iter().map(|message| message.message_id.clone()).collect();
    racer.tell(json!({ "sent": sent, "ids": ids })).await;
}
