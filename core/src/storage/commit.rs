//! What is changed at once, and what a store says to it.

use std::sync::Arc;

use super::guard::{Adjust, Buckets, Guard, Limit, Spend};
use super::key::{Key, Version};
use super::record::{Record, Side};
use crate::id::{BusinessId, CommitId};
use crate::model::{Author, Event};
use crate::time::Timestamp;

/// What is changed at once.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "stores read commits")]
pub struct Commit {
    /// Its id, on every event that it writes.
    pub id: CommitId,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided.
    pub author: Author,
    /// The business that they acted for.
    pub acting: Option<BusinessId>,
    /// What was read and is not written, at the versions it was read at.
    pub reads: Vec<(Key, Version)>,
    /// What is written; each must be at the version before.
    pub writes: Vec<Write>,
    /// Changes of counts.
    pub guards: Vec<Adjust>,
    /// What counts against limits.
    pub spends: Vec<Spend>,
    /// Rows of the lists of connections, replaced by (connection, owner).
    pub sides: Vec<Side>,
    /// A business that is found and sorted by other texts from now on, in all lists that show it. Its commit replaces no
    /// rows of lists itself.
    pub retold: Option<Retold>,
}

/// The texts of a business in the lists of others. Whoever writes such a row has read the business, so its version
/// covers them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "stores read it")]
pub struct Retold {
    /// The business.
    pub business: BusinessId,
    /// What `name_text` becomes in every side whose other end it is, where the two see each other's contacts.
    pub name_text: Arc<str>,
    /// What `contact_text` becomes there.
    pub contact_text: Arc<str>,
    /// What `name_text` becomes where they do not.
    pub far_name_text: Arc<str>,
}

/// One record and what happened to it.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "stores read writes")]
pub struct Write {
    /// The record after the write.
    pub record: Record,
    /// Its version after the write, one above the version it must be at.
    pub version: Version,
    /// What happened, for history.
    pub event: Option<Event>,
}

impl Write {
    /// The version that the record must be at.
    #[must_use]
    pub const fn expected(&self) -> Version {
        Version(self.version.0 - 1)
    }
}

impl Commit {
    /// Every key of the commit with the version that it must be at.
    pub fn expected(&self) -> impl Iterator<Item = (Key, Version)> + '_ {
        let written = self.writes.iter().map(|write| (write.record.key(), write.expected()));
        self.reads.iter().copied().chain(written)
    }
}

/// What a store says to a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else to say")]
pub enum Committed {
    /// It stands.
    Done,
    /// Something it rests on has moved; nothing was changed.
    Stale,
    /// A guard or a limit forbids it; nothing was changed.
    Refused(Refusal),
}

/// What forbids a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are guards and limits, and nothing else counts")]
pub enum Refusal {
    /// A count would leave its bounds.
    Guard(Guard),
    /// A limit would be passed.
    Limit {
        /// This one.
        limit: Limit,
        /// What it has counted.
        buckets: Buckets,
    },
}
