//! Every store keeps every promise of the port.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use handclasp::testing::STORAGE_SUITE;
use handclasp_tests::stores::Place;

/// Tries every promise on a store of its own, and names those that are broken.
async fn keeps_every_promise(fresh: impl AsyncFn() -> Place) {
    let mut broken = Vec::new();
    for check in STORAGE_SUITE {
        let place = fresh().await;
        let run = (check.run)(place.open().await);
        if AssertUnwindSafe(run).catch_unwind().await.is_err() {
            broken.push(check.name);
        }
        place.remove().await;
    }
    assert!(broken.is_empty(), "broken promises, each panicked above: {broken:?}");
}

#[tokio::test]
async fn memory_keeps_every_promise() {
    keeps_every_promise(async || Place::memory()).await;
}

#[tokio::test]
async fn sqlite_keeps_every_promise() {
    keeps_every_promise(async || Place::sqlite()).await;
}

#[tokio::test]
async fn postgres_keeps_every_promise() {
    keeps_every_promise(async || Place::postgres().await).await;
}
