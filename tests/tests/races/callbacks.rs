//! A mailer that calls the library while it is given a message: it works, or is refused by a code; nothing hangs.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use async_trait::async_trait;
use handclasp::invites::CreateInvite;
use handclasp::mail::{MailFailure, Mailer, Message};
use handclasp::members::ListMembers;
use handclasp::outbox::DeliverDue;
use handclasp::testing::ManualClock;
use handclasp::{Actor, Handclasp, Parts};
use handclasp_tests::stores;
use handclasp_tests::world::{Company, START, World};

use crate::processes::roomy;

/// Calls the library for each message.
#[derive(Debug, Default)]
struct Calling {
    calls: OnceLock<(Handclasp, Company, Calls)>,
    sent: Mutex<Vec<String>>,
}

#[derive(Debug, Clone, Copy)]
enum Calls {
    /// Changes, reads, and a delivery within the delivery.
    Everything,
    /// Closes the handle that it is called by.
    Close,
}

#[async_trait]
impl Mailer for Calling {
    async fn send(&self, message: &Message) -> Result<(), MailFailure> {
        let (handclasp, client, calls) = self.calls.get().expect("it is opened before anything is sent");
        match calls {
            Calls::Everything => {
                let create = CreateInvite::new(client.role());
                handclasp.invites().create(client.admin(), create).await.expect("a change works");
                handclasp.members().list(client.admin(), ListMembers::default()).await.expect("a read works");
                let due = handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await;
                due.expect("a delivery works");
            }
            Calls::Close => handclasp.close().await.expect("closing works"),
        }
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(message.message_id.clone());
        Ok(())
    }
}

/// A handle whose mailer calls it, with so many mails due.
async fn calling(storage: Arc<dyn handclasp::storage::Storage>, calls: Calls, mails: u32) -> (Handclasp, Arc<Calling>) {
    let world = World::with(Arc::clone(&storage), roomy()).await;
    let client = world.client("Acme").await;
    for number in 0..mails {
        let create = CreateInvite::new(client.role()).to(format!("kim@k{number}.example"));
        world.handclasp.invites().create(client.admin(), create).await.expect("an invite");
    }
    let mailer = Arc::new(Calling::default());
    let mut parts = Parts::new(storage, Arc::clone(&mailer) as _);
    parts.clock = Arc::new(ManualClock::at(START));
    let handclasp = Handclasp::open(roomy(), parts).await.expect("the settings of tests open");
    mailer.calls.set((handclasp.clone(), client, calls)).expect("it is set once");
    (handclasp, mailer)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_15_a_mailer_may_change_read_and_deliver() {
    stores::each(async |name, storage| {
        const MAILS: u32 = 40;
        let (handclasp, mailer) = calling(storage, Calls::Everything, MAILS).await;
        handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await.expect(name);
        let mut sent = mailer.sent.lock().unwrap_or_else(PoisonError::into_inner).clone();
        sent.sort();
        sent.dedup();
        let times = mailer.sent.lock().unwrap_or_else(PoisonError::into_inner).len();
        assert_eq!((sent.len(), times), (MAILS as usize, MAILS as usize), "{name}: each once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cnc_15_a_mailer_that_closes_the_handle_is_told_so() {
    stores::each(async |name, storage| {
        let (handclasp, _) = calling(storage, Calls::Close, 3).await;
        let closed = handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await;
        assert_eq!(closed.expect_err(name).code(), "closed", "{name}");
    })
    .await;
}
