//! Processes that start together: this program again, as one of its ignored tests, in the folder of the database.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use handclasp::Configuration;
use handclasp::storage::Storage;
use handclasp::testing::configuration;
use handclasp_sqlite::{Options, Sqlite};
use handclasp_tests::soak::{SEED, seed};
use handclasp_tests::stores::Place;
use handclasp_tests::world::World;
use serde_json::Value;

/// Which one of them a process is, from 1.
const NUMBER: &str = "HANDCLASP_RACER";
const READY: &str = "ready to race";
const SCENE: &str = "scene.json";

/// Runs so many processes of a test on the database, which nobody else has open, and answers with what each has told.
/// They meet as they begin, and so many times after that.
pub(super) fn race(place: &Place, test: &str, count: usize, (scene, meetings): (&Value, usize)) -> Vec<Value> {
    let folder = place.folder().expect("a file");
    std::fs::write(folder.join(SCENE), scene.to_string()).expect("room for the scene");
    let seed = seed();
    let mut children: Vec<_> = (1..=count).map(|number| start(&folder, test, number, seed)).collect();
    let mut said: Vec<_> =
        children.iter_mut().map(|child| BufReader::new(child.stdout.take().expect("a pipe"))).collect();
    // All wait at the end of a pipe; a line lets them go.
    for _ in 0..=meetings {
        said.iter_mut().for_each(ready);
        for child in &mut children {
            child.stdin.as_mut().expect("a pipe").write_all(b"\n").expect("it reads on");
        }
    }
    let ended = children.into_iter().zip(&mut said).map(|(mut child, said)| {
        let mut rest = String::new();
        said.read_to_string(&mut rest).expect("what a process says");
        let done = child.wait().expect("a process that ends");
        assert!(done.success() && rest.contains("1 passed"), "{test}: {rest}");
    });
    ended.for_each(drop);
    (1..=count).map(|number| read(&folder.join(format!("{number}.json")))).collect()
}

fn start(folder: &Path, test: &str, number: usize, seed: u64) -> Child {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.current_dir(folder).args(["--ignored", "--exact", test]).env(NUMBER, number.to_string());
    command.env(SEED, seed.to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a process")
}

fn ready(said: &mut BufReader<ChildStdout>) {
    let mut line = String::new();
    while !line.contains(READY) {
        line.clear();
        assert_ne!(said.read_line(&mut line).expect("what a process says"), 0, "it ended before it was ready");
    }
}

fn read(file: &Path) -> Value {
    let text = std::fs::read_to_string(file).expect("what a process has told");
    serde_json::from_str(&text).expect("JSON")
}

/// Settings in which no limit is in the way.
pub(crate) fn roomy() -> Configuration {
    let mut configuration = configuration();
    let limits = &mut configuration.limits;
    (limits.per_inviter, limits.per_client, limits.per_address) = (u32::MAX, u32::MAX, u32::MAX);
    (limits.per_pair, limits.per_requester, limits.per_requester_pair) = (u32::MAX, u32::MAX, u32::MAX);
    configuration
}

/// One of the processes.
pub(super) struct Racer {
    pub(super) number: u64,
    pub(super) world: World,
    pub(super) scene: Value,
    pub(super) storage: Arc<dyn Storage>,
}

impl Racer {
    /// Opens the database of the folder, tells that it is ready, and waits until all are.
    pub(super) async fn take_place() -> Self {
        let number = std::env::var(NUMBER).expect("started by a test").parse().expect("a number");
        let storage = open().await;
        let world = World::of_process(number, Arc::clone(&storage), roomy()).await;
        let racer = Self { number, world, scene: read(Path::new(SCENE)), storage };
        racer.meets();
        racer
    }

    /// Waits until all have come so far.
    pub(super) fn meets(&self) {
        let mut out = std::io::stdout();
        out.write_all(format!("\n{READY}\n").as_bytes()).expect("a pipe");
        out.flush().expect("a pipe");
        assert_ne!(std::io::stdin().read_line(&mut String::new()).expect("a pipe"), 0, "whoever started it is gone");
    }

    /// Lets go of the database and opens it again, while the others go on.
    pub(super) async fn come_back(&mut self) {
        self.storage.close().await.expect("a store can be closed");
        self.storage = open().await;
        self.world = World::of_process(self.number + 100, Arc::clone(&self.storage), roomy()).await;
    }

    /// Tells what came of it, and ends.
    pub(super) async fn tell(self, told: Value) {
        self.storage.close().await.expect("a store can be closed");
        std::fs::write(format!("{}.json", self.number), told.to_string()).expect("room for it");
    }
}

async fn open() -> Arc<dyn Storage> {
    Arc::new(Sqlite::open("handclasp.db", Options::new()).await.expect("a database of ours"))
}
