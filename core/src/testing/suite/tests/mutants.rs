//! Stores that break one promise each, beside the check that must notice.

mod commits;
mod counts;
mod lists;
mod loads;
mod purges;
mod queues;
mod retold;

use super::mutation::Mutant;

/// What is wrong, the promise that it breaks, and the store.
pub(super) type Named = (&'static str, &'static str, Mutant);

pub(super) fn all() -> impl Iterator<Item = Named> {
    let records = [loads::all(), commits::all(), retold::all(), counts::all()];
    records.into_iter().chain([lists::all(), queues::all(), purges::all()]).flatten()
}
