//! Every promise of `Storage`, each in a database of its own.

use std::sync::Arc;

use futures_executor::block_on;
use handclasp::testing::STORAGE_SUITE;

use crate::stage;

#[test]
fn keeps_every_promise() {
    for check in STORAGE_SUITE {
        let (_folder, path) = stage::folder();
        let checked = std::panic::catch_unwind(|| block_on((check.run)(Arc::new(stage::created(&path)))));
        assert!(checked.is_ok(), "{} is broken", check.name);
    }
}
