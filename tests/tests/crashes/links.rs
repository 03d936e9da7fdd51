//! Links that are made anew while the process is killed.

use serde_json::{Value, json};

use crate::child::Said;
use crate::stage::{admin, call, copy, file, opened, parsed};
use crate::victim::{Victim, rows};

/// Which of two links leads anywhere.
fn live(victim: &mut Victim, links: [&str; 2]) -> [bool; 2] {
    links.map(|link| {
        let preview = call(900, "invites.preview", &json!({ "link_or_claim": link }));
        match parsed(&victim.answer(&preview).1) {
            Ok(_) => true,
            Err(code) if code == "invite_invalid_or_expired" => false,
            Err(code) => panic!("{code}"),
        }
    })
}

/// Kills whoever makes a link anew at each point; whether the old or the new link is live then, each time.
async fn renewed(operation: &str, first: impl AsyncFn() -> (tempfile::TempDir, String, Value)) -> Vec<[bool; 2]> {
    let (folder, old, arguments) = first().await;
    let renew = call(100, operation, &arguments);
    let new = {
        let copy = copy(folder.path());
        let answer = opened(copy.path()).answer(&renew).1;
        parsed(&answer).expect("a new link")["link"].as_str().expect("a link").to_owned()
    };
    let mut found = Vec::new();
    for passage in 1.. {
        let copy = copy(folder.path());
        let mut victim = opened(copy.path());
        victim.stop_at(passage);
        match victim.call(&renew) {
            (_, Said::At(_)) => assert_eq!(victim.kill(), []),
            (_, Said::Answer { .. }) => break,
            (_, other) => panic!("{other:?}"),
        }
        rows(copy.path());
        let mut next = opened(copy.path());
        found.push(live(&mut next, [&old, &new]));
        // The one who was never answered asks again.
        let again = parsed(&next.answer(&renew).1).expect("the new link");
        assert_eq!(again["link"], new.as_str());
        assert_eq!(live(&mut next, [&old, &new]), [false, true]);
    }
    found
}

fn one_each(found: &[[bool; 2]]) {
    assert!(found.len() > 5, "{found:?}");
    let (last, before) = found.split_last().expect("points");
    assert!(before.iter().all(|live| *live == [true, false]), "{found:?}");
    assert_eq!(*last, [false, true], "committed, and nobody was told");
}

#[tokio::test]
async fn crs_05_a_refresh_that_is_killed_anywhere_leaves_one_live_link() {
    let found = renewed("group_links.refresh", async || {
        let (folder, (acme, link)) = file(async |world| {
            let acme = world.client("Acme").await;
            let link = world.group_link(&acme).await;
            (acme, link)
        })
        .await;
        let arguments = json!({ "actor": admin(&acme), "role": acme.role(), "idempotency_key": "once" });
        (folder, link.expose().to_owned(), arguments)
    })
    .await;
    one_each(&found);
}

#[tokio::test]
async fn crs_05_a_resend_that_is_killed_anywhere_leaves_one_live_link() {
    let found = renewed("invites.resend", async || {
        let (folder, (acme, created)) = file(async |world| {
            let acme = world.client("Acme").await;
            let created = world.invite(&acme).await;
            (acme, created)
        })
        .await;
        let arguments = json!({ "actor": admin(&acme), "invite": created.invite.id, "idempotency_key": "once" });
        (folder, created.link.expose().to_owned(), arguments)
    })
    .await;
    one_each(&found);
}
