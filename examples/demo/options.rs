//! What stands on the command line.

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
Registers the businesses of three CSV files into an embedded database, lets them invite each other, and tells what
happened. Everything it writes lies in one folder.

Usage: demo [--data DIR] [--out DIR] [--again]      (make demo ARGS=\"--again\")

  --data DIR   where businesses.csv, clients.csv and invites.csv lie (examples/data)
  --out DIR    where handclasp.db and mail/ go (demo-data)
  --again      remove what an earlier run left in --out, and start anew
  --help       this text
";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Help,
    Run(Options),
}

/// Where from, where to, and whether an earlier run's files may go.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) data: PathBuf,
    pub(crate) out: PathBuf,
    pub(crate) again: bool,
}

/// Reads the command line.
pub(crate) fn parse(mut parser: Parser) -> Result<Wish, lexopt::Error> {
    let mut options = Options { data: "examples/data".into(), out: "demo-data".into(), again: false };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("data") => options.data = parser.value()?.parse()?,
            Arg::Long("out") => options.out = parser.value()?.parse()?,
            Arg::Long("again") => options.again = true,
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
        assert_eq!(wish, Wish::Run(Options { data: "examples/data".into(), out: "x".into(), again: true }));
        assert_eq!(parse(&["--help"]).unwrap(), Wish::Help);
        for bad in [&["--force"][..], &["x"], &["--out"]] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }
}
