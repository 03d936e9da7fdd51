//! The process that is ended: it does what it is told, line by line, and says what came of it, line by line.

use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use handclasp::storage::Storage;
use handclasp::testing::{ManualClock, SeededEntropy};
use handclasp::{Configuration, Handclasp, Parts, testing};
use handclasp_sqlite::{Failpoint, Options, Sqlite, failpoints};
use handclasp_tests::scenarios;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::mailer::Reporting;

/// The file, in the folder where the process starts.
pub(crate) const FILE: &str = "handclasp.db";

/// So long whoever closes the file waits for it.
const DEADLINE: Duration = Duration::from_secs(30);

/// What a process is told to do.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Order {
    /// From now on points are counted, and the one of this number ends it.
    Arm(End),
    /// Opens the file, made where there is none, with the settings of this story.
    Open { story: Option<String>, at: String },
    /// Makes calls, one after the other or all at once, while it listens for more.
    Call { calls: Vec<Call>, together: bool },
    /// What its mailer does from now on.
    Mail(Mailing),
    /// So many messages that the mailer holds are taken.
    Let(usize),
    /// Closes the file, and says whether that was done in time.
    Close,
}

/// Where and how a process ends, or says that it has come so far.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct End {
    /// The point of this number from now on, counted from 1.
    pub(crate) passage: usize,
    pub(crate) how: How,
}

/// What a point does to what reaches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum How {
    /// It says where it is and goes on.
    Says,
    /// It says where it is and stands still, so that it can be killed there.
    Stops,
    /// It panics; only points within the work of a transaction count.
    Panics,
}

/// One call.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Call {
    pub(crate) at: String,
    /// The randomness of this number: made again with it, a call makes the same ids.
    pub(crate) seed: u64,
    pub(crate) operation: String,
    pub(crate) arguments: String,
}

/// What a mailer does with a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Mailing {
    /// Takes it.
    #[default]
    Takes,
    /// Takes it, and does not say so until it is let.
    Holds,
    /// Fails with this text, with messages to these addresses or with all.
    Fails { to: Option<Vec<String>>, permanently: bool, says: String },
}

/// What a process says.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Said {
    /// It is there.
    Ready,
    /// The file is open, or why not.
    Opened(Result<(), String>),
    /// The answer to the call of this place among its orders' calls.
    Answer { place: usize, answer: String },
    /// It stands at this point.
    At(String),
    /// Its mailer was given this message and has taken it.
    Mail(Value),
    /// The file is closed, in time or not.
    Closed { in_time: bool },
}

impl Said {
    /// The message that its mailer took.
    pub(crate) fn mail(self) -> Value {
        let Self::Mail(mail) = &self else { panic!("{self:?} instead of a mail") };
        mail.clone()
    }

    /// The place of a call, and the answer to it.
    pub(crate) fn answer(self) -> (usize, String) {
        let Self::Answer { place, answer } = &self else { panic!("{self:?} instead of an answer") };
        (*place, answer.clone())
    }
}

pub(crate) fn say(said: &Said) {
    let line = serde_json::to_string(said).expect("what is said is JSON");
    let mut out = std::io::stdout().lock();
    // The test harness has begun a line of its own.
    write!(out, "\n{line}\n").and_then(|()| out.flush()).expect("somebody listens");
}

/// How many points are left to pass, and what happens then.
static ARMED: Mutex<Option<End>> = Mutex::new(None);

fn reached(point: &Failpoint) {
    let how = {
        let mut armed = ARMED.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *armed {
            Some(End { how: How::Panics, .. }) if !point.within => return,
            Some(End { passage: 1, how }) => {
                let how = *how;
                *armed = None;
                how
            }
            Some(End { passage, .. }) => {
                *passage -= 1;
                return;
            }
            None => return,
        }
    };
    say(&Said::At(point.name.clone()));
    match how {
        How::Says => {}
        How::Panics => panic!("at {}", point.name),
        How::Stops => loop {
            std::thread::park();
        },
    }
}

