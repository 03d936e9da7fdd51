//! The world that every cell is tried in: two businesses with every kind of member, a foreign one, and a stranger.

use std::sync::Arc;

use handclasp::members::{DefineRole, DisableMember, RemoveMember};
use handclasp::model::user_role::{Permission, UserRole};
use handclasp::storage::Storage;
use handclasp::testing::Counting;
use handclasp::{Actor, PersonId};
use uuid::Uuid;

use crate::stores::everything;
use crate::world::{Company, World};

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
    /// Holds `connect` and `see`, by a role that the business has defined.
    pub(super) clerk: Actor,
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
    pub(super) async fn set(storage: Arc<dyn Storage>) -> Self {
        let storage = Arc::new(Counting::new(storage));
        let world = World::on(Arc::clone(&storage) as Arc<dyn Storage>).await;
        let acme = staffed(&world, world.client("Acme").await).await;
        let bolt = staffed(&world, world.contractor("Bolt").await).await;
        let crane = world.client("Crane").await;
        Self { world, storage, acme, bolt, crane, stranger: PersonId::from_uuid(Uuid::from_u128(0xd1)) }
    }

    /// The store itself, for what no operation brings about.
    pub(super) fn storage(&self) -> &dyn Storage {
        &*self.storage
    }

    /// Everything that is stored, and how often something was: two of these are equal if nothing has changed between.
    pub(super) async fn digest(&self) -> (Vec<String>, u64) {
        let rows = everything(&*self.storage).await.expect("rows");
        let counts = self.storage.counts();
        (rows, counts.commits - counts.stale - counts.refused)
    }
}

async fn staffed(world: &World, company: Company) -> Staffed {
    let manager = world.member(&company, UserRole::MANAGER).await;
    let viewer = world.member(&company, UserRole::VIEWER).await;
    let worker = world.member(&company, UserRole::WORKER).await;
    let (members, admin) = (world.handclasp.members(), company.admin());
    let clerk = DefineRole::new("Clerk", [Permission::Connect, Permission::See]);
    let clerk = members.define_role(&admin, clerk).await.expect("a role can be defined");
    let clerk = world.member(&company, UserRole::Custom(clerk.id)).await;
    // Both were Admins: what they were must not matter.
    let disabled = world.member(&company, UserRole::ADMIN).await;
    members.disable(&admin, DisableMember::new(person(&disabled))).await.expect("an Admin can be disabled");
    let former = world.member(&company, UserRole::ADMIN).await;
    members.remove(&admin, RemoveMember::new(person(&former))).await.expect("an Admin can be removed");
    Staffed { company, manager, viewer, worker, clerk, disabled, former }
}

pub(super) fn person(actor: &Actor) -> PersonId {
    match actor {
        Actor::Person { id, .. } => *id,
        Actor::System { .. } => panic!("System is no person"),
    }
}
