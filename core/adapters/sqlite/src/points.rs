//! The places where a test can end the process, or let it panic: around each statement that writes.
//!
//! They are there with the feature `failpoints` alone, which only tests ask for. Without it passing one does nothing,
//! and no name of one is in the program.

/// A place that the writing thread passes.
#[cfg_attr(feature = "failpoints", derive(Debug, Clone, Copy, PartialEq, Eq))]
pub(crate) enum Point {
    /// Before the look whether a database must be migrated is repeated under its lock.
    BeforeMigration,
    /// The lock is held, nothing is written.
    MigrationBegun,
    /// A statement of a migration is done.
    Migrating,
    /// The file says that it is ours, and at which version.
    Marked,
    /// The migrations are committed.
    Migrated,
    /// The file is in WAL mode.
    LogKept,
    /// Before `BEGIN` of a group.
    BeforeBegin,
    /// The right to write is held.
    Begun,
    /// A commit's versions, guards and limits were checked.
    Checked,
    /// The sides that show a business were rewritten.
    Retold,
    /// A delivery was leased.
    Leased,
    /// One sort of what is purged is gone.
    Purged,
    /// One piece of work of a group is done.
    Applied,
    /// Before `COMMIT`.
    BeforeCommit,
    /// After `COMMIT`, before the callers are told.
    Committed,
}

/// The process is at this point.
#[cfg(not(feature = "failpoints"))]
pub(crate) const fn pass(_: Point) {}

/// The process has written a row of this table.
#[cfg(not(feature = "failpoints"))]
pub(crate) const fn wrote(_: &'static str) {}

#[cfg(feature = "failpoints")]
pub use self::named::{Failpoint, failpoints};
#[cfg(feature = "failpoints")]
pub(crate) use self::named::{pass, wrote};

#[cfg(feature = "failpoints")]
mod named {
    use handclasp::storage::rows::{EVENTS, SIDES};
    use handclasp::storage::{Kind, Source};

    use super::Point;

    /// A point by its name, and whether what its transaction writes stands once it is reached.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[non_exhaustive]
    pub struct Failpoint {
        /// As the crate `fail` knows it.
        pub name: String,
        /// Whether the transaction that it belongs to is committed.
        pub committed: bool,
        /// Whether it lies within the work of a transaction.
        pub within: bool,
    }

    const ALL: [Point; 15] = [
        Point::BeforeMigration,
        Point::MigrationBegun,
        Point::Migrating,
        Point::Marked,
        Point::Migrated,
        Point::LogKept,
        Point::BeforeBegin,
        Point::Begun,
        Point::Checked,
        Point::Retold,
        Point::Leased,
        Point::Purged,
        Point::Applied,
        Point::BeforeCommit,
        Point::Committed,
    ];

    /// Every point.
    #[must_use]
    pub fn failpoints() -> Vec<Failpoint> {
        let records = Kind::ALL.map(|kind| Source::Records(kind).table().name);
        let tables = records.into_iter().chain([SIDES.name, EVENTS.name, "guards", "limits"]);
        let writes = tables.map(|table| Failpoint { name: name_of(table), committed: false, within: true });
        let passed = ALL.into_iter().map(|point| {
            let committed = matches!(point, Point::Migrated | Point::LogKept | Point::Committed);
            let within = [Point::Checked, Point::Retold, Point::Leased, Point::Purged, Point::Applied];
            Failpoint { name: name(point), committed, within: within.contains(&point) }
        });
        passed.chain(writes).collect()
    }

    pub(crate) fn pass(point: Point) {
        fail::fail_point!(&name(point));
    }

    pub(crate) fn wrote(table: &'static str) {
        fail::fail_point!(&name_of(table));
    }

    fn name(point: Point) -> String {
        format!("handclasp-sqlite: {point:?}")
    }

    fn name_of(table: &str) -> String {
        format!("handclasp-sqlite: Wrote {table}")
    }
}
