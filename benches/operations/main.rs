//! How fast operations are, on each store, beside what a bare driver needs to write exactly the same rows.
//!
//! ```text
//! cargo bench -p handclasp-benches --bench operations -- [--calls N] [--hot N] [--rounds N] [--others N]
//!     [--callers N]... [--job create|open+accept|redeem|request|accept]... [--store memory|sqlite|disk|postgres]...
//! ```
//!
//! Path and floors take turns on fresh copies of one prepared database, a few rounds of it, and medians are printed: a
//! machine that is slow for a second is slow for both. Numbers alone say little; what counts is the ratio.
//!
//! - **Path**: the operation, each for another (client, contractor).
//! - **sqlite** lies in memory where there is such a place, **disk** beside the build; **postgres** is measured with
//!   redeems alone.
//! - **Ungrouped floor**: the rows of the same commits with no checks and no locks, one transaction each; on the store in
//!   memory put into bare maps by one thread.
//! - **Grouped floor**: the same, as many in a transaction as there are callers, on PostgreSQL 64.
//! - **Hot client**: contractors through one client's group link, against as many through those of different clients.
//! - **Bad tokens**: one caller beside somebody who tries 10 000 in a second, against the same caller alone.
//! - **Growth**, with `--others` and nothing else: one caller where others have so many invites and connections, against
//!   one caller where they have none, beside the growth of the ungrouped floor.
//!
//! PostgreSQL is measured if HANDCLASP_TEST_POSTGRES_URL names a server whose user may create databases, as
//! `tests/with_postgres.py` does.

mod crowd;
mod flood;
mod floor_memory;
mod floor_postgres;
mod floor_sqlite;
mod growth;
mod hot;
mod job;
mod marks;
mod path;
mod place;
mod place_postgres;
mod place_sqlite;
mod steps;
mod table;
mod world;

use std::error::Error;
use std::sync::Arc;

use handclasp::testing::Counting;
use handclasp_benches::recording::Recording;

use self::flood::Flood;
use self::hot::Heat;
use self::job::Job;
use self::path::Measured;
use self::place::{Grouping, Memory, Place};
use self::place_postgres::Postgres;
use self::place_sqlite::Sqlite;
use self::table::{Line, Round};
use self::world::Size;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const URL: &str = "HANDCLASP_TEST_POSTGRES_URL";
const CALLERS: [usize; 4] = [1, 16, 64, 256];
const STORES: [&str; 4] = ["memory", "sqlite", "disk", "postgres"];
/// What many callers do takes one caller longer: a part of it will do.
const LONE_SHARE: usize = 4;

/// What was asked for.
struct Asked {
    size: Size,
    rounds: usize,
    callers: Vec<usize>,
    jobs: Vec<Job>,
    stores: Vec<&'static str>,
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let size = Size { calls: 4_000, hot: 500, others: 0 };
        let (callers, jobs, stores) = (Vec::new(), Vec::new(), Vec::new());
        let mut asked = Self { size, rounds: 5, callers, jobs, stores };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--calls" => asked.size.calls = value()?.parse()?,
                "--hot" => asked.size.hot = value()?.parse()?,
                "--others" => asked.size.others = value()?.parse()?,
                "--rounds" => asked.rounds = value()?.parse()?,
                "--callers" => asked.callers.push(value()?.parse()?),
                "--job" => {
                    let name = value()?;
                    let known = Job::ALL.into_iter().find(|job| job.name() == name);
                    asked.jobs.push(known.ok_or(format!("`{name}` is no job"))?);
                }
                "--store" => {
                    let name = value()?;
                    let known = STORES.into_iter().find(|store| *store == name);
                    asked.stores.push(known.ok_or(format!("`{name}` is no store"))?);
                }
                // Cargo says this to every bench.
                "--bench" => {}
                _ => return Err(format!("`{argument}` is not known").into()),
            }
        }
        asked.size.check()?;
        if asked.callers.is_empty() {
            asked.callers.extend(CALLERS);
        }
        if asked.jobs.is_empty() {
            asked.jobs.extend(Job::ALL);
        }
        if asked.stores.is_empty() {
            asked.stores.extend(STORES);
        }
        if asked.rounds == 0 { Err("there must be a round".into()) } else { Ok(asked) }
    }

    /// How many calls so many callers make.
    const fn calls(&self, callers: usize) -> usize {
        if callers == 1 { self.size.calls / LONE_SHARE } else { self.size.calls }
    }
}

fn main() -> Outcome<()> {
    let asked = Asked::read(std::env::args().skip(1))?;
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(run(&asked))
}

