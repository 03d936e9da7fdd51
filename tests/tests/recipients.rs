//! Whom notices reach, where a failing mailer or an archived business has to show it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use handclasp::businesses::{ArchiveBusiness, Register, RestoreBusiness};
use handclasp::connections::RequestConnection;
use handclasp::mail::{MailFailure, Mailer, Message};
use handclasp::members::{AddMember, DisableMember, SetNotifications};
use handclasp::model::user_role::UserRole;
use handclasp::outbox::{DeliverDue, DeliveryReport};
use handclasp::storage::{Memory, Storage};
use handclasp::testing::{ManualClock, SeededEntropy, configuration};
use handclasp::views::BusinessProfile;
use handclasp::{Actor, Handclasp, Parts, people};
use handclasp_tests::world::{Company, START, World};

async fn ask(world: &World, client: &Company, contractor: &Company) {
    let request = RequestConnection::new(contractor.id, client.role());
    world.handclasp.connections().request(client.admin(), request).await.unwrap();
}

/// Bolt with a contact address alone.
async fn bolt(world: &World) -> Company {
    let mut profile = BusinessProfile::named("Bolt");
    profile.contact_email = Some("office@bolt.example".into());
    let known = world.contractor("Somebody").await;
    let mut register = Register::new("Bolt", people::Profile::new(known.person, "Bo", "bo@bolt.example"));
    register.profile = profile;
    let business = world.handclasp.businesses().register(Actor::system(), register).await.unwrap();
    Company { id: business.id, ..known }
}

async fn to(world: &World) -> Vec<String> {
    let (_, messages) = world.deliver().await;
    messages.iter().map(|message| message.to.as_str().to_owned()).collect()
}

#[tokio::test]
async fn nobody_with_notifications_on_is_the_contact_address() {
    let world = World::on(Arc::new(Memory::new())).await;
    let (acme, bolt) = (world.client("Acme").await, bolt(&world).await);
    let silent = SetNotifications::new(bolt.person, false);
    world.handclasp.members().set_notifications(bolt.admin(), silent).await.unwrap();
    ask(&world, &acme, &bolt).await;
    assert_eq!(to(&world).await, ["office@bolt.example"]);
}

#[tokio::test]
async fn somebody_with_notifications_on_is_enough() {
    let world = World::on(Arc::new(Memory::new())).await;
    let (acme, bolt) = (world.client("Acme").await, bolt(&world).await);
    ask(&world, &acme, &bolt).await;
    assert_eq!(to(&world).await, [bolt.address.as_str()]);
}

#[tokio::test]
async fn what_falls_due_to_an_archived_business_is_dropped_and_not_kept_for_its_return() {
    let world = World::on(Arc::new(Memory::new())).await;
    let (acme, bolt) = (world.client("Acme").await, bolt(&world).await);
    ask(&world, &acme, &bolt).await;
    let businesses = world.handclasp.businesses();
    businesses.archive(Actor::system(), ArchiveBusiness::new(bolt.id)).await.unwrap();
    assert!(to(&world).await.is_empty());
    businesses.restore(Actor::system(), RestoreBusiness::new(bolt.id)).await.unwrap();
    assert!(to(&world).await.is_empty());
}

/// Fails until told otherwise.
#[derive(Debug, Default)]
struct Failing(AtomicBool);

#[async_trait]
impl Mailer for Failing {
    async fn send(&self, _: &Message) -> Result<(), MailFailure> {
        if self.0.load(Ordering::SeqCst) { Ok(()) } else { Err(MailFailure::Temporary("451 later".into())) }
    }
}

#[tokio::test]
async fn eml_30_who_is_no_longer_entitled_when_a_mail_is_tried_again_is_dropped() {
    let storage: Arc<dyn Storage> = Arc::new(Memory::new());
    let (clock, mailer) = (ManualClock::at(START), Arc::new(Failing::default()));
    let mut parts = Parts::new(Arc::clone(&storage), Arc::clone(&mailer) as Arc<dyn Mailer>);
    parts.clock = Arc::new(clock.clone());
    parts.entropy = Arc::new(SeededEntropy::new(99));
    let handclasp = Handclasp::open(configuration(), parts).await.unwrap();
    let world = World::on(storage).await;
    let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
    let ann = world.contractor("Ann's").await.person;
    world.handclasp.members().add(bolt.admin(), AddMember::new(ann, UserRole::ADMIN)).await.unwrap();
    ask(&world, &acme, &bolt).await;

    let deliver = async || handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await.unwrap();
    let counts = |report: DeliveryReport| (report.sent, report.failed, report.dropped);
    assert_eq!(counts(deliver().await), (0, 2, 0));
    assert_eq!(counts(deliver().await), (0, 0, 0));
    world.handclasp.members().disable(bolt.admin(), DisableMember::new(ann)).await.unwrap();
    mailer.0.store(true, Ordering::SeqCst);
    clock.advance(Duration::from_secs(60));
    assert_eq!(counts(deliver().await), (1, 0, 1));
}
