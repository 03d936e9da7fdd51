//! Before a call of a story counts, each of its calls to the store goes wrong, and the answer to its commit is lost once:
//! whatever goes wrong, nothing has changed or all of it, and the call can be made again.

use std::collections::BTreeSet;
use std::pin::pin;
use std::sync::{Arc, LazyLock};

use async_trait::async_trait;
use futures_util::future::{Either, poll_immediate, select};
use handclasp::testing::configuration;
use handclasp::{Clock, Fault, FaultKind};
use serde_json::{Map, Value};

use super::run::Teller;
use crate::flaky::{Flaky, Loss, Struck, Trouble, WAYS, Way};
use crate::stores::everything;
use crate::world::World;

/// They commit for each delivery, and lease it before: made again, they are other calls.
pub const APART: [&str; 2] = ["outbox.deliver_due", "outbox.run"];

/// Those that change something. The whole surface takes long to describe.
static CHANGING: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let (surface, _) = handclasp_wire::surface();
    surface.iter().filter(|operation| operation.changes).map(|operation| operation.name).collect()
});

/// How much goes wrong.
#[derive(Debug, Clone, Copy)]
pub struct Thoroughness {
    /// At each call so many of [`WAYS`], all in turn.
    pub ways: usize,
    /// Where the turn begins.
    pub turn: usize,
}

/// What went wrong in rehearsals.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Rehearsed {
    /// So often a call to the store went wrong.
    pub failed: usize,
    /// The ways in which one did.
    pub ways: BTreeSet<String>,
    /// The operations that lost the answer to a commit.
    pub lost: BTreeSet<String>,
}

pub(super) struct Rehearsal {
    flaky: Arc<Flaky>,
    how: Thoroughness,
    calls: usize,
    pub(super) rehearsed: Rehearsed,
}

impl Rehearsal {
    pub(super) fn new(flaky: Arc<Flaky>, how: Thoroughness) -> Self {
        Self { flaky, how, calls: 0, rehearsed: Rehearsed::default() }
    }

    /// The answer. If a call to the store hangs, the clock goes on to the deadline, at which the answer has to be there,
    /// and back.
    async fn in_time(&self, world: &World, call: impl Future<Output = String> + Send) -> Result<String, String> {
        let mut call = pin!(call);
        let (begun, deadline) = (world.clock.now().expect("a clock that shows the time"), configuration().deadline);
        if let Either::Left((answer, _)) = select(&mut call, pin!(self.flaky.hangs())).await {
            return Ok(answer);
        }
        world.clock.set(begun.plus(deadline));
        let answer = poll_immediate(call).await;
        world.clock.set(begun);
        answer.ok_or_else(|| "it goes on when its time is over".to_owned())
    }

    async fn failed(&mut self, answer: &str, before: &[String], (way, changing): (Way, bool)) -> Result<(), String> {
        refused(answer, way.code(changing))?;
        self.same(before).await?;
        self.rehearsed.failed += 1;
        self.rehearsed.ways.insert(format!("{way:?}"));
        Ok(())
    }

    /// Everything that is stored and counted.
    async fn everything(&self) -> Result<Vec<String>, Fault> {
        let mut all = everything(self.flaky.inner()).await?;
        all.extend(self.flaky.counts().shown(self.flaky.inner()).await?);
        Ok(all)
    }

    async fn same(&self, before: &[String]) -> Result<(), String> {
        let after = self.everything().await.map_err(|fault| fault.to_string())?;
        if before == after {
            return Ok(());
        }
        let new: Vec<&String> = after.iter().filter(|row| !before.contains(row)).collect();
        Err(format!("it changed something: {new:?}"))
    }
}

/// Whether a call of this operation may be made again with a key.
#[must_use]
pub fn takes_a_key(operation: &str) -> bool {
    CHANGING.contains(operation) && !APART.contains(&operation)
}

#[async_trait]
impl Teller for Rehearsal {
    async fn call(
        &mut self,
        world: &World,
        operation: &str,
        mut arguments: Map<String, Value>,
    ) -> Result<String, String> {
        self.calls += 1;
        let changes = CHANGING.contains(operation);
        if takes_a_key(operation) {
            arguments.entry("idempotency_key").or_insert_with(|| format!("rehearsal {}", self.calls).into());
        }
        let arguments = Value::Object(arguments).to_string();
        let call = async || handclasp_wire::call(&world.handclasp, operation, &arguments).await;
        if APART.contains(&operation) {
            return Ok(call().await);
        }
        // A store that the story has closed shows nothing any more.
        let Ok(before) = self.everything().await else { return Ok(call().await) };
        for nth in 1.. {
            for way in 0..self.how.ways {
                let turn = self.how.turn + self.calls + nth + way;
                let way = WAYS[turn % WAYS.len()];
                let loss = if turn.is_multiple_of(2) { Loss::Unknown } else { Loss::Hangs };
                self.flaky.arm(Trouble { at: Some((nth, way)), loses: Some(loss) });
                let answer = self.in_time(world, call()).await;
                let struck = self.flaky.calm();
                let answer = answer.map_err(|why| format!("call {nth}, {way:?}, {loss:?}: {why}"))?;
                match struck {
                    Struck::Nothing => return Ok(answer),
                    // A list tries once more without the record that makes no sense: here it finds them all.
                    Struck::Failed { .. }
                        if !changes && way == Way::Fails(FaultKind::StorageCorrupt) && is_ok(&answer) =>
                    {
                        if answer != call().await {
                            return Err(format!("call {nth}, {way:?}: something is missing in {answer}"));
                        }
                    }
                    Struck::Failed { changing } => {
                        self.failed(&answer, &before, (way, changing))
                            .await
                            .map_err(|why| format!("call {nth}, {way:?}: {why}"))?;
                    }
                    Struck::Lost => {
                        refused(&answer, "outcome_unknown").map_err(|why| format!("{loss:?}: {why}"))?;
                        let stands = self.everything().await.map_err(|fault| fault.to_string())?;
                        let again = call().await;
                        self.same(&stands).await?;
                        self.rehearsed.lost.insert(operation.to_owned());
                        return Ok(again);
                    }
                }
            }
        }
        Err("there are no more numbers".to_owned())
    }
}

fn is_ok(answer: &str) -> bool {
    answer.starts_with("{\"ok\":")
}

fn refused(answer: &str, code: &str) -> Result<(), String> {
    let parsed: Value = serde_json::from_str(answer).map_err(|error| error.to_string())?;
    if parsed["error"]["code"] == code { Ok(()) } else { Err(format!("expected `{code}`, found {answer}")) }
}
