//! The opening rules: which databases are taken, which are refused, and how the schema comes to be.

use handclasp::{Fault, FaultKind};
use refinery::Runner;
use tokio::runtime::Handle;
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::connect::{self, Unusable};
use crate::fault;
use crate::locks;
use crate::options::Options;

mod embedded {
    refinery::embed_migrations!("migrations");
}

const HISTORY: &str = "handclasp.migrations";

#[derive(Debug, thiserror::Error)]
enum Mismatch {
    #[error("the database has no schema `handclasp`, and creation was not asked for")]
    Missing,
    #[error("the schema `handclasp` is somebody else's")]
    Foreign,
    #[error("the schema is of version {found}, this library knows {known}")]
    Newer { found: i32, known: i32 },
    #[error(transparent)]
    Migration(#[from] refinery::Error),
}

impl From<Mismatch> for Fault {
    fn from(mismatch: Mismatch) -> Self {
        Self::new(FaultKind::SchemaMismatch, mismatch)
    }
}

/// What stands in a database.
enum Found {
    /// No schema of this name, or an empty one.
    Nothing,
    /// A schema of this name without our history of migrations.
    Foreign,
    /// Ours, of this version.
    Version(i32),
}

/// Makes the schema what this library needs, or refuses the database untouched.
pub(crate) async fn prepare(config: &Config, tls: MakeRustlsConnect, options: &Options) -> Result<(), Fault> {
    let connected = tokio::time::timeout(connect::timeout(config, options), config.connect(tls)).await;
    let connected = connected.map_err(|silent| Fault::new(FaultKind::StorageUnavailable, silent))?;
    let (mut client, connection) = connected.map_err(fault::of)?;
    let task = Handle::current().spawn(connection);
    let prepared = check_and_migrate(&mut client, options.create).await;
    // Ends the connection, and with it the lock.
    drop(client);
    task.abort();
    prepared
}

async fn check_and_migrate(client: &mut Client, create: bool) -> Result<(), Fault> {
    let row = client.query_one("SHOW server_encoding", &[]).await.map_err(fault::of)?;
    let encoding: String = row.try_get(0).map_err(fault::of)?;
    if encoding != "UTF8" {
        return Err(Unusable::Encoding(encoding).into());
    }
    let runner = runner();
    let known = runner.get_migrations().iter().map(refinery::Migration::version).max().unwrap_or(0);
    if is_current(&found(client).await?, known, create)? {
        return Ok(());
    }
    // One at a time; whoever comes second looks again.
    let lock = locks::of_migration();
    client.execute("SELECT pg_advisory_lock($1)", &[&lock]).await.map_err(fault::of)?;
    if is_current(&found(client).await?, known, create)? {
        return Ok(());
    }
    client.batch_execute("CREATE SCHEMA IF NOT EXISTS handclasp").await.map_err(fault::of)?;
    runner.run_async(client).await.map_err(Mismatch::from)?;
    Ok(())
}

fn runner() -> Runner {
    let mut runner = embedded::migrations::runner().set_grouped(true).set_abort_divergent(true).set_abort_missing(true);
    runner.set_migration_table_name(HISTORY);
    runner
}

fn is_current(found: &Found, known: i32, create: bool) -> Result<bool, Mismatch> {
    match *found {
        Found::Nothing if create => Ok(false),
        Found::Nothing => Err(Mismatch::Missing),
        Found::Foreign => Err(Mismatch::Foreign),
        Found::Version(found) if found > known => Err(Mismatch::Newer { found, known }),
        Found::Version(found) => Ok(found == known),
    }
}

async fn found(client: &Client) -> Result<Found, Fault> {
    let sql = "SELECT coalesce(bool_or(c.relname = 'migrations'), false), count(*) FROM pg_catalog.pg_class AS c \
               JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = 'handclasp'";
    let row = client.query_one(sql, &[]).await.map_err(fault::of)?;
    let (history, relations) = (row.try_get(0).map_err(fault::of)?, row.try_get::<_, i64>(1).map_err(fault::of)?);
    match (history, relations) {
        (false, 0) => Ok(Found::Nothing),
        (false, _) => Ok(Found::Foreign),
        (true, _) => {
            // A table of this name with other columns is not our history.
            let sql = format!("SELECT max(version)::int, count(checksum), count(applied_on) FROM {HISTORY}");
            match client.query_one(&sql, &[]).await {
                Ok(row) => {
                    Ok(row.try_get::<_, Option<i32>>(0).map_err(fault::of)?.map_or(Found::Nothing, Found::Version))
                }
                Err(error) if fault::is_shape(&error) => Ok(Found::Foreign),
                Err(error) => Err(fault::of(error)),
            }
        }
    }
}
