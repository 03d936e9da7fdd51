//! What a store promises, as checks that any store can run.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test kit fails by panicking")]

mod commits;
mod feed;
mod filters;
mod guards;
mod leases;
mod limits;
mod lists;
mod loads;
mod purge;
mod retold;
mod round_trips;
mod stage;
mod stale;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::storage::Storage;

/// One promise of [`Storage`], as a check.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Check {
    /// The name of the promise in the documentation of [`Storage`].
    pub name: &'static str,
    /// Tries a fresh, empty store, and panics if it breaks the promise.
    pub run: fn(Arc<dyn Storage>) -> BoxFuture<'static, ()>,
}

impl fmt::Debug for Check {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Check({})", self.name)
    }
}

/// Every promise of [`Storage`], each with a check of the same name.
///
/// The checks need no particular runtime, start no tasks and do not sleep. What they do at once is many futures of one
/// task, so a store must not block in one call for the sake of another.
///
/// ```
/// use std::sync::Arc;
/// use handclasp::{storage::memory::Memory, testing::STORAGE_SUITE};
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// for check in STORAGE_SUITE {
///     (check.run)(Arc::new(Memory::new())).await;
/// }
/// # });
/// ```
pub const STORAGE_SUITE: &[Check] = &[
    check("load_sees_one_snapshot", |store| Box::pin(loads::one_snapshot(store))),
    check("load_sees_every_commit_that_was_answered", |store| Box::pin(loads::every_answered_commit(store))),
    check("commit_writes_everything", |store| Box::pin(commits::writes_everything(store))),
    check("commit_retells_a_business_in_every_list", |store| Box::pin(retold::in_every_list(store))),
    check("commit_is_refused_if_anything_read_has_moved", |store| Box::pin(stale::read(store))),
    check("commit_is_refused_if_anything_written_has_moved", |store| Box::pin(stale::written(store))),
    check("commit_answers_stale_before_it_refuses", |store| Box::pin(stale::before_refused(store))),
    check("guard_max_binds_only_increases", |store| Box::pin(guards::max(store))),
    check("guard_min_binds_only_decreases", |store| Box::pin(guards::min(store))),
    check("guard_is_not_version_checked", |store| Box::pin(guards::not_version_checked(store))),
    check("limit_counts_24_hourly_buckets", |store| Box::pin(limits::hourly_buckets(store))),
    check("list_orders_by_bytes_and_pages_without_gap_or_repeat", |store| Box::pin(lists::orders_and_pages(store))),
    check("list_filters_as_the_filter_says", |store| Box::pin(filters::as_the_filter_says(store))),
    check("tally_counts_by_value", |store| Box::pin(filters::tally(store))),
    check("lease_hands_a_delivery_to_one_worker", |store| Box::pin(leases::to_one_worker(store))),
    check("feed_shows_every_event_once_and_never_one_before_a_position_it_has_shown", |store| {
        Box::pin(feed::every_event_once(store))
    }),
    check("feed_goes_on_after_any_position", |store| Box::pin(feed::after_any_position(store))),
    check("purge_forgets_what_is_settled_and_old_and_nothing_else", |store| Box::pin(purge::settled_and_old(store))),
    check("closed_stays_closed", |store| Box::pin(commits::closed(store))),
];

const fn check(name: &'static str, run: fn(Arc<dyn Storage>) -> BoxFuture<'static, ()>) -> Check {
    Check { name, run }
}
