//! How long lists take on a full database: a page of a contractor's 10 000 clients, its counts, a page by workflow
//! status, a search among 200 000 businesses, and the renaming of a business with 10 000 connections.
//!
//! ```text
//! cargo bench -p handclasp-benches --bench lists -- [--connections N] [--businesses N] [--times N] [--store sqlite|postgres]...
//! ```
//!
//! Each is asked many times, one after the other, by turns with its floor: a bare driver that asks for the same rows, with
//! as many plain statements as the library made calls of its store. The median and the slowest of twenty are printed
//! beside the floor's median and the mark that it must hold. What writes has its floors in `operations`.

mod database;
mod fill;
mod floor;
mod marks;
mod questions;
mod statements;

use std::error::Error;
use std::sync::Arc;

use handclasp::storage::Storage;
use handclasp_benches::recording::Recording;
use handclasp_sqlite::{Options, Sqlite};

use self::database::Database;
use self::floor::Floor;
use self::questions::{Answer, Asking};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const URL: &str = "HANDCLASP_TEST_POSTGRES_URL";
/// Where files lie in memory, if anywhere.
const MEMORY: &str = "/dev/shm";

/// How much there is, and how often it is asked.
#[derive(Debug, Clone)]
struct Asked {
    connections: u32,
    businesses: u32,
    times: usize,
    stores: Vec<String>,
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut asked = Self { connections: 10_000, businesses: 200_000, times: 40, stores: Vec::new() };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--connections" => asked.connections = value()?.parse()?,
                "--businesses" => asked.businesses = value()?.parse()?,
                "--times" => asked.times = value()?.parse()?,
                "--store" => asked.stores.push(value()?),
                // Cargo says this to every bench.
                "--bench" => {}
                _ => return Err(format!("`{argument}` is not known").into()),
            }
        }
        if asked.connections < 100 || asked.times == 0 {
            return Err("there must be 100 connections or more, and a time to ask".into());
        }
        Ok(asked)
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
    println!("{} connections of one business, {} businesses in the directory", asked.connections, asked.businesses);
    let mut answers: Vec<Answer> = Vec::new();
    if asked.wants("sqlite") {
        let builder = tempfile::Builder::new().prefix("handclasp-bench-").tempdir_in(MEMORY);
        let folder = builder.or_else(|_| tempfile::tempdir())?;
        let file = folder.path().join("lists.db");
        let storage = Sqlite::open(&file, Options::new().create(true)).await?;
        let floor = Floor::sqlite(&file)?;
        answers.extend(measure("SQLite", Arc::new(storage), &floor, asked, None).await?);
    }
    match std::env::var(URL) {
        _ if !asked.wants("postgres") => {}
        Ok(url) => {
            let database = Database::make(&url).await?;
            let options = handclasp_postgres::Options { create: true, ..handclasp_postgres::Options::default() };
            let storage = handclasp_postgres::Postgres::open(database.url(), options).await?;
            let floor = Floor::postgres(database.url()).await?;
            answers.extend(measure("PostgreSQL", Arc::new(storage), &floor, asked, Some(&database)).await?);
            drop(floor);
            database.drop().await?;
        }
        Err(_) => println!("PostgreSQL is left out: {URL} is not set"),
    }
    marks::print(&answers);
    Ok(())
}

async fn measure(
    store: &'static str,
    storage: Arc<dyn Storage>,
    floor: &Floor,
    asked: &Asked,
    database: Option<&Database>,
) -> Outcome<Vec<Answer>> {
    let begun = std::time::Instant::now();
    let recording = Arc::new(Recording::new(Arc::clone(&storage)));
    let world = fill::fill(&*storage, Arc::clone(&recording) as Arc<dyn Storage>, asked).await?;
    if let Some(database) = database {
        database.analyse().await?;
    }
    println!("{store}: filled in {:.1} s", begun.elapsed().as_secs_f64());
    let asking = Asking { store, world: &world, recording: &recording, floor, times: asked.times };
    let answers = asking.all().await?;
    storage.close().await?;
    Ok(answers)
}
