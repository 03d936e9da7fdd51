//! Files to begin with, and calls to make on them.

use std::path::Path;
use std::sync::Arc;

use handclasp::storage::Storage;
use handclasp_sqlite::{Options, Sqlite};
use handclasp_tests::world::{Company, START, World};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::child::{Call, FILE};
use crate::victim::Victim;

/// A file that nobody has open, after what was done in it.
pub(crate) async fn file<T>(done: impl AsyncFnOnce(&World) -> T) -> (TempDir, T) {
    let folder = tempfile::tempdir().expect("a folder");
    let storage = Sqlite::open(folder.path().join(FILE), Options::new().create(true)).await.expect("a new file");
    let storage: Arc<dyn Storage> = Arc::new(storage);
    let world = World::on(Arc::clone(&storage)).await;
    let made = done(&world).await;
    storage.close().await.expect("a file can be closed");
    (folder, made)
}

/// A folder with a copy of a file that nobody has open.
pub(crate) fn copy(from: &Path) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(from.join(FILE), folder.path().join(FILE)).expect("a copy");
    folder
}

/// A process that has the file open, at the beginning.
pub(crate) fn opened(folder: &Path) -> Victim {
    Victim::open(folder, None, START)
}

/// The first Admin of a business as an argument.
pub(crate) fn admin(of: &Company) -> Value {
    json!({ "kind": "person", "id": of.person, "addresses": [of.address.as_str()], "business": of.id })
}

/// The host itself as an argument.
pub(crate) fn system() -> Value {
    json!({ "kind": "system" })
}

/// A call at the beginning.
pub(crate) fn call(seed: u64, operation: &str, arguments: &Value) -> Call {
    Call { at: START.to_owned(), seed, operation: operation.to_owned(), arguments: arguments.to_string() }
}

/// What an answer holds, or its error.
pub(crate) fn parsed(answer: &str) -> Result<Value, String> {
    let answer: Value = serde_json::from_str(answer).unwrap_or_else(|error| panic!("{answer}: {error}"));
    match answer["error"]["code"].as_str() {
        Some(code) => Err(code.to_owned()),
        None => Ok(answer["ok"].clone()),
    }
}
