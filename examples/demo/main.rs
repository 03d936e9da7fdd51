//! A network of businesses, from three CSV files to connections, in an embedded database and a folder of mails.

mod options;
mod place;
mod postbox;
mod report;
mod rows;
mod steps;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use handclasp::{Configuration, Email, Handclasp, KeyNumber, KeyRing, Pages, Parts};
use handclasp_sqlite::Sqlite;

use self::options::{HELP, Options, Wish};
use self::place::Place;
use self::postbox::Postbox;
use self::report::Report;
use self::rows::{BusinessRow, ClientRow, InviteRow, Table};
use self::steps::{clients, closing, deliver, group_link, invites, register, visitors};

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

/// The three files.
struct Input {
    businesses: Table<BusinessRow>,
    clients: Table<ClientRow>,
    invites: Table<InviteRow>,
}

impl Input {
    fn read(data: &Path) -> Result<Self> {
        Ok(Self {
            businesses: rows::read(&data.join("businesses.csv"))?,
            clients: rows::read(&data.join("clients.csv"))?,
            invites: rows::read(&data.join("invites.csv"))?,
        })
    }
}

#[tokio::main]
async fn run(options: &Options) -> Result<()> {
    // Before anything is made or removed: a mistyped folder costs nothing.
    let input = Input::read(&options.data)?;
    let place = Place::take(&options.out, options.again)?;
    let postbox = Arc::new(Postbox::create(&place.mail)?);
    let handclasp = open(&place, postbox.clone()).await?;
    let mut report = Report::new(io::stdout().lock());
    report.say(format_args!("Handclasp: {} into {}", options.data.display(), place.database.display()))?;

    let network = report.step("Register the businesses", register::all(&handclasp, input.businesses)).await?;
    let clients = report.step("Make client accounts", clients::all(&handclasp, input.clients, &network)).await?;
    let joining = group_link::join(&handclasp, &clients, &input.invites, &network);
    report.step("Let contractors join through a group link, all at once", joining).await?;
    let sending = invites::all(&handclasp, input.invites, &clients);
    let sent = report.step("Send personal invites", sending).await?;
    report.step("Deliver the mail", deliver::due(&handclasp, &postbox)).await?;
    let visits = visitors::all(&handclasp, &postbox, &sent, &network);
    report.step("Open the links in the mails, and accept", visits).await?;
    report.step("Deliver the mail", deliver::due(&handclasp, &postbox)).await?;
    report.step("Count what exists", closing::table(&handclasp, &network)).await?;

    handclasp.close().await.context("the database can't be closed")?;
    report.say(closing::places(&place, &postbox, report.seconds()))
}

/// The library as a host opens it, on the demo's own folder.
async fn open(place: &Place, postbox: Arc<Postbox>) -> Result<Handclasp> {
    let create = handclasp_sqlite::Options::new().create(true);
    let storage = Sqlite::open(&place.database, create).await;
    let storage = storage.with_context(|| format!("{} can't be opened", place.database.display()))?;
    // A key for everybody to read, so that the links in the mails still open after the run. Yours comes from a vault.
    let keys = KeyRing::new(KeyNumber(1), b"the demo's key, known to everybody")?;
    let mut configuration =
        Configuration::new(keys, Pages::under("https://network.example")?, Email::parse("network@network.example")?);
    configuration.sender_name = Some("Handclasp demo".to_owned());
    Ok(Handclasp::open(configuration, Parts::new(Arc::new(storage), postbox)).await?)
}
