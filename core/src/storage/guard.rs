//! What counts: numbers that commits change without reading them, so that a busy business makes nobody try again.

use uuid::Uuid;

use crate::id::{BusinessId, PersonId, derived};

/// A count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "stores build and read guards")]
pub struct Guard {
    /// What is counted.
    pub kind: GuardKind,
    /// Of this business.
    pub business: BusinessId,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a new count must break every match")]
pub enum GuardKind {
    /// Active Admins.
    Admins,
    /// Members, active or disabled.
    Members,
    /// Contractor roles that are live.
    ContractorRoles,
    /// Access requests that are open.
    AccessRequests,
    /// Connected contractors.
    Contractors,
    /// Connected clients.
    Clients,
}

impl GuardKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Admins, Self::Members, Self::ContractorRoles, Self::AccessRequests, Self::Contractors, Self::Clients];

    /// The name that a store keeps it under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admins => "admins",
            Self::Members => "members",
            Self::ContractorRoles => "contractor_roles",
            Self::AccessRequests => "access_requests",
            Self::Contractors => "contractors",
            Self::Clients => "clients",
        }
    }
}

/// A change of a count, within its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores read it")]
pub struct Adjust {
    /// The count.
    pub guard: Guard,
    /// Added to it.
    pub delta: i64,
    /// An increase may not lead above.
    pub max: Option<i64>,
    /// A decrease may not lead below.
    pub min: Option<i64>,
}

impl Adjust {
    /// The count after the change, or nothing if it leaves its bounds.
    #[must_use]
    pub fn apply(&self, value: i64) -> Option<i64> {
        let after = value.checked_add(self.delta)?;
        let above = self.delta > 0 && self.max.is_some_and(|max| after > max);
        let below = self.delta < 0 && self.min.is_some_and(|min| after < min);
        (!above && !below).then_some(after)
    }
}

/// How much was sent within 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "stores build and read limits")]
pub struct Limit {
    /// What is limited.
    pub kind: LimitKind,
    /// Of whom or what.
    pub id: Uuid,
}

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a new limit must break every match")]
pub enum LimitKind {
    /// What one person sends for one client.
    Inviter,
    /// What one client sends.
    Client,
    /// What one address gets.
    Address,
    /// What one client sends to one contractor.
    Pair,
    /// What one person asks of all businesses together.
    Requester,
    /// What one person asks of one business.
    RequesterPair,
}

impl LimitKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Inviter, Self::Client, Self::Address, Self::Pair, Self::Requester, Self::RequesterPair];

    /// The name that a store keeps it under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inviter => "inviter",
            Self::Client => "client",
            Self::Address => "address",
            Self::Pair => "pair",
            Self::Requester => "requester",
            Self::RequesterPair => "requester_pair",
        }
    }
}

impl Limit {
    /// What the person sends, whichever client they act for.
    #[must_use]
    pub const fn inviter(person: PersonId) -> Self {
        Self { kind: LimitKind::Inviter, id: person.as_uuid() }
    }

    /// What the client sends.
    #[must_use]
    pub const fn client(client: BusinessId) -> Self {
        Self { kind: LimitKind::Client, id: client.as_uuid() }
    }

    /// What the address, in its canonical spelling, gets from everybody.
    #[must_use]
    pub fn address(canonical: &str) -> Self {
        Self { kind: LimitKind::Address, id: derived("limit address", &[canonical.as_bytes()]) }
    }

    /// What the client sends to the contractor.
    #[must_use]
    pub fn pair(client: BusinessId, contractor: BusinessId) -> Self {
        let parts: [&[u8]; 2] = [&client.as_uuid().into_bytes(), &contractor.as_uuid().into_bytes()];
        Self { kind: LimitKind::Pair, id: derived("limit pair", &parts) }
    }

    /// The access requests of the person.
    #[must_use]
    pub const fn requester(person: PersonId) -> Self {
        Self { kind: LimitKind::Requester, id: person.as_uuid() }
    }

    /// The access requests of the person to the business.
    #[must_use]
    pub fn requester_pair(person: PersonId, business: BusinessId) -> Self {
        let parts: [&[u8]; 2] = [&person.as_uuid().into_bytes(), &business.as_uuid().into_bytes()];
        Self { kind: LimitKind::RequesterPair, id: derived("limit requester pair", &parts) }
    }
}

