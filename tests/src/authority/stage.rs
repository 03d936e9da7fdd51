//! The world that every cell is tried in: two businesses with every kind of member, a foreign one, and a stranger.

use std::sync::Arc;

use handclasp::members::DisableMember;
use handclasp::model::member::{Member, Status, UserRole};
use handclasp::storage::guard::{Guard, GuardKind};
use handclasp::storage::{Filter, Kind, Memory, Query, Source, Storage};
use handclasp::testing::Counting;
use handclasp::{Actor, PersonId};
use uuid::Uuid;

use crate::world::{Company, World, rewrite};

/// Whose operation it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Home {
    /// The client.
    Acme,
    /// The contractor.
    Bolt,
}

impl Home {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Acme => "Acme",
            Self::Bolt => "Bolt",
        }
    }
}

/// A business with every kind of member.
#[derive(Debug)]
pub(super) struct Staffed {
    pub(super) company: Company,
    pub(super) manager: Actor,
    pub(super) viewer: Actor,
    pub(super) worker: Actor,
    pub(super) disabled: Actor,
    pub(super) former: Actor,
}

#[derive(Debug)]
pub(super) struct Stage {
    pub(super) world: World,
    storage: Arc<Counting>,
    pub(super) acme: Staffed,
    pub(super) bolt: Staffed,
    pub(super) crane: Company,
    pub(super) stranger: PersonId,
}

impl Stage {
    pub(super) async fn set() -> Self {
        let storage = Arc::new(Counting::new(Arc::new(Memory::new())));
        let world = World::on(Arc::clone(&storage) as Arc<dyn Storage>).await;
        let acme = staffed(&world, &*storage, world.client("Acme").await).await;
        let bolt = staffed(&world, &*storage, world.contractor("Bolt").await).await;
        let crane = world.client("Crane").await;
        Self { world, storage, acme, bolt, crane, stranger: PersonId::from_uuid(Uuid::from_u128(0xd1)) }
    }

    /// Everything that is stored, and how often something was: two of these are equal if nothing has changed between.
    pub(super) async fn digest(&self) -> (Vec<String>, u64) {
        let mut rows = Vec::new();
        let sources = Kind::ALL.into_iter().map(Source::Records).chain([Source::Sides, Source::Events]);
        for source in sources {
            let order = match source {
                Source::Records(_) => vec!["id"],
                Source::Sides => vec!["connection_id", "owner_id"],
                Source::Events => vec!["subject_id", "subject_kind", "version"],
            };
            let query =
                Query { source, filter: Filter::All(Vec::new()), order, descending: false, after: None, limit: 10_000 };
            rows.extend(self.storage.list(&query).await.expect("rows").iter().map(|row| format!("{row:?}")));
        }
        let counts = self.storage.counts();
        (rows, counts.commits - counts.stale - counts.refused)
    }
}

async fn staffed(world: &World, storage: &dyn Storage, company: Company) -> Staffed {
    let manager = world.member(&company, UserRole::Manager).await;
    let viewer = world.member(&company, UserRole::Viewer).await;
    let worker = world.member(&company, UserRole::Worker).await;
    // Both were Admins: what they were must not matter.
    let disabled = world.member(&company, UserRole::Admin).await;
    let done = world.handclasp.members().disable(company.admin(), DisableMember::new(person(&disabled))).await;
    done.expect("an Admin can be disabled");
    let former = world.member(&company, UserRole::Admin).await;
    remove(storage, &company, person(&former)).await;
    Staffed { company, manager, viewer, worker, disabled, former }
}

pub(super) fn person(actor: &Actor) -> PersonId {
    match actor {
        Actor::Person { id, .. } => *id,
        Actor::System { .. } => panic!("System is no person"),
    }
}

/// Removes a member past the library, as long as it has no operation for it.
async fn remove(storage: &dyn Storage, company: &Company, person: PersonId) {
    let removed = Member {
        business: company.id,
        person,
        role: UserRole::Admin,
        status: Status::Removed,
        notifications: true,
        authority: 1,
    };
    let leaves = |kind| (Guard { kind, business: company.id }, -1);
    rewrite(storage, removed, &[leaves(GuardKind::Admins), leaves(GuardKind::Members)]).await;
}
