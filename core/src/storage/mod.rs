//! The port to a database: a store keeps records under keys and changes them all or none.
//!
//! A store knows nothing of the domain. It keeps [`Record`]s, each with a version that rises by one with every write,
//! counts [`Guard`](guard::Guard)s and [`Limit`](guard::Limit)s, and answers typed [`Query`]s. A store of your own
//! implements [`Storage`] and proves itself with `testing::STORAGE_SUITE`, whose checks carry the names of the promises
//! below. [`Record::values`] and [`Record::read`] turn records into rows of plain columns and back, so that a store of
//! tables needs no code per kind.

pub mod commit;
pub mod guard;
pub mod key;
mod matching;
pub mod memory;
pub mod query;
pub mod record;
pub mod rows;

use std::fmt;

use async_trait::async_trait;

pub use self::commit::{Commit, Committed, Refusal, Retold, Write};
pub use self::key::{Key, Kind, Version};
pub(crate) use self::matching::{has_place, last_position, position};
pub use self::memory::Memory;
pub use self::query::{Filter, Query, Source, Tally};
pub use self::record::{Record, Side, StoredEvent, Versioned};
pub use self::rows::{Column, ColumnKind, Corrupt, Row, Table, Value};
use crate::error::Fault;
use crate::id::LeaseId;
use crate::model::delivery::Delivery;
use crate::time::Timestamp;

/// What is leased, by whom, until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores read it")]
pub struct Lease {
    /// The worker.
    pub owner: LeaseId,
    /// The time now.
    pub now: Timestamp,
    /// When others may take what is leased.
    pub until: Timestamp,
    /// At most so many.
    pub limit: usize,
}

/// What is old enough to be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores read it")]
pub struct Purge {
    /// Deliveries that were settled before this, and notices that were expanded before it.
    pub settled_before: Timestamp,
    /// Parked deliveries too.
    pub parked: bool,
    /// Answers that were given before this.
    pub answers_before: Timestamp,
    /// Limits whose latest hour, since 1970, is before this one.
    pub spent_before: i64,
}

/// A database.
///
/// Every method may be called from many tasks at once, and its future may be dropped at any await: what was being
/// done is then done or not done, never half. No method waits without a bound.
#[async_trait]
pub trait Storage: Send + Sync + fmt::Debug {
    /// Reads records by key, in the order of the keys; a record that is not there is at [`Version::NONE`].
    ///
    /// - `load_sees_one_snapshot`: no commit lies between the records of one load.
    /// - `load_sees_every_commit_that_was_answered`: what a commit wrote is there once it has answered `Done`.
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault>;

    /// Applies a commit whole, or not at all.
    ///
    /// - `commit_writes_everything`: records, events, sides, guards and limits are there afterwards, to the letter: an
    ///   empty text is not null, and JSON keeps its spelling. A guard or limit that stands twice in a commit adds up;
    ///   a commit may write no record at all. Dropped halfway, it is done or not done.
    /// - `commit_retells_a_business_in_every_list`: the texts change in every side whose other end it is. Where the
    ///   two do not see each other's contacts, it has another name and the contact text stays as it is.
    /// - `commit_is_refused_if_anything_read_has_moved`: any other version than read gives `Stale` and changes nothing.
    /// - `commit_is_refused_if_anything_written_has_moved`: the same for what it writes, also when it must be new.
    /// - `guard_max_binds_only_increases` and `guard_min_binds_only_decreases`; a refusal changes nothing.
    /// - `guard_is_not_version_checked`: two commits that change one guard do not make each other stale.
    /// - `limit_counts_24_hourly_buckets`: an earlier hour counts in the latest one.
    /// - `commit_answers_stale_before_it_refuses`: versions are checked before guards, and guards before limits.
    ///
    /// # Errors
    /// `outcome_unknown` if the commit was sent, its answer lost, and it can't be found out whether it stands.
    async fn commit(&self, commit: Commit) -> Result<Committed, Fault>;

    /// The rows that match, in the order asked for, each whole. In the place of a row that can't be read stands what can
    /// be read of its [`rows::Table::head`], so that it hides no other and the log can name it.
    ///
    /// - `list_orders_by_bytes_and_pages_without_gap_or_repeat`.
    /// - `list_filters_as_the_filter_says`: the same rows as the filter's own [`Filter::matches`].
    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault>;

    /// How many rows match, by the value of one column.
    ///
    /// - `tally_counts_by_value`.
    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault>;

    /// Hands deliveries that are due, or whose lease has ended, to one worker, the longest due first.
    ///
    /// - `lease_hands_a_delivery_to_one_worker`: not again before `until`, and with one more attempt and one higher
    ///   version, so that a late result of the worker before is stale.
    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault>;

    /// Events in the order of their positions, after a position.
    ///
    /// - `feed_shows_every_event_once_and_never_one_before_a_position_it_has_shown`: also under concurrent commits.
    ///   Those of one record come in the order of their versions.
    /// - `feed_goes_on_after_any_position`: also after one that nobody has been shown.
    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault>;

    /// Forgets, for good, what nobody needs any more, and says how many records that were.
    ///
    /// - `purge_forgets_what_is_settled_and_old_and_nothing_else`: deliveries that are sent or dropped, and parked ones
    ///   if asked, settled before a time; notices expanded before it; answers given before a time; and limits that have
    ///   counted nothing since an hour, which are no records.
    async fn purge(&self, purge: Purge) -> Result<u64, Fault>;

    /// Finishes what is under way and lets go of the database. Calls after it answer `closed`.
    ///
    /// - `closed_stays_closed`: closing twice is fine.
    async fn close(&self) -> Result<(), Fault>;
}
