//! A story that nothing interrupts: every call that changes something, and the whole file before and after it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use handclasp::mail::MailFailure;
use handclasp::storage::Storage;
use handclasp_sqlite::{Options, Sqlite};
use handclasp_tests::fickle::{How, Messages, Mishap};
use handclasp_tests::scenarios::{self, APART, Teller, takes_a_key};
use handclasp_tests::world::World;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::child::{Call, FILE, Mailing};
use crate::victim::{Victim, rows};

/// Stories without calls that can be made again: where, and why.
const KEYLESS: [(&str, &str); 1] =
    [("settled_mails_are_purged", "kept answers are purged, and counted: more of them would be another story")];

/// Stories that are not told: which, and why.
const UNTOLD: [(&str, &str); 2] = [
    ("closed_stays_closed", "it closes its handle"),
    ("outbox_is_run_until_a_time", "it closes its handle, and goes on"),
];

/// It changes what nobody asks for again, and takes no key.
pub(crate) const PURGE: &str = "outbox.purge";

/// A call that changes something, or could have.
#[derive(Debug)]
pub(crate) struct Recorded {
    pub(crate) call: Call,
    /// What it was answered.
    pub(crate) answer: String,
    /// The same call once more, and its answer; nothing had changed by it.
    pub(crate) again: Option<(Call, String)>,
    /// What the mailer did meanwhile, and the mails that it took.
    pub(crate) mailing: Mailing,
    pub(crate) mails: Vec<String>,
    /// Every row of the file, before and after.
    pub(crate) before: Arc<Vec<String>>,
    pub(crate) after: Arc<Vec<String>>,
}

impl Recorded {
    /// Whether it is one commit at most.
    pub(crate) fn is_whole(&self) -> bool {
        !APART.contains(&self.call.operation.as_str())
    }
}

/// A story's calls in their order.
#[derive(Debug)]
pub(crate) struct Ledger {
    pub(crate) story: String,
    pub(crate) calls: Vec<Recorded>,
    /// The mails that are owed in the end.
    pub(crate) owed: Vec<String>,
}

/// The names of the stories that are told.
pub(crate) fn stories() -> Vec<String> {
    let names = scenarios::all().into_iter().map(|(name, _)| name);
    names.filter(|name| UNTOLD.iter().all(|(untold, _)| name != untold)).collect()
}

impl Ledger {
    /// Tells a story, and delivers in the end what is still owed.
    pub(crate) async fn of(story: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let storage = Sqlite::open(folder.path().join(FILE), Options::new().create(true)).await;
        let storage: Arc<dyn Storage> = Arc::new(storage.expect("a new file"));
        let scenario = scenarios::read(story);
        let keys = KEYLESS.iter().all(|(keyless, _)| *keyless != story);
        let mut scribe = Scribe { folder, storage: Arc::clone(&storage), keys, number: 0, seen: 0, calls: Vec::new() };
        let told = scenarios::tell(&scenario, Arc::clone(&storage), &mut scribe).await;
        told.unwrap_or_else(|why| panic!("{story}: {why}"));
        storage.close().await.expect("a file can be closed");
        let mut ledger = Self { story: story.to_owned(), calls: scribe.calls, owed: Vec::new() };
        ledger.owed = ledger.delivered(scribe.folder.path());
        ledger
    }

    /// The mails that a process sends long after the story has ended with this file.
    pub(crate) fn delivered(&self, folder: &Path) -> Vec<String> {
        let Some(last) = self.calls.last() else { return Vec::new() };
        let call = deliver(&later(&last.call.at, 8 * 86_400), u64::MAX);
        let (mails, answer) = Victim::open(folder, Some(&self.story), &call.at).answer(&call);
        assert!(answer.starts_with(r#"{"ok":"#), "{}: {answer}", self.story);
        sorted(mails.into_iter())
    }
}

struct Scribe {
    folder: TempDir,
    storage: Arc<dyn Storage>,
    keys: bool,
    number: u64,
    /// So many messages were looked at.
    seen: usize,
    calls: Vec<Recorded>,
}

impl Scribe {
    fn rows(&self) -> Arc<Vec<String>> {
        Arc::new(rows(self.folder.path()))
    }

    /// Makes a call with randomness of its own.
    async fn make(&mut self, world: &World, operation: &str, arguments: &str) -> (Call, String) {
        use handclasp::Clock;
        self.number += 1;
        let at = world.clock.now().expect("a time").to_string();
        let (operation, arguments) = (operation.to_owned(), arguments.to_owned());
        let call = Call { at, seed: self.number, operation, arguments };
        let handclasp = world.seeded(Arc::clone(&self.storage), call.seed).await;
        let answer = handclasp_wire::call(&handclasp, &call.operation, &call.arguments).await;
        (call, answer)
    }
}

#[async_trait]
impl Teller for Scribe {
    async fn call(
        &mut self,
        world: &World,
        operation: &str,
        mut arguments: Map<String, Value>,
    ) -> Result<String, String> {
        let keyed = takes_a_key(operation);
        if keyed && self.keys {
            let key = format!("ledger {}", self.number);
            arguments.entry("idempotency_key").or_insert_with(|| key.into());
        }
        let keyed = keyed && arguments.contains_key("idempotency_key");
        let arguments = Value::Object(arguments).to_string();
        if !takes_a_key(operation) && !APART.contains(&operation) && operation != PURGE {
            return Ok(self.make(world, operation, &arguments).await.1);
        }
        let before = self.rows();
        let (call, answer) = self.make(world, operation, &arguments).await;
        let after = self.rows();
        let again = if keyed { Some(self.make(world, operation, &arguments).await) } else { None };
        if self.rows() != after {
            return Err("made again, it changed something".to_owned());
        }
        let all = world.mailer.messages();
        let mails = sorted(all[self.seen..].iter().map(handclasp_wire::message_json));
        self.seen = all.len();
        let mailing = mailing(world);
        self.calls.push(Recorded { call, answer: answer.clone(), again, mailing, mails, before, after });
        Ok(answer)
    }
}

/// Mails are sent side by side: their order means nothing.
pub(crate) fn sorted(mails: impl Iterator<Item = Value>) -> Vec<String> {
    let mut mails: Vec<String> = mails.map(|mail| mail.to_string()).collect();
    mails.sort();
    mails
}

fn mailing(world: &World) -> Mailing {
    let Some(Mishap { with, how: How::Fails(failure) }) = world.mailer.told() else {
        return Mailing::Takes;
    };
    let to = match with {
        Messages::All | Messages::Nth(_) => None,
        Messages::To(addresses) => Some(addresses),
    };
    let (permanently, says) = match failure {
        MailFailure::Temporary(says) => (false, says),
        MailFailure::Permanent(says) => (true, says),
    };
    Mailing::Fails { to, permanently, says }
}

/// A call that sends what is due.
pub(crate) fn deliver(at: &str, seed: u64) -> Call {
    let arguments = json!({ "actor": { "kind": "system" } }).to_string();
    Call { at: at.to_owned(), seed, operation: "outbox.deliver_due".to_owned(), arguments }
}

/// So much later.
pub(crate) fn later(at: &str, seconds: u64) -> String {
    let at: handclasp::Timestamp = at.parse().expect("an instant");
    at.plus(Duration::from_secs(seconds)).to_string()
}

/// An empty folder for a file.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}
