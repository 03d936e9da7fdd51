//! What a group of commits rests on and what it counts, as the arrays that `handclasp.check_commits` and
//! `handclasp.count_commits` take.

use std::collections::HashMap;
use std::hash::Hash;

use handclasp::storage::Commit;
use handclasp::storage::guard::{Guard, Limit};
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::locks::{self, Lock, Mode};
use crate::sql::{self, Counts};

/// The arrays. Commits, guards and limits are numbered from 1.
#[derive(Default)]
pub(crate) struct Check {
    lock_keys: Vec<i64>,
    lock_exclusive: Vec<bool>,
    commit_ids: Vec<Uuid>,
    key_commit: Vec<i32>,
    key_kind: Vec<i16>,
    key_id: Vec<Uuid>,
    key_version: Vec<i64>,
    limit_keys: Vec<i64>,
    commits: i32,
    guard_kind: Vec<&'static str>,
    guard_business: Vec<Uuid>,
    guard_delta: Vec<i64>,
    guard_ceiling: Vec<Option<i64>>,
    guard_floor: Vec<Option<i64>>,
    change_commit: Vec<i32>,
    change_guard: Vec<i32>,
    change_delta: Vec<i64>,
    change_max: Vec<Option<i64>>,
    change_min: Vec<Option<i64>>,
    limit_kind: Vec<&'static str>,
    limit_id: Vec<Uuid>,
    limit_hour: Vec<Option<i64>>,
    limit_amount: Vec<i64>,
    limit_max: Vec<i64>,
    spend_commit: Vec<i32>,
    spend_limit: Vec<i32>,
    spend_hour: Vec<i64>,
    spend_amount: Vec<i64>,
    spend_max: Vec<i64>,
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
        check.add_locks(modes);
        check.add_guards(counted.guards);
        check.add_limits(counted.limits);
        check
    }

    /// In the order of names: nobody ever waits in a circle. What counts is locked last: guards by their rows, limits by
    /// locks of their own.
    fn add_locks(&mut self, modes: HashMap<i64, Mode>) {
        let mut locks: Vec<_> = modes.into_iter().filter(|(_, mode)| *mode != Mode::Count).collect();
        locks.sort_unstable_by_key(|(name, _)| *name);
        for (name, mode) in locks {
            self.lock_keys.push(name);
            self.lock_exclusive.push(mode == Mode::Write);
        }
    }

    fn add_keys(&mut self, number: i32, commit: &Commit) {
        self.commit_ids.push(commit.id.as_uuid());
        for (key, version) in commit.expected() {
            self.key_commit.push(number);
            self.key_kind.push(locks::number(key.kind));
            self.key_id.push(key.id);
            self.key_version.push(version.0);
        }
    }

    fn add_changes(&mut self, number: i32, commit: &Commit, guards: &mut Distinct<Guard, Room>) {
        for adjust in &commit.guards {
            let (guard, room) = guards.entry(adjust.guard);
            room.count(adjust.delta, adjust.max, adjust.min);
            self.change_commit.push(number);
            self.change_guard.push(guard);
            self.change_delta.push(adjust.delta);
            self.change_max.push(adjust.max);
            self.change_min.push(adjust.min);
        }
    }

    fn add_spends(&mut self, number: i32, commit: &Commit, limits: &mut Distinct<Limit, Spent>) {
        for spend in &commit.spends {
            let (limit, spent) = limits.entry(spend.limit);
            spent.count(spend.hour, spend.amount.into(), spend.max.into());
            self.spend_commit.push(number);
            self.spend_limit.push(limit);
            self.spend_hour.push(spend.hour);
            self.spend_amount.push(spend.amount.into());
            self.spend_max.push(spend.max.into());
        }
    }

    fn add_guards(&mut self, guards: Distinct<Guard, Room>) {
        for (guard, room) in guards.in_order() {
            self.guards.push(guard);
            self.guard_kind.push(guard.kind.name());
            self.guard_business.push(guard.business.as_uuid());
            self.guard_delta.push(room.rise.saturating_add(room.fall));
            self.guard_ceiling.push(room.max.map(|max| max.saturating_sub(room.rise)));
            self.guard_floor.push(room.min.map(|min| min.saturating_sub(room.fall)));
        }
    }

    fn add_limits(&mut self, limits: Distinct<Limit, Spent>) {
        for (limit, spent) in limits.in_order() {
            self.limits.push(limit);
            self.limit_kind.push(limit.kind.name());
            self.limit_id.push(limit.id);
            self.limit_hour.push(spent.hour.filter(|_| !spent.several));
            self.limit_amount.push(spent.amount);
            self.limit_max.push(spent.max.unwrap_or(i64::MAX));
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
            Counts::Guards => parameters.extend(self.guards()),
            Counts::Exactly => parameters.extend(self.changes()),
        }
        parameters
    }

    /// The parameters of `handclasp.check_commits`.
    fn keys(&self) -> [&(dyn ToSql + Sync); sql::CHECKED] {
        [
            &self.lock_keys,
            &self.lock_exclusive,
            &self.commit_ids,
            &self.key_commit,
            &self.key_kind,
            &self.key_id,
            &self.key_version,
        ]
    }

    /// The parameters of what changes guards.
    fn guards(&self) -> [&(dyn ToSql + Sync); sql::GUARDED] {
        [&self.guard_kind, &self.guard_business, &self.guard_delta, &self.guard_ceiling, &self.guard_floor]
    }

    /// The parameters of `handclasp.count_commits`.
    fn changes(&self) -> [&(dyn ToSql + Sync); sql::COUNTED] {
        [
            &self.limit_keys,
            &self.commits,
            &self.guard_kind,
            &self.guard_business,
            &self.guard_delta,
            &self.guard_ceiling,
            &self.guard_floor,
            &self.change_commit,
            &self.change_guard,
            &self.change_delta,
            &self.change_max,
            &self.change_min,
            &self.limit_kind,
            &self.limit_id,
            &self.limit_hour,
            &self.limit_amount,
            &self.limit_max,
            &self.spend_commit,
            &self.spend_limit,
            &self.spend_hour,
            &self.spend_amount,
            &self.spend_max,
        ]
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
