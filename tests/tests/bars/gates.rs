//! Interleavings held open by a gate: whoever commits later decides again, and loses.

use std::sync::Arc;

use handclasp::contractor_roles::ArchiveContractorRole;
use handclasp::group_links::OfRole;
use handclasp::invites::{CreateInvite, RevokeInvite};
use handclasp::members::ChangeMemberRole;
use handclasp::model::user_role::UserRole;
use handclasp::storage::Storage;
use handclasp::testing::{Call, Gate};
use handclasp::views::{Connected, InviteCreated};
use handclasp::{Actor, Error, Handclasp, Link, PersonId};
use handclasp_tests::stores;
use handclasp_tests::world::{Company, World};

/// A client, a second Admin of it who invites, and a contractor.
struct Scene {
    world: World,
    storage: Arc<dyn Storage>,
    client: Company,
    inviter: Actor,
    contractor: Company,
}

async fn scene(storage: Arc<dyn Storage>) -> Scene {
    let world = World::on(Arc::clone(&storage)).await;
    let client = world.client("Acme").await;
    let inviter = world.member(&client, UserRole::ADMIN).await;
    let contractor = world.contractor("Kappa").await;
    Scene { world, storage, client, inviter, contractor }
}

impl Scene {
    async fn personal(&self) -> InviteCreated {
        let create = CreateInvite::new(self.client.role());
        self.world.handclasp.invites().create(&self.inviter, create).await.unwrap()
    }

    fn inviter(&self) -> PersonId {
        match self.inviter {
            Actor::Person { id, .. } => id,
            Actor::System { .. } => panic!("a member is a person"),
        }
    }

    async fn set_inviter(&self, handclasp: &Handclasp, role: UserRole) {
        let change = ChangeMemberRole::new(self.inviter(), role);
        handclasp.members().change_role(self.client.admin(), change).await.unwrap();
    }

    async fn archive(&self, handclasp: &Handclasp) {
        let archive = ArchiveContractorRole::new(self.client.role());
        handclasp.contractor_roles().archive(self.client.admin(), archive).await.unwrap();
    }

    /// Accepts by the link, held just before its commit, while `meanwhile` runs to its end.
    async fn held_while<T>(
        &self,
        link: &Link,
        meanwhile: impl AsyncFnOnce(&Handclasp) -> T,
    ) -> Result<Connected, Error> {
        let gate = Arc::new(Gate::new(Arc::clone(&self.storage)));
        let handclasp = self.world.beside(Arc::clone(&gate) as Arc<_>).await;
        let held = gate.hold(Call::Commit);
        let (admin, link) = (self.contractor.admin(), link.clone());
        let accepting = tokio::spawn(async move { handclasp.invites().redeem(admin, &link).await });
        held.arrived().await;
        meanwhile(&self.world.handclasp).await;
        held.release();
        accepting.await.unwrap()
    }
}

fn assert_dead(outcome: Result<Connected, Error>, name: &str) {
    let error = outcome.expect_err(name);
    assert_eq!(error.code(), "invite_invalid_or_expired", "{name}");
    assert_eq!(error.to_string(), "Invite code is invalid or has expired");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn per_15_accept_loses_to_the_inviters_demotion_for_good() {
    stores::each(async |name, storage| {
        let scene = scene(storage).await;
        let link = scene.personal().await.link;
        let outcome = scene.held_while(&link, async |handclasp| scene.set_inviter(handclasp, UserRole::MANAGER).await);
        assert_dead(outcome.await, name);
        scene.set_inviter(&scene.world.handclasp, UserRole::ADMIN).await;
        let again = scene.world.handclasp.invites().redeem(scene.contractor.admin(), &link).await;
        assert_dead(again, name);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn grp_04_accept_loses_to_a_refresh() {
    stores::each(async |name, storage| {
        let scene = scene(storage).await;
        let link = scene.world.group_link(&scene.client).await;
        let outcome = scene.held_while(&link, async |handclasp| {
            let of = OfRole::new(scene.client.role());
            handclasp.group_links().refresh(scene.client.admin(), of).await.unwrap();
        });
        assert_dead(outcome.await, name);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn per_06_accept_loses_to_archiving_the_role() {
    stores::each(async |name, storage| {
        let scene = scene(storage).await;
        let link = scene.personal().await.link;
        assert_dead(scene.held_while(&link, async |handclasp| scene.archive(handclasp).await).await, name);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn grp_09_accept_by_group_link_loses_to_archiving_the_role() {
    stores::each(async |name, storage| {
        let scene = scene(storage).await;
        let link = scene.world.group_link(&scene.client).await;
        assert_dead(scene.held_while(&link, async |handclasp| scene.archive(handclasp).await).await, name);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn per_10_accept_loses_to_a_revocation() {
    stores::each(async |name, storage| {
        let scene = scene(storage).await;
        let created = scene.personal().await;
        let outcome = scene.held_while(&created.link, async |handclasp| {
            let revoke = RevokeInvite::new(created.invite.id);
            handclasp.invites().revoke(scene.client.admin(), revoke).await.unwrap();
        });
        assert_dead(outcome.await, name);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn per_10_a_revocation_that_commits_later_learns_of_the_acceptance() {
    stores::each(async |name, storage| {
        let scene = scene(storage).await;
        let created = scene.personal().await;
        let gate = Arc::new(Gate::new(Arc::clone(&scene.storage)));
        let handclasp = scene.world.beside(Arc::clone(&gate) as Arc<_>).await;
        let held = gate.hold(Call::Commit);
        let (admin, revoke) = (scene.client.admin(), RevokeInvite::new(created.invite.id));
        let revoking = tokio::spawn(async move { handclasp.invites().revoke(admin, revoke).await });
        held.arrived().await;
        scene.world.handclasp.invites().redeem(scene.contractor.admin(), &created.link).await.unwrap();
        held.release();
        let error = revoking.await.unwrap().expect_err(name);
        assert_eq!((error.code(), &error.fields()["decision"]), ("already_decided", &"accepted".into()), "{name}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demotion_that_commits_later_leaves_the_connection_standing() {
    stores::each(async |name, storage| {
        let scene = scene(storage).await;
        let link = scene.personal().await.link;
        let gate = Arc::new(Gate::new(Arc::clone(&scene.storage)));
        let handclasp = scene.world.beside(Arc::clone(&gate) as Arc<_>).await;
        let held = gate.hold(Call::Commit);
        let (admin, demote) = (scene.client.admin(), ChangeMemberRole::new(scene.inviter(), UserRole::VIEWER));
        let demoting = tokio::spawn(async move { handclasp.members().change_role(admin, demote).await });
        held.arrived().await;
        let connected = scene.world.handclasp.invites().redeem(scene.contractor.admin(), &link).await.unwrap();
        held.release();
        demoting.await.unwrap().unwrap();
        let list = handclasp::connections::ListConnections::default();
        let page = scene.world.handclasp.connections().clients(scene.contractor.admin(), list).await.unwrap();
        assert_eq!(page.connections[0].id, connected.connection.id, "{name}");
    })
    .await;
}
