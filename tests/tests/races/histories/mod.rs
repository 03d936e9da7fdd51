//! Histories of many clients, on one record at a time: each has to be one that could have happened call by call.

mod access;
mod admins;
mod connections;
mod invites;

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::{BoxFuture, join_all};
use handclasp::Handclasp;
use handclasp::testing::Call;
use handclasp_tests::races::linear::{Done, Order, linearizable};
use handclasp_tests::races::{Numbers, Together, Watched};
use handclasp_tests::soak::{rounds, seed};
use handclasp_tests::stores::Place;
use handclasp_tests::world::World;
use serde_json::Value;

use crate::processes::roomy;

/// So many call at once.
const CLIENTS: usize = 8;
/// So many calls meet on one record; then comes another.
const MET: usize = 24;

/// Calls on each kind of record; CNC-14 wants 20 000 in all.
fn calls() -> usize {
    rounds(960, 7_000)
}

/// What the calls of a history are on, one record after the other.
trait Subject: Send + Sync + 'static {
    type State: Clone + Eq + Hash + Debug;
    type Call: Clone + Debug + Send;

    /// How it stands at first.
    fn start() -> Self::State;

    /// What one client does next, as chosen by a number.
    fn call<'a>(&'a self, handclasp: &'a Handclasp, client: usize, chosen: usize) -> BoxFuture<'a, Self::Call>;

    /// How it stands after a call that was answered so; nothing if that could not be.
    fn step(state: &Self::State, call: &Self::Call) -> Option<Self::State>;
}

/// The requests that have been told of.
#[derive(Debug, Default)]
struct Requests(Mutex<Vec<String>>);

impl Requests {
    fn add(&self, request: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    }

    /// Most often the latest.
    fn one(&self, chosen: usize) -> Option<String> {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = requests.len().checked_sub(1 + chosen % 3 / 2)?;
        Some(requests[place].clone())
    }
}

/// Records a history on each record of a kind, on stores in memory and in a file, and checks it.
async fn every_history<S: Subject>(make: impl AsyncFn(&World, usize) -> S) {
    let seed = seed();
    for place in [Place::memory(), Place::sqlite()] {
        let storage = Arc::new(Watched::new(place.open().await, Together::default()));
        let world = World::with(Arc::clone(&storage) as Arc<_>, roomy()).await;
        // A file takes a flush for each call, and for those that stage it.
        let records = calls() / MET / if place.name == "memory" { 1 } else { rounds(5, 2) };
        for number in 0..records {
            let subject = Arc::new(make(&world, number).await);
            // The first call of each is under way while the others' are: clients left to themselves may never meet.
            storage.watch.hold(Call::Load, CLIENTS);
            let history = recorded(&world.handclasp, &subject, seed + number as u64).await;
            assert!(storage.watch.met(), "{}, record {number}: not all have called", place.name);
            // Histories in which nobody meets anybody are linearizable whatever the library does.
            let met = meetings(&history);
            assert!(met > MET / 4, "{}, record {number}: {met} calls met others", place.name);
            if let Err(left) = linearizable(S::start(), history.clone(), S::step) {
                panic!("{}, record {number}: no order for {left:#?}\nin {history:#?}", place.name);
            }
        }
        world.handclasp.close().await.expect("a store can be closed");
    }
}

async fn recorded<S: Subject>(handclasp: &Handclasp, subject: &Arc<S>, seed: u64) -> Vec<Done<S::Call>> {
    let (order, tickets) = (Arc::<Order>::default(), Arc::<AtomicUsize>::default());
    let history = Arc::<Mutex<Vec<Done<S::Call>>>>::default();
    let clients = (0..CLIENTS).map(|client| {
        let (handclasp, subject) = (handclasp.clone(), Arc::clone(subject));
        let (order, tickets, history) = (Arc::clone(&order), Arc::clone(&tickets), Arc::clone(&history));
        tokio::spawn(async move {
            let mut numbers = Numbers::new(seed * CLIENTS as u64 + client as u64);
            while tickets.fetch_add(1, Ordering::SeqCst) < MET {
                let chosen = numbers.below(1_000);
                let invoked = order.next();
                let call = subject.call(&handclasp, client, chosen).await;
                let done = Done { invoked, answered: order.next(), call };
                history.lock().unwrap_or_else(PoisonError::into_inner).push(done);
            }
        })
    });
    for client in join_all(clients.collect::<Vec<_>>()).await {
        client.expect("a client");
    }
    let mut history = std::mem::take(&mut *history.lock().unwrap_or_else(PoisonError::into_inner));
    history.sort_by_key(|done| done.invoked);
    history
}

/// How many calls began while an earlier one was under way.
fn meetings<C>(history: &[Done<C>]) -> usize {
    let mut until = 0;
    let meets = |done: &&Done<C>| {
        let meets = done.invoked < until;
        until = until.max(done.answered);
        meets
    };
    history.iter().filter(meets).count()
}

/// What a call was answered: the code, with the decision where there is one, or `ok`.
async fn answered(handclasp: &Handclasp, operation: &str, arguments: &Value) -> (String, Value) {
    let answer = handclasp_wire::call(handclasp, operation, &arguments.to_string()).await;
    let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
    match answer["error"]["code"].as_str() {
        None => ("ok".to_owned(), answer["ok"].take()),
        Some(code) => {
            let decision = answer["error"]["fields"]["decision"].as_str();
            (decision.map_or(code.to_owned(), |decision| format!("{code}: {decision}")), Value::Null)
        }
    }
}
