//! Random runs: drawn from a seed, shortened when they fail, and replayed by the seed.

use std::cell::{Cell, RefCell};
use std::sync::atomic::Ordering;

use handclasp::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use proptest_state_machine::ReferenceStateMachine;
use tokio::runtime::Runtime;

use super::model::Model;
use super::op::{Op, any_op, beginning};
use super::play::Call;
use super::rig::{Coverage, Rig};
use crate::stores::Place;
use crate::world::START;

/// How many runs, of how many steps each.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Runs {
    /// So many runs.
    pub cases: u32,
    /// So many steps each.
    pub steps: usize,
    /// Where randomness begins.
    pub seed: u64,
}

impl Runs {
    /// So many runs, of so many steps each, from this seed.
    #[must_use]
    pub const fn new(cases: u32, steps: usize, seed: u64) -> Self {
        Self { cases, steps, seed }
    }
}

/// The model, and what it says must come of the step that was taken last.
#[derive(Debug, Clone)]
struct Told {
    model: Model,
    call: Option<Call>,
}

impl Told {
    fn empty() -> Self {
        let start: Timestamp = START.parse().expect("an instant");
        Self { model: Model { now: start.as_micros(), ..Model::default() }, call: None }
    }
}

#[derive(Debug)]
struct Reference;

impl ReferenceStateMachine for Reference {
    type State = Told;
    type Transition = Op;

    fn init_state() -> BoxedStrategy<Told> {
        Just(beginning().iter().fold(Told::empty(), Self::apply)).boxed()
    }

    fn transitions(_: &Told) -> BoxedStrategy<Op> {
        any_op()
    }

    fn apply(mut state: Told, op: &Op) -> Told {
        state.call = state.model.play(*op);
        state
    }
}

/// Runs on these stores, each time on fresh ones, and answers with what was covered.
///
/// # Panics
/// With the shortest steps found that end otherwise than the model says, and the seed that leads there.
pub fn run(runs: Runs, places: impl AsyncFn() -> Vec<Place>) -> Coverage {
    let runtime = Runtime::new().expect("a runtime");
    let coverage = RefCell::new(Coverage::new());
    // Runs until the first that failed; the shorter ones after it are not counted.
    let (begun, failed) = (Cell::new(0), Cell::new(false));
    let config = Config {
        cases: runs.cases,
        rng_seed: RngSeed::Fixed(runs.seed),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        // A long trace takes seconds each time.
        max_shrink_time: 60_000,
        ..Config::default()
    };
    let steps = Reference::sequential_strategy(runs.steps);
    let outcome = TestRunner::new(config).run(&steps, |(_, ops, seen)| {
        begun.set(begun.get() + u32::from(!failed.get()));
        let told = async {
            let places = places().await;
            let drawn = || {
                if let Some(seen) = &seen {
                    seen.fetch_add(1, Ordering::SeqCst);
                }
            };
            let mut came = coverage.take();
            let taken = walk(&places, &ops, &mut came, drawn).await;
            coverage.replace(came);
            for place in places {
                place.remove().await;
            }
            taken
        };
        let outcome = runtime.block_on(told);
        failed.set(failed.get() || outcome.is_err());
        outcome.map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => coverage.into_inner(),
        Err(TestError::Fail(why, (_, ops, _))) => {
            let (run, steps, seed) = (begun.get(), ops.len(), runs.seed);
            let ops: String = ops.iter().map(|op| format!("  {op:?}\n")).collect();
            panic!("run {run}: {why}\nafter {steps} steps:\n{ops}HANDCLASP_SEED={seed} draws the same")
        }
        Err(TestError::Abort(why)) => panic!("nothing could be drawn: {why}"),
    }
}

/// Takes the steps, those of the beginning first.
async fn walk(places: &[Place], ops: &[Op], coverage: &mut Coverage, mut drawn: impl FnMut()) -> Result<(), String> {
    let (mut rig, mut state) = (Rig::on(places).await, Told::empty());
    let beginning = beginning();
    for (number, op) in beginning.iter().chain(ops).enumerate() {
        if number >= beginning.len() {
            drawn();
        }
        state = Reference::apply(state, op);
        if let Some(call) = &state.call {
            let outcome = rig.step(state.model.now, call, coverage).await;
            outcome.map_err(|why| format!("{} {}: {why}", call.operation, call.arguments))?;
        }
    }
    rig.close().await;
    Ok(())
}
