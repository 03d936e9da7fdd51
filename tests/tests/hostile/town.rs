//! A database in a file with all that may be refused: dead links of every sort, outsiders of every sort; and the calls
//! that ask for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use handclasp::access_requests::SubmitAccess;
use handclasp::connections::{AcceptRequest, Disconnect, RequestConnection};
use handclasp::contractor_roles::{ArchiveContractorRole, CreateContractorRole};
use handclasp::group_links::OfRole;
use handclasp::invites::{CreateInvite, ResendInvite, RevokeInvite};
use handclasp::mail::CapturingMailer;
use handclasp::members::{DisableMember, RemoveMember};
use handclasp::model::user_role::UserRole;
use handclasp::storage::Storage;
use handclasp::testing::{ManualClock, SeededEntropy, configuration};
use handclasp::{Actor, Email, Error, Handclasp, Link, Parts, PersonId};
use handclasp_sqlite::{Options, Sqlite};
use handclasp_tests::stores::Place;
use handclasp_tests::world::{Company, World};
use serde_json::{Value, json};
use uuid::Uuid;

/// One call, and what a sound database answers.
pub(crate) struct Probe {
    pub(crate) operation: &'static str,
    arguments: String,
    pub(crate) answer: Value,
}

/// The file and the calls.
pub(crate) struct Town {
    _place: Place,
    folder: PathBuf,
    pub(crate) file: Vec<u8>,
    pub(crate) probes: Vec<Probe>,
    pub(crate) acme: Company,
    clock: ManualClock,
}

impl Town {
    /// Builds it, and asks everything once.
    pub(crate) async fn built() -> Self {
        let place = Place::sqlite();
        let storage = place.open().await;
        let world = World::on(Arc::clone(&storage)).await;
        let (acme, probes) = peopled(&world).await;
        storage.close().await.expect("a store can be closed");
        let folder = place.folder().expect("a folder");
        let file = std::fs::read(folder.join("handclasp.db")).expect("a closed database is one file");
        let mut town = Self { _place: place, folder, file, probes: Vec::new(), acme, clock: world.clock.clone() };
        let path = town.write(&town.file, "sound.db");
        let handclasp = town.open(&path).await.expect("a sound database opens");
        for (operation, arguments) in probes {
            let arguments = arguments.to_string();
            let answer = call(&handclasp, operation, &arguments).await;
            town.probes.push(Probe { operation, arguments, answer });
        }
        handclasp.close().await.expect("a handle can be closed");
        town
    }

    /// Puts these bytes where a database may lie.
    pub(crate) fn write(&self, bytes: &[u8], name: &str) -> PathBuf {
        let path = self.folder.join(name);
        for beside in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(self.folder.join(format!("{name}{beside}"))));
        }
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// A handle on such a file.
    pub(crate) async fn open(&self, path: &Path) -> Result<Handclasp, Error> {
        open(path, &self.clock).await
    }
}

/// A handle on whatever this file holds, at the time that the clock shows.
pub(crate) async fn open(path: &Path, clock: &ManualClock) -> Result<Handclasp, Error> {
    let storage: Arc<dyn Storage> = Arc::new(Sqlite::open(path, Options::new()).await?);
    let mut parts = Parts::new(storage, Arc::new(CapturingMailer::new()));
    (parts.clock, parts.entropy) = (Arc::new(clock.clone()), Arc::new(SeededEntropy::new(77)));
    Handclasp::open(configuration(), parts).await
}

impl Probe {
    /// What it answers now.
    pub(crate) async fn ask(&self, handclasp: &Handclasp) -> Value {
        call(handclasp, self.operation, &self.arguments).await
    }

    /// Whether it was refused when the database was sound.
    pub(crate) fn is_no(&self) -> bool {
        self.answer.get("error").is_some()
    }
}

async fn call(handclasp: &Handclasp, operation: &str, arguments: &str) -> Value {
    serde_json::from_str(&handclasp_wire::call(handclasp, operation, arguments).await).expect("JSON")
}

