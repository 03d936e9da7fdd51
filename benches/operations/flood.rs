//! A flood: one caller who redeems beside somebody who tries bad tokens, against the same caller alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use handclasp::{Actor, Handclasp, Link};
use tokio::time::interval;

use crate::Outcome;
use crate::job::Job;
use crate::path::{self, Measured};
use crate::place::Place;
use crate::table::{median, micros};
use crate::world;

/// So many bad tokens, as often as this: 10 000 in a second.
const AT_ONCE: usize = 10;
const EVERY: Duration = Duration::from_millis(1);

/// What was measured on one store.
pub(crate) struct Flood {
    pub(crate) store: &'static str,
    rounds: Vec<Round>,
}

struct Round {
    alone: Measured,
    flooded: Measured,
    /// Bad tokens in a second.
    bad: f64,
}

impl Flood {
    pub(crate) const fn new(store: &'static str) -> Self {
        Self { store, rounds: Vec::new() }
    }

    /// Half of the links alone and half beside the flood; by turns, one or the other comes first.
    pub(crate) async fn measure(&mut self, place: &dyn Place) -> Outcome<()> {
        let (storage, world) = place.fresh().await?;
        let handclasp = world::open(storage).await?;
        let mut first = world.calls(Job::Redeem, &handclasp);
        let second = first.split_off(first.len() / 2);
        let (actor, bad) = world.bad();
        let flooded = async |calls| {
            let over = Arc::new(AtomicBool::new(false));
            let pouring = tokio::spawn(pour(handclasp.clone(), actor.clone(), bad.clone(), Arc::clone(&over)));
            let ran = path::run(calls, 1).await?.flawless();
            over.store(true, Ordering::Relaxed);
            Outcome::Ok((ran?, pouring.await??))
        };
        let (alone, (flooded, bad)) = if self.rounds.len().is_multiple_of(2) {
            (path::run(first, 1).await?.flawless()?, flooded(second).await?)
        } else {
            let flooded = flooded(first).await?;
            (path::run(second, 1).await?.flawless()?, flooded)
        };
        handclasp.close().await?;
        self.rounds.push(Round { alone, flooded, bad });
        Ok(())
    }

    fn alone(&self) -> f64 {
        median(self.rounds.iter().map(|round| micros(round.alone.p50)))
    }

    fn flooded(&self) -> f64 {
        median(self.rounds.iter().map(|round| micros(round.flooded.p50)))
    }

    fn ratio(&self) -> f64 {
        median(self.rounds.iter().map(|round| micros(round.flooded.p50) / micros(round.alone.p50)))
    }

    fn bad(&self) -> f64 {
        median(self.rounds.iter().map(|round| round.bad))
    }

    /// What the slowest redeem of all rounds took beside the flood.
    pub(crate) fn slowest(&self) -> Option<Duration> {
        self.rounds.iter().map(|round| round.flooded.slowest).max()
    }
}

/// Tries bad tokens until the others have ended; tells how many it tried in a second.
async fn pour(handclasp: Handclasp, actor: Actor, bad: Vec<Link>, over: Arc<AtomicBool>) -> Outcome<f64> {
    let (mut ticks, mut poured, begun) = (interval(EVERY), 0, Instant::now());
    for some in bad.chunks(AT_ONCE).cycle() {
        // A tick that comes late is followed by those that it held up.
        ticks.tick().await;
        if over.load(Ordering::Relaxed) {
            break;
        }
        for link in some {
            match handclasp.invites().redeem(&actor, link).await {
                Err(error) if error.code() == "invite_invalid_or_expired" => poured += 1,
                Err(error) => return Err(error.into()),
                Ok(_) => return Err("a bad token connects".into()),
            }
        }
    }
    Ok(f64::from(poured) / begun.elapsed().as_secs_f64())
}

pub(crate) fn print(floods: &[Flood]) {
    println!(
        "\n{:10} {:>12} {:>12} {:>6} {:>10} {:>12}",
        "bad tokens", "alone µs", "beside µs", "ratio", "bad/s", "slowest µs"
    );
    for flood in floods {
        println!(
            "{:10} {:>12.0} {:>12.0} {:>6.2} {:>10.0} {:>12.0}",
            flood.store,
            flood.alone(),
            flood.flooded(),
            flood.ratio(),
            flood.bad(),
            flood.slowest().map_or(f64::NAN, micros)
        );
    }
}
