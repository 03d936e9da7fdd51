//! Tables in CSV files: a bad row is named by its file and line and left out, whatever is wrong with it.

use std::path::Path;

use anyhow::{Context, Result, bail};
use csv::{ErrorKind, StringRecord};
use handclasp::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The kind of row that a file holds.
pub(crate) trait Columns: DeserializeOwned {
    /// The name of the file.
    const FILE: &'static str;
    /// The columns that its header must name, in any order.
    const NEEDED: &'static [&'static str];
    /// The columns that it may name as well. There are no others.
    const OPTIONAL: &'static [&'static str];
}

/// A file's rows, and what came of them so far.
#[derive(Debug)]
pub(crate) struct Table<T> {
    pub(crate) rows: Vec<Row<T>>,
    pub(crate) outcome: Outcome,
}

/// A row and the line that it begins on.
#[derive(Debug, Clone)]
pub(crate) struct Row<T> {
    pub(crate) line: u64,
    pub(crate) row: T,
}

/// How many rows there were, and which were left out.
#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    pub(crate) file: &'static str,
    pub(crate) rows: usize,
    pub(crate) refused: Vec<Refused>,
}

/// Why a row was left out. The text never shows what the row holds: that may be made to mislead a terminal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Refused {
    pub(crate) file: &'static str,
    pub(crate) line: u64,
    pub(crate) reason: String,
}

/// Why a row is not taken: the demo or the library says so.
#[derive(Debug)]
pub(crate) enum Why {
    Said(String),
    Library(Error),
}

impl From<Error> for Why {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl Why {
    /// A column does not hold what it should.
    pub(crate) fn column(column: &str, what: impl std::fmt::Display) -> Self {
        Self::Said(format!("{column}: {what}"))
    }
}

impl<T: Columns> Table<T> {
    /// Reads a file whole; one that is not there has no rows. It fails if the file can't be read or is not such a table;
    /// a bad row is no failure.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(T::FILE);
        let mut table = Self { rows: Vec::new(), outcome: Outcome { file: T::FILE, rows: 0, refused: Vec::new() } };
        if !path.exists() {
            return Ok(table);
        }
        let show = path.display();
        let file = std::fs::File::open(&path).with_context(|| format!("{show} can't be opened"))?;
        let mut reader = csv::Reader::from_reader(file);
        let header = reader.headers().with_context(|| format!("{show} can't be read"))?.clone();
        check::<T>(&header).with_context(|| format!("{show} is not of the right form"))?;
        for record in reader.records() {
            let line = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
            table.outcome.rows += 1;
            match record.and_then(|record| Ok((line(record.position()), record.deserialize(Some(&header))?))) {
                Ok((line, row)) => table.rows.push(Row { line, row }),
                Err(error) if error.is_io_error() => {
                    return Err(error).with_context(|| format!("{show} can't be read"));
                }
                Err(error) => table.outcome.leave_out(line(error.position()), misshapen(&error)),
            }
        }
        Ok(table)
    }
}

/// Whether the header names all that is needed, nothing unknown, and nothing twice.
fn check<T: Columns>(header: &StringRecord) -> Result<()> {
    let known = || T::NEEDED.iter().chain(T::OPTIONAL).copied();
    let all = || known().collect::<Vec<_>>().join(", ");
    if let Some(missing) = T::NEEDED.iter().find(|column| !header.iter().any(|name| name == **column)) {
        bail!("there is no column `{missing}`; the columns are {}", all());
    }
    for (place, name) in header.iter().enumerate() {
        if !known().any(|column| column == name) {
            bail!("column {} is called {name:?}, which is unknown; the columns are {}", place + 1, all());
        }
        if header.iter().take(place).any(|earlier| earlier == name) {
            bail!("the column `{name}` is there twice");
        }
    }
    Ok(())
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

impl Outcome {
    /// Leaves a row out. `column` names the column that a field of the call came from. What is not the row's fault, such
    /// as a full disk, is handed on.
    pub(crate) fn refuse(&mut self, line: u64, why: impl Into<Why>, column: impl Fn(&str) -> &str) -> Result<()> {
        let reason = match why.into() {
            Why::Said(reason) => reason,
            Why::Library(Error::InvalidArgument { field, reason }) => format!("{}: {reason}", column(&field)),
            Why::Library(error @ Error::Fault(_)) => {
                return Err(error).with_context(|| format!("line {line} of {} was not taken", self.file));
            }
            Why::Library(error) => format!("{error} ({})", error.code()),
        };
        self.leave_out(line, reason);
        Ok(())
    }

    fn leave_out(&mut self, line: u64, reason: String) {
        self.refused.push(Refused { file: self.file, line, reason });
        self.refused.sort();
    }
}

/// What a word of a column means.
pub(crate) fn word<T: Copy>(column: &str, word: Option<&str>, words: &[(&str, T)]) -> Result<T, Why> {
    let found = words.iter().find(|(known, _)| *known == word.unwrap_or_default());
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|(known, _)| *known).filter(|known| !known.is_empty()).collect();
        Why::column(column, format_args!("it is neither empty nor one of {}", known.join(", ")))
    })
}

/// What a column says, if anything, with yes or no.
pub(crate) fn yes(column: &str, text: Option<&str>) -> Result<bool, Why> {
    word(column, text, &[("", false), ("no", false), ("yes", true)])
}

/// The number in a column.
pub(crate) fn number<N: std::str::FromStr>(column: &str, text: &str) -> Result<N, Why> {
    text.parse().map_err(|_| Why::column(column, "it is no number that fits"))
}
