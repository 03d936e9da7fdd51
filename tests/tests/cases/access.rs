//! Access requests under races, and whom their mails reach.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::join_all;
use handclasp::access_requests::{AcceptAccess, DeclineAccess, ListAccess, SubmitAccess};
use handclasp::mail::MailFailure;
use handclasp::members::{ChangeMemberRole, RemoveMember, SetNotifications};
use handclasp::model::user_role::UserRole;
use handclasp::outbox::{DeliverDue, DeliveryStatus, ListDeliveries, RetryDelivery};
use handclasp::people::Profile;
use handclasp::storage::Storage;
use handclasp::testing::{Call, Gate};
use handclasp::{Actor, Email, PersonId};
use handclasp_tests::fickle::{How, Messages, Mishap};
use handclasp_tests::stores;
use handclasp_tests::world::{Company, World};
use uuid::Uuid;

fn kim(number: u128) -> Actor {
    let address = Email::parse(&format!("kim{number}@people.example")).unwrap();
    Actor::signed_in(PersonId::from_uuid(Uuid::from_u128(0x3000_0000 + number))).with_verified(address)
}

fn claim(of: &Company, number: u128) -> SubmitAccess {
    SubmitAccess::new(of.id, format!("Kim {number}"), format!("kim{number}@people.example"))
}

