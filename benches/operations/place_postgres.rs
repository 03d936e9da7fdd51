//! PostgreSQL: a database of our own on the server that the environment names, and copies of it.

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use handclasp::storage::Storage;
use handclasp_postgres::Options;
use tokio_postgres::{Client, Config, NoTls};
use url::Url;

use crate::Outcome;
use crate::floor_postgres;
use crate::job::Job;
use crate::path::Measured;
use crate::place::{Grouping, Place};
use crate::steps::Step;
use crate::world::{self, Size, World};

/// The server, the prepared database and its copies.
pub(crate) struct Postgres {
    server: Url,
    admin: Client,
    world: Arc<World>,
    /// The names of databases begin with it; another bench on the same server has another.
    prefix: String,
    copies: AtomicUsize,
}

impl Postgres {
    pub(crate) async fn prepare(server: &str, size: Size) -> Outcome<Self> {
        let (server, prefix) = (Url::parse(server)?, format!("handclasp_bench_{}_{}", std::process::id(), size.others));
        let admin = connect(&Config::from_str(server.as_str())?).await?;
        let version: String = admin.query_one("SHOW server_version", &[]).await?.try_get(0)?;
        println!("PostgreSQL {version}");
        admin.batch_execute(&format!("CREATE DATABASE {prefix}")).await?;
        let options = Options { create: true, ..Options::default() };
        let storage: Arc<dyn Storage> =
            Arc::new(handclasp_postgres::Postgres::open(named(&server, &prefix).as_str(), options).await?);
        let world = world::fill(Arc::clone(&storage), size).await?;
        storage.close().await?;
        let template = connect(&Config::from_str(named(&server, &prefix).as_str())?).await?;
        template.batch_execute("VACUUM ANALYZE").await?;
        drop(template);
        Ok(Self { server, admin, world: Arc::new(world), prefix, copies: AtomicUsize::new(0) })
    }

    /// The address of a copy, in place of the one before.
    async fn copy(&self) -> Outcome<Url> {
        let number = self.copies.fetch_add(1, Ordering::Relaxed);
        if let Some(before) = number.checked_sub(1) {
            self.drop(&self.name(before)).await?;
        }
        let name = self.name(number);
        self.end_connections(&self.prefix).await?;
        self.admin.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {}", self.prefix)).await?;
        // What was written while the copy was made is not to be flushed while something is measured.
        self.admin.batch_execute("CHECKPOINT").await?;
        Ok(named(&self.server, &name))
    }

    fn name(&self, number: usize) -> String {
        format!("{}_{number}", self.prefix)
    }

    async fn drop(&self, name: &str) -> Outcome<()> {
        Ok(self.admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?)
    }

    /// A database that anybody is connected to can't be copied, and a server notices late that somebody has left.
    async fn end_connections(&self, name: &str) -> Outcome<()> {
        let sql = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1";
        self.admin.query(sql, &[&name]).await?;
        Ok(())
    }
}

/// A connection that serves until its client is dropped.
pub(crate) async fn connect(config: &Config) -> Outcome<Client> {
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

fn named(server: &Url, database: &str) -> Url {
    let mut url = server.clone();
    url.set_path(database);
    url
}

#[async_trait(?Send)]
impl Place for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn takes(&self, job: Job) -> bool {
        job == Job::Redeem
    }

    async fn fresh(&self) -> Outcome<(Arc<dyn Storage>, Arc<World>)> {
        let storage = handclasp_postgres::Postgres::open(self.copy().await?.as_str(), Options::default()).await?;
        Ok((Arc::new(storage), Arc::clone(&self.world)))
    }

    async fn floor(&self, commits: &[Vec<Step>], callers: usize, grouping: Grouping) -> Outcome<Option<Measured>> {
        let url = self.copy().await?;
        let measured = match grouping {
            Grouping::Apart => floor_postgres::apart(url.as_str(), commits, callers).await?,
            Grouping::Together => floor_postgres::together(url.as_str(), commits).await?,
        };
        Ok(Some(measured))
    }

    async fn clear(&self) -> Outcome<()> {
        if let Some(last) = self.copies.load(Ordering::Relaxed).checked_sub(1) {
            self.drop(&self.name(last)).await?;
        }
        self.drop(&self.prefix).await
    }
}
