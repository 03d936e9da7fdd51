//! What SQLite itself needs to write the rows: one connection, prepared statements, the store's own way to flush.

use std::path::Path;
use std::time::Instant;

use handclasp_benches::bare::{Bound, SQLITE};
use rusqlite::{Connection, Statement, params_from_iter};

use crate::Outcome;
use crate::path::Measured;
use crate::steps::{Dialect, Form, Step};

/// Writes commits, so many in a transaction.
pub(crate) fn run(path: &Path, commits: &[Vec<Step>], group: usize) -> Outcome<Measured> {
    let connection = Connection::open(path)?;
    connection.execute_batch(SQLITE)?;
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