async fn run(asked: &Asked) -> Outcome<()> {
    println!(
        "{} calls a case (1 caller: {}), {} by group link, medians of {} rounds, 2 workers",
        asked.size.calls,
        asked.calls(1),
        asked.size.hot,
        asked.rounds
    );
    if asked.size.others > 0 {
        return grow(asked).await;
    }
    let (mut lines, mut heats, mut floods) = (Vec::new(), Vec::new(), Vec::new());
    for store in &asked.stores {
        let Some(place) = place(store, asked.size).await? else { continue };
        let (of_place, heat, flood) = measure(place.as_ref(), asked).await?;
        lines.extend(of_place);
        heats.push(heat);
        floods.push(flood);
        place.clear().await?;
    }
    table::print(&lines);
    hot::print(&heats);
    flood::print(&floods);
    marks::print(&lines, &heats, &floods);
    Ok(())
}

/// Each store among few, beside the same among many. They are made when their turn comes: a server that still tidies up
/// after a million rows would be measured with the store before it.
async fn grow(asked: &Asked) -> Outcome<()> {
    // Maps do not slow down with what is in them, and on disk the same file takes longer for its flushes.
    for store in asked.stores.iter().filter(|store| !["memory", "disk"].contains(*store)) {
        let Some(few) = place(store, Size { others: 0, ..asked.size }).await? else { continue };
        let Some(many) = place(store, asked.size).await? else { continue };
        growth::measure(few.as_ref(), many.as_ref(), asked).await?.print(asked.size.others);
        few.clear().await?;
        many.clear().await?;
    }
    Ok(())
}

/// A store of this name with its prepared database, if there is such a store here.
async fn place(store: &str, size: Size) -> Outcome<Option<Box<dyn Place>>> {
    Ok(Some(match store {
        "memory" => Box::new(Memory(size)),
        "sqlite" => Box::new(Sqlite::in_memory(size).await?),
        "disk" => Box::new(Sqlite::on_disk(size).await?),
        _ => match std::env::var(URL) {
            Ok(url) => Box::new(Postgres::prepare(&url, size).await?),
            Err(_) => {
                println!("PostgreSQL is left out: {URL} is not set");
                return Ok(None);
            }
        },
    }))
}

/// All rounds on one store.
async fn measure(place: &dyn Place, asked: &Asked) -> Outcome<(Vec<Line>, Heat, Flood)> {
    let mut lines = Vec::new();
    for job in asked.jobs.iter().copied().filter(|job| place.takes(*job)) {
        lines.extend(measure_job(place, job, asked).await?);
    }
    let (mut heat, mut flood) = (Heat::new(place.name()), Flood::new(place.name()));
    if asked.jobs.contains(&Job::Redeem) {
        for _ in 0..asked.rounds {
            heat.measure(place).await?;
            flood.measure(place).await?;
        }
    }
    Ok((lines, heat, flood))
}

async fn measure_job(place: &dyn Place, job: Job, asked: &Asked) -> Outcome<Vec<Line>> {
    let commits = record(place, job).await?;
    let mut lines: Vec<Line> = asked.callers.iter().map(|callers| Line::new(place.name(), job, *callers)).collect();
    for _ in 0..asked.rounds {
        for line in &mut lines {
            let calls = asked.calls(line.callers);
            let path = call(place, job, line.callers, calls).await?;
            let steps = commits.get(..calls * job.commits() as usize).unwrap_or(&commits);
            let floor = async |grouping| {
                let floor = place.floor(steps, line.callers, grouping).await?;
                Outcome::Ok(floor.map(|floor| floor.of_calls(job.commits())))
            };
            let ungrouped = floor(Grouping::Apart).await?;
            let grouped = if line.callers == 1 { None } else { floor(Grouping::Together).await? };
            line.rounds.push(Round { path, ungrouped, grouped });
        }
    }
    Ok(lines)
}

/// What all calls write, seen in a run that is not measured and warms up.
async fn record(place: &dyn Place, job: Job) -> Outcome<Vec<Vec<steps::Step>>> {
    let (storage, world) = place.fresh().await?;
    let recording = Arc::new(Recording::new(storage));
    let counting = Arc::new(Counting::new(recording.clone()));
    let handclasp = world::open(counting.clone()).await?;
    let (before, calls) = (counting.counts(), world.calls(job, &handclasp));
    let each = calls.len() as f64;
    path::run(calls, 64).await?.flawless()?;
    let after = counting.counts();
    let [loads, commits] =
        [after.loads - before.loads, after.commits - before.commits].map(|count| count as f64 / each);
    println!("{}, {}: {loads:.2} loads and {commits:.2} commits a call", place.name(), job.name());
    handclasp.close().await?;
    Ok(recording.commits().iter().map(steps::of).collect())
}

async fn call(place: &dyn Place, job: Job, callers: usize, calls: usize) -> Outcome<Measured> {
    let (storage, world) = place.fresh().await?;
    let handclasp = world::open(storage).await?;
    let mut all = world.calls(job, &handclasp);
    all.truncate(calls);
    let measured = path::run(all, callers).await?.flawless()?;
    handclasp.close().await?;
    Ok(measured)
}
