//! What every operation answers to every caller, as a table that is reviewed as a diff.

mod callers;
mod props;
mod rows;
mod stage;

use std::collections::BTreeSet;
use std::sync::Arc;

use handclasp::Handclasp;
use handclasp::storage::{Memory, Storage};
use handclasp::testing::ManualClock;
use serde_json::Value;

pub use self::callers::CALLERS;
use self::rows::{ROWS, Row};
use self::stage::Stage;

/// The checked-in table.
pub const FILE: &str = "golden/authority.md";

/// The table: a row for each operation, a column for each caller.
///
/// # Panics
/// If an operation has no row, or a refused call changed something.
pub async fn table() -> String {
    let mut text = format!(
        "# Operation × caller\n\nWritten by a test: `HANDCLASP_GOLDEN=write cargo test -p handclasp-tests --test golden`.\n\
         Every cell is a call in a world of its own, in which it succeeds for some caller; a refused one changed nothing.\n\
         The first seven, and System, act for the business that the operation is of: Acme, a client, or Bolt, its\n\
         contractor, as the row says. The *other* side's and the *foreign* Admin act for their own businesses; the\n\
         *stranger* names the business without being a member; *nobody* gives no actor. A *Clerk* holds `connect` and `see`, by a role that the business has\n\
         defined.\n\n\
         | | for | {} |\n|---|---|{}\n",
        CALLERS.join(" | "),
        "---|".repeat(CALLERS.len())
    );
    let (surface, _) = handclasp_wire::surface();
    let rows: BTreeSet<&str> = ROWS.iter().map(|row| row.operation).collect();
    for operation in &surface {
        assert!(rows.contains(operation.name), "{} has no row in the table of authority", operation.name);
    }
    for row in ROWS {
        let changes = surface.iter().find(|operation| operation.name == row.operation).expect("an operation").changes;
        let mut cells = Vec::new();
        for caller in CALLERS {
            cells.push(cell(row, caller, changes || row.operation.starts_with("outbox.")).await);
        }
        text.push_str(&format!("| `{}`{} | {} | {} |\n", row.operation, row.note, row.home.name(), cells.join(" | ")));
    }
    text
}

/// Callers for whom every operation between them succeeds.
const ABLE: [&str; 4] = ["Admin", "System", "nobody", "other Admin"];

/// A row of the table, and a caller for whom it succeeds.
#[derive(Debug, Clone, Copy)]
pub struct Able {
    row: &'static Row,
    caller: &'static str,
}

impl Able {
    /// One for every row.
    ///
    /// # Panics
    /// If there is an operation that succeeds for nobody.
    pub async fn all() -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for row in ROWS {
            for caller in ABLE {
                let found = all.last().is_some_and(|able| std::ptr::eq(able.row, row));
                if !found && cell(row, caller, true).await == "ok" {
                    all.push(Self { row, caller });
                }
            }
        }
        for row in ROWS {
            let able = all.iter().any(|able| able.operation() == row.operation);
            assert!(able, "{} succeeds for nobody", row.operation);
        }
        all
    }

    /// As in `invites.create`.
    #[must_use]
    pub const fn operation(self) -> &'static str {
        self.row.operation
    }

    /// The call, ready to be made in a world on this store, which is empty.
    pub async fn ready(self, storage: Arc<dyn Storage>) -> Ready {
        Ready::of(self.row, self.caller, storage).await
    }
}

/// A call that is ready to be made, in a world of its own.
#[derive(Debug)]
pub struct Ready {
    /// As in `invites.create`.
    pub operation: &'static str,
    /// Its arguments, with the actor.
    pub arguments: Value,
    stage: Stage,
}

impl Ready {
    /// One call of every row of the table, by a caller for whom it succeeds.
    ///
    /// # Panics
    /// If there is an operation that succeeds for nobody.
    pub async fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for able in Able::all().await {
            all.push(able.ready(Arc::new(Memory::new())).await);
        }
        all
    }

    async fn of(row: &Row, caller: &str, storage: Arc<dyn Storage>) -> Self {
        let stage = Stage::set(storage).await;
        let mut arguments = (row.prepare)(&stage, caller).await;
        let visitors = ["invites.preview", "invites.open", "invites.decline"];
        if let Some(actor) = stage.caller(row.home, caller).filter(|_| !visitors.contains(&row.operation)) {
            arguments["actor"] = actor;
        }
        Self { operation: row.operation, arguments, stage }
    }

    /// The same arguments, by an Admin of a business that has nothing to do with it; nothing where nobody is asked who
    /// they are.
    #[must_use]
    pub fn as_foreign_admin(&self) -> Option<Value> {
        let mut arguments = self.arguments.clone();
        arguments.get("actor")?;
        arguments["actor"] = self.stage.caller(stage::Home::Acme, "foreign Admin")?;
        Some(arguments)
    }

    /// The handle that it is made on.
    #[must_use]
    pub fn handclasp(&self) -> &Handclasp {
        &self.stage.world.handclasp
    }

    /// What time it is there.
    #[must_use]
    pub const fn clock(&self) -> &ManualClock {
        &self.stage.world.clock
    }

    /// Makes the call with these arguments.
    ///
    /// # Panics
    /// If the answer is no JSON.
    pub async fn call(&self, arguments: &Value) -> Value {
        let answer = handclasp_wire::call(self.handclasp(), self.operation, &arguments.to_string()).await;
        serde_json::from_str(&answer).expect("JSON")
    }

    /// Everything that is stored: two of these are equal if nothing has changed between.
    pub async fn digest(&self) -> (Vec<String>, u64) {
        self.stage.digest().await
    }
}

/// What the operation answers to the caller, in a world of its own.
async fn cell(row: &Row, caller: &str, changes: bool) -> String {
    let ready = Ready::of(row, caller, Arc::new(Memory::new())).await;
    let before = ready.digest().await;
    let answer = ready.call(&ready.arguments).await;
    let code = answer["error"]["code"].as_str();
    if code.is_some() || !changes {
        assert_eq!(before, ready.digest().await, "{} by {caller} changed something: {answer}", row.operation);
    }
    code.map_or("ok".to_owned(), |code| format!("`{code}`"))
}
