//! What SQLite itself needs to write the rows: one connection, prepared statements, the store's own way to flush.

use std::path::Path;
use std::time::Instant;

use handclasp::storage::Value;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement, ToSql, params_from_iter};

use crate::Outcome;
use crate::path::Measured;
use crate::steps::{Dialect, Form, Step};

/// The store's own: neither side flushes less or looks after its log more seldom than the other.
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; \
                        PRAGMA cache_size = -16384";

/// Writes commits, so many in a transaction.
pub(crate) fn run(path: &Path, commits: &[Vec<Step>], group: usize) -> Outcome<Measured> {
    let connection = Connection::open(path)?;
    connection.execute_batch(SETTINGS)?;
    let [mut begin, mut end] = [connection.prepare("BEGIN IMMEDIATE")?, connection.prepare("COMMIT")?];
    let mut statements = Statements { connection: &connection, of: Vec::new() };
    for step in commits.iter().flatten() {
        statements.find(step.form)?;
    }
    let mut timed = Vec::with_capacity(commits.len());
    let begun = Instant::now();
    for commits in commits.chunks(group) {
        let begun = Instant::now();
        begin.execute(())?;
        for step in commits.iter().flatten() {
            statements.find(step.form)?.execute(params_from_iter(step.row.iter().map(Bound)))?;
        }
        end.execute(())?;
        timed.push(begun.elapsed());
    }
    Ok(Measured::of(commits.len(), begun.elapsed(), timed))
}

/// Statements that were prepared already.
struct Statements<'a> {
    connection: &'a Connection,
    of: Vec<(Form, Statement<'a>)>,
}

impl<'a> Statements<'a> {
    fn find(&mut self, form: Form) -> rusqlite::Result<&mut Statement<'a>> {
        let known = self.of.iter().position(|(known, _)| *known == form);
        let place = match known {
            Some(place) => place,
            None => {
                self.of.push((form, self.connection.prepare(&form.text(Dialect::Sqlite))?));
                self.of.len() - 1
            }
        };
        Ok(&mut self.of[place].1)
    }
}

struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Bool(yes) => ValueRef::Integer((*yes).into()),
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Time(at) => ValueRef::Integer(at.as_micros()),
            Value::Uuid(id) => ValueRef::Blob(id.as_bytes()),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
