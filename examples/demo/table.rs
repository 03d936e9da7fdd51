//! Tables in CSV files: a bad row is named by its file and line and left out, whatever is wrong with it.

use std::fmt::Display;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use csv::{ErrorKind, StringRecord};
use handclasp::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The kind of row that a file holds.
pub trait Columns: DeserializeOwned {
    /// The name of the file.
    const FILE: &'static str;
    /// The columns that its header must name, in any order.
    const NEEDED: &'static [&'static str];
    /// The columns that it may name as well. There are no others.
    const OPTIONAL: &'static [&'static str];
}

/// A file's rows, and what came of them so far.
#[derive(Debug)]
pub struct Table<T> {
    /// The rows that could be read.
    pub rows: Vec<Row<T>>,
    /// What came of all of them so far.
    pub outcome: Outcome,
}

/// A row and the line that it begins on.
#[derive(Debug, Clone)]
pub struct Row<T> {
    /// The line, from 1.
    pub line: u64,
    /// What it holds.
    pub row: T,
}

/// How many rows there were, and which were left out.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// The name of the file.
    pub file: &'static str,
    /// So many rows it has.
    pub rows: usize,
    /// Those that were left out.
    pub refused: Vec<Refused>,
}

/// Why a row was left out. The text never shows what the row holds: that may be made to mislead a terminal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Refused {
    /// The name of the file.
    pub file: &'static str,
    /// The line that the row begins on, from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// Why a row is not taken: the demo or the library says so.
#[derive(Debug)]
pub enum Why {
    /// The demo.
    Said(String),
    /// The library.
    Library(Error),
}

impl From<Error> for Why {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl Why {
    /// A column does not hold what it should.
    pub fn column(column: &str, what: impl Display) -> Self {
        Self::Said(format!("{column}: {what}"))
    }
}

impl<T: Columns> Table<T> {
    /// Reads a folder's file whole; one that is not there has no rows.
    ///
    /// # Errors
    /// As [`Self::read_from`].
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(T::FILE);
        if !path.exists() {
            return Ok(Self::empty());
        }
        let show = path.display();
        let file = std::fs::File::open(&path).with_context(|| format!("{show} can't be opened"))?;
        Self::read_from(file, &show)
    }

    const fn empty() -> Self {
        Self { rows: Vec::new(), outcome: Outcome { file: T::FILE, rows: 0, refused: Vec::new() } }
    }

    /// Reads all rows; `show` names where they come from.
    ///
    /// # Errors
    /// If it can't be read or is no such table; a bad row is no failure.
    pub fn read_from(from: impl Read, show: &impl Display) -> Result<Self> {
        let mut table = Self::empty();
        let mut reader = csv::Reader::from_reader(from);
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
    ///
    /// # Errors
    /// What is not the row's fault.
    pub fn refuse(&mut self, line: u64, why: impl Into<Why>, column: impl Fn(&str) -> &str) -> Result<()> {
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
///
/// # Errors
/// If it is none of the words.
pub fn word<T: Copy>(column: &str, word: Option<&str>, words: &[(&str, T)]) -> Result<T, Why> {
    let found = words.iter().find(|(known, _)| *known == word.unwrap_or_default());
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|(known, _)| *known).filter(|known| !known.is_empty()).collect();
        Why::column(column, format_args!("it is neither empty nor one of {}", known.join(", ")))
    })
}

/// What a column says, if anything, with yes or no.
///
/// # Errors
/// If it is neither.
pub fn yes(column: &str, text: Option<&str>) -> Result<bool, Why> {
    word(column, text, &[("", false), ("no", false), ("yes", true)])
}

/// The number in a column.
///
/// # Errors
/// If it is none that fits.
pub fn number<N: std::str::FromStr>(column: &str, text: &str) -> Result<N, Why> {
    text.parse().map_err(|_| Why::column(column, "it is no number that fits"))
}
