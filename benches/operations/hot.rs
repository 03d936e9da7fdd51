//! The hot client: everybody through one client's group link, against everybody through another's.

use std::sync::Arc;

use handclasp::storage::Storage;
use handclasp::testing::Counting;
use handclasp::{Error, Handclasp};

use crate::Outcome;
use crate::path;
use crate::place::Place;
use crate::table::median;
use crate::world::{self, World};

/// So many contractors at a time.
const CALLERS: usize = 64;

/// What was measured on one store.
pub(crate) struct Heat {
    pub(crate) store: &'static str,
    rounds: Vec<(Side, Side)>,
}

/// One client, or as many as contractors.
struct Side {
    per_second: f64,
    conflicts: usize,
    /// What the one who tried most often needed.
    most_tries: u64,
}

impl Heat {
    pub(crate) const fn new(store: &'static str) -> Self {
        Self { store, rounds: Vec::new() }
    }

    /// Both, there and back: a few hundred calls are over before a machine has settled.
    pub(crate) async fn measure(&mut self, place: &dyn Place) -> Outcome<()> {
        let ground = Ground::open(place).await?;
        let (one, many) = (ground.side(true).await?, ground.side(false).await?);
        ground.close().await?;
        self.rounds.push((one, many));
        let ground = Ground::open(place).await?;
        let (many, one) = (ground.side(false).await?, ground.side(true).await?);
        ground.close().await?;
        self.rounds.push((one, many));
        Ok(())
    }

    fn one(&self) -> f64 {
        median(self.rounds.iter().map(|(one, _)| one.per_second))
    }

    fn many(&self) -> f64 {
        median(self.rounds.iter().map(|(_, many)| many.per_second))
    }

    /// How many times as fast different clients are.
    pub(crate) fn ratio(&self) -> f64 {
        median(self.rounds.iter().map(|(one, many)| many.per_second / one.per_second))
    }

    /// How many calls ended in `conflict`.
    pub(crate) fn conflicts(&self) -> usize {
        self.rounds.iter().map(|(one, many)| one.conflicts + many.conflicts).sum()
    }

    /// The most commits that one call needed.
    pub(crate) fn most_tries(&self) -> u64 {
        self.rounds.iter().map(|(one, many)| one.most_tries.max(many.most_tries)).max().unwrap_or(0)
    }
}

/// A fresh database. Each contractor has a handle of their own on it, and around it a store that counts their commits.
struct Ground {
    storage: Arc<dyn Storage>,
    world: Arc<World>,
    counting: Vec<Arc<Counting>>,
    handles: Vec<Handclasp>,
}

impl Ground {
    async fn open(place: &dyn Place) -> Outcome<Self> {
        let (storage, world) = place.fresh().await?;
        let (mut counting, mut handles) = (Vec::new(), Vec::new());
        for _ in 0..world.contractors() {
            let counted = Arc::new(Counting::new(Arc::clone(&storage)));
            handles.push(world::open(counted.clone()).await?);
            counting.push(counted);
        }
        Ok(Self { storage, world, counting, handles })
    }

    async fn side(&self, one_client: bool) -> Outcome<Side> {
        let before = self.commits();
        let ran = path::run(self.world.group(one_client, &self.handles), CALLERS).await?;
        let tries = self.commits().into_iter().zip(before).map(|(after, before)| after - before);
        let is_conflict = |error: &Error| error.code() == "conflict";
        let (conflicts, others): (Vec<_>, Vec<_>) = ran.refused.into_iter().partition(is_conflict);
        match others.into_iter().next() {
            Some(error) => Err(error.into()),
            None => Ok(Side {
                per_second: ran.measured.per_second,
                conflicts: conflicts.len(),
                most_tries: tries.max().unwrap_or(0),
            }),
        }
    }

    fn commits(&self) -> Vec<u64> {
        self.counting.iter().map(|counted| counted.counts().commits).collect()
    }

    async fn close(self) -> Outcome<()> {
        Ok(self.storage.close().await?)
    }
}

pub(crate) fn print(heats: &[Heat]) {
    println!(
        "\n{:10} {:>12} {:>14} {:>6} {:>10} {:>12}",
        "hot client", "one/s", "different/s", "ratio", "conflicts", "most rounds"
    );
    for heat in heats {
        println!(
            "{:10} {:>12.0} {:>14.0} {:>6.2} {:>10} {:>12}",
            heat.store,
            heat.one(),
            heat.many(),
            heat.ratio(),
            heat.conflicts(),
            heat.most_tries()
        );
    }
}
