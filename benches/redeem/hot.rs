//! The hot client: everybody through one client's group link, against everybody through another's.

use std::sync::Arc;

use handclasp::Error;
use handclasp::testing::Counting;

use crate::Outcome;
use crate::path;
use crate::place::Place;
use crate::table::median;
use crate::world;

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

    /// One round of both.
    pub(crate) async fn measure(&mut self, place: &dyn Place) -> Outcome<()> {
        let one = side(place, true).await?;
        let many = side(place, false).await?;
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

/// Each contractor has a store of their own around the same one, which counts their commits.
async fn side(place: &dyn Place, one_client: bool) -> Outcome<Side> {
    let (storage, world) = place.fresh().await?;
    let (mut counting, mut handles) = (Vec::new(), Vec::new());
    for _ in 0..world.contractors() {
        let counted = Arc::new(Counting::new(Arc::clone(&storage)));
        handles.push(world::open(counted.clone()).await?);
        counting.push(counted);
    }
    let ran = path::run(world.group(one_client, &handles), CALLERS).await?;
    let (conflicts, others): (Vec<_>, Vec<_>) = ran.refused.into_iter().partition(|error| error.code() == "conflict");
    if let Some(error) = others.into_iter().next() {
        return Err(Error::into(error));
    }
    storage.close().await?;
    let most_tries = counting.iter().map(|counted| counted.counts().commits).max().unwrap_or(0);
    Ok(Side { per_second: ran.measured.per_second, conflicts: conflicts.len(), most_tries })
}

pub(crate) fn print(heats: &[Heat]) {
    println!("\n{:10} {:>12} {:>14} {:>6} {:>10} {:>12}", "hot client", "one/s", "different/s", "ratio", "conflicts", "most rounds");
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
