//! Keeps Handclasp's records in PostgreSQL 14 or newer: one server, or a replicated cluster behind one URL.
//!
//! ```no_run
//! # async fn example() -> Result<(), handclasp::Fault> {
//! use handclasp_postgres::{Options, Postgres};
//! let url = "postgres://app@db1,db2/app?target_session_attrs=read-write&connect_timeout=1&sslmode=verify-full";
//! let store = Postgres::open(url, Options { create: true, ..Options::default() }).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Commits that wait at the same time go in groups, each group one statement, which is one transaction and one round
//! trip; loads the same, each group one snapshot.
//! Transaction-level advisory locks on the hashes of keys keep two commits apart of which one writes what the other
//! reads, in this process and between processes, for records that exist and for those that do not yet.
//!
//! - **Runtime**: [`Postgres::open`] runs on a tokio runtime and keeps a handle to it. Everything else may be called from
//!   any executor, as long as that runtime lives.
//! - **Schema**: everything lies in the schema `handclasp`, as plain typed columns that a host can join and report on.
//!   Hosts read; whoever writes there by hand goes past the locks.
//! - **Encryption**: `sslmode` in the URL is `disable`, `prefer` (the default) or `require`; certificates are always
//!   verified in full, so that `verify-ca` and `verify-full` mean `require`, and `prefer` does without TLS only where the
//!   server has none. Which authorities are trusted, [`Roots`] says.
//! - **Poolers**: connections carry settings and named statements; a pooler between here and the server must keep a
//!   session to one connection.
//! - **Fail-over**: connections that end are replaced, by whichever of the URL's hosts takes writes then. A commit whose
//!   answer is lost is looked for on a new connection, and answered as what was found.

mod check;
mod commit;
mod connect;
mod core;
mod fault;
mod list;
mod load;
mod locks;
mod options;
mod queue;
mod queues;
mod resolve;
mod schema;
mod sent;
mod shapes;
mod sql;
mod values;
mod verdict;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use async_trait::async_trait;
use handclasp::model::delivery::Delivery;
use handclasp::storage::{
    Commit, Committed, Key, Lease, Purge, Query, Row, Storage, StoredEvent, Tally, Value, Version, Versioned,
};
use handclasp::{Fault, FaultKind};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

pub use crate::options::{Options, Roots};

use crate::commit::{CommitJob, Committing};
use crate::connect::Unusable;
use crate::core::Core;
use crate::load::{LoadJob, Loading};
use crate::queue::{Bounds, Queue};

/// A store in a PostgreSQL database.
pub struct Postgres {
    core: Arc<Core>,
    runtime: Handle,
    commits: Arc<Queue<Committing>>,
    loads: Arc<Queue<Loading>>,
}

/// A group takes so many locks at most, unless a single commit takes more: the server's table of locks is shared.
const MAX_LOCKS: usize = 1_024;
/// A group loads so many records at most, unless a single load does.
const MAX_KEYS: usize = 4_096;

impl Postgres {
    /// Opens a database, given as a URL or as `key=value` pairs.
    ///
    /// An older schema is brought up to date; several processes may do this at once.
    ///
    /// # Errors
    /// - `config_invalid`: the URL, the certificate authorities or the rights can't be used, the database does not exist
    ///   or is not in UTF-8, or there is no tokio runtime here.
    /// - `schema_mismatch`: there is no schema and [`Options::create`] is not set, or it is somebody else's, or newer.
    /// - `storage_unavailable`, `storage_busy`: the server can't be reached, or somebody holds its locks.
    pub async fn open(url: &str, options: Options) -> Result<Self, Fault> {
        let runtime = Handle::try_current().map_err(|_| Unusable::NoRuntime)?;
        let least = [
            ("pool_size", options.pool_size),
            ("groups", options.groups),
            ("max_group", options.max_group),
            ("queue", options.queue),
        ];
        if let Some((name, _)) = least.into_iter().find(|(_, value)| *value == 0) {
            return Err(Unusable::Zero(name).into());
        }
        let config = connect::config(url, &options)?;
        let tls = connect::tls(&config, &options)?;
        schema::prepare(&config, tls.clone(), &options).await?;
        let core = Arc::new(Core::new(connect::pool(config, tls, &options)?, options));
        let bounds = |max_weight| Bounds {
            groups: core.options.groups,
            max_group: core.options.max_group,
            max_weight,
            waiting: core.options.queue,
            patience: core.options.acquire_timeout,
        };
        let commits = Queue::new(Committing(Arc::clone(&core)), runtime.clone(), bounds(MAX_LOCKS));
        let loads = Queue::new(Loading(Arc::clone(&core)), runtime.clone(), bounds(MAX_KEYS));
        Ok(Self { core, runtime, commits, loads })
    }

    /// Runs on our runtime, to its end, whatever becomes of the caller.
    async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Fault>> + Send + 'static,
    ) -> Result<T, Fault> {
        match self.runtime.spawn(work).await {
            Ok(result) => result,
            Err(error) if error.is_cancelled() => Err(FaultKind::Closed.into()),
            Err(error) => Err(Fault::new(FaultKind::Internal, error)),
        }
    }
}

impl fmt::Debug for Postgres {
    /// Without the URL, which may hold a password.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Postgres").field("options", &self.core.options).finish_non_exhaustive()
    }
}

#[async_trait]
impl Storage for Postgres {
    async fn load(&self, keys: &[Key]) -> Result<Vec<Versioned>, Fault> {
        let (answer, answered) = oneshot::channel();
        self.loads.push(LoadJob { keys: keys.to_vec(), answer });
        queue::answer(answered).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Fault> {
        let (answer, answered) = oneshot::channel();
        self.commits.push(CommitJob::new(commit, answer));
        queue::answer(answered).await
    }

    async fn list(&self, query: &Query) -> Result<Vec<Row>, Fault> {
        let (core, query) = (Arc::clone(&self.core), query.clone());
        self.run(async move { list::list(&core, &query).await }).await
    }

    async fn tally(&self, tally: &Tally) -> Result<Vec<(Value, u64)>, Fault> {
        let (core, tally) = (Arc::clone(&self.core), tally.clone());
        self.run(async move { list::tally(&core, &tally).await }).await
    }

    async fn lease(&self, lease: Lease) -> Result<Vec<(Delivery, Version)>, Fault> {
        let core = Arc::clone(&self.core);
        self.run(async move { queues::lease(&core, lease).await }).await
    }

    async fn feed(&self, after: u64, limit: usize) -> Result<Vec<(u64, StoredEvent)>, Fault> {
        let core = Arc::clone(&self.core);
        self.run(async move { queues::feed(&core, after, limit).await }).await
    }

    async fn purge(&self, purge: Purge) -> Result<u64, Fault> {
        let core = Arc::clone(&self.core);
        self.run(async move { queues::purge(&core, purge).await }).await
    }

    async fn close(&self) -> Result<(), Fault> {
        self.commits.close().await;
        self.loads.close().await;
        self.core.pool.close();
        Ok(())
    }
}
