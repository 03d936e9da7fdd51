//! A handle on a store with a clock that stands still, and businesses to act with, in a line each.
//!
//! ```
//! use handclasp_tests::{stores::Place, world::World};
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let world = World::on(Place::memory().open().await).await;
//! let (client, contractor) = (world.client("Acme").await, world.contractor("Bolt").await);
//! let link = world.group_link(&client).await;
//! world.handclasp.invites().redeem(contractor.admin(), &link).await.unwrap();
//! # });
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use handclasp::businesses::{Register, SetClientAccount};
use handclasp::group_links::OfRole;
use handclasp::invites::CreateInvite;
use handclasp::mail::Message;
use handclasp::members::AddMember;
use handclasp::model::Author;
use handclasp::model::user_role::UserRole;
use handclasp::outbox::{DeliverDue, DeliveryReport};
use handclasp::storage::guard::{Adjust, Guard};
use handclasp::storage::{Commit, Committed, Record, Storage, Write};
use handclasp::testing::{ManualClock, SeededEntropy, configuration, samples};
use handclasp::views::InviteCreated;
use handclasp::{Actor, BusinessId, Configuration, ContractorRoleId, Email, Handclasp, Link, Parts, PersonId, people};
use uuid::Uuid;

use crate::fickle::FickleMailer;

/// When every world begins.
pub const START: &str = "2026-01-05T09:00:00Z";

/// A handle, and what it stands on.
#[derive(Debug)]
pub struct World {
    /// The handle.
    pub handclasp: Handclasp,
    /// What time it is, everywhere in this world.
    pub clock: ManualClock,
    /// What was mailed.
    pub mailer: Arc<FickleMailer>,
    configuration: Configuration,
    numbers: AtomicU64,
}

/// A business, its first Admin and, of a client account, its role *Supplier*.
#[derive(Debug, Clone)]
pub struct Company {
    /// The business.
    pub id: BusinessId,
    /// Its first Admin.
    pub person: PersonId,
    /// The Admin's address, which the host has verified.
    pub address: Email,
    /// The contractor role *Supplier*.
    pub supplier: Option<ContractorRoleId>,
}

impl Company {
    /// Its first Admin, acting for it.
    #[must_use]
    pub fn admin(&self) -> Actor {
        Actor::person(self.person, self.id).with_verified(self.address.clone())
    }

    /// The role *Supplier*.
    ///
    /// # Panics
    /// If this is no client.
    #[must_use]
    pub fn role(&self) -> ContractorRoleId {
        self.supplier.expect("a client account")
    }
}

impl World {
    /// A world on a store, with the settings of tests.
    pub async fn on(storage: Arc<dyn Storage>) -> Self {
        Self::with(storage, configuration()).await
    }

