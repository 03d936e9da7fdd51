//! Clocks that go back, differ, end, or fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use handclasp::businesses::{ArchiveBusiness, RestoreBusiness};
use handclasp::group_links::OfRole;
use handclasp::invites::{CreateInvite, RevokeInvite};
use handclasp::mail::CapturingMailer;
use handclasp::storage::{Memory, Storage};
use handclasp::testing::{ManualClock, SeededEntropy, configuration};
use handclasp::{Actor, Clock, ClockOutOfRange, Handclasp, Parts, Timestamp};
use handclasp_tests::authority::{Able, Ready};
use handclasp_tests::stores;
use handclasp_tests::world::{START, World};
use serde_json::{Value, json};

async fn with_clock(world: &World, storage: &Arc<dyn Storage>, clock: Arc<dyn Clock>, seed: u64) -> Handclasp {
    let mut parts = Parts::new(Arc::clone(storage), Arc::clone(&world.mailer) as _);
    parts.clock = clock;
    parts.entropy = Arc::new(SeededEntropy::new(seed));
    Handclasp::open(configuration(), parts).await.unwrap()
}

#[tokio::test]
async fn clk_02_what_is_used_or_revoked_stays_so_when_the_clock_goes_back() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        world.clock.advance(Duration::from_secs(11 * 86_400));
        let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
        let (used, revoked) = (world.invite(&acme).await, world.invite(&acme).await);
        world.handclasp.invites().redeem(bolt.admin(), &used.link).await.unwrap();
        world.handclasp.invites().revoke(acme.admin(), RevokeInvite::new(revoked.invite.id)).await.unwrap();
        world.clock.set(START.parse().unwrap());
        for dead in [used, revoked] {
            let error = world.handclasp.invites().open(&dead.link, None).await.unwrap_err();
            assert_eq!(error.code(), "invite_invalid_or_expired", "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn clk_03_two_hosts_apart_by_minutes_stretch_a_link_by_no_more() {
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
        let late = ManualClock::at(START);
        late.advance(Duration::from_secs(300));
        let ahead = with_clock(&world, &storage, Arc::new(late), 1).await;
        let create = || CreateInvite::new(acme.role());
        let created = ahead.invites().create(acme.admin(), create()).await.unwrap();
        let life = created.invite.ends_at.since(START.parse().unwrap());
        assert_eq!(life, Duration::from_secs(604_800 + 300), "{name}");
        world.clock.set(created.invite.ends_at);
        let error = world.handclasp.invites().redeem(bolt.admin(), &created.link).await.unwrap_err();
        assert_eq!(error.code(), "invite_invalid_or_expired", "{name}");
    })
    .await;
}

#[tokio::test]
async fn a_claim_of_a_group_link_lives_and_dies_with_it_whatever_the_clock_shows() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let acme = world.client("Acme").await;
        let link = world.group_link(&acme).await;
        let invites = world.handclasp.invites();
        // Another host's clock may be behind that by which the link was enabled.
        world.clock.set("2026-01-05T08:59:00Z".parse().unwrap());
        let claim = invites.open(&link, None).await.unwrap().claim;
        assert!(invites.preview(claim.expose()).await.is_ok(), "{name}");
        // Disabled and enabled while the clock stands still.
        let of = OfRole::new(acme.role());
        world.handclasp.group_links().disable(acme.admin(), of).await.unwrap();
        world.handclasp.group_links().enable(acme.admin(), of).await.unwrap();
        let error = invites.preview(claim.expose()).await.unwrap_err();
        assert_eq!(error.code(), "invite_invalid_or_expired", "{name}");
    })
    .await;
}

#[tokio::test]
async fn who_was_restored_is_told_what_falls_due_though_another_clock_is_behind() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
        let link = world.group_link(&acme).await;
        let businesses = world.handclasp.businesses();
        businesses.archive(Actor::system(), ArchiveBusiness::new(bolt.id)).await.unwrap();
        world.clock.advance(Duration::from_secs(60));
        businesses.restore(Actor::system(), RestoreBusiness::new(bolt.id)).await.unwrap();
        world.clock.set("2026-01-05T09:00:30Z".parse().unwrap());
        world.handclasp.invites().redeem(bolt.admin(), &link).await.unwrap();
        assert_eq!(world.deliver().await.1.len(), 2, "{name}");
    })
    .await;
}

#[tokio::test]
async fn clk_06_per_20_years_far_away_work_and_never_end_in_the_past() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let acme = world.client("Acme").await;
        let far = ["2038-01-19T03:14:08Z", "2106-02-07T06:28:16Z", "2262-04-11T23:47:17Z", "9999-12-31T23:59:00Z"];
        for (number, at) in far.into_iter().enumerate() {
            let at: Timestamp = at.parse().unwrap();
            world.clock.set(at);
            let bolt = world.contractor(&format!("Bolt {number}")).await;
            let created = world.invite(&acme).await;
            assert!(created.invite.ends_at > at, "{name}: {at}");
            let connected = world.handclasp.invites().redeem(bolt.admin(), &created.link).await.unwrap();
            assert_eq!(connected.connection.connected_since, Some(at), "{name}");
            world.deliver().await;
        }
    })
    .await;
}

/// A clock that fails while it is told to.
#[derive(Debug, Default)]
struct Broken(AtomicBool);

