//! Stores that break one promise each, beside the check that must notice.

mod commits;
mod counts;
mod lists;
mod loads;
mod queues;

use super::mutation::Mutant;

/// What is wrong, the promise that it breaks, and the store.
pub(super) type Named = (&'static str, &'static str, Mutant);

pub(super) fn all() -> impl Iterator<Item = Named> {
    [loads::all(), commits::all(), counts::all(), lists::all(), queues::all()].into_iter().flatten()
}
