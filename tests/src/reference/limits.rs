//! Limits: so many within 24 hours, in hourly steps.

use serde_json::json;

use super::answer::No;
use super::links::HOUR;
use super::model::{Actor, Id, Model};

/// What is limited, and to how many: small, so that runs reach it.
pub(super) const LIMITS: [(&str, usize); 6] = [
    ("per_inviter", 6),
    ("per_client", 8),
    ("per_address", 3),
    ("per_pair", 2),
    ("per_requester", 3),
    ("per_requester_pair", 2),
];

impl Model {
    /// Something is sent for a client: it counts for the inviter, the client, and whom it goes to.
    pub(super) fn spend_sending(
        &mut self,
        by: Actor,
        client: Id,
        to: Option<(&'static str, String)>,
    ) -> Result<(), No> {
        let inviter = by.person.map(|person| ("per_inviter", person.to_string()));
        self.spend(inviter.into_iter().chain([("per_client", client.to_string())]).chain(to).collect())
    }

    /// All of it, or nothing and when to come again.
    pub(super) fn spend(&mut self, limits: Vec<(&'static str, String)>) -> Result<(), No> {
        let hour = self.now.div_euclid(HOUR);
        for limit in &limits {
            let max = LIMITS.iter().find(|(name, _)| *name == limit.0).expect("a limit").1;
            let spent = self.spent.get(limit).map(Vec::as_slice).unwrap_or_default();
            // What is spent at an earlier hour than the latest, by a clock that went back, counts in the latest.
            let hour = spent.last().copied().unwrap_or(hour).max(hour);
            let mut counting = spent.iter().filter(|at| **at > hour - 24);
            let too_many = counting.clone().count().checked_sub(max);
            if let Some(free) = too_many.and_then(|before| counting.nth(before)) {
                let seconds = ((free + 24) * HOUR - self.now.div_euclid(1_000_000) * 1_000_000) / 1_000_000;
                return Err(No { code: "rate_limited", fields: json!({ "retry_after": seconds }) });
            }
        }
        for limit in limits {
            let spent = self.spent.entry(limit).or_default();
            spent.push(spent.last().copied().unwrap_or(hour).max(hour));
        }
        Ok(())
    }
}
