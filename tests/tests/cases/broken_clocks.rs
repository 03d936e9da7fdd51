//! Clocks that fail at whichever reading: no operation is half done, and the next call works.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use handclasp::mail::CapturingMailer;
use handclasp::storage::Storage;
use handclasp::testing::{SeededEntropy, configuration};
use handclasp::{Clock, ClockOutOfRange, Handclasp, Parts, Timestamp};
use handclasp_tests::authority::{Able, Ready};
use handclasp_tests::soak::rounds;
use handclasp_tests::stores::{Place, everything};
use handclasp_tests::world::START;
use serde_json::{Value, json};

/// How a clock fails.
#[derive(Debug, Clone, Copy)]
enum Fails {
    /// It says that it has left the years that can be counted.
    Errs,
    Panics,
}

impl Fails {
    /// What the caller is told.
    const fn code(self) -> &'static str {
        match self {
            Self::Errs => "clock_out_of_range",
            Self::Panics => "internal",
        }
    }
}

/// A clock that can be read so often, and then fails.
#[derive(Debug)]
struct Broken {
    fails: Fails,
    left: AtomicUsize,
}

#[async_trait]
impl Clock for Broken {
    fn now(&self) -> Result<Timestamp, ClockOutOfRange> {
        let left = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match self.fails {
            _ if left.is_ok() => Ok(START.parse().unwrap()),
            Fails::Errs => Err(ClockOutOfRange),
            Fails::Panics => std::panic::resume_unwind(Box::new("the clock panics")),
        }
    }

    async fn sleep_until(&self, _: Timestamp) {
        std::future::pending().await
    }
}

/// A call that is ready, on a handle whose clock fails when it is told to.
struct Timed {
    place: Place,
    storage: Arc<dyn Storage>,
    ready: Ready,
    clock: Arc<Broken>,
    handclasp: Handclasp,
}

impl Timed {
    async fn of(able: Able, fails: Fails, place: Place) -> Self {
        let storage = place.open().await;
        let ready = able.ready(Arc::clone(&storage)).await;
        let clock = Arc::new(Broken { fails, left: AtomicUsize::new(usize::MAX) });
        let mut parts = Parts::new(Arc::clone(&storage), Arc::new(CapturingMailer::new()));
        (parts.clock, parts.entropy) = (Arc::clone(&clock) as _, Arc::new(SeededEntropy::new(2)));
        let handclasp = Handclasp::open(configuration(), parts).await.unwrap();
        Self { place, storage, ready, clock, handclasp }
    }

    async fn leave(self) {
        self.storage.close().await.unwrap();
        self.place.remove().await;
    }

    /// What it is answered if the clock can be read so often.
    async fn answer(&self, readings: usize) -> Value {
        self.clock.left.store(readings, Ordering::SeqCst);
        let arguments = self.ready.arguments.to_string();
        let answer = handclasp_wire::call(&self.handclasp, self.ready.operation, &arguments).await;
        serde_json::from_str(&answer).unwrap()
    }
}

/// It does one thing after the other, and what is done stays.
const STEPS: &str = "outbox.deliver_due";

/// Fails at the first reading, at the second, and so on, until the call has all the readings that it takes.
async fn fails_at_each_reading(able: Able, fails: Fails, place: impl AsyncFn() -> Place) {
    let operation = able.operation();
    let mut timed = Timed::of(able, fails, place().await).await;
    for readings in 0.. {
        let told = format!("{operation} after {readings} readings, {fails:?}, {}", timed.place.name);
        let before = everything(&*timed.storage).await.unwrap();
        let answer = timed.answer(readings).await;
        // A mail whose sending fails is no fault of the worker's.
        let failed = answer["ok"]["failed"] == json!(1);
        if answer.get("ok").is_some() && !failed {
            assert!(readings > 0, "{operation} reads no clock");
            break;
        }
        if operation == STEPS {
            assert!(failed || answer["error"]["code"] == fails.code(), "{told}: {answer}");
            timed.leave().await;
            timed = Timed::of(able, fails, place().await).await;
        } else {
            assert_eq!(answer["error"]["code"], fails.code(), "{told}: {answer}");
            assert_eq!(before, everything(&*timed.storage).await.unwrap(), "{told}");
        }
    }
    timed.leave().await;
}

#[tokio::test]
async fn clk_07_sto_26_a_clock_that_fails_at_any_reading_of_any_operation_changes_nothing_and_the_next_call_works() {
    for able in Able::all().await {
        for fails in [Fails::Errs, Fails::Panics] {
            fails_at_each_reading(able, fails, async || Place::memory()).await;
        }
    }
}

#[tokio::test]
async fn clk_07_on_files_and_a_server_a_clock_that_fails_changes_nothing_and_the_next_call_works() {
    for (number, able) in Able::all().await.into_iter().enumerate() {
        let always = ["invites.create", "invites.list"].contains(&able.operation());
        if always || number % rounds(8, 1) == 0 {
            for fails in [Fails::Errs, Fails::Panics] {
                fails_at_each_reading(able, fails, async || Place::sqlite()).await;
                fails_at_each_reading(able, fails, Place::postgres).await;
            }
        }
    }
}
