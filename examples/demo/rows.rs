//! Rows of CSV files: a bad one is named by its line and left out, whatever is wrong with it.

use std::path::Path;

use anyhow::{Context, Result, bail};
use csv::ErrorKind;
use handclasp::Error;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The kind of row that a file holds.
pub(crate) trait Columns: DeserializeOwned {
    /// The names that its header must hold, in any order.
    const COLUMNS: &'static [&'static str];
}

/// A line of `businesses.csv`. An empty field was not given, except where the library asks for something.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct BusinessRow {
    pub(crate) name: String,
    pub(crate) trading_name: Option<String>,
    pub(crate) street: Option<String>,
    pub(crate) town: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) postcode: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) contact_email: Option<String>,
    pub(crate) contact_phone: Option<String>,
    pub(crate) registration_number: Option<String>,
    pub(crate) industry: Option<String>,
    pub(crate) notification_email: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) admin_name: String,
    pub(crate) admin_email: String,
}

/// A line of `clients.csv`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ClientRow {
    pub(crate) name: String,
    pub(crate) contractor_role: String,
}

/// A line of `invites.csv`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct InviteRow {
    pub(crate) email: String,
    pub(crate) message: Option<String>,
    pub(crate) language: Option<String>,
}

impl Columns for BusinessRow {
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "trading_name",
        "street",
        "town",
        "region",
        "postcode",
        "country",
        "contact_email",
        "contact_phone",
        "registration_number",
        "industry",
        "notification_email",
        "language",
        "admin_name",
        "admin_email",
    ];
}

impl Columns for ClientRow {
    const COLUMNS: &'static [&'static str] = &["name", "contractor_role"];
}

impl Columns for InviteRow {
    const COLUMNS: &'static [&'static str] = &["email", "message", "language"];
}

/// A row and the line that it begins on.
#[derive(Debug, Clone)]
pub(crate) struct Row<T> {
    pub(crate) line: u64,
    pub(crate) row: T,
}

/// Why a row was left out. The text never shows what the row holds: that may be made to mislead a terminal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Refused {
    pub(crate) line: u64,
    pub(crate) reason: String,
}

/// A file's rows, and those that are none.
#[derive(Debug)]
pub(crate) struct Table<T> {
    pub(crate) rows: Vec<Row<T>>,
    pub(crate) refused: Vec<Refused>,
}

/// Reads a file whole. It fails if the file can't be read or is not such a table; a bad row is no failure.
pub(crate) fn read<T: Columns>(path: &Path) -> Result<Table<T>> {
    let show = path.display();
    let file = std::fs::File::open(path).with_context(|| format!("{show} can't be opened"))?;
    let mut reader = csv::Reader::from_reader(file);
    let header = reader.headers().with_context(|| format!("{show} can't be read"))?.clone();
    if let Some(missing) = T::COLUMNS.iter().find(|column| !header.iter().any(|name| name == **column)) {
        bail!("{show} has no column `{missing}`; its header must name {}", T::COLUMNS.join(", "));
    }
    let mut table = Table { rows: Vec::new(), refused: Vec::new() };
    for record in reader.records() {
        let line = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
        match record.and_then(|record| Ok((line(record.position()), record.deserialize(Some(&header))?))) {
            Ok((line, row)) => table.rows.push(Row { line, row }),
            Err(error) if error.is_io_error() => return Err(error).with_context(|| format!("{show} can't be read")),
            Err(error) => table.refused.push(Refused { line: line(error.position()), reason: misshapen(&error) }),
        }
    }
    Ok(table)
}

fn misshapen(error: &csv::Error) -> String {
    match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} {} instead of {expected_len}", if *len == 1 { "column" } else { "columns" })
        }
        ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

/// Why the library refuses what a row asks for; an error that is not the row's is handed on.
pub(crate) fn refused(line: u64, error: Error, column: impl Fn(&str) -> &str) -> Result<Refused> {
    let reason = match &error {
        Error::InvalidArgument { field, reason } => format!("{}: {reason}", column(field)),
        Error::Fault(_) => return Err(error).with_context(|| format!("the row of line {line} was not taken")),
        _ => format!("{error} ({})", error.code()),
    };
    Ok(Refused { line, reason })
}

/// The refused rows in the order of their lines, for people.
pub(crate) fn told(mut refused: Vec<Refused>) -> impl Iterator<Item = String> {
    refused.sort();
    refused.into_iter().map(|Refused { line, reason }| format!("  line {line:>3}  {reason}"))
}
