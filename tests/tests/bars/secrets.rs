//! No link or claim in any file of any store, in any log, or in what `Debug` shows.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use handclasp::group_links::OfRole;
use handclasp::invites::CreateInvite;
use handclasp_tests::stores::{self, Place};
use handclasp_tests::told::listening;
use handclasp_tests::world::World;
use tracing_subscriber::fmt::MakeWriter;

/// Everything that a subscriber is told, at every level.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Uses links and claims in every way, successful and refused, and gives back what must be found nowhere.
async fn story(world: &World, shown: &mut String) -> Vec<String> {
    let (client, contractor) = (world.client("Acme").await, world.contractor("Kappa").await);
    let invites = world.handclasp.invites();
    let group = world.group_link(&client).await;
    let keyed = client.admin().once("a key whose answer is kept");
    let bound = CreateInvite::new(client.role()).to(contractor.address.as_str());
    let personal = invites.create(keyed, bound).await.unwrap();
    let bearer = world.invite(&client).await.link;
    let group_claim = invites.open(&group, None).await.unwrap();
    let claim = invites.open(&personal.link, Some("a visitor's key")).await.unwrap();
    let lost = invites.open(&personal.link, Some("another key")).await.unwrap_err();
    let joined = invites.accept(contractor.admin().once("k"), &claim.claim).await.unwrap();
    let again = invites.redeem(contractor.admin(), &bearer).await.unwrap_err();
    let (report, mails) = world.deliver().await;
    let refreshed = world.handclasp.group_links().refresh(client.admin(), OfRole::new(client.role())).await.unwrap();
    let dead = invites.accept(contractor.admin(), &group_claim.claim).await.unwrap_err();
    write!(shown, "{world:?}{personal:?}{group_claim:?}{claim:?}{joined:?}{report:?}{mails:?}{refreshed:?}").unwrap();
    write!(shown, "{lost:?}{lost}{again:?}{again}{dead:?}{dead}").unwrap();
    let links =
        [&group, &personal.link, &bearer, refreshed.link.as_ref().unwrap()].map(|link| link.expose().to_owned());
    let claims = [&claim.claim, &group_claim.claim].map(|claim| claim.expose().to_owned());
    links.into_iter().chain(claims).collect()
}

/// The secret half of a link or claim: its tag in base64url, without the head that rows may well hold as ids.
fn tag(secret: &str) -> &str {
    &secret[secret.len() - 40..]
}

fn assert_nowhere(secrets: &[String], bytes: &[u8], place: &str) {
    for secret in secrets {
        let needle = tag(secret).as_bytes();
        assert!(!bytes.windows(needle.len()).any(|window| window == needle), "a secret lies in {place}");
    }
    assert!(!bytes.windows(8).any(|window| window == b"hclasp1_"), "the beginning of a link lies in {place}");
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

/// Every row of every table, as text.
async fn rows(url: &str) -> Vec<(String, Vec<u8>)> {
    let client = stores::connect(url).await;
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'handclasp'";
    let mut rows = Vec::new();
    for table in client.query(tables, &[]).await.unwrap() {
        let name: String = table.get(0);
        let all = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM handclasp.{name} AS t");
        let text: String = client.query_one(&all, &[]).await.unwrap().get(0);
        rows.push((name, text.into_bytes()));
    }
    assert!(rows.len() > 10, "the schema has tables");
    rows
}

#[tokio::test]
async fn tok_05_no_secret_in_a_file_a_log_or_what_debug_shows() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let _guard = listening(subscriber);
    for place in Place::all().await {
        let storage = place.open().await;
        let world = World::on(Arc::clone(&storage)).await;
        let mut shown = String::new();
        let secrets = story(&world, &mut shown).await;
        write!(shown, "{storage:?}").unwrap();
        assert_nowhere(&secrets, shown.as_bytes(), "what `Debug` shows");
        // While it is open, the write-ahead log too.
        let lies = match (place.folder(), place.url()) {
            (Some(folder), _) => files(&folder),
            (None, Some(url)) => rows(&url).await,
            (None, None) => Vec::new(),
        };
        for (name, bytes) in &lies {
            assert!(!bytes.is_empty() || place.name == "postgres", "{name} is empty");
            assert_nowhere(&secrets, bytes, name);
        }
        storage.close().await.unwrap();
        for (name, bytes) in place.folder().map(|folder| files(&folder)).unwrap_or_default() {
            assert_nowhere(&secrets, &bytes, &name);
        }
        let told = log.0.lock().unwrap().clone();
        assert!(told.windows(7).any(|window| window == b"refused"), "the log was listened to");
        assert_nowhere(&secrets, &told, "the log");
        place.remove().await;
    }
}
