//! A host, who it serves, and what came of it.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use handclasp::mail::MailFailure;
use handclasp::outbox::PurgeOutbox;
use handclasp::storage::Storage;
use handclasp::testing::configuration;
use handclasp::{Actor, DeliveryId};
use handclasp_tests::fickle::{How, Messages, Mishap};
use handclasp_tests::flaky::{Flaky, Loss, Struck, Trouble, WAYS};
use handclasp_tests::races::{Numbers, ask};
use handclasp_tests::scenarios::takes_a_key;
use handclasp_tests::soak::seed;
use handclasp_tests::stores::Place;
use handclasp_tests::world::{Company, World};
use rusqlite::Connection;
use serde_json::{Value, json};

const DAY: Duration = Duration::from_secs(24 * 3_600);
const CONTRACTORS: usize = 8;

/// A host with a client, its contractors, and what it was answered.
pub(super) struct Host {
    flaky: Arc<Flaky>,
    world: World,
    tables: Connection,
    client: Company,
    contractors: Vec<(Company, Option<Value>)>,
    numbers: Numbers,
    calls: u64,
    faults: u64,
    /// How far it has read history, and how many commits that told of.
    position: u64,
    commits: u64,
    /// So many calls changed something.
    changes: u64,
    /// Invites that were redeemed, and that were revoked.
    invites: [u64; 2],
    /// Invites that were to be mailed.
    mailed: u64,
    /// Mails that arrived.
    arrived: HashSet<DeliveryId>,
}

impl Host {
    pub(super) async fn opened(place: &Place) -> Self {
        let flaky = Arc::new(Flaky::new(place.open().await));
        let mut configuration = configuration();
        let limits = &mut configuration.limits;
        (limits.per_inviter, limits.per_client, limits.per_address, limits.per_pair) =
            (u32::MAX, u32::MAX, u32::MAX, u32::MAX);
        let tables = place.folder().expect("a folder").join("handclasp.db");
        let tables = Connection::open(tables).expect("the tables");
        let world = World::with(Arc::clone(&flaky) as Arc<dyn Storage>, configuration).await;
        let client = world.client("Acme").await;
        let contractors = world.contractors(CONTRACTORS).await.into_iter().map(|company| (company, None)).collect();
        let (numbers, arrived) = (Numbers::new(seed()), HashSet::new());
        let mut host = Self {
            flaky,
            world,
            tables,
            client,
            contractors,
            numbers,
            calls: 0,
            faults: 0,
            position: 0,
            commits: 0,
            changes: 0,
            invites: [0; 2],
            mailed: 0,
            arrived,
        };
        host.reads_history().await;
        host.commits = 0;
        host
    }

    /// A third of all calls goes wrong at one of their first calls to the store, or loses its answer.
    fn trouble(&mut self) -> Trouble {
        let (at, way) = (1 + self.numbers.below(3), WAYS[self.numbers.below(WAYS.len())]);
        let loss = if self.numbers.below(2) == 0 { Loss::Unknown } else { Loss::Hangs };
        match self.numbers.below(6) {
            0 => Trouble { at: Some((at, way)), loses: None },
            1 => Trouble { at: None, loses: Some(loss) },
            _ => Trouble::default(),
        }
    }

    /// Calls, as a host does: until there is an answer, and each time with the same key.
    async fn call(&mut self, operation: &str, actor: &Actor, mut arguments: Value) -> Value {
        self.calls += 1;
        arguments["actor"] = json!(actor);
        if takes_a_key(operation) {
            arguments["idempotency_key"] = json!(format!("call {}", self.calls));
            self.changes += 1;
        }
        let (arguments, mut trouble) = (arguments.to_string(), self.trouble());
        loop {
            self.flaky.arm(trouble);
            let mut call = pin!(handclasp_wire::call(&self.world.handclasp, operation, &arguments));
            let answer = match select(&mut call, pin!(self.flaky.hangs())).await {
                Either::Left((answer, _)) => answer,
                Either::Right(_) => {
                    self.world.clock.advance(configuration().deadline);
                    call.await
                }
            };
            let mut parsed: Value = serde_json::from_str(&answer).expect("JSON");
            if self.flaky.calm() == Struck::Nothing {
                return parsed.get_mut("ok").unwrap_or_else(|| panic!("{operation}: {answer}")).take();
            }
            self.faults += 1;
            trouble = Trouble::default();
        }
    }

    pub(super) async fn lives_a_day(&mut self) {
        for number in 0..CONTRACTORS {
            self.world.clock.advance(Duration::from_secs(60));
            self.serves(number).await;
        }
        let (admin, role) = (self.client.admin(), json!(self.client.role()));
        self.mailed += 1;
        // A later invite of an address ends the earlier one, and the mail of that; by then it has long arrived.
        let address = format!("kim@k{}.example", self.mailed % 100);
        self.call("invites.create", &admin, json!({ "role": role, "address": address })).await;
        for list in ["connections.contractors", "invites.list", "members.list"] {
            self.call(list, &admin, json!({ "limit": 20 })).await;
        }
        self.reads_history().await;
        self.delivers().await;
        self.world.clock.advance(DAY);
        self.clears_away().await;
    }

