//! How much longer one caller waits for a redeem where others have a million invites and connections, beside how much
//! longer the bare driver takes to write the same rows there.

use crate::job::Job;
use crate::path::Measured;
use crate::place::{Grouping, Place};
use crate::table::median;
use crate::{Asked, Outcome, call, record};

/// Of one store, by rounds.
pub(crate) struct Growth {
    store: &'static str,
    rounds: Vec<Round>,
}

/// Path and floor among few, then among many.
struct Round {
    few: [Measured; 2],
    many: [Measured; 2],
}

/// All rounds on one store: few and many take turns.
pub(crate) async fn measure(few: &dyn Place, many: &dyn Place, asked: &Asked) -> Outcome<Growth> {
    let mut growth = Growth { store: few.name(), rounds: Vec::new() };
    let commits = [record(few, Job::Redeem).await?, record(many, Job::Redeem).await?];
    for _ in 0..asked.rounds {
        let mut both = Vec::new();
        for (place, commits) in [few, many].into_iter().zip(&commits) {
            let calls = asked.calls(1);
            let path = call(place, Job::Redeem, 1, calls).await?;
            let steps = commits.get(..calls).unwrap_or(commits);
            let floor = place.floor(steps, 1, Grouping::Apart).await?;
            both.push([path, floor.ok_or("a store without a floor")?]);
        }
        let [few, many] = both[..] else { unreachable!("two places") };
        growth.rounds.push(Round { few, many });
    }
    Ok(growth)
}

impl Growth {
    fn micros(&self, of: fn(&Round) -> Measured) -> f64 {
        median(self.rounds.iter().map(|round| of(round).p50.as_secs_f64() * 1e6))
    }

    /// Prints the medians, and whether the path grows at most 1.3 times as much as the floor.
    pub(crate) fn print(&self, others: u32) {
        let [path, floor] = [self.micros(|round| round.few[0]), self.micros(|round| round.few[1])];
        let [path_many, floor_many] = [self.micros(|round| round.many[0]), self.micros(|round| round.many[1])];
        println!(
            "{}: among few {path:.0} µs (floor {floor:.0}), among {others} invites and connections {path_many:.0} µs \
             (floor {floor_many:.0})",
            self.store
        );
        let [path, floor] = [path_many / path, floor_many / floor];
        let met = if path / floor <= 1.3 { "pass" } else { "FAIL" };
        println!(
            "{met} {}, growth at most 1.3 times the floor's: {path:.2} against {floor:.2}, {:.2}",
            self.store,
            path / floor
        );
    }
}
