//! What a bare driver needs to read the same rows: one connection, prepared statements, one after the other.

use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use handclasp_benches::bare::{Bound, Cell, SQLITE};
use handclasp_benches::recording::Read;
use rusqlite::params_from_iter;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, NoTls};

use crate::Outcome;
use crate::statements::{self, Dialect};

/// A connection of our own beside the store's.
pub(crate) enum Floor {
    Sqlite(rusqlite::Connection),
    Postgres(Client),
}

/// Statements that are ready to run, as often as it is asked.
pub(crate) enum Prepared<'a> {
    Sqlite(Vec<(rusqlite::Statement<'a>, Vec<handclasp::storage::Value>)>),
    Postgres(&'a Client, Vec<(tokio_postgres::Statement, Vec<Cell>)>),
}

impl Floor {
    pub(crate) fn sqlite(path: &Path) -> Outcome<Self> {
        let connection = rusqlite::Connection::open(path)?;
        connection.execute_batch(SQLITE)?;
        Ok(Self::Sqlite(connection))
    }

    pub(crate) async fn postgres(url: &str) -> Outcome<Self> {
        let (client, connection) = Config::from_str(url)?.connect(NoTls).await?;
        tokio::spawn(connection);
        Ok(Self::Postgres(client))
    }

    /// Makes ready to read what was read through the port.
    pub(crate) async fn prepared(&self, reads: &[(Read, usize)]) -> Outcome<Prepared<'_>> {
        let of = |dialect| reads.iter().flat_map(move |(read, _)| statements::of(read, dialect));
        Ok(match self {
            Self::Sqlite(connection) => {
                let prepared = of(Dialect::Sqlite).map(|each| Ok((connection.prepare(&each.text)?, each.values)));
                Prepared::Sqlite(prepared.collect::<rusqlite::Result<_>>()?)
            }
            Self::Postgres(client) => {
                let mut prepared = Vec::new();
                for each in of(Dialect::Postgres) {
                    prepared.push((client.prepare(&each.text).await?, each.values.into_iter().map(Cell).collect()));
                }
                Prepared::Postgres(client, prepared)
            }
        })
    }
}

impl Prepared<'_> {
    /// Reads all rows, and tells how long it took and how many there were.
    pub(crate) async fn read(&mut self) -> Outcome<(Duration, usize)> {
        let (begun, mut rows) = (Instant::now(), 0);
        match self {
            Self::Sqlite(statements) => {
                for (statement, values) in statements {
                    let width = statement.column_count();
                    let mut found = statement.query(params_from_iter(values.iter().map(Bound)))?;
                    while let Some(row) = found.next()? {
                        (0..width).try_for_each(|place| row.get_ref(place).map(drop))?;
                        rows += 1;
                    }
                }
            }
            Self::Postgres(client, statements) => {
                for (statement, values) in statements {
                    let values = values.iter().map(|cell| cell as &(dyn ToSql + Sync)).collect::<Vec<_>>();
                    rows += client.query(statement, &values).await?.len();
                }
            }
        }
        Ok((begun.elapsed(), rows))
    }
}