    async fn clears_away(&self) {
        let purged = self.world.handclasp.outbox().purge(Actor::system(), PurgeOutbox::new(3_600)).await;
        purged.expect("what is settled is cleared away");
    }

    async fn serves(&mut self, number: usize) {
        let (contractor, connection) = self.contractors[number].clone();
        self.contractors[number].1 = match connection {
            Some(connection) => self.goes_on(&contractor, connection).await,
            None => self.connects(&contractor).await,
        };
    }

    /// What a connection sees; answers with it if it is still one.
    async fn goes_on(&mut self, contractor: &Company, connection: Value) -> Option<Value> {
        let this = json!({ "connection": connection });
        match self.numbers.below(3) {
            0 => {
                let end = json!({ "connection": connection, "reason": { "code": "duplicate" } });
                self.call("connections.disconnect", &self.client.admin(), end).await;
                return None;
            }
            1 => {
                let profile = json!({ "profile": { "name": format!("Contractor {}", self.calls) } });
                self.call("businesses.update", &contractor.admin(), profile).await;
            }
            _ => drop(self.call("connections.get", &contractor.admin(), this).await),
        }
        Some(connection)
    }

    /// What leads to a connection, or nowhere.
    async fn connects(&mut self, contractor: &Company) -> Option<Value> {
        let (admin, role) = (self.client.admin(), json!(self.client.role()));
        if self.numbers.below(3) == 0 {
            let ask = json!({ "contractor": contractor.id, "role": role });
            let request = json!({ "request": self.call("connections.request", &admin, ask).await["request"] });
            let accepted = self.call("connections.accept", &contractor.admin(), request).await;
            return Some(accepted["connection"]["id"].clone());
        }
        let invited = self.call("invites.create", &admin, json!({ "role": role })).await;
        if self.numbers.below(2) == 0 {
            self.invites[0] += 1;
            let redeem = json!({ "link": invited["link"] });
            let redeemed = self.call("invites.redeem", &contractor.admin(), redeem).await;
            Some(redeemed["connection"]["id"].clone())
        } else {
            self.invites[1] += 1;
            self.call("invites.revoke", &admin, json!({ "invite": invited["invite"]["id"] })).await;
            None
        }
    }

    /// What history tells of since it was read last.
    async fn reads_history(&mut self) {
        let mut commits = HashSet::new();
        while let events = self.flaky.inner().feed(self.position, 1_000).await.expect("events")
            && let Some((last, _)) = events.last()
        {
            self.position = *last;
            commits.extend(events.iter().map(|(_, event)| event.commit));
        }
        self.commits += commits.len() as u64;
    }

    /// Sends what is due. One of the day's mails goes wrong, another day.
    async fn delivers(&mut self) {
        let how = [How::Fails(MailFailure::Temporary("try later".to_owned())), How::Panics, How::Forgets];
        let how = how[self.numbers.below(how.len())].clone();
        let mishap = Mishap { with: Messages::Nth(1 + self.numbers.below(6)), how };
        self.world.mailer.arm(Some(mishap));
        self.world.deliver().await;
        self.world.mailer.arm(None);
        self.empties_the_mailer();
    }

    fn empties_the_mailer(&mut self) {
        let invites = self.world.mailer.take().into_iter().filter(|message| message.kind == "invite");
        self.arrived.extend(invites.map(|message| message.delivery));
    }

    /// The rows that are there for a while.
    pub(super) fn of_housekeeping(&self) -> i64 {
        let count = "SELECT (SELECT count(*) FROM deliveries) + (SELECT count(*) FROM notices) \
                     + (SELECT count(*) FROM answers) + (SELECT count(*) FROM limits)";
        self.tables.query_row(count, (), |row| row.get(0)).expect("the tables")
    }

    /// Looks back, when all is well again.
    pub(super) async fn all_is_there(mut self) {
        assert!(self.faults > self.calls / 10, "{} faults in {} calls", self.faults, self.calls);
        self.reads_history().await;
        assert_eq!(self.commits, self.changes, "each call that changes is one commit, however often it was made");
        let of = async |list: &str| {
            ask(&self.world, list, json!({ "actor": self.client.admin(), "limit": 1 })).await["counts"].clone()
        };
        let invites = of("invites.list").await;
        assert_eq!([&invites["accepted"], &invites["revoked"]].map(Value::as_u64), self.invites.map(Some));
        let connected = self.contractors.iter().filter(|(_, connection)| connection.is_some()).count();
        assert_eq!(of("connections.contractors").await["connected"], connected);
        while let (report, _) = self.world.deliver().await
            && report.sent > 0
        {
            self.world.clock.advance(DAY);
        }
        self.empties_the_mailer();
        assert_eq!(self.arrived.len() as u64, self.mailed, "each mail arrives, if some twice");
        self.world.clock.advance(2 * DAY);
        self.clears_away().await;
        assert_eq!(self.of_housekeeping(), 0);
        let sound: String = self.tables.query_row("PRAGMA integrity_check", (), |row| row.get(0)).expect("a check");
        assert_eq!(sound, "ok");
    }
}
