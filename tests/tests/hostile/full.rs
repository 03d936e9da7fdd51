//! A disk that is full.

use std::fs::{self, File};
use std::io::{Write, stderr};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use handclasp::storage::Storage;
use handclasp_sqlite::{Options, Sqlite};
use handclasp_tests::stores::everything;
use handclasp_tests::world::{Company, World};
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

fn changes(acme: &Company, bolt: &Company) -> Vec<(&'static str, Value)> {
    let (admin, role) = (acme.admin(), acme.role());
    let system = json!({ "kind": "system" });
    let profile = json!({ "id": "00000000-0000-4000-8000-00000000eeee", "name": "Al", "email": "al@dot.example" });
    vec![
        ("businesses.register", json!({ "actor": system, "profile": { "name": "Dot" }, "admin": profile })),
        ("businesses.update", json!({ "actor": admin, "profile": { "name": "Acme 2" } })),
        ("people.put", json!({ "actor": system, "id": profile["id"], "name": "Al", "email": "al@dot.example" })),
        ("contractor_roles.create", json!({ "actor": admin, "name": "Plumber" })),
        ("group_links.enable", json!({ "actor": admin, "role": role })),
        ("invites.create", json!({ "actor": admin, "role": role, "address": "kim@k.example" })),
        ("connections.request", json!({ "actor": admin, "contractor": bolt.id, "role": role })),
        ("members.define_role", json!({ "actor": admin, "name": "Eye", "permissions": ["see"] })),
        (
            "reasons.set",
            json!({ "actor": admin, "kind": "disconnect", "reasons": [{ "code": "moved", "label": "Moved" }] }),
        ),
        ("outbox.deliver_due", json!({ "actor": system })),
    ]
}

#[tokio::test]
#[ignore = "fills a disk that is made for it"]
async fn on_a_small_disk() {
    let here = fs::canonicalize(".").expect("a folder");
    let storage: Arc<dyn Storage> =
        Arc::new(Sqlite::open(here.join("x.db"), Options::new().create(true)).await.expect("a database"));
    let world = World::on(Arc::clone(&storage)).await;
    let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
    let call = async |operation: &str, arguments: &Value| -> Value {
        let answer = handclasp_wire::call(&world.handclasp, operation, &arguments.to_string()).await;
        serde_json::from_str(&answer).expect("JSON")
    };
    let filler = here.join("filler");
    let (mut name, mut refused) = (0, 0);
    for (operation, arguments) in changes(&acme, &bolt) {
        filled(&filler);
        // The log keeps the room that it has had; the smallest of all changes fills it.
        let small = async |name: usize| {
            let id = "00000000-0000-4000-8000-00000000ffff";
            let arguments = json!({ "actor": { "kind": "system" }, "id": id, "name": format!("{name}"), "email": "al@dot.example" });
            call("people.put", &arguments).await["error"]["code"] != "storage_full"
        };
        while small(name).await {
            name += 1;
            assert!(name < 10_000, "the disk never fills, or it is not told of");
        }
        let before = everything(&*storage).await.expect("what is there can be read");
        let answer = call(operation, &arguments).await;
        if answer.get("ok").is_some() {
            // It takes even less.
            fs::remove_file(&filler).expect("room");
            continue;
        }
        refused += 1;
        assert_eq!(answer["error"]["code"], "storage_full", "{operation}: {answer}");
        assert_eq!(everything(&*storage).await.expect("rows"), before, "{operation} changed something");
        fs::remove_file(&filler).expect("room");
        let answer = call(operation, &arguments).await;
        assert!(answer.get("ok").is_some(), "{operation} with room: {answer}");
    }
    assert!(refused > 5, "only {refused} were refused");
    world.handclasp.close().await.expect("a closed handle");
}