type Calls = Vec<(&'static str, Value)>;

/// Fills the store; the calls change nothing in it: they are refused, or only look.
async fn peopled(world: &World) -> (Company, Calls) {
    let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
    let (crane, dyne) = (world.contractor("Crane").await, world.client("Dyne").await);
    let newco = world.contractor("Newco").await;
    let mut calls = Calls::new();
    for dead in dead_links(world, &acme, &crane).await {
        calls.push(("invites.preview", json!({ "link_or_claim": dead.expose() })));
        calls.push(("invites.redeem", json!({ "actor": newco.admin(), "link": dead.expose() })));
        calls.push(("invites.open", json!({ "link": dead.expose() })));
    }
    // A link that lives, for somebody else.
    let bound = CreateInvite::new(acme.role()).to("kim@bolt.example");
    let bound = world.handclasp.invites().create(acme.admin(), bound).await.expect("an invite").link;
    calls.push(("invites.redeem", json!({ "actor": newco.admin(), "link": bound.expose() })));
    let connection = connected(world, &acme, &bolt).await;
    let kim = Actor::signed_in(PersonId::from_uuid(Uuid::from_u128(0xcc1)));
    let kim = kim.with_verified(Email::parse("kim@acme.example").expect("an address"));
    let claim = SubmitAccess::new(acme.id, "Kim", "kim@acme.example");
    let asked = world.handclasp.access_requests().submit(&kim, claim).await.expect("Kim can ask").id;
    let mut outsiders = vec![dyne.admin(), kim];
    outsiders.push(Actor::person(dyne.person, acme.id).with_verified(dyne.address.clone()));
    outsiders.extend(staff(world, &acme).await);
    for outsider in &outsiders {
        calls.push(("connections.get", json!({ "actor": outsider, "connection": connection })));
        calls.push(("access_requests.accept", json!({ "actor": outsider, "request": asked })));
        calls.push(("invites.create", json!({ "actor": outsider, "role": acme.role() })));
        calls.push(("group_links.copy", json!({ "actor": outsider, "role": acme.role() })));
        calls.push(("members.add", json!({ "actor": outsider, "person": dyne.person, "role": "admin" })));
        calls.push(("history.of", json!({ "actor": outsider, "subject": { "kind": "connection", "id": connection } })));
    }
    // One that is no client invites nobody.
    calls.push(("contractor_roles.create", json!({ "actor": newco.admin(), "name": "Roofer" })));
    for list in [
        "connections.contractors",
        "members.list",
        "invites.list",
        "group_links.list",
        "access_requests.list",
        "contractor_roles.list",
        "members.roles",
    ] {
        calls.push((list, json!({ "actor": acme.admin() })));
    }
    calls.push(("connections.clients", json!({ "actor": bolt.admin() })));
    calls.push(("history.of", json!({ "actor": acme.admin(), "subject": { "kind": "connection", "id": connection } })));
    calls.push(("history.since", json!({ "actor": { "kind": "system" } })));
    calls.push(("outbox.list", json!({ "actor": { "kind": "system" } })));
    calls.push(("businesses.search", json!({ "actor": acme.admin(), "text": "bolt" })));
    (acme, calls)
}

/// Links that open nothing any more, each for another reason.
async fn dead_links(world: &World, acme: &Company, crane: &Company) -> Vec<Link> {
    let invites = world.handclasp.invites();
    let ann = world.member(acme, UserRole::ADMIN).await;
    let create = |by: Actor| invites.create(by, CreateInvite::new(acme.role()));
    let expired = create(acme.admin()).await.expect("an invite").link;
    world.clock.advance(Duration::from_secs(8 * 86_400));
    let used = world.invite(acme).await.link;
    let connection = invites.redeem(crane.admin(), &used).await.expect("Crane connects").connection.id;
    let ended: Disconnect =
        serde_json::from_value(json!({ "connection": connection, "reason": { "code": "duplicate" } })).expect("a call");
    world.handclasp.connections().disconnect(acme.admin(), ended).await.expect("an end");
    let revoked = world.invite(acme).await;
    invites.revoke(acme.admin(), RevokeInvite::new(revoked.invite.id)).await.expect("a revoked invite");
    let superseded = world.invite(acme).await;
    invites.resend(acme.admin(), ResendInvite::new(superseded.invite.id)).await.expect("a resent invite");
    let of_ann = create(ann.clone()).await.expect("an invite").link;
    let Actor::Person { id, .. } = ann else { panic!("Ann is a person") };
    world.handclasp.members().disable(acme.admin(), DisableMember::new(id)).await.expect("a disabled member");
    let refreshed = world.group_link(acme).await;
    let links = world.handclasp.group_links();
    links.refresh(acme.admin(), OfRole::new(acme.role())).await.expect("a refreshed link");
    let roles = world.handclasp.contractor_roles();
    let role = |name: &str| roles.create(acme.admin(), CreateContractorRole::new(name));
    let (welder, roofer) = (role("Welder").await.expect("a role").id, role("Roofer").await.expect("a role").id);
    let disabled = links.enable(acme.admin(), OfRole::new(welder)).await.expect("an enabled link").link;
    links.disable(acme.admin(), OfRole::new(welder)).await.expect("a disabled link");
    let archived = invites.create(acme.admin(), CreateInvite::new(roofer)).await.expect("an invite").link;
    let archive = ArchiveContractorRole::new(roofer);
    roles.archive(acme.admin(), archive).await.expect("an archived role");
    vec![expired, used, revoked.link, superseded.link, of_ann, refreshed, disabled.expect("a link"), archived]
}

/// A connection and its id.
async fn connected(world: &World, acme: &Company, bolt: &Company) -> handclasp::ConnectionId {
    let connections = world.handclasp.connections();
    let request = RequestConnection::new(bolt.id, acme.role());
    let asked = connections.request(acme.admin(), request).await.expect("Bolt can be asked");
    let accept = AcceptRequest::new(asked.request.expect("a pending request"));
    connections.accept(bolt.admin(), accept).await.expect("Bolt can accept").connection.id
}

/// Those of a business who may do none of it.
async fn staff(world: &World, acme: &Company) -> Vec<Actor> {
    let (disabled, former) = (world.member(acme, UserRole::ADMIN).await, world.member(acme, UserRole::ADMIN).await);
    let id = |actor: &Actor| match actor {
        Actor::Person { id, .. } => *id,
        Actor::System { .. } => panic!("System is no person"),
    };
    let members = world.handclasp.members();
    members.disable(acme.admin(), DisableMember::new(id(&disabled))).await.expect("a disabled member");
    members.remove(acme.admin(), RemoveMember::new(id(&former))).await.expect("a former member");
    vec![disabled, former, world.member(acme, UserRole::WORKER).await]
}
