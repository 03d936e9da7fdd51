//! How fast links are redeemed, on each store, beside what a bare driver needs to write exactly the same rows.
//!
//! ```text
//! cargo bench -p handclasp-benches --bench redeem -- [--redeems N] [--hot N] [--rounds N] [--others N]
//!     [--callers N]... [--store memory|sqlite|postgres]...
//! ```
//!
//! Path and floors take turns on fresh copies of one prepared database, a few rounds of it, and medians are printed: a
//! machine that is slow for a second is slow for both. Numbers alone say little; what counts is the ratio.
//!
//! - **Path**: `invites.redeem`, each by another (client, contractor).
//! - **Ungrouped floor**: the rows of the same commits with no checks and no locks, one transaction each.
//! - **Grouped floor**: the same, as many in a transaction as there are callers, on PostgreSQL 64.
//! - **Hot client**: contractors through one client's group link, against as many through those of different clients.
//! - **Growth**, with `--others` and nothing else: one caller where others have so many invites and connections, against
//!   one caller where they have none, beside the growth of the ungrouped floor.
//!
//! PostgreSQL is measured if HANDCLASP_TEST_POSTGRES_URL names a server whose user may create databases, as
//! `tests/with_postgres.py` does.

mod crowd;
mod floor_postgres;
mod floor_sqlite;
mod growth;
mod hot;
mod marks;
mod path;
mod place;
mod place_postgres;
mod place_sqlite;
mod recording;
mod steps;
mod table;
mod world;

use std::error::Error;
use std::sync::Arc;

use handclasp::testing::Counting;

use self::hot::Heat;
use self::path::Measured;
use self::place::{Grouping, Memory, Place};
use self::place_postgres::Postgres;
use self::place_sqlite::Sqlite;
use self::recording::Recording;
use self::table::{Line, Round};
use self::world::Size;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const URL: &str = "HANDCLASP_TEST_POSTGRES_URL";
const CALLERS: [usize; 3] = [1, 64, 256];
/// What one caller redeems takes one caller longer: a part of it will do.
const LONE_SHARE: usize = 4;

/// What was asked for.
struct Asked {
    size: Size,
    rounds: usize,
    callers: Vec<usize>,
    stores: Vec<String>,
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let size = Size { redeems: 6_000, hot: 500, others: 0 };
        let mut asked = Self { size, rounds: 5, callers: Vec::new(), stores: Vec::new() };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--redeems" => asked.size.redeems = value()?.parse()?,
                "--hot" => asked.size.hot = value()?.parse()?,
                "--others" => asked.size.others = value()?.parse()?,
                "--rounds" => asked.rounds = value()?.parse()?,
                "--callers" => asked.callers.push(value()?.parse()?),
                "--store" => asked.stores.push(value()?),
                // Cargo says this to every bench.
                "--bench" => {}
                _ => return Err(format!("`{argument}` is not known").into()),
            }
        }
        asked.size.check()?;
        if asked.callers.is_empty() {
            asked.callers.extend(CALLERS);
        }
        if asked.rounds == 0 { Err("there must be a round".into()) } else { Ok(asked) }
    }

    /// How many one caller redeems.
    const fn lone(&self) -> usize {
        self.size.redeems / LONE_SHARE
    }

    fn wants(&self, store: &str) -> bool {
        self.stores.is_empty() || self.stores.iter().any(|name| name == store)
    }
}

fn main() -> Outcome<()> {
    let asked = Asked::read(std::env::args().skip(1))?;
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(run(&asked))
}

async fn run(asked: &Asked) -> Outcome<()> {
    println!(
        "{} redeems a case (1 caller: {}), {} by group link, medians of {} rounds, 2 workers",
        asked.size.redeems,
        asked.lone(),
        asked.size.hot,
        asked.rounds
    );
    if asked.size.others > 0 {
        return grow(asked).await;
    }
    let (mut lines, mut heats) = (Vec::new(), Vec::new());
    for place in places(asked, asked.size).await? {
        let (of_place, heat) = measure(place.as_ref(), asked).await?;
        lines.extend(of_place);
        heats.push(heat);
        place.clear().await?;
    }
    table::print(&lines);
    hot::print(&heats);
    marks::print(&lines, &heats);
    Ok(())
}

/// Each store among few, beside the same among many.
async fn grow(asked: &Asked) -> Outcome<()> {
    let few = places(asked, Size { others: 0, ..asked.size }).await?;
    let many = places(asked, asked.size).await?;
    for (few, many) in few.iter().zip(&many) {
        growth::measure(few.as_ref(), many.as_ref(), asked).await?.print(asked.size.others);
    }
    for place in few.iter().chain(&many) {
        place.clear().await?;
    }
    Ok(())
}

async fn places(asked: &Asked, size: Size) -> Outcome<Vec<Box<dyn Place>>> {
    let mut places: Vec<Box<dyn Place>> = Vec::new();
    // The reference store has no floor to grow beside.
    if asked.wants("memory") && asked.size.others == 0 {
        places.push(Box::new(Memory(size)));
    }
    if asked.wants("sqlite") {
        places.push(Box::new(Sqlite::prepare(size).await?));
    }
    match std::env::var(URL) {
        _ if !asked.wants("postgres") => {}
        Ok(url) => places.push(Box::new(Postgres::prepare(&url, size).await?)),
        Err(_) => println!("PostgreSQL is left out: {URL} is not set"),
    }
    Ok(places)
}

/// All rounds on one store.
async fn measure(place: &dyn Place, asked: &Asked) -> Outcome<(Vec<Line>, Heat)> {
    let commits = record(place).await?;
    let mut lines: Vec<Line> = asked.callers.iter().map(|callers| Line::new(place.name(), *callers)).collect();
    let mut heat = Heat::new(place.name());
    for _ in 0..asked.rounds {
        for line in &mut lines {
            let redeems = if line.callers == 1 { asked.lone() } else { asked.size.redeems };
            let path = redeem(place, line.callers, redeems).await?;
            let steps = commits.get(..redeems).unwrap_or(&commits);
            let ungrouped = place.floor(steps, line.callers, Grouping::Apart).await?;
            let grouped = match line.callers {
                1 => None,
                callers => place.floor(steps, callers, Grouping::Together).await?,
            };
            line.rounds.push(Round { path, ungrouped, grouped });
        }
        heat.measure(place).await?;
    }
    Ok((lines, heat))
}

/// What redeeming everything writes, seen in a run that is not measured and warms up.
async fn record(place: &dyn Place) -> Outcome<Vec<Vec<steps::Step>>> {
    let (storage, world) = place.fresh().await?;
    let recording = Arc::new(Recording::new(storage));
    let counting = Arc::new(Counting::new(recording.clone()));
    let handclasp = world::open(counting.clone()).await?;
    let (before, calls) = (counting.counts(), world.personal(&handclasp));
    let each = calls.len() as f64;
    path::run(calls, 64).await?.flawless()?;
    let after = counting.counts();
    let [loads, commits] =
        [after.loads - before.loads, after.commits - before.commits].map(|count| count as f64 / each);
    println!("{}: {loads:.2} loads and {commits:.2} commits a redeem", place.name());
    handclasp.close().await?;
    recording.commits().iter().map(steps::of).collect()
}

async fn redeem(place: &dyn Place, callers: usize, redeems: usize) -> Outcome<Measured> {
    let (storage, world) = place.fresh().await?;
    let handclasp = world::open(storage).await?;
    let mut calls = world.personal(&handclasp);
    calls.truncate(redeems);
    let measured = path::run(calls, callers).await?.flawless()?;
    handclasp.close().await?;
    Ok(measured)
}