    /// A world on a store, with settings of its own.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn with(storage: Arc<dyn Storage>, configuration: Configuration) -> Self {
        let (clock, mailer) = (ManualClock::at(START), Arc::new(FickleMailer::default()));
        let handclasp = open(&configuration, storage, &clock, &mailer, 0).await;
        Self { handclasp, clock, mailer, configuration, numbers: AtomicU64::new(1) }
    }

    /// The world of another process, on a database that is there: the same settings and time, with numbers and randomness
    /// of its own.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn of_process(process: u64, storage: Arc<dyn Storage>, configuration: Configuration) -> Self {
        let (clock, mailer) = (ManualClock::at(START), Arc::new(FickleMailer::default()));
        let first = process * 1_000_000;
        let handclasp = open(&configuration, storage, &clock, &mailer, first).await;
        Self { handclasp, clock, mailer, configuration, numbers: AtomicU64::new(first + 1) }
    }

    /// Another handle, as of another process: on this storage, with the same clock and mailer and randomness of its own.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn beside(&self, storage: Arc<dyn Storage>) -> Handclasp {
        self.seeded(storage, self.number()).await
    }

    /// The same with the randomness of this number: two handles that share it make the same ids.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn seeded(&self, storage: Arc<dyn Storage>, seed: u64) -> Handclasp {
        open(&self.configuration, storage, &self.clock, &self.mailer, seed).await
    }

    fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// A business of this name with an Admin.
    ///
    /// # Panics
    /// If it can't be registered.
    pub async fn contractor(&self, name: &str) -> Company {
        let number = self.number();
        let person = PersonId::from_uuid(Uuid::from_u128(0x1000_0000 + u128::from(number)));
        let address = format!("admin{number}@company{number}.example");
        let profile = people::Profile::new(person, format!("Admin of {name}"), &address);
        let business = self.handclasp.businesses().register(Actor::system(), Register::new(name, profile)).await;
        let id = business.expect("a business can be registered").id;
        Company { id, person, address: Email::parse(&address).expect("an address"), supplier: None }
    }

    /// So many businesses.
    ///
    /// # Panics
    /// If one can't be registered.
    pub async fn contractors(&self, count: usize) -> Vec<Company> {
        let mut contractors = Vec::with_capacity(count);
        for number in 0..count {
            contractors.push(self.contractor(&format!("Contractor {number}")).await);
        }
        contractors
    }

    /// A business of this name that may invite and request.
    ///
    /// # Panics
    /// If it can't be registered.
    pub async fn client(&self, name: &str) -> Company {
        let company = self.contractor(name).await;
        let set = SetClientAccount::new(company.id, true);
        let account = self.handclasp.businesses().set_client_account(Actor::system(), set).await;
        Company { supplier: account.expect("a client account").supplier.map(|role| role.id), ..company }
    }

    /// Another member of a business.
    ///
    /// # Panics
    /// If they can't be added.
    pub async fn member(&self, of: &Company, role: UserRole) -> Actor {
        let number = self.number();
        let person = PersonId::from_uuid(Uuid::from_u128(0x2000_0000 + u128::from(number)));
        let address = format!("member{number}@people.example");
        let profile = people::Profile::new(person, format!("Member {number}"), &address);
        self.handclasp.people().put(Actor::system(), profile).await.expect("a person can be put");
        let added = self.handclasp.members().add(of.admin(), AddMember::new(person, role)).await;
        added.expect("a person can be added");
        Actor::person(person, of.id).with_verified(Email::parse(&address).expect("an address"))
    }

    /// The enabled group link of a client's role *Supplier*.
    ///
    /// # Panics
    /// If it can't be enabled.
    pub async fn group_link(&self, of: &Company) -> Link {
        let enabled = self.handclasp.group_links().enable(of.admin(), OfRole::new(of.role())).await;
        enabled.expect("a group link can be enabled").link.expect("an enabled link is shown")
    }

    /// A personal invite of a client for its role *Supplier* that nobody is mailed.
    ///
    /// # Panics
    /// If it can't be created.
    pub async fn invite(&self, of: &Company) -> InviteCreated {
        let created = self.handclasp.invites().create(of.admin(), CreateInvite::new(of.role())).await;
        created.expect("an invite can be created")
    }

    /// Sends what is due, and answers with all that was ever sent.
    ///
    /// # Panics
    /// If storage fails.
    pub async fn deliver(&self) -> (DeliveryReport, Vec<Message>) {
        let report = self.handclasp.outbox().deliver_due(Actor::system(), DeliverDue::default()).await;
        (report.expect("mail can be delivered"), self.mailer.messages())
    }
}

/// Writes a record past the library, for what it has no operation yet; counts change by as much as is said.
///
/// # Panics
/// If the store refuses.
pub async fn rewrite(storage: &dyn Storage, record: impl Into<Record>, counts: &[(Guard, i64)]) {
    let record = record.into();
    let version = storage.load(&[record.key()]).await.expect("a record")[0].version.next();
    let adjust = |(guard, delta): &(Guard, i64)| Adjust { guard: *guard, delta: *delta, max: None, min: None };
    let commit = Commit {
        // Unique for each record and version.
        id: samples::commit_id(record.key().id.as_u128() ^ u128::from(version.0.unsigned_abs())),
        at: samples::time(0),
        author: Author::System,
        acting: None,
        reads: Vec::new(),
        writes: vec![Write { record, version, event: None }],
        guards: counts.iter().map(adjust).collect(),
        spends: Vec::new(),
        sides: Vec::new(),
        retold: None,
    };
    assert_eq!(storage.commit(commit).await.expect("a commit"), Committed::Done);
}

async fn open(
    configuration: &Configuration,
    storage: Arc<dyn Storage>,
    clock: &ManualClock,
    mailer: &Arc<FickleMailer>,
    seed: u64,
) -> Handclasp {
    let mut parts = Parts::new(storage, Arc::clone(mailer) as _);
    parts.clock = Arc::new(clock.clone());
    parts.entropy = Arc::new(SeededEntropy::new(seed));
    Handclasp::open(configuration.clone(), parts).await.expect("the settings of tests open")
}
