//! Names of locks: 64-bit hashes of keys.
//!
//! They are the same in every process and in every version of the library, for they are what processes meet at. Two keys
//! of one hash are only locked together.

use std::collections::HashMap;

use handclasp::storage::guard::{Guard, GuardKind, Limit, LimitKind};
use handclasp::storage::{Commit, Key, Kind};
use uuid::Uuid;

/// What a commit does with what it locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mode {
    /// Reads it: beside others that read it.
    Read,
    /// Counts with it: beside others that count with it, until the server has them count one after the other.
    Count,
    /// Writes it: alone.
    Write,
}

/// One lock of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lock {
    pub(crate) name: i64,
    pub(crate) mode: Mode,
}

/// Everything that a commit locks, each name once, in the order of names.
pub(crate) fn of_commit(commit: &Commit) -> Vec<Lock> {
    let reads = commit.reads.iter().map(|(key, _)| (of_key(*key), Mode::Read));
    let writes = commit.writes.iter().map(|write| (of_key(write.record.key()), Mode::Write));
    let guards = commit.guards.iter().map(|adjust| (of_guard(&adjust.guard), Mode::Count));
    let limits = commit.spends.iter().map(|spend| (of_limit(&spend.limit), Mode::Count));
    let mut strongest = HashMap::new();
    for (name, mode) in reads.chain(writes).chain(guards).chain(limits) {
        let held = strongest.entry(name).or_insert(mode);
        *held = mode.max(*held);
    }
    let mut locks: Vec<_> = strongest.into_iter().map(|(name, mode)| Lock { name, mode }).collect();
    locks.sort_unstable_by_key(|lock| lock.name);
    locks
}

/// Numbers events one caller at a time.
pub(crate) const fn of_feed() -> i64 {
    name(200, 0)
}

/// Migrates one process at a time.
pub(crate) const fn of_migration() -> i64 {
    name(201, 0)
}

/// The number of a kind, in lock names and for `handclasp.check_commits`. It never changes.
pub(crate) const fn number(kind: Kind) -> i16 {
    match kind {
        Kind::Business => 1,
        Kind::Person => 2,
        Kind::Member => 3,
        Kind::ContractorRole => 4,
        Kind::GroupLink => 5,
        Kind::Invite => 6,
        Kind::Connection => 7,
        Kind::Request => 8,
        Kind::Slot => 9,
        Kind::Answer => 10,
        Kind::KeyRegistry => 11,
        Kind::Notice => 12,
        Kind::Delivery => 13,
        Kind::UserRole => 14,
        Kind::Category => 15,
        Kind::Requirement => 16,
        Kind::Spell => 17,
        Kind::AccessRequest => 18,
        Kind::Reasons => 19,
        Kind::FeePlans => 20,
        Kind::Word => 21,
    }
}

fn of_key(key: Key) -> i64 {
    name(number(key.kind).unsigned_abs().into(), key.id.as_u128())
}

fn of_guard(guard: &Guard) -> i64 {
    let kind = match guard.kind {
        GuardKind::Admins => 101,
        GuardKind::Members => 102,
        GuardKind::ContractorRoles => 103,
        GuardKind::Contractors => 104,
        GuardKind::Clients => 105,
        GuardKind::AccessRequests => 106,
    };
    name(kind, guard.business.as_uuid().as_u128())
}

pub(crate) fn of_limit(limit: &Limit) -> i64 {
    let kind = match limit.kind {
        LimitKind::Inviter => 151,
        LimitKind::Client => 152,
        LimitKind::Address => 153,
        LimitKind::Pair => 154,
        LimitKind::Requester => 155,
        LimitKind::RequesterPair => 156,
    };
    name(kind, Uuid::as_u128(&limit.id))
}

const fn name(kind: u64, id: u128) -> i64 {
    let (high, low) = ((id >> 64) as u64, id as u64);
    mix(mix(mix(kind) ^ high) ^ low).cast_signed()
}

/// The finalizer of SplitMix64: every bit of the input moves every bit of the output.
const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_change() {
        let id = Uuid::from_u128(0x0197_a9b2_5c00_7000_8000_0000_0000_abcd);
        assert_eq!(of_key(Key { kind: Kind::Invite, id }), PINNED);
        assert_ne!(of_key(Key { kind: Kind::Slot, id }), PINNED);
    }

    const PINNED: i64 = -7_764_587_191_949_579_301;
}
