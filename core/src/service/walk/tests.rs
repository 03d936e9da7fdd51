use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use futures_util::future::join;
use serde::Serialize;
use uuid::Uuid;

use super::{By, Changes, Context, Operation, Stop, View};
use crate::businesses::{Register, SetClientAccount};
use crate::invites::CreateInvite;
use crate::mail::CapturingMailer;
use crate::people::Profile;
use crate::service::views::Connected;
use crate::storage::{Memory, Storage};
use crate::testing::{Call, Counting, Gate, ManualClock, configuration};
use crate::{Actor, BusinessId, Error, Handclasp, Parts, PersonId};

async fn open(storage: Arc<dyn Storage>) -> (Handclasp, ManualClock) {
    let clock = ManualClock::at("2026-01-05T09:00:00Z");
    let parts = Parts { clock: Arc::new(clock.clone()), ..Parts::new(storage, Arc::new(CapturingMailer::new())) };
    (Handclasp::open(configuration(), parts).await.unwrap(), clock)
}

async fn put(handclasp: &Handclasp) -> Result<(), Error> {
    let jo = PersonId::from_uuid(Uuid::from_u128(7));
    handclasp.people().put(Actor::system(), Profile::new(jo, "Jo Doe", "jo@acme.example")).await.map(|_| ())
}

#[tokio::test]
async fn whether_a_change_stands_is_unknown_from_its_commit_on_and_not_before() {
    let gate = Arc::new(Gate::new(Arc::new(Memory::new())));
    let (handclasp, clock) = open(gate.clone()).await;
    for (call, code) in [(Call::Load, "storage_busy"), (Call::Commit, "outcome_unknown")] {
        let held = gate.hold(call);
        let late = async {
            held.arrived().await;
            clock.advance(Duration::from_secs(10));
        };
        let (answer, ()) = join(put(&handclasp), late).await;
        assert_eq!(answer.unwrap_err().code(), code, "{call:?}");
    }
    put(&handclasp).await.unwrap();
}

#[tokio::test]
async fn what_changes_nothing_commits_nothing() {
    let counting = Arc::new(Counting::new(Arc::new(Memory::new())));
    let (handclasp, _) = open(counting.clone()).await;
    put(&handclasp).await.unwrap();
    let before = counting.counts();
    put(&handclasp).await.unwrap();
    let after = counting.counts();
    assert_eq!((after.loads - before.loads, after.commits - before.commits), (1, 0));
}

/// A business that somebody has registered, and them, acting for it.
async fn register(handclasp: &Handclasp, number: u128, name: &str) -> (BusinessId, Actor) {
    let admin = PersonId::from_uuid(Uuid::from_u128(number));
    let register = Register::new(name, Profile::new(admin, "Jo Doe", "jo@acme.example"));
    let id = handclasp.businesses().register(Actor::system(), register).await.unwrap().id;
    (id, Actor::person(admin, id))
}

#[tokio::test]
async fn what_no_commit_checks_is_decided_on_one_snapshot() {
    let counting = Arc::new(Counting::new(Arc::new(Memory::new())));
    let (handclasp, _) = open(counting.clone()).await;
    let (client, inviter) = register(&handclasp, 1, "Acme Ltd").await;
    let account = SetClientAccount::new(client, true);
    let role = handclasp.businesses().set_client_account(Actor::system(), account).await.unwrap().supplier.unwrap().id;
    let (_, contractor) = register(&handclasp, 2, "Jones & Sons").await;
    let link = handclasp.invites().create(inviter, CreateInvite::new(role)).await.unwrap().link;
    for (code, loads, commits) in [(None, 2, 1), (Some("invite_invalid_or_expired"), 3, 0)] {
        let before = counting.counts();
        let answer = handclasp.invites().redeem(&contractor, &link).await;
        let after = counting.counts();
        assert_eq!(answer.err().map(|error| error.code()), code);
        assert_eq!((after.loads - before.loads, after.commits - before.commits), (loads, commits), "{code:?}");
    }
}

/// An operation of which the size of its answer alone is of interest.
#[derive(Serialize)]
struct Answering;

impl Operation for Answering {
    const NAME: &'static str = "answering";
    type Answer = Connected;

    fn decide(&self, _: &View, _: &mut Context<'_>) -> Result<(Connected, Changes), Stop> {
        Err(Error::NotFound.into())
    }
}

#[tokio::test]
async fn a_call_that_waits_keeps_its_answer_once() {
    let (handclasp, _) = open(Arc::new(Memory::new())).await;
    let (call, changing) = (super::Call { by: By::Visitor, key: None }, AtomicBool::new(false));
    let waiting = size_of_val(&handclasp.inner.rounds(call, &Answering, &changing));
    assert!(waiting < 3 * size_of::<Connected>(), "{waiting} bytes");
}