fn person(actor: &Actor) -> PersonId {
    match actor {
        Actor::Person { id, .. } => *id,
        Actor::System { .. } => panic!("System is no person"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acc_13_32_identical_claims_are_one_request_and_one_mail() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let acme = world.contractor("Acme").await;
        let claims = join_all((0..32).map(|_| {
            let (handclasp, claim) = (world.handclasp.clone(), claim(&acme, 1));
            tokio::spawn(async move { handclasp.access_requests().submit(kim(1), claim).await })
        }))
        .await;
        let codes: Vec<_> = claims.into_iter().map(|made| made.unwrap().err().map(|error| error.code())).collect();
        assert_eq!(codes.iter().filter(|code| code.is_none()).count(), 1, "{name}");
        assert!(codes.iter().flatten().all(|code| *code == "already_pending"), "{name}: {codes:?}");
        assert_eq!(world.deliver().await.0.sent, 1, "{name}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acc_19_accept_and_decline_at_once_are_one_decision_and_one_mail() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let acme = world.contractor("Acme").await;
        let second = world.member(&acme, UserRole::ADMIN).await;
        let times = if name == "memory" { 200 } else { 50 };
        for number in 0..times {
            let asked = world.handclasp.access_requests().submit(kim(number), claim(&acme, number)).await.unwrap();
            world.deliver().await;
            let (one, other) = (world.handclasp.clone(), world.handclasp.clone());
            let (first, second) = (acme.admin(), second.clone());
            let accept =
                tokio::spawn(async move { one.access_requests().accept(first, AcceptAccess::new(asked.id)).await });
            let decline = DeclineAccess::new(asked.id, "wrong_business");
            let decline = tokio::spawn(async move { other.access_requests().decline(second, decline).await });
            let (accept, decline) = (accept.await.unwrap(), decline.await.unwrap());
            let lost = match (&accept, &decline) {
                (Ok(_), Err(error)) | (Err(error), Ok(_)) => error.code(),
                _ => panic!("{name}: {accept:?} {decline:?}"),
            };
            assert_eq!(lost, "already_decided", "{name}");
            assert_eq!(world.deliver().await.0.sent, 1, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn acc_09_a_reviewer_demoted_while_they_decide_decides_nothing() {
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let acme = world.contractor("Acme").await;
        let reviewer = world.member(&acme, UserRole::ADMIN).await;
        let asked = world.handclasp.access_requests().submit(kim(1), claim(&acme, 1)).await.unwrap();
        let gate = Arc::new(Gate::new(storage));
        let gated = world.beside(Arc::clone(&gate) as Arc<dyn Storage>).await;
        let held = gate.hold(Call::Commit);
        let requests = gated.access_requests();
        let accept = requests.accept(&reviewer, AcceptAccess::new(asked.id));
        let demote = async {
            held.arrived().await;
            let demote = ChangeMemberRole::new(person(&reviewer), UserRole::VIEWER);
            world.handclasp.members().change_role(acme.admin(), demote).await.unwrap();
            held.release();
        };
        let (outcome, ()) = futures_util::future::join(accept, demote).await;
        assert_eq!(outcome.unwrap_err().code(), "forbidden", "{name}");
        let list = world.handclasp.access_requests().list(acme.admin(), ListAccess::default()).await.unwrap();
        assert_eq!(list.requests[0].decided_at, None, "{name}");
    })
    .await;
}

#[tokio::test]
async fn acc_24_25_who_is_removed_or_silent_before_the_mail_goes_is_told_nothing() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let acme = world.contractor("Acme").await;
        let gone = world.member(&acme, UserRole::ADMIN).await;
        let silent = world.member(&acme, UserRole::ADMIN).await;
        world.handclasp.access_requests().submit(kim(1), claim(&acme, 1)).await.unwrap();
        let members = world.handclasp.members();
        members.remove(acme.admin(), RemoveMember::new(person(&gone))).await.unwrap();
        members.set_notifications(&silent, SetNotifications::new(person(&silent), false)).await.unwrap();
        let (_, mails) = world.deliver().await;
        let to: Vec<_> = mails.iter().map(|mail| mail.to.as_str().to_owned()).collect();
        assert_eq!(to, [acme.address.as_str()], "{name}");
    })
    .await;
}

/// Every mail of the world that was parked, by its address.
async fn parked(world: &World) -> HashMap<String, RetryDelivery> {
    let page = world.handclasp.outbox().list(Actor::system(), ListDeliveries::default()).await.unwrap();
    let parked = page.deliveries.into_iter().filter(|delivery| delivery.status == DeliveryStatus::Parked);
    parked.map(|delivery| (delivery.address, RetryDelivery::new(delivery.id))).collect()
}

#[tokio::test]
async fn eml_30_a_corrected_address_is_owed_its_mail_though_a_colleagues_moves_meanwhile() {
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let acme = world.contractor("Acme").await;
        let colleague = person(&world.member(&acme, UserRole::ADMIN).await);
        world.handclasp.access_requests().submit(kim(1), claim(&acme, 1)).await.unwrap();
        let refused = How::Fails(MailFailure::Permanent("refused".to_owned()));
        world.mailer.arm(Some(Mishap { with: Messages::All, how: refused }));
        assert_eq!(world.deliver().await.0.parked, 2, "{name}");
        world.mailer.arm(None);
        let mut parked = parked(&world).await;
        let own = parked.remove(acme.address.as_str()).unwrap();
        let theirs = parked.into_values().next().unwrap();
        world.handclasp.outbox().retry(Actor::system(), theirs).await.unwrap();
        let corrected = Profile::new(colleague, "Jo", "right@people.example");
        world.handclasp.people().put(Actor::system(), corrected).await.unwrap();
        let gate = Arc::new(Gate::new(storage));
        let gated = world.beside(Arc::clone(&gate) as Arc<dyn Storage>).await;
        let held = gate.hold(Call::Commit);
        let outbox = gated.outbox();
        let worker = outbox.deliver_due(Actor::system(), DeliverDue::default());
        let operator = async {
            held.arrived().await;
            world.handclasp.outbox().retry(Actor::system(), own).await.unwrap();
            held.release();
        };
        let (report, ()) = futures_util::future::join(worker, operator).await;
        assert_eq!(report.unwrap().dropped, 1, "{name}");
        let (_, mails) = world.deliver().await;
        let mut to: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, [acme.address.as_str(), "right@people.example"], "{name}");
    })
    .await;
}
