//! Runs of staged calls: one after the other, held open by a gate, and at once; and what came of them.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::{Either, join_all, select};
use handclasp::mail::CapturingMailer;
use handclasp::storage::Storage;
use handclasp::testing::{self, ConstantEntropy, Counting, Gate, ManualClock};
use handclasp::{Handclasp, Parts};
use tokio::sync::Barrier;

use super::schedules::Turn;
use super::staged::Staged;
use super::watched::{Change, Watched};
use crate::counts::Counts;
use crate::stores::everything;

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What each racer was answered.
    pub answers: Vec<String>,
    /// Everything that is stored and counted afterwards.
    pub state: Vec<String>,
}

/// A stage, and racers with a handle each that go from copy to copy.
///
/// A racer draws the same numbers in every run and every round, so that the same decision makes the same ids, and what
/// two runs left behind can be compared to the letter.
#[derive(Debug)]
pub struct Stand<'a> {
    /// What is raced on.
    pub staged: &'a Staged,
    pub(super) racers: Vec<Racer>,
    answered: Arc<Mutex<Vec<Change>>>,
    /// What a store in memory holds after the same changes, which is the same.
    known: Mutex<HashMap<String, Vec<String>>>,
}

#[derive(Debug)]
pub(super) struct Racer {
    pub(super) handclasp: Handclasp,
    pub(super) counting: Arc<Counting>,
    pub(super) storage: Arc<Watched<Turn>>,
}

impl<'a> Stand<'a> {
    /// A stand for so many racers.
    pub async fn new(staged: &'a Staged, racers: u8) -> Self {
        let memory = staged.in_memory().await;
        let answered = Arc::default();
        let opened = (1..=racers).map(|number| Racer::open(staged, Arc::clone(&memory), Arc::clone(&answered), number));
        Self { staged, racers: join_all(opened).await, answered, known: Mutex::default() }
    }

    /// Turns every racer to a store.
    pub(super) fn turn_to(&self, storage: &Arc<dyn Storage>) {
        self.answered().clear();
        for racer in &self.racers {
            racer.storage.turn_to(Arc::clone(storage));
        }
    }

    /// One after the other, in this order of racers, on a copy in memory.
    pub async fn one_by_one(&self, calls: &[usize], order: &[usize]) -> Run {
        let memory = self.staged.in_memory().await;
        self.turn_to(&memory);
        let mut answers = vec![String::new(); calls.len()];
        for racer in order {
            answers[*racer] = self.staged.calls[calls[*racer]].on(&self.racers[*racer].handclasp).await;
        }
        self.left(answers, &*memory).await
    }

    /// The first call decides and is held just before its commit, while the second runs to its end. Tells how many
    /// rounds the first needed, and whether there was a commit to hold.
    ///
    /// # Panics
    /// If a call panics.
    pub async fn held(&self, storage: &Arc<dyn Storage>, [first, second]: [usize; 2]) -> (Run, u64, bool) {
        let gate = Arc::new(Gate::new(Arc::clone(storage)));
        self.turn_to(storage);
        self.racers[0].storage.turn_to(Arc::clone(&gate) as Arc<_>);
        let before = self.racers[0].counting.counts().commits;
        let held = gate.hold(testing::Call::Commit);
        let (handclasp, call) = (self.racers[0].handclasp.clone(), self.staged.calls[first].clone());
        let task = tokio::spawn(async move { call.on(&handclasp).await });
        let (done, task) = match select(pin!(held.arrived()), task).await {
            Either::Left(((), task)) => (None, Some(task)),
            Either::Right((answer, _)) => (Some(answer.expect("a call")), None),
        };
        let other = self.staged.calls[second].on(&self.racers[1].handclasp).await;
        held.release();
        let was_held = task.is_some();
        let answer = match (done, task) {
            (Some(answer), _) => answer,
            (None, task) => task.expect("a held call").await.expect("a call"),
        };
        let rounds = self.racers[0].counting.counts().commits - before;
        (Run { answers: vec![answer, other], state: self.state(&**storage).await }, rounds, was_held)
    }

    /// All at once, each in a task of its own. Tells the most rounds that one needed.
    ///
    /// # Panics
    /// If a call panics.
    pub async fn raced(&self, storage: &Arc<dyn Storage>, calls: &[usize]) -> (Run, u64) {
        self.turn_to(storage);
        let barrier = Arc::new(Barrier::new(calls.len()));
        let tasks = self.racers.iter().zip(calls).map(|(racer, call)| {
            let (handclasp, counting) = (racer.handclasp.clone(), Arc::clone(&racer.counting));
            let (call, barrier) = (self.staged.calls[*call].clone(), Arc::clone(&barrier));
            tokio::spawn(async move {
                barrier.wait().await;
                let before = counting.counts().commits;
                let answer = call.on(&handclasp).await;
                (answer, counting.counts().commits - before)
            })
        });
        let done = join_all(tasks.collect::<Vec<_>>()).await.into_iter().map(|task| task.expect("a call"));
        let (answers, rounds): (Vec<_>, Vec<_>) = done.unzip();
        (Run { answers, state: self.state(&**storage).await }, rounds.into_iter().max().unwrap_or_default())
    }

    /// What a store in memory holds now, beside these answers.
    pub(super) async fn left(&self, answers: Vec<String>, memory: &dyn Storage) -> Run {
        let changes = format!("{:?}", self.answered());
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&changes).cloned();
        let state = match known {
            Some(state) => state,
            None => self.state(memory).await,
        };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(changes, state.clone());
        Run { answers, state }
    }

    /// Other calls follow.
    pub fn forget(&self) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn answered(&self) -> MutexGuard<'_, Vec<Change>> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that is stored and counted.
    async fn state(&self, storage: &dyn Storage) -> Vec<String> {
        let mut counts = Counts::default();
        for change in self.staged.changes.iter().chain(&*self.answered()) {
            if let Change::Commit(commit, _) = change {
                counts.know(commit);
            }
        }
        let mut state = everything(storage).await.expect("rows");
        state.extend(counts.shown(storage).await.expect("counts"));
        state
    }
}

impl Racer {
    async fn open(staged: &Staged, storage: Arc<dyn Storage>, answered: Arc<Mutex<Vec<Change>>>, number: u8) -> Self {
        let storage = Arc::new(Watched::new(storage, Turn::new(answered)));
        let counting = Arc::new(Counting::new(Arc::clone(&storage) as Arc<_>));
        let mut parts = Parts::new(Arc::clone(&counting) as Arc<_>, Arc::new(CapturingMailer::new()));
        parts.clock = Arc::new(ManualClock::at(&staged.now.to_string()));
        parts.entropy = Arc::new(ConstantEntropy::new([number; 32]));
        let opened = Handclasp::open(staged.configuration.clone(), parts).await;
        Self { handclasp: opened.expect("the settings of tests open"), counting, storage }
    }
}

impl Run {
    /// Where this run differs from another, for a message.
    #[must_use]
    pub fn beside(&self, other: &Self) -> String {
        let only = |these: &[String], those: &[String], sign: char| -> String {
            these.iter().filter(|row| !those.contains(row)).map(|row| format!("  {sign} {row}\n")).collect()
        };
        let answers = [(&self.answers, '+'), (&other.answers, '-')]
            .map(|(answers, sign)| answers.iter().map(|answer| format!("  {sign} {answer}\n")).collect::<String>());
        let state = only(&self.state, &other.state, '+') + &only(&other.state, &self.state, '-');
        format!("answers\n{}{}state\n{state}", answers[0], answers[1])
    }
}
