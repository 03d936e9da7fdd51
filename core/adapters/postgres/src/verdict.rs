//! What the server says of a group that does not stand as a whole.

use std::collections::VecDeque;

use handclasp::FaultKind;
use handclasp::storage::guard::Buckets;
use handclasp::storage::{Committed, Refusal};
use serde::Deserialize;

use crate::check::Check;
use crate::commit::{CommitJob, Turn};

/// Which commits of a group do not stand, by number from 1.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Verdict {
    stale: Vec<usize>,
    refused: Vec<Refused>,
    deferred: Vec<usize>,
}

#[derive(Deserialize)]
struct Refused {
    commit: usize,
    guard: Option<usize>,
    limit: Option<usize>,
    #[serde(default)]
    hour: i64,
    #[serde(default)]
    counts: Vec<u32>,
}

impl Verdict {
    /// Answers those whose answer is known; the others go again, those that stand in nobody's way first.
    pub(crate) fn split(&self, group: Vec<CommitJob>, check: &Check, turns: &mut VecDeque<Turn>) {
        let (mut again, mut later) = (Vec::new(), Vec::new());
        for (job, number) in group.into_iter().zip(1..) {
            if self.stale.contains(&number) {
                job.answer(Ok(Committed::Stale));
            } else if let Some(refused) = self.refused.iter().find(|refused| refused.commit == number) {
                let refusal = refused.refusal(check).map(Committed::Refused);
                job.answer(refusal.ok_or(FaultKind::Internal.into()));
            } else if self.deferred.contains(&number) {
                later.push(job);
            } else {
                again.push(job);
            }
        }
        turns.push_front(Turn::new(later));
        turns.push_front(Turn::new(again));
    }
}

impl Refused {
    fn refusal(&self, check: &Check) -> Option<Refusal> {
        let nth = |number: usize| number.checked_sub(1);
        if let Some(guard) = self.guard {
            return check.guards.get(nth(guard)?).copied().map(Refusal::Guard);
        }
        let limit = check.limits.get(nth(self.limit?)?).copied()?;
        let counts = <[u32; 24]>::try_from(self.counts.as_slice()).ok()?;
        Some(Refusal::Limit { limit, buckets: Buckets { hour: self.hour, counts } })
    }
}
