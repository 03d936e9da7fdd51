//! Before a call of a story counts, each of its calls to the store fails once, and the answer to its commit is lost
//! once: whatever goes wrong, nothing has changed or all of it, and the call can be made again.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::{Map, Value};

use super::run::Teller;
use crate::flaky::{Flaky, Struck, Trouble};
use crate::stores::everything;
use crate::world::World;

/// They commit for each delivery, and lease it before: made again, they are other calls.
pub const APART: [&str; 2] = ["outbox.deliver_due", "outbox.run"];

/// What went wrong in rehearsals.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Rehearsed {
    /// So often a call to the store failed.
    pub failed: usize,
    /// The operations that lost the answer to a commit.
    pub lost: BTreeSet<String>,
}

pub(super) struct Rehearsal {
    flaky: Arc<Flaky>,
    calls: usize,
    pub(super) rehearsed: Rehearsed,
}

impl Rehearsal {
    pub(super) fn new(flaky: Arc<Flaky>) -> Self {
        Self { flaky, calls: 0, rehearsed: Rehearsed::default() }
    }

    async fn same(&self, before: &[String]) -> Result<(), String> {
        let after = everything(self.flaky.inner()).await.map_err(|fault| fault.to_string())?;
        let new: Vec<&String> = after.iter().filter(|row| !before.contains(row)).collect();
        if before == after { Ok(()) } else { Err(format!("it changed something: {new:?}")) }
    }
}

/// Whether a call of this operation may be made again with a key.
#[must_use]
pub fn takes_a_key(operation: &str) -> bool {
    let (surface, _) = handclasp_wire::surface();
    surface.iter().any(|known| known.name == operation && known.changes) && !APART.contains(&operation)
}

#[async_trait]
impl Teller for Rehearsal {
    async fn call(
        &mut self,
        world: &World,
        operation: &str,
        mut arguments: Map<String, Value>,
    ) -> Result<String, String> {
        if takes_a_key(operation) {
            self.calls += 1;
            arguments.entry("idempotency_key").or_insert_with(|| format!("rehearsal {}", self.calls).into());
        }
        let arguments = Value::Object(arguments).to_string();
        let call = async || handclasp_wire::call(&world.handclasp, operation, &arguments).await;
        if APART.contains(&operation) {
            return Ok(call().await);
        }
        for nth in 1.. {
            // A store that the story has closed shows nothing any more.
            let Ok(before) = everything(self.flaky.inner()).await else { return Ok(call().await) };
            self.flaky.arm(Trouble { fails: Some(nth), loses: true });
            let answer = call().await;
            match self.flaky.calm() {
                Struck::Nothing => return Ok(answer),
                Struck::Failed => {
                    refused(&answer, "storage_unavailable").map_err(|why| format!("call {nth} failed: {why}"))?;
                    self.same(&before).await?;
                    self.rehearsed.failed += 1;
                }
                Struck::Lost => {
                    refused(&answer, "outcome_unknown").map_err(|why| format!("the answer was lost: {why}"))?;
                    let stands = everything(self.flaky.inner()).await.map_err(|fault| fault.to_string())?;
                    let again = call().await;
                    self.same(&stands).await?;
                    self.rehearsed.lost.insert(operation.to_owned());
                    return Ok(again);
                }
            }
        }
        Err("there are no more numbers".to_owned())
    }
}

fn refused(answer: &str, code: &str) -> Result<(), String> {
    let parsed: Value = serde_json::from_str(answer).map_err(|error| error.to_string())?;
    if parsed["error"]["code"] == code { Ok(()) } else { Err(format!("expected `{code}`, found {answer}")) }
}
