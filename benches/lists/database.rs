//! A database of our own on the server that the environment names.

use std::str::FromStr;

use tokio_postgres::{Client, Config, NoTls};
use url::Url;

use crate::Outcome;

/// A fresh database, and the connection that made it.
pub(crate) struct Database {
    admin: Client,
    name: String,
    url: Url,
}

impl Database {
    pub(crate) async fn make(server: &str) -> Outcome<Self> {
        let (mut url, name) = (Url::parse(server)?, format!("handclasp_lists_{}", std::process::id()));
        let (admin, connection) = Config::from_str(url.as_str())?.connect(NoTls).await?;
        tokio::spawn(connection);
        admin.batch_execute(&format!("CREATE DATABASE {name}")).await?;
        url.set_path(&name);
        Ok(Self { admin, name, url })
    }

    pub(crate) fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Lets the planner know what there is, as a server does by itself within minutes.
    pub(crate) async fn analyse(&self) -> Outcome<()> {
        let (client, connection) = Config::from_str(self.url())?.connect(NoTls).await?;
        tokio::spawn(connection);
        Ok(client.batch_execute("VACUUM ANALYZE").await?)
    }

    pub(crate) async fn drop(&self) -> Outcome<()> {
        Ok(self.admin.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await?)
    }
}
