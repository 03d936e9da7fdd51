//! Every promise of `Storage`, each in a database of its own.

use std::sync::Arc;

use crate::support::Database;
use handclasp::testing::STORAGE_SUITE;

#[tokio::test(flavor = "multi_thread")]
async fn keeps_every_promise() {
    for check in STORAGE_SUITE {
        let database = Database::new().await;
        let checked = tokio::spawn((check.run)(Arc::new(database.store().await))).await;
        assert!(checked.is_ok(), "{} is broken", check.name);
    }
}
