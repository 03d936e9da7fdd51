//! The loop, and one thin method per operation.

pub mod access_requests;
mod actor;
mod answers;
mod authority;
pub mod businesses;
mod changes;
pub mod connections;
pub mod contractor_roles;
pub mod fees;
pub mod group_links;
pub mod history;
pub mod invites;
mod keys;
mod lists;
pub mod members;
pub mod outbox;
pub mod people;
pub mod reasons;
mod settings;
mod view;
pub mod views;
mod walk;

use std::sync::Arc;

pub use self::actor::{Actor, Caller};
pub use self::settings::{Configuration, Limits, Pages, Quotas};
use crate::entropy::{Entropy, OsEntropy};
use crate::error::Error;
use crate::mail::{Composer, Mailer};
use crate::storage::Storage;
use crate::system_clock::SystemClock;
use crate::time::Clock;

/// A handle on the library: cheap to clone, to be shared by all of a process.
///
/// Its groups carry the operations: [`businesses`](Self::businesses), [`people`](Self::people),
/// [`members`](Self::members), [`contractor_roles`](Self::contractor_roles), [`group_links`](Self::group_links),
/// [`invites`](Self::invites), [`connections`](Self::connections), [`access_requests`](Self::access_requests),
/// [`reasons`](Self::reasons), [`fees`](Self::fees), [`outbox`](Self::outbox) and [`history`](Self::history).
#[derive(Debug, Clone)]
pub struct Handclasp {
    inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    configuration: Configuration,
    storage: Arc<dyn Storage>,
    mailer: Arc<dyn Mailer>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    composer: Composer,
}

/// The parts that a host brings: a database, a mailer, and for tests a clock and randomness.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Parts {
    /// The database.
    pub storage: Arc<dyn Storage>,
    /// Who takes messages.
    pub mailer: Arc<dyn Mailer>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
}

impl Parts {
    /// A database and a mailer, with the host's clock and randomness.
    #[must_use]
    pub fn new(storage: Arc<dyn Storage>, mailer: Arc<dyn Mailer>) -> Self {
        Self { storage, mailer, clock: Arc::new(SystemClock::new()), entropy: Arc::new(OsEntropy::new()) }
    }
}

impl Handclasp {
    /// Opens a handle on a database.
    ///
    /// # Errors
    /// `config_invalid` for settings that can't be used, and for a database whose live links need a key that is missing
    /// or different; storage codes.
    pub async fn open(configuration: Configuration, parts: Parts) -> Result<Self, Error> {
        configuration.check()?;
        let Parts { storage, mailer, clock, entropy } = parts;
        let inner = Inner { configuration, storage, mailer, clock, entropy, composer: Composer::new()? };
        inner.check_keys().await?;
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Companies and what they may do.
    #[must_use]
    pub const fn businesses(&self) -> businesses::Businesses<'_> {
        businesses::Businesses(self)
    }

    /// The library's copy of the host's user table.
    #[must_use]
    pub const fn people(&self) -> people::People<'_> {
        people::People(self)
    }

    /// The people of the acting business.
    #[must_use]
    pub const fn members(&self) -> members::Members<'_> {
        members::Members(self)
    }

    /// A client's own names for kinds of contractors.
    #[must_use]
    pub const fn contractor_roles(&self) -> contractor_roles::ContractorRoles<'_> {
        contractor_roles::ContractorRoles(self)
    }

    /// One link per contractor role, many uses.
    #[must_use]
    pub const fn group_links(&self) -> group_links::GroupLinks<'_> {
        group_links::GroupLinks(self)
    }

    /// Personal invites, and what visitors do with any link.
    #[must_use]
    pub const fn invites(&self) -> invites::Invites<'_> {
        invites::Invites(self)
    }

    /// The edges between clients and contractors.
    #[must_use]
    pub const fn connections(&self) -> connections::Connections<'_> {
        connections::Connections(self)
    }

    /// People claim a business as their employer, and an Admin decides.
    #[must_use]
    pub const fn access_requests(&self) -> access_requests::AccessRequests<'_> {
        access_requests::AccessRequests(self)
    }

    /// Why somebody declines or disconnects.
    #[must_use]
    pub const fn reasons(&self) -> reasons::Reasons<'_> {
        reasons::Reasons(self)
    }

    /// What connections cost.
    #[must_use]
    pub const fn fees(&self) -> fees::Fees<'_> {
        fees::Fees(self)
    }

    /// Mails that are owed.
    #[must_use]
    pub const fn outbox(&self) -> outbox::Outbox<'_> {
        outbox::Outbox(self)
    }

    /// What happened.
    #[must_use]
    pub const fn history(&self) -> history::History<'_> {
        history::History(self)
    }

    /// Finishes what is under way and lets go of the database. Calls after it answer `closed`.
    ///
    /// # Errors
    /// Storage codes.
    pub async fn close(&self) -> Result<(), Error> {
        Ok(self.inner.storage.close().await?)
    }
}
