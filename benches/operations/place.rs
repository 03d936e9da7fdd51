//! The stores, each with a prepared database that can be had afresh.

use std::sync::Arc;

use async_trait::async_trait;
use handclasp::storage::Storage;

use crate::job::Job;
use crate::path::Measured;
use crate::steps::Step;
use crate::world::{self, Size, World};
use crate::{Outcome, floor_memory};

/// How a floor shares transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// One commit each.
    Apart,
    /// As many commits as there are callers, or as the store takes together.
    Together,
}

/// A store.
#[async_trait(?Send)]
pub(crate) trait Place {
    fn name(&self) -> &'static str;

    /// Whether it is measured with this.
    fn takes(&self, job: Job) -> bool;

    /// A copy of the prepared database that nobody has written to.
    async fn fresh(&self) -> Outcome<(Arc<dyn Storage>, Arc<World>)>;

    /// Writes the rows of these commits into a copy with the bare driver; nothing if it has no such way.
    async fn floor(&self, commits: &[Vec<Step>], callers: usize, grouping: Grouping) -> Outcome<Option<Measured>>;

    /// Removes what was made.
    async fn clear(&self) -> Outcome<()>;
}

/// The reference store. It can't be copied, so each is filled anew.
pub(crate) struct Memory(pub(crate) Size);

#[async_trait(?Send)]
impl Place for Memory {
    fn name(&self) -> &'static str {
        "memory"
    }

    fn takes(&self, _: Job) -> bool {
        true
    }

    async fn fresh(&self) -> Outcome<(Arc<dyn Storage>, Arc<World>)> {
        let storage: Arc<dyn Storage> = Arc::new(handclasp::storage::Memory::new());
        let world = world::fill(Arc::clone(&storage), self.0).await?;
        Ok((storage, Arc::new(world)))
    }

    async fn floor(&self, commits: &[Vec<Step>], _: usize, grouping: Grouping) -> Outcome<Option<Measured>> {
        Ok((grouping == Grouping::Apart).then(|| floor_memory::run(commits)))
    }

    async fn clear(&self) -> Outcome<()> {
        Ok(())
    }
}
