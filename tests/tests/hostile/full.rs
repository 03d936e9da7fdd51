//! A disk that is full.

use std::fs::{self, File};
use std::io::{Write, stderr};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use handclasp_sqlite::{Options, Sqlite};
use handclasp_tests::authority::{Able, Ready};
use serde_json::{Value, json};

use crate::child;

/// A user may make a file system for themselves alone, nearly everywhere.
const SMALL_DISK: &str = "mount -t tmpfs -o size=2m none /mnt && cd /mnt &&";

#[test]
fn sto_07_on_a_full_disk_every_change_is_refused_whole_and_works_when_there_is_room() {
    let own = ["--user", "--map-root-user", "--mount", "true"];
    if !Command::new("unshare").args(own).status().is_ok_and(|status| status.success()) {
        // Told past the harness, which hides what a passing test prints. That a full database is told of and unchanged,
        // the adapter's own test shows everywhere.
        writeln!(stderr(), "sto_07 skipped: nobody may make a file system here").expect("a place to say it");
        return;
    }
    let inner = format!("{SMALL_DISK} exec \"$0\" \"$@\"");
    let script = format!("exec unshare --user --map-root-user --mount sh -c '{inner}' \"$0\" \"$@\"; ");
    child::passes("full::on_a_small_disk", &script);
}

/// Fills what is left of the disk, to the byte.
fn filled(path: &Path) {
    let mut file = File::create(path).expect("a file");
    for size in [4_096, 1] {
        while file.write(&vec![0; size]).is_ok_and(|written| written > 0) {}
    }
}

/// What is already as these calls ask, so that they write nothing.
const AS_ASKED: [&str; 3] = ["businesses.restore", "contractor_roles.restore", "connections.change_role"];

/// What writes less than any other call, and lets the log take what is left of the room that it has had.
async fn small(ready: &Ready, number: usize) -> Value {
    let id = "00000000-0000-4000-8000-00000000ffff";
    let name = number.to_string();
    let arguments = json!({ "actor": { "kind": "system" }, "id": id, "name": name, "email": "al@dot.example" });
    let answer = handclasp_wire::call(ready.handclasp(), "people.put", &arguments.to_string()).await;
    serde_json::from_str(&answer).expect("JSON")
}

/// Makes the call on a full disk; tells whether it had to be refused.
async fn refused(ready: &Ready, filler: &Path) -> bool {
    filled(filler);
    let mut number = 0;
    while small(ready, number).await["error"]["code"] != "storage_full" {
        number += 1;
        assert!(number < 10_000, "the disk never fills, or it is not told of");
    }
    let (before, _) = ready.digest().await;
    let answer = ready.call(&ready.arguments).await;
    let full = answer.get("ok").is_none();
    let (after, _) = ready.digest().await;
    assert_eq!(after, before, "{} changed something", ready.operation);
    fs::remove_file(filler).expect("room");
    if full {
        assert_eq!(answer["error"]["code"], "storage_full", "{}: {answer}", ready.operation);
        let answer = ready.call(&ready.arguments).await;
        assert!(answer.get("ok").is_some(), "{} with room: {answer}", ready.operation);
    }
    full
}

#[tokio::test]
#[ignore = "fills a disk that is made for it"]
async fn on_a_small_disk() {
    let here = fs::canonicalize(".").expect("a folder");
    let changing: Vec<_> =
        handclasp_wire::surface().0.iter().filter(|each| each.changes).map(|each| each.name).collect();
    let mut through = Vec::new();
    for able in Able::all().await {
        let folder = tempfile::tempdir_in(&here).expect("a folder");
        let storage = Sqlite::open(folder.path().join("x.db"), Options::new().create(true)).await.expect("a database");
        let ready = able.ready(Arc::new(storage)).await;
        // It waits and tries again, as its doc says; what it does is `outbox.deliver_due`.
        if ready.operation != "outbox.run" && !refused(&ready, &here.join("filler")).await {
            through.push(ready.operation);
        }
        ready.handclasp().close().await.expect("a closed handle");
    }
    through.retain(|operation| changing.contains(operation));
    assert_eq!(through, AS_ASKED, "all others write, and the disk was full");
}