#[test]
#[ignore = "a process that is ended, in a folder made for it"]
fn serves() {
    // Beside other tests it would end them with itself.
    if !std::env::args().any(|argument| argument == "--exact") {
        return;
    }
    for point in failpoints() {
        let name = point.name.clone();
        fail::cfg_callback(name, move || reached(&point)).expect("a failpoint");
    }
    let (sender, mut orders) = unbounded_channel();
    std::thread::spawn(move || listen(&sender));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let mut process = Process { opened: None, mailer: Arc::default(), calls: 0 };
        let mut terminated = signal(SignalKind::terminate()).expect("a signal can be awaited");
        say(&Said::Ready);
        loop {
            tokio::select! {
                Some(order) = orders.recv() => process.obey(order).await,
                // As a host would: it closes, waits no longer than it can, and goes, whatever is still under way.
                _ = terminated.recv() => return process.close().await,
            }
        }
    });
}

/// Whoever told it what to do is gone when there is nothing more to read: then it goes too, wherever it stands.
fn listen(orders: &UnboundedSender<Order>) {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let order = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line}: {error}"));
        if orders.send(order).is_err() {
            break;
        }
    }
    std::process::exit(0);
}

struct Process {
    opened: Option<Arc<Opened>>,
    mailer: Arc<Reporting>,
    /// So many were told to be made.
    calls: usize,
}

struct Opened {
    storage: Arc<dyn Storage>,
    configuration: Configuration,
    mailer: Arc<Reporting>,
}

impl Process {
    async fn obey(&mut self, order: Order) {
        match order {
            Order::Arm(end) => *ARMED.lock().unwrap_or_else(PoisonError::into_inner) = Some(end),
            Order::Open { story, at } => {
                let opened = self.open(story.as_deref(), &at).await;
                say(&Said::Opened(opened));
            }
            Order::Call { calls, together } => self.call(calls, together),
            Order::Mail(mailing) => *self.mailer.mailing.lock().unwrap_or_else(PoisonError::into_inner) = mailing,
            Order::Let(messages) => self.mailer.held.add_permits(messages),
            Order::Close => self.close().await,
        }
    }

    async fn close(&self) {
        let closing = self.opened.as_ref().expect("an open file").storage.close();
        let in_time = tokio::time::timeout(DEADLINE, closing).await.is_ok();
        say(&Said::Closed { in_time });
    }

    async fn open(&mut self, story: Option<&str>, at: &str) -> Result<(), String> {
        let configuration = match story {
            Some(story) => scenarios::configuration(&scenarios::read(story).settings),
            None => testing::configuration(),
        };
        let storage = Sqlite::open(Path::new(FILE), Options::new().create(true)).await;
        let storage = Arc::new(storage.map_err(|fault| format!("{fault:?}"))?);
        let opened = Opened { storage, configuration, mailer: Arc::clone(&self.mailer) };
        opened.handle(at, 0).await?;
        self.opened = Some(Arc::new(opened));
        Ok(())
    }

    fn call(&mut self, calls: Vec<Call>, together: bool) {
        let opened = Arc::clone(self.opened.as_ref().expect("an open file"));
        let places = self.calls..;
        self.calls += calls.len();
        let calls = places.zip(calls);
        if together {
            for (place, call) in calls {
                let opened = Arc::clone(&opened);
                tokio::spawn(async move { opened.answer(place, &call).await });
            }
        } else {
            tokio::spawn(async move {
                for (place, call) in calls {
                    opened.answer(place, &call).await;
                }
            });
        }
    }
}

impl Opened {
    async fn handle(&self, at: &str, seed: u64) -> Result<Handclasp, String> {
        let mut parts = Parts::new(Arc::clone(&self.storage), Arc::clone(&self.mailer) as _);
        parts.clock = Arc::new(ManualClock::at(at));
        parts.entropy = Arc::new(SeededEntropy::new(seed));
        Handclasp::open(self.configuration.clone(), parts).await.map_err(|error| format!("{error:?}"))
    }

    async fn answer(&self, place: usize, call: &Call) {
        let answer = match self.handle(&call.at, call.seed).await {
            Ok(handclasp) => handclasp_wire::call(&handclasp, &call.operation, &call.arguments).await,
            Err(why) => why,
        };
        say(&Said::Answer { place, answer });
    }
}
