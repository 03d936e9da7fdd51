//! Every promise of `Storage`, each in a database of its own.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails panics")]

mod support;

use std::sync::Arc;

use handclasp::testing::STORAGE_SUITE;
use support::Database;

#[tokio::test(flavor = "multi_thread")]
async fn keeps_every_promise() {
    for check in STORAGE_SUITE {
        let database = Database::new().await;
        eprintln!("{}", check.name);
        (check.run)(Arc::new(database.store().await)).await;
    }
}