/// What counts against a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores read it")]
pub struct Spend {
    /// The limit.
    pub limit: Limit,
    /// The hour now, since 1970.
    pub hour: i64,
    /// How much.
    pub amount: u32,
    /// At most so much within 24 hours.
    pub max: u32,
}

/// What a limit has counted: 24 hours, the latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::exhaustive_structs, reason = "stores build and read buckets")]
pub struct Buckets {
    /// The hour of the first bucket, since 1970.
    pub hour: i64,
    /// The counts.
    pub counts: [u32; 24],
}

impl Buckets {
    /// The buckets at this hour: those that have left the 24 hours are gone. An earlier hour is the latest one.
    #[must_use]
    pub fn at(&self, hour: i64) -> Self {
        let hour = hour.max(self.hour);
        let passed = usize::try_from(hour - self.hour).unwrap_or(24).min(24);
        let mut counts = [0; 24];
        for (place, count) in counts.iter_mut().skip(passed).zip(self.counts) {
            *place = count;
        }
        Self { hour, counts }
    }

    /// The buckets after spending, or nothing if that passes the limit.
    #[must_use]
    pub fn spend(&self, spend: Spend) -> Option<Self> {
        let mut after = self.at(spend.hour);
        if after.total() + u64::from(spend.amount) > u64::from(spend.max) {
            return None;
        }
        if let Some(latest) = after.counts.first_mut() {
            *latest += spend.amount;
        }
        Some(after)
    }

    fn total(&self) -> u64 {
        self.counts.iter().copied().map(u64::from).sum()
    }

    /// In how many whole hours the amount fits again; 24 if it never does.
    #[must_use]
    pub fn free_in(&self, amount: u32, max: u32) -> i64 {
        (1..=24).find(|hours| self.at(self.hour + hours).total() + u64::from(amount) <= u64::from(max)).unwrap_or(24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spend(hour: i64, amount: u32) -> Spend {
        Spend { limit: Limit { kind: LimitKind::Client, id: Uuid::from_u128(1) }, hour, amount, max: 3 }
    }

    #[test]
    fn a_limit_frees_what_was_spent_24_hours_ago_and_says_when() {
        let spent = Buckets::default().spend(spend(100, 1)).unwrap().spend(spend(101, 2)).unwrap();
        assert_eq!(spent.spend(spend(123, 1)), None);
        assert_eq!(spent.free_in(1, 3), 23);
        assert!(spent.spend(spend(124, 1)).is_some());
        assert_eq!(spent.spend(spend(124, 2)), None);
        assert_eq!(spent.at(124).free_in(2, 3), 1);
        assert_eq!(spent.free_in(9, 3), 24);
    }

    #[test]
    fn eml_23_a_clock_set_back_frees_nothing() {
        let spent = Buckets::default().spend(spend(100, 3)).unwrap();
        assert_eq!(spent.spend(spend(10, 1)), None);
    }

    #[test]
    fn max_binds_increases_and_min_binds_decreases() {
        let business = BusinessId::from_uuid(Uuid::from_u128(1));
        let adjust = |delta| {
            let guard = Guard { kind: GuardKind::Admins, business };
            Adjust { guard, delta, max: Some(3), min: Some(1) }
        };
        assert_eq!(adjust(1).apply(3), None);
        assert_eq!(adjust(1).apply(2), Some(3));
        assert_eq!(adjust(-1).apply(9), Some(8));
        assert_eq!(adjust(-1).apply(1), None);
        assert_eq!(adjust(1).apply(-5), Some(-4));
        assert_eq!(adjust(-1).apply(2), Some(1));
        for outside in [0, 9] {
            assert_eq!(adjust(0).apply(outside), Some(outside), "what stays is no increase and no decrease");
        }
    }

    /// Stores keep them: another name would be another count.
    #[test]
    fn every_kind_keeps_its_name() {
        let guards = ["admins", "members", "contractor_roles", "access_requests", "contractors", "clients"];
        assert_eq!(GuardKind::ALL.map(GuardKind::name), guards);
        let limits = ["inviter", "client", "address", "pair", "requester", "requester_pair"];
        assert_eq!(LimitKind::ALL.map(LimitKind::name), limits);
    }
}
