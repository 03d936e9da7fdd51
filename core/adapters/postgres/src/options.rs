//! What a host can choose.

use std::path::PathBuf;
use std::time::Duration;

/// How a database is opened and how long anything may wait.
///
/// ```
/// use handclasp_postgres::Options;
/// let options = Options { create: true, pool_size: 16, ..Options::default() };
/// assert_eq!(options.max_group, 64);
/// ```
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "hosts build it, `..Options::default()` for what they leave out")]
pub struct Options {
    /// Makes the schema `handclasp` where there is none. Without it, a database without the schema is refused.
    pub create: bool,
    /// Which certificate authorities a server's certificate may come from, where the URL's `sslmode` asks for TLS.
    pub roots: Roots,
    /// At most so many connections.
    pub pool_size: usize,
    /// At most so many groups of commits under way at once, and so many groups of loads.
    pub groups: usize,
    /// At most so many commits, or loads, in one round trip.
    pub max_group: usize,
    /// At most so many commits, or loads, in the queue; beyond, `storage_busy`.
    pub queue: usize,
    /// The longest wait for a free connection, or in a queue.
    pub acquire_timeout: Duration,
    /// The longest wait for a new connection, unless the URL's `connect_timeout` says otherwise.
    pub connect_timeout: Duration,
    /// The longest wait for a lock that another process holds.
    pub lock_timeout: Duration,
    /// The longest that one statement may take, its locks included.
    pub statement_timeout: Duration,
    /// How long the outcome of a commit is looked for when its answer was lost. A fail-over takes seconds.
    pub resolve_timeout: Duration,
}

/// Certificate authorities.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Roots {
    /// Those that the machine trusts.
    Native,
    /// Those in this PEM file, and no others.
    File(PathBuf),
    /// Those in this PEM text, and no others.
    Pem(Vec<u8>),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            create: false,
            roots: Roots::Native,
            pool_size: 8,
            groups: 4,
            max_group: 64,
            queue: 4_096,
            acquire_timeout: Duration::from_secs(5),
            connect_timeout: Duration::from_secs(5),
            lock_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(10),
            resolve_timeout: Duration::from_secs(15),
        }
    }
}

impl Options {
    /// How long an answer may take before the connection is given up: the server ends a statement by itself before, so
    /// this is met only when the server or the network has stopped.
    pub(crate) fn answer_timeout(&self) -> Duration {
        self.statement_timeout.saturating_add(Duration::from_secs(2))
    }
}