#[async_trait]
impl Clock for Broken {
    fn now(&self) -> Result<Timestamp, ClockOutOfRange> {
        if self.0.load(Ordering::SeqCst) { Err(ClockOutOfRange) } else { Ok(START.parse().unwrap()) }
    }

    async fn sleep_until(&self, _: Timestamp) {
        std::future::pending().await
    }
}

#[tokio::test]
async fn clk_07_a_clock_that_fails_changes_nothing_and_the_next_call_works() {
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let acme = world.client("Acme").await;
        let clock = Arc::new(Broken::default());
        let handclasp = with_clock(&world, &storage, Arc::clone(&clock) as Arc<dyn Clock>, 2).await;
        let create = async || handclasp.invites().create(acme.admin(), CreateInvite::new(acme.role())).await;
        clock.0.store(true, Ordering::SeqCst);
        assert_eq!(create().await.unwrap_err().code(), "clock_out_of_range", "{name}");
        clock.0.store(false, Ordering::SeqCst);
        assert!(create().await.is_ok(), "{name}");
        let page = handclasp.invites().list(acme.admin(), handclasp::invites::ListInvites::default()).await.unwrap();
        assert_eq!(page.counts.pending, 1, "{name}: the refused one is not there");
    })
    .await;
}

/// A clock that panics from a reading on.
#[derive(Debug)]
struct Panicking(AtomicUsize);

#[async_trait]
impl Clock for Panicking {
    fn now(&self) -> Result<Timestamp, ClockOutOfRange> {
        let left = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        left.unwrap_or_else(|_| std::panic::resume_unwind(Box::new("the clock panics")));
        Ok(START.parse().unwrap())
    }

    async fn sleep_until(&self, _: Timestamp) {
        std::future::pending().await
    }
}

/// A call that is ready, on a handle with a clock that panics when it is told to.
struct Timed {
    storage: Arc<dyn Storage>,
    ready: Ready,
    clock: Arc<Panicking>,
    handclasp: Handclasp,
}

impl Timed {
    async fn of(able: Able) -> Self {
        let storage: Arc<dyn Storage> = Arc::new(Memory::new());
        let ready = able.ready(Arc::clone(&storage)).await;
        let clock = Arc::new(Panicking(AtomicUsize::new(usize::MAX)));
        let mut parts = Parts::new(Arc::clone(&storage), Arc::new(CapturingMailer::new()));
        (parts.clock, parts.entropy) = (Arc::clone(&clock) as _, Arc::new(SeededEntropy::new(2)));
        Self { storage, ready, clock, handclasp: Handclasp::open(configuration(), parts).await.unwrap() }
    }

    /// What it is answered if the clock can be read so often.
    async fn answer(&self, readings: usize) -> Value {
        self.clock.0.store(readings, Ordering::SeqCst);
        let arguments = self.ready.arguments.to_string();
        let answer = handclasp_wire::call(&self.handclasp, self.ready.operation, &arguments).await;
        serde_json::from_str(&answer).unwrap()
    }
}

#[tokio::test]
async fn clk_07_a_clock_that_panics_at_any_reading_of_any_operation_changes_nothing_and_the_next_call_works() {
    // They do one thing after the other, and what is done stays.
    const STEPS: [&str; 2] = ["outbox.deliver_due", "outbox.run"];
    for able in Able::all().await {
        let mut timed = Timed::of(able).await;
        let operation = timed.ready.operation;
        for readings in 0.. {
            let before = stores::everything(&*timed.storage).await.unwrap();
            let answer = timed.answer(readings).await;
            // A mail whose sending panics is no fault of the worker's.
            if answer.get("ok").is_some() && answer["ok"]["failed"] != json!(1) {
                assert!(readings > 0, "{operation} reads no clock");
                break;
            }
            if STEPS.contains(&operation) {
                timed = Timed::of(able).await;
            } else {
                assert_eq!(answer["error"]["code"], "internal", "{operation}, {readings} readings: {answer}");
                let after = stores::everything(&*timed.storage).await.unwrap();
                assert_eq!(before, after, "{operation}, {readings} readings");
            }
        }
    }
}

#[test]
fn clk_09_a_leap_second_is_the_last_instant_before_midnight_or_nothing() {
    let leap: Result<Timestamp, _> = "2016-12-31T23:59:60Z".parse();
    let midnight: Timestamp = "2017-01-01T00:00:00Z".parse().unwrap();
    assert!(leap.is_err() || leap.is_ok_and(|leap| leap < midnight && midnight.since(leap) < Duration::from_secs(1)));
}

/// Tests of this binary that would feel a time zone or a language.
const FEELING: [&str; 3] = [
    "clocks::clk_06_per_20_years_far_away_work_and_never_end_in_the_past",
    "clocks::clk_09_a_leap_second_is_the_last_instant_before_midnight_or_nothing",
    "tokens::tok_11_a_redeemer_names_neither_the_client_nor_the_role",
];

#[test]
fn clk_05_inp_35_no_time_zone_and_no_language_changes_anything() {
    for (language, zone) in
        [("tr_TR.UTF-8", "Pacific/Kiritimati"), ("C", "Asia/Kathmandu"), ("ja_JP.UTF-8", "America/New_York")]
    {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args(["--exact"]).args(FEELING).env("LANG", language).env("LC_ALL", language).env("TZ", zone);
        let output = child.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{language} {zone}: {text}");
        assert!(text.contains("3 passed"), "{language} {zone}: {text}");
    }
}
