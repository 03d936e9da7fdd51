//! Lists: which rows, in which order, from where on.
//!
//! A query is a small value over columns. No decision rests on one; lists show, recipients and queues are found.

use super::key::Kind;
use super::rows::{self, Table, Value};

/// Where rows come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a new source must break every store that could forget it")]
pub enum Source {
    /// Records of one kind.
    Records(Kind),
    /// The two sides of every connection.
    Sides,
    /// History.
    Events,
}

impl Source {
    /// The table's description.
    #[must_use]
    pub const fn table(self) -> &'static Table {
        match self {
            Self::Records(kind) => rows::table(kind),
            Self::Sides => &rows::SIDES,
            Self::Events => &rows::EVENTS,
        }
    }
}

/// Which rows, in which order, from where on, how many.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "stores read queries")]
pub struct Query {
    /// From here.
    pub source: Source,
    /// Those that match.
    pub filter: Filter,
    /// By these columns, none of them null, together unique among the rows that match.
    pub order: Vec<&'static str>,
    /// The greatest first.
    pub descending: bool,
    /// Only rows that come after one with these values in the columns of the order.
    pub after: Option<Vec<Value>>,
    /// At most so many.
    pub limit: usize,
}

/// How many rows match, by the value of a column.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "stores read tallies")]
pub struct Tally {
    /// From here.
    pub source: Source,
    /// Those that match.
    pub filter: Filter,
    /// By this column.
    pub by: &'static str,
}

/// A condition on a row.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a new condition must break every store that could forget it")]
pub enum Filter {
    /// Not this: true wherever the condition is not, also of null.
    Not(Box<Self>),
    /// All of these; every row, if there are none.
    All(Vec<Self>),
    /// At least one of these.
    Any(Vec<Self>),
    /// The column has this value; never true of null.
    Is(&'static str, Value),
    /// The column has one of these values; never true of null.
    OneOf(&'static str, Vec<Value>),
    /// The column is null.
    Null(&'static str),
    /// The column is at most this; never true of null.
    AtMost(&'static str, Value),
    /// The column is more than this; never true of null.
    MoreThan(&'static str, Value),
    /// The text of the column begins with this text, byte for byte; never true of null.
    Begins(&'static str, String),
    /// The text of the column contains this text, byte for byte; never true of null.
    Contains(&'static str, String),
}

impl Filter {
    /// The least text that comes after every text that begins so, if there is any: what begins so is a range of an
    /// index, from the beginning itself up to this and without it.
    #[must_use]
    pub fn beyond(beginning: &str) -> Option<String> {
        let mut text = beginning.to_owned();
        while let Some(last) = text.pop() {
            // Bytes of UTF-8 are in the order of characters; the last character of all has none after it.
            if let Some(next) = (last..=char::MAX).nth(1) {
                text.push(next);
                return Some(text);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_so_ends_before_the_text_beyond() {
        for (beginning, beyond) in [
            ("", None),
            ("\u{10ffff}\u{10ffff}", None),
            ("ab", Some("ac")),
            ("a\u{10ffff}", Some("b")),
            ("\u{7f}", Some("\u{80}")),
            ("\u{d7ff}", Some("\u{e000}")),
        ] {
            assert_eq!(Filter::beyond(beginning).as_deref(), beyond, "{beginning:?}");
            assert!(beyond.is_none_or(|beyond| format!("{beginning}\u{10ffff}\u{10ffff}").as_str() < beyond));
        }
    }
}
