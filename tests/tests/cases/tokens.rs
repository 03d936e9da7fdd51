//! Tokens: chance that fails or repeats, links that nobody may see, keys of another deployment.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use handclasp::group_links::OfRole;
use handclasp::invites::CreateInvite;
use handclasp::storage::{Memory, Storage};
use handclasp::testing::{ConstantEntropy, FailingEntropy, ManualClock, configuration};
use handclasp::{Entropy, EntropyFailed, Handclasp, KeyNumber, KeyRing, Parts};
use handclasp_tests::authority::Ready;
use handclasp_tests::stores;
use handclasp_tests::world::{START, World};
use serde_json::json;

/// A handle on the same storage whose chance is this.
async fn with_chance(world: &World, storage: &Arc<dyn Storage>, chance: impl Entropy + 'static) -> Handclasp {
    let mut parts = Parts::new(Arc::clone(storage), Arc::clone(&world.mailer) as _);
    parts.clock = Arc::new(world.clock.clone());
    parts.entropy = Arc::new(chance);
    Handclasp::open(configuration(), parts).await.unwrap()
}

#[derive(Debug)]
struct FailsLater(AtomicU8);

impl Entropy for FailsLater {
    fn fill(&self, bytes: &mut [u8; 32]) -> Result<(), EntropyFailed> {
        // Opening draws too; it shall succeed.
        if self.0.fetch_add(1, Ordering::SeqCst) == 0 {
            bytes.fill(7);
            return Ok(());
        }
        FailingEntropy::new().fill(bytes)
    }
}

#[tokio::test]
async fn tok_02_without_chance_nothing_is_made_and_nothing_weaker_instead() {
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let acme = world.client("Acme").await;
        let before = world.group_link(&acme).await;
        let blind = with_chance(&world, &storage, FailsLater(AtomicU8::new(0))).await;
        let invite = blind.invites().create(acme.admin(), CreateInvite::new(acme.role())).await;
        assert_eq!(invite.unwrap_err().code(), "internal", "{name}");
        let refresh = blind.group_links().refresh(acme.admin(), OfRole::new(acme.role())).await;
        assert_eq!(refresh.unwrap_err().code(), "internal", "{name}");
        assert_eq!(world.group_link(&acme).await.expose(), before.expose(), "{name}");
    })
    .await;
}

#[tokio::test]
async fn tok_03_grp_16_what_is_drawn_twice_is_drawn_anew_and_never_takes_anothers_place() {
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let acme = world.client("Acme").await;
        let stuck = &with_chance(&world, &storage, ConstantEntropy::new([9; 32])).await;
        let create = async || stuck.invites().create(acme.admin(), CreateInvite::new(acme.role())).await;
        let first = create().await.unwrap();
        assert_eq!(create().await.unwrap_err().code(), "conflict", "{name}");
        let preview = world.handclasp.invites().preview(first.link.expose()).await.unwrap();
        assert_eq!(preview.role, "Supplier", "{name}");
        let refresh = async || stuck.group_links().refresh(acme.admin(), OfRole::new(acme.role())).await;
        refresh().await.unwrap();
        assert_eq!(refresh().await.unwrap_err().code(), "conflict", "{name}");
    })
    .await;
}

#[tokio::test]
async fn tok_11_a_redeemer_names_neither_the_client_nor_the_role() {
    let ready = Ready::all().await.into_iter().find(|ready| ready.operation == "invites.redeem").unwrap();
    for chosen in ["business", "client", "role"] {
        let mut arguments = ready.arguments.clone();
        arguments[chosen] = json!("0197a9b2-5c00-7000-8000-00000000abcd");
        let answer = ready.call(&arguments).await;
        assert_eq!(answer["error"]["fields"]["reason"], "unknown_field", "{chosen}: {answer}");
    }
    assert_eq!(ready.call(&ready.arguments).await["error"], json!(null));
}

/// Operations whose answer is a link or claim, for those who may have it; a link that is refreshed while it is disabled
/// is not shown.
const SHOWS: [&str; 6] = [
    "group_links.copy",
    "group_links.enable",
    "group_links.refresh",
    "invites.create",
    "invites.resend",
    "invites.open",
];

#[tokio::test]
async fn tok_17_18_no_answer_shows_a_link_but_those_that_are_asked_for_one() {
    for ready in Ready::all().await {
        let answer = ready.call(&ready.arguments).await.to_string();
        let shows = answer.contains("hclasp1_") || ready.operation == "group_links.refresh";
        assert_eq!(shows, SHOWS.contains(&ready.operation), "{}: {answer}", ready.operation);
        assert!(!answer.contains("key_number"), "{}: {answer}", ready.operation);
    }
}

#[tokio::test]
async fn tok_20_a_database_of_another_deployments_key_does_not_open() {
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let acme = world.client("Acme").await;
        world.group_link(&acme).await;
        let mut other = configuration();
        other.keys = KeyRing::new(KeyNumber(1), b"thirty-two bytes of somebody else").unwrap();
        let mut parts = Parts::new(Arc::clone(&storage), Arc::clone(&world.mailer) as _);
        parts.clock = Arc::new(ManualClock::at(START));
        assert_eq!(Handclasp::open(other, parts).await.unwrap_err().code(), "config_invalid", "{name}");
    })
    .await;
}

#[tokio::test]
async fn tok_20_memory_is_no_exception() {
    let storage: Arc<dyn Storage> = Arc::new(Memory::new());
    let world = World::on(Arc::clone(&storage)).await;
    world.client("Acme").await;
    let mut other = configuration();
    other.keys = KeyRing::new(KeyNumber(2), b"thirty-two bytes of another number").unwrap();
    let parts = Parts::new(storage, Arc::clone(&world.mailer) as _);
    assert_eq!(Handclasp::open(other, parts).await.unwrap_err().code(), "config_invalid");
}
