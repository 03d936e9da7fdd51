//! Every pair of calls that touch one record: whatever the schedule, both answers and everything stored are those of
//! one of the two serial orders, and nobody needs more than three rounds.
//!
//! Who delivers makes two calls of it: a lease, and the rest.
//!
//! A family is a stage and the calls that may meet there; its pairs are all of them, each call with itself among them.
//! The oracle is the library, run one call after the other on a copy of the stage.

mod access;
mod connections;
mod links;
mod mails;
mod parties;
mod settings;
pub(crate) mod stages;

use std::sync::Arc;

use handclasp::storage::Storage;
use handclasp::testing::configuration;
use handclasp_tests::races::{Call, Run, Staged, Stand, after_the_lease, copy_of, every_schedule};
use handclasp_tests::scenarios::takes_a_key;
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::Place;
use handclasp_tests::world::World;

/// Nobody decides more often.
const ROUNDS: u64 = 3;

/// Runs every pair of a family's calls: in every schedule on the store in memory; and on memory and a SQLite file held
/// open by a gate and raced by two tasks, which in the short form is for some of the pairs.
async fn every_pair(family: &str, stage: impl AsyncFnOnce(&World) -> Vec<Call>) {
    let staged = Staged::set(configuration(), stage).await;
    let stand = Stand::new(&staged, 2).await;
    let file = staged.in_a_file().await;
    let calls = &staged.calls;
    let (mut schedules, mut pairs, mut contentions, mut held) = (0, 0, 0, 0);
    for first in 0..calls.len() {
        for second in first..calls.len() {
            let met = format!("{family}: {} and {}", calls[first].name, calls[second].name);
            let pair = [first, second];
            let orders = orders(&stand, pair).await;
            let pair = Pair { stand: &stand, calls: pair, orders, met };
            let (tried, contended) = pair.in_every_schedule().await;
            schedules += tried;
            contentions += usize::from(contended);
            // A file takes a flush or two to copy and open: it is for pairs of which one was in the other's way.
            let file = (contended && contentions % rounds(10, 1) == 0).then_some(&file);
            if file.is_some() || pairs % rounds(8, 1) == 0 {
                held += pair.held_open(file).await;
                pair.raced(file).await;
            }
            pairs += 1;
            stand.forget();
        }
    }
    assert!(schedules > 2 * pairs, "{family}: {schedules} schedules of {pairs} pairs: nobody met anybody");
    assert!(held > 0, "{family}: no call came to its gate");
}

/// What changes something and meets nothing: a business or a person that is new.
const ALONE: [&str; 1] = ["businesses.register"];

#[tokio::test]
async fn every_operation_that_changes_something_stands_in_a_family() {
    async fn operations(stage: impl AsyncFnOnce(&World) -> Vec<Call>) -> Vec<&'static str> {
        Staged::set(configuration(), stage).await.calls.iter().map(|call| call.operation).collect()
    }
    let families = [
        operations(access::open).await,
        operations(connections::pending).await,
        operations(connections::connected).await,
        operations(connections::ended).await,
        operations(links::bearer).await,
        operations(links::bound).await,
        operations(links::opened).await,
        operations(links::group).await,
        operations(links::keyed).await,
        operations(mails::owed).await,
        operations(parties::admins).await,
        operations(parties::roles).await,
        operations(settings::settings).await,
    ]
    .concat();
    let (surface, _) = handclasp_wire::surface();
    let changing = surface.iter().map(|operation| operation.name).filter(|name| takes_a_key(name));
    let spared: Vec<_> = changing.filter(|name| !families.contains(name) && !ALONE.contains(name)).collect();
    assert!(spared.is_empty(), "operations that meet no other: {spared:?}");
}

/// Where two calls lead one after the other. Who delivers makes two calls of it, a lease and the rest.
async fn orders(stand: &Stand<'_>, pair: [usize; 2]) -> Vec<Run> {
    let mut orders = vec![stand.one_by_one(&pair, &[0, 1]).await, stand.one_by_one(&pair, &[1, 0]).await];
    for (racer, call) in pair.into_iter().enumerate() {
        if stand.staged.calls[call].leases() {
            orders.push(after_the_lease(stand, &pair, racer).await);
        }
    }
    orders
}

/// Two calls and where they lead one after the other.
struct Pair<'a> {
    stand: &'a Stand<'a>,
    calls: [usize; 2],
    orders: Vec<Run>,
    met: String,
}

impl Pair<'_> {
    /// Tells how many schedules there are, and whether in any of them somebody had to decide again.
    async fn in_every_schedule(&self) -> (usize, bool) {
        let mut most = 0;
        let tried = every_schedule(self.stand, &self.calls, |trial| {
            self.is_serial(&trial.run, &format!("schedule {:?}", trial.schedule));
            assert!(trial.rounds <= ROUNDS, "{}: {} rounds", self.met, trial.rounds);
            most = most.max(trial.rounds);
        });
        (tried.await, most > 1)
    }

    /// Whoever is held before its commit comes second, whatever it has decided. Tells how many were.
    async fn held_open(&self, file: Option<&Place>) -> usize {
        let [one, other] = self.calls;
        let mut all_held = 0;
        for (calls, orders) in [([one, other], [0, 1]), ([other, one], [1, 0])] {
            let after = self.stand.one_by_one(&calls, &[1, 0]).await;
            let before = self.stand.one_by_one(&calls, &[0, 1]).await;
            for copy in [Some(None), file.map(|file| Some(copy_of(file)))].into_iter().flatten() {
                let storage = opened(self.stand, copy.as_ref()).await;
                let (run, rounds, held) = self.stand.held(&storage, calls).await;
                all_held += usize::from(held);
                let expected = if held { &after } else { &before };
                let differs = run.beside(expected);
                // Who delivers leased its mail before: it may have come first although it commits last.
                let as_well = if self.stand.staged.calls[calls[0]].leases() { &before } else { expected };
                let met = &self.met;
                let serial = run == *expected || run == *as_well;
                assert!(serial, "{met}, {orders:?} held open (held: {held}) came to\n{differs}");
                assert!(rounds <= ROUNDS, "{}: {rounds} rounds", self.met);
                storage.close().await.expect("a store can be closed");
            }
        }
        all_held
    }

    async fn raced(&self, file: Option<&Place>) {
        let in_memory = (0..rounds(4, 200)).map(|round| (round, None));
        let copies = |file| (0..rounds(1, 200)).map(move |round| (round, Some(copy_of(file))));
        for (round, copy) in in_memory.chain(file.into_iter().flat_map(copies)) {
            let storage = opened(self.stand, copy.as_ref()).await;
            let (run, rounds) = self.stand.raced(&storage, &self.calls).await;
            self.is_serial(&run, &format!("raced, round {round}"));
            assert!(rounds <= ROUNDS, "{}: {rounds} rounds", self.met);
            storage.close().await.expect("a store can be closed");
        }
    }

    /// The run is one of the serial orders.
    fn is_serial(&self, run: &Run, how: &str) {
        if !self.orders.contains(run) {
            let differences: Vec<String> = self.orders.iter().map(|order| run.beside(order)).collect();
            panic!("{}, {how}: no order of the two leads here\n{}", self.met, differences.join("or\n"));
        }
    }
}

/// The stage: the copy of the file, or else one in memory.
async fn opened(stand: &Stand<'_>, copy: Option<&Place>) -> Arc<dyn Storage> {
    match copy {
        Some(place) => place.open().await,
        None => stand.staged.in_memory().await,
    }
}
