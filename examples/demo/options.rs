//! What stands on the command line.

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
Tells the whole story of a network of businesses on CSV files: links and invites, requests, categories and
requirements, people and their employers, fees. The clock of the story is moved by hand, so that a week passes in a
moment. Everything that is written lies in one folder: an embedded database, and a file for each mail.

Usage: demo [--data DIR] [--out DIR] [--again] [--json]      (make demo ARGS=\"--again\")

  --data DIR   where the CSV files lie (examples/data; its README.md tells the columns). businesses.csv and clients.csv
               are needed; roles.csv, fees.csv, invites.csv, requests.csv and people.csv may be left out
  --out DIR    where handclasp.db and mail/ go (demo-data)
  --again      remove what an earlier run left in --out, and start anew
  --json       a line of JSON for each step, in place of text
  --help       this text
";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Help,
    Run(Options),
}

/// Where from, where to, whether an earlier run's files may go, and for whom to tell it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) data: PathBuf,
    pub(crate) out: PathBuf,
    pub(crate) again: bool,
    pub(crate) json: bool,
}

/// Reads the command line.
pub(crate) fn parse(mut parser: Parser) -> Result<Wish, lexopt::Error> {
    let mut options = Options { data: "examples/data".into(), out: "demo-data".into(), again: false, json: false };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("data") => options.data = parser.value()?.parse()?,
            Arg::Long("out") => options.out = parser.value()?.parse()?,
            Arg::Long("again") => options.again = true,
            Arg::Long("json") => options.json = true,
            Arg::Long("help") | Arg::Short('h') => return Ok(Wish::Help),
            Arg::Long(_) | Arg::Short(_) | Arg::Value(_) => return Err(argument.unexpected()),
        }
    }
    Ok(Wish::Run(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_refused() {
        let parse = |arguments: &[&str]| parse(Parser::from_args(arguments));
        let wish = parse(&["--out", "x", "--again"]).unwrap();
        let data = "examples/data".into();
        assert_eq!(wish, Wish::Run(Options { data, out: "x".into(), again: true, json: false }));
        assert_eq!(parse(&["--help"]).unwrap(), Wish::Help);
        for bad in [&["--force"][..], &["x"], &["--out"]] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }
}
