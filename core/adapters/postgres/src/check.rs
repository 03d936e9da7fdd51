//! What a group of commits rests on and what it counts, as the arrays that `handclasp.check_commits` and
//! `handclasp.count_commits` take.

use std::collections::HashMap;
use std::hash::Hash;

use handclasp::storage::Commit;
use handclasp::storage::guard::{Guard, Limit};
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::locks::{self, Lock};
use crate::sent;
use crate::sql::{self, Counts};

/// The arrays. Commits, guards and limits are numbered from 1.
#[derive(Default)]
pub(crate) struct Check {
    locks: Vec<sent::Lock>,
    commit_ids: Vec<Uuid>,
    keys: Vec<sent::Expected>,
    limit_keys: Vec<i64>,
    commits: i32,
    guard_sums: Vec<sent::GuardSum>,
    changes: Vec<sent::GuardChange>,
    limit_sums: Vec<sent::LimitSum>,
    spendings: Vec<sent::Spending>,
    /// What the numbers of guards and limits stand for.
    pub(crate) guards: Vec<Guard>,
    pub(crate) limits: Vec<Limit>,
}

impl Check {
    /// Of commits and their locks.
    pub(crate) fn of<'a>(group: impl Iterator<Item = (&'a Commit, &'a [Lock])>) -> Self {
        let mut check = Self::default();
        let mut modes = HashMap::new();
        let mut counted = Counted::default();
        for ((commit, locks), number) in group.zip(1..) {
            for lock in locks {
                let mode = modes.entry(lock.name).or_insert(lock.mode);
                *mode = lock.mode.max(*mode);
            }
            check.commits = number;
            check.add_keys(number, commit);
            check.add_changes(number, commit, &mut counted.guards);
            check.add_spends(number, commit, &mut counted.limits);
        }
        check.locks = sent::locks(modes.into_iter().map(|(name, mode)| Lock { name, mode }));
        check.add_guards(counted.guards);
        check.add_limits(counted.limits);
        check
    }

    fn add_keys(&mut self, number: i32, commit: &Commit) {
        self.commit_ids.push(commit.id.as_uuid());
        self.keys.extend(commit.expected().map(|(key, version)| sent::Expected {
            commit: number,
            kind: locks::number(key.kind),
            id: key.id,
            version: version.0,
        }));
    }

    fn add_changes(&mut self, number: i32, commit: &Commit, guards: &mut Distinct<Guard, Room>) {
        for adjust in &commit.guards {
            let (guard, room) = guards.entry(adjust.guard);
            room.count(adjust.delta, adjust.max, adjust.min);
            let (delta, most, least) = (adjust.delta, adjust.max, adjust.min);
            self.changes.push(sent::GuardChange { commit: number, guard, delta, most, least });
        }
    }

    fn add_spends(&mut self, number: i32, commit: &Commit, limits: &mut Distinct<Limit, Spent>) {
        for spend in &commit.spends {
            let (limited, spent) = limits.entry(spend.limit);
            let (hour, amount, most) = (spend.hour, spend.amount.into(), spend.max.into());
            spent.count(hour, amount, most);
            self.spendings.push(sent::Spending { commit: number, limited, hour, amount, most });
        }
    }

    fn add_guards(&mut self, guards: Distinct<Guard, Room>) {
        for (guard, room) in guards.in_order() {
            self.guards.push(guard);
            self.guard_sums.push(sent::GuardSum {
                kind: guard.kind.name(),
                business: guard.business.as_uuid(),
                delta: room.rise.saturating_add(room.fall),
                ceiling: room.max.map(|max| max.saturating_sub(room.rise)),
                floor: room.min.map(|min| min.saturating_sub(room.fall)),
            });
        }
    }

    fn add_limits(&mut self, limits: Distinct<Limit, Spent>) {
        for (limit, spent) in limits.in_order() {
            self.limits.push(limit);
            self.limit_sums.push(sent::LimitSum {
                kind: limit.kind.name(),
                id: limit.id,
                hour: spent.hour.filter(|_| !spent.several),
                amount: spent.amount,
                most: spent.max.unwrap_or(i64::MAX),
            });
        }
        self.limit_keys = self.limits.iter().map(locks::of_limit).collect();
        self.limit_keys.sort_unstable();
    }

    /// How it counts, if no guard is known to be near its bounds.
    pub(crate) const fn counts(&self) -> Counts {
        match (self.guards.is_empty(), self.limits.is_empty()) {
            (true, true) => Counts::Nothing,
            (false, true) => Counts::Guards,
            (_, false) => Counts::Exactly,
        }
    }

    /// The parameters of a statement that counts like this.
    pub(crate) fn parameters(&self, counts: Counts) -> Vec<&(dyn ToSql + Sync)> {
        let mut parameters = self.keys().to_vec();
        match counts {
            Counts::Nothing => {}
            Counts::Guards => parameters.push(&self.guard_sums),
            Counts::Exactly => parameters.extend(self.changes()),
        }
        parameters
    }

    /// The parameters of `handclasp.check_commits`.
    fn keys(&self) -> [&(dyn ToSql + Sync); sql::CHECKED] {
        [&self.locks, &self.commit_ids, &self.keys]
    }

    /// The parameters of `handclasp.count_commits`.
    fn changes(&self) -> [&(dyn ToSql + Sync); sql::COUNTED] {
        [&self.limit_keys, &self.commits, &self.guard_sums, &self.changes, &self.limit_sums, &self.spendings]
    }
}

#[derive(Default)]
struct Counted {
    guards: Distinct<Guard, Room>,
    limits: Distinct<Limit, Spent>,
}

/// Things that are named often and listed once, by number.
struct Distinct<K, V>(HashMap<K, (i32, V)>);

impl<K, V> Default for Distinct<K, V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash, V: Default> Distinct<K, V> {
    /// The number and the value of a thing.
    fn entry(&mut self, key: K) -> (i32, &mut V) {
        let next = i32::try_from(self.0.len() + 1).unwrap_or(i32::MAX);
        let (number, value) = self.0.entry(key).or_insert_with(|| (next, V::default()));
        (*number, value)
    }

    /// All of them, the first number first.
    fn in_order(self) -> Vec<(K, V)> {
        let mut entries: Vec<_> = self.0.into_iter().collect();
        entries.sort_unstable_by_key(|(_, (number, _))| *number);
        entries.into_iter().map(|(key, (_, value))| (key, value)).collect()
    }
}

/// What a group asks of one guard: all rises together and all falls together, and the tightest bounds of each. If even
/// they fit, every order of the changes does.
#[derive(Default)]
struct Room {
    rise: i64,
    fall: i64,
    max: Option<i64>,
    min: Option<i64>,
}

impl Room {
    fn count(&mut self, delta: i64, max: Option<i64>, min: Option<i64>) {
        if delta > 0 {
            self.rise = self.rise.saturating_add(delta);
            self.max = [self.max, max].into_iter().flatten().min();
        } else {
            self.fall = self.fall.saturating_add(delta);
            if delta < 0 {
                self.min = [self.min, min].into_iter().flatten().max();
            }
        }
    }
}

/// What a group spends of one limit.
#[derive(Default)]
struct Spent {
    hour: Option<i64>,
    several: bool,
    amount: i64,
    max: Option<i64>,
}

impl Spent {
    fn count(&mut self, hour: i64, amount: i64, max: i64) {
        self.several |= self.hour.is_some_and(|known| known != hour);
        self.hour = Some(hour);
        self.amount = self.amount.saturating_add(amount);
        self.max = Some(self.max.map_or(max, |known| known.min(max)));
    }
}
