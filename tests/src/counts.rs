//! What a store has counted, which no list shows: quotas, and limits of what is mailed.

use std::collections::BTreeSet;

use handclasp::model::Author;
use handclasp::storage::guard::{Adjust, Guard, GuardKind, Limit, Spend};
use handclasp::storage::{Commit, Committed, Refusal, Storage};
use handclasp::testing::samples;
use handclasp::{BusinessId, Fault};
use uuid::Uuid;

/// The counts that some commits name.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    guards: BTreeSet<Guard>,
    limits: BTreeSet<Limit>,
}

impl Counts {
    /// Those of this commit, too.
    pub fn know(&mut self, commit: &Commit) {
        self.guards.extend(commit.guards.iter().map(|adjust| adjust.guard));
        self.limits.extend(commit.spends.iter().map(|spend| spend.limit));
    }

    /// How they stand; those of nothing are left out.
    ///
    /// # Errors
    /// Those of the store.
    ///
    /// # Panics
    /// If the store answers what no store may.
    pub async fn shown(&self, storage: &dyn Storage) -> Result<Vec<String>, Fault> {
        let mut shown = Vec::new();
        for guard in &self.guards {
            shown.extend(count(storage, *guard).await?.map(|count| format!("{guard:?} is {count}")));
        }
        for limit in &self.limits {
            let spent = Some(counted(storage, *limit).await?).filter(|spent| *spent != 0);
            shown.extend(spent.map(|spent| format!("{limit:?} has counted {spent}")));
        }
        Ok(shown)
    }
}

/// A commit that changes counts and nothing else.
fn counting(guards: Vec<Adjust>, spends: Vec<Spend>) -> Commit {
    Commit {
        id: samples::commit_id(u128::MAX),
        at: samples::time(0),
        author: Author::System,
        acting: None,
        reads: Vec::new(),
        writes: Vec::new(),
        guards,
        spends,
        sides: Vec::new(),
        retold: None,
    }
}

/// The value of a count; nothing for zero, which is how an untouched one stands. It is found out by commits that are
/// refused in any case: by this count, or, where this one lets them pass, by another.
async fn count(storage: &dyn Storage, guard: Guard) -> Result<Option<i64>, Fault> {
    let never = Guard { kind: GuardKind::Admins, business: BusinessId::from_uuid(Uuid::max()) };
    let more = |guard, max| Adjust { guard, delta: 1, max: Some(max), min: None };
    for value in 0.. {
        let asked = counting(vec![more(guard, value), more(never, -1)], Vec::new());
        match storage.commit(asked).await? {
            Committed::Refused(Refusal::Guard(refused)) if refused == guard => {}
            Committed::Refused(Refusal::Guard(_)) => {
                assert!(value > 0, "{guard:?} is below nothing");
                return Ok(Some(value - 1).filter(|value| *value != 0));
            }
            other @ (Committed::Done | Committed::Stale | Committed::Refused(_)) => panic!("{guard:?}: {other:?}"),
        }
    }
    Ok(None)
}

/// How much a limit has counted.
async fn counted(storage: &dyn Storage, limit: Limit) -> Result<u32, Fault> {
    let asked = counting(Vec::new(), vec![Spend { limit, hour: 0, amount: 1, max: 0 }]);
    match storage.commit(asked).await? {
        Committed::Refused(Refusal::Limit { buckets, .. }) => Ok(buckets.counts.iter().sum()),
        other @ (Committed::Done | Committed::Stale | Committed::Refused(_)) => panic!("{limit:?}: {other:?}"),
    }
}
