//! A network of businesses, from CSV files to connections and fees, in an embedded database and a folder of mails.

mod options;
mod place;
mod postbox;
mod report;
mod steps;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use handclasp::testing::ManualClock;
use handclasp::{Configuration, Email, Handclasp, KeyNumber, KeyRing, Pages, Parts};
use handclasp_examples::{input, table};
use handclasp_sqlite::Sqlite;

use self::input::Input;
use self::options::{HELP, Options, Wish};
use self::place::Place;
use self::postbox::Postbox;
use self::report::{Heading, Progress, Report};
use self::steps::{
    clients, closing, deliver, employers, group_link, invites, pages, reconnect, register, requests, roles, statement,
    visitors, week, workflow,
};

/// When the story begins: a Monday morning.
const BEGINS: &str = "2026-03-02T09:00:00Z";

fn main() -> ExitCode {
    let done = match options::parse(lexopt::Parser::from_env()) {
        Ok(Wish::Help) => io::stdout().write_all(HELP.as_bytes()).map_err(anyhow::Error::from),
        Ok(Wish::Run(options)) => run(&options),
        Err(error) => {
            eprintln!("demo: {error}; --help tells what there is");
            return ExitCode::from(2);
        }
    };
    match done {
        Err(error) if !report::nobody_reads(&error) => {
            eprintln!("demo: {error:#}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

#[tokio::main]
async fn run(options: &Options) -> Result<()> {
    // Before anything is made or removed: a mistyped folder costs nothing.
    let input = Input::read(&options.data)?;
    let place = Place::take(&options.out, options.again)?;
    let postbox = Arc::new(Postbox::create(&place.mail)?);
    // Whoever moves the clock by hand need not wait seven days for an invite to expire.
    let clock = ManualClock::at(BEGINS);
    let handclasp = open(&place, postbox.clone(), clock.clone()).await?;
    let progress = Progress::on_stderr();
    let mut report = Report::new(io::stdout().lock(), options.json, &clock, &progress);
    report.say(&Heading { data: &options.data, database: &place.database })?;
    let story = Story { handclasp: &handclasp, clock: &clock, postbox: &postbox, progress: &progress };
    story.tell(input, &mut report).await?;
    handclasp.close().await.context("the database can't be closed")?;
    let places = closing::places(&place, &postbox, report.seconds());
    report.say(&places)
}

/// What every step works with.
struct Story<'a> {
    handclasp: &'a Handclasp,
    clock: &'a ManualClock,
    postbox: &'a Postbox,
    progress: &'a Progress,
}

impl Story<'_> {
    async fn tell(&self, input: Input, report: &mut Report<'_, impl Write>) -> Result<()> {
        let Self { handclasp, clock, postbox, progress } = *self;
        let Input { businesses, clients, fees, roles, invites, requests, people } = input;
        let network = report.step(register::all(handclasp, businesses, progress)).await?;
        let guests = group_link::guests(&network, &clients, &invites, &requests);
        let clients = report.step(clients::all(handclasp, clients, fees, &network)).await?;
        let clients = report.step(roles::all(handclasp, roles, &network, clients)).await?;
        report.step(group_link::join(handclasp, &clients, guests, progress)).await?;
        let sent = report.step(invites::all(handclasp, invites, &clients)).await?;
        report.step(deliver::due(handclasp, postbox, progress)).await?;
        let unused = report.step(visitors::all(handclasp, postbox, &sent, &network, progress)).await?;
        report.step(requests::all(handclasp, (clock, postbox), requests, (&clients, &network))).await?;
        report.step(employers::all(handclasp, postbox, people, &network)).await?;
        report.step(workflow::all(handclasp, &clients, &network, progress)).await?;
        let week = week::passes(handclasp, clock, postbox, (&sent, unused), (&clients, &network));
        report.step(week).await?;
        report.step(reconnect::some(handclasp, (clock, postbox), &clients, &network)).await?;
        report.step(pages::of_one(handclasp, &network, progress)).await?;
        report.step(statement::all(handclasp, &clients)).await?;
        report.step(closing::table(handclasp, postbox, &network, progress)).await
    }
}

/// The library as a host opens it, on the demo's own folder.
async fn open(place: &Place, postbox: Arc<Postbox>, clock: ManualClock) -> Result<Handclasp> {
    let create = handclasp_sqlite::Options::new().create(true);
    let storage = Sqlite::open(&place.database, create).await;
    let storage = storage.with_context(|| format!("{} can't be opened", place.database.display()))?;
    // A key for everybody to read, for links that are nobody's. Yours comes from a vault.
    let keys = KeyRing::new(KeyNumber(1), b"the demo's key, known to everybody")?;
    let mut configuration =
        Configuration::new(keys, Pages::under("https://network.example")?, Email::parse("network@network.example")?);
    configuration.sender_name = Some("Handclasp demo".to_owned());
    let mut parts = Parts::new(Arc::new(storage), postbox);
    parts.clock = Arc::new(clock);
    Ok(Handclasp::open(configuration, parts).await?)
}
