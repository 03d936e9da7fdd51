//! Clocks that go back, differ, come to their end, or are shown in another zone.

use std::sync::Arc;
use std::time::Duration;

use handclasp::access_requests::{AcceptAccess, DeclineAccess, SubmitAccess, WithdrawAccess};
use handclasp::businesses::{ArchiveBusiness, RestoreBusiness};
use handclasp::connections::{AcceptRequest, DeclineRequest, RequestConnection, WithdrawRequest};
use handclasp::group_links::OfRole;
use handclasp::invites::{CreateInvite, ResendInvite, RevokeInvite};
use handclasp::mail::MailFailure;
use handclasp::outbox::{DeliveryStatus, ListDeliveries};
use handclasp::storage::{Memory, Storage};
use handclasp::testing::{ManualClock, SeededEntropy, configuration};
use handclasp::{AccessRequestId, Actor, Error, Handclasp, Link, Parts, RequestId, Timestamp};
use handclasp_tests::fickle::{How, Messages, Mishap};
use handclasp_tests::stores;
use handclasp_tests::world::{Company, START, World};
use serde_json::json;

/// Links of Acme's that are used, revoked, superseded, refreshed and disabled.
async fn dead_links(world: &World, acme: &Company) -> Vec<Link> {
    let (invites, links) = (world.handclasp.invites(), world.handclasp.group_links());
    let bolt = world.contractor("Bolt").await;
    let (used, revoked, resent) = (world.invite(acme).await, world.invite(acme).await, world.invite(acme).await);
    invites.redeem(bolt.admin(), &used.link).await.unwrap();
    invites.revoke(acme.admin(), RevokeInvite::new(revoked.invite.id)).await.unwrap();
    invites.resend(acme.admin(), ResendInvite::new(resent.invite.id)).await.unwrap();
    let refreshed = world.group_link(acme).await;
    let of = OfRole::new(acme.role());
    let disabled = links.refresh(acme.admin(), of).await.unwrap().link.unwrap();
    links.disable(acme.admin(), of).await.unwrap();
    vec![used.link, revoked.link, resent.link, refreshed, disabled]
}

/// Requests for a connection that are accepted, declined and withdrawn, each with its contractor.
async fn decided_requests(world: &World, acme: &Company) -> Vec<(Company, RequestId)> {
    let connections = world.handclasp.connections();
    let mut decided = Vec::new();
    for name in ["Accepting", "Declining", "Waiting"] {
        let contractor = world.contractor(name).await;
        let asked = connections.request(acme.admin(), RequestConnection::new(contractor.id, acme.role())).await;
        let request = asked.unwrap().request.unwrap();
        match name {
            "Accepting" => drop(connections.accept(contractor.admin(), AcceptRequest::new(request)).await.unwrap()),
            "Declining" => drop(connections.decline(contractor.admin(), DeclineRequest::new(request)).await.unwrap()),
            _ => drop(connections.withdraw(acme.admin(), WithdrawRequest::new(request)).await.unwrap()),
        }
        decided.push((contractor, request));
    }
    decided
}

/// Access requests to Acme that are accepted, declined and withdrawn, each with who asked.
async fn decided_access(world: &World, acme: &Company) -> Vec<(Actor, AccessRequestId)> {
    let requests = world.handclasp.access_requests();
    let mut decided = Vec::new();
    for name in ["Accepted", "Declined", "Withdrawn"] {
        let company = world.contractor(name).await;
        let kim = Actor::signed_in(company.person).with_verified(company.address.clone());
        let submit = SubmitAccess::new(acme.id, name, company.address.as_str());
        let request = requests.submit(&kim, submit).await.unwrap().id;
        match name {
            "Accepted" => drop(requests.accept(acme.admin(), AcceptAccess::new(request)).await.unwrap()),
            "Declined" => {
                drop(requests.decline(acme.admin(), DeclineAccess::new(request, "not_an_employee")).await.unwrap())
            }
            _ => drop(requests.withdraw(&kim, WithdrawAccess::new(request)).await.unwrap()),
        }
        decided.push((kim, request));
    }
    decided
}

fn refused<T>(answer: Result<T, Error>) -> &'static str {
    answer.map_err(|error| error.code()).err().expect("a refusal")
}

#[tokio::test]
async fn clk_02_what_is_used_revoked_or_decided_stays_so_when_the_clock_goes_back() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        world.clock.advance(Duration::from_secs(11 * 86_400));
        let (acme, newco) = (world.client("Acme").await, world.contractor("Newco").await);
        let dead = dead_links(&world, &acme).await;
        let requests = decided_requests(&world, &acme).await;
        let claims = decided_access(&world, &acme).await;
        world.clock.set(START.parse().unwrap());
        let (invites, connections) = (world.handclasp.invites(), world.handclasp.connections());
        for link in &dead {
            assert_eq!(refused(invites.open(link, None).await), "invite_invalid_or_expired", "{name}");
            assert_eq!(refused(invites.redeem(newco.admin(), link).await), "invite_invalid_or_expired", "{name}");
        }
        for (contractor, request) in requests {
            let accepted = connections.accept(contractor.admin(), AcceptRequest::new(request)).await;
            let declined = connections.decline(contractor.admin(), DeclineRequest::new(request)).await;
            let withdrawn = connections.withdraw(acme.admin(), WithdrawRequest::new(request)).await;
            let told = [refused(accepted), refused(declined), refused(withdrawn)];
            assert_eq!(told, ["already_decided"; 3], "{name}");
        }
        let access = world.handclasp.access_requests();
        for (kim, request) in claims {
            let accepted = access.accept(acme.admin(), AcceptAccess::new(request)).await;
            let declined = access.decline(acme.admin(), DeclineAccess::new(request, "not_an_employee")).await;
            let withdrawn = access.withdraw(kim, WithdrawAccess::new(request)).await;
            let told = [refused(accepted), refused(declined), refused(withdrawn)];
            assert_eq!(told, ["already_decided"; 3], "{name}");
        }
    })
    .await;
}

/// A process whose clock goes as fast as the right one and shows another time.
struct Host {
    /// What it showed when everything began.
    began: Timestamp,
    clock: ManualClock,
    handclasp: Handclasp,
}

impl Host {
    async fn on(storage: &Arc<dyn Storage>, world: &World, began: &str, seed: u64) -> Self {
        let clock = ManualClock::at(began);
        let mut parts = Parts::new(Arc::clone(storage), Arc::clone(&world.mailer) as _);
        (parts.clock, parts.entropy) = (Arc::new(clock.clone()), Arc::new(SeededEntropy::new(seed)));
        let handclasp = Handclasp::open(configuration(), parts).await.unwrap();
        Self { began: began.parse().unwrap(), clock, handclasp }
    }

    /// So much time has passed since everything began.
    fn after(&self, passed: Duration) {
        self.clock.set(self.began.plus(passed));
    }
}

#[tokio::test]
async fn clk_03_two_hosts_apart_by_minutes_stretch_a_link_by_no_more() {
    const WEEK: Duration = Duration::from_secs(604_800);
    const APART: Duration = Duration::from_secs(600);
    stores::each(async |name, storage| {
        let world = World::on(Arc::clone(&storage)).await;
        let acme = world.client("Acme").await;
        let ahead = Host::on(&storage, &world, "2026-01-05T09:05:00Z", 1).await;
        let behind = Host::on(&storage, &world, "2026-01-05T08:55:00Z", 2).await;
        for (maker, redeemer, life) in [(&ahead, &behind, WEEK + APART), (&behind, &ahead, WEEK - APART)] {
            let (last, late) = (world.contractor("Last").await, world.contractor("Late").await);
            maker.after(Duration::ZERO);
            let create = async || maker.handclasp.invites().create(acme.admin(), CreateInvite::new(acme.role())).await;
            let (one, other) = (create().await.unwrap(), create().await.unwrap());
            let redeem = async |by: &Company, link| redeemer.handclasp.invites().redeem(by.admin(), link).await;
            redeemer.after(life - Duration::from_micros(1));
            redeem(&last, &one.link).await.unwrap();
            redeemer.after(life);
            assert_eq!(refused(redeem(&late, &other.link).await), "invite_invalid_or_expired", "{name}");
        }
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

/// When the mails that nobody has taken are tried again.
async fn tried_again_at(world: &World) -> Vec<Timestamp> {
    let mut list = ListDeliveries::default();
    list.statuses = Some(vec![DeliveryStatus::Due]);
    let page = world.handclasp.outbox().list(Actor::system(), list).await.unwrap();
    page.deliveries.iter().map(|delivery| delivery.status_at).collect()
}

#[tokio::test]
async fn clk_06_per_20_years_far_away_work_and_nothing_ends_or_is_tried_again_in_the_past() {
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
            let nobody = MailFailure::Temporary("nobody is there".to_owned());
            world.mailer.arm(Some(Mishap { with: Messages::All, how: How::Fails(nobody) }));
            assert_eq!(world.deliver().await.0.failed, 2, "{name}: {at}");
            let again = tried_again_at(&world).await;
            assert!(again.len() == 2 && again.iter().all(|again| *again > at), "{name}: {at}, then {again:?}");
            world.mailer.arm(None);
            assert_eq!(world.deliver().await.0.sent, 0, "{name}: {at}: before its time");
            world.clock.set(*again.iter().max().unwrap());
            assert_eq!(world.deliver().await.0.sent, 2, "{name}: {at}");
        }
    })
    .await;
}

#[tokio::test]
async fn clk_09_a_leap_second_is_the_last_instant_before_midnight_wherever_a_host_says_it() {
    let leap: Timestamp = "2016-12-31T23:59:60Z".parse().unwrap();
    assert_eq!(leap.to_string(), "2016-12-31T23:59:59.999999Z");
    assert_eq!("2017-01-01T05:29:60.5+05:30".parse(), Ok(leap));
    assert!("2016-12-31T12:00:60Z".parse::<Timestamp>().is_err(), "there is none at noon");
    let world = World::on(Arc::new(Memory::new())).await;
    let acme = world.client("Acme").await;
    let plan = json!({ "currency": "EUR", "anchor_day": 1, "tiers": [{ "price": 500 }], "payer": "client" });
    let ask = async |operation: &str, said: &str| {
        let (system, client) = (json!({ "kind": "system" }), acme.id);
        let arguments = match operation {
            "outbox.run" => json!({ "actor": system, "until": said }),
            "fees.set_plan" => json!({ "actor": system, "client": client, "plan": plan }),
            _ => json!({ "actor": acme.admin(), "period": said }),
        };
        let answer = handclasp_wire::call(&world.handclasp, operation, &arguments.to_string()).await;
        assert!(answer.starts_with("{\"ok\":"), "{operation}: {answer}");
        answer
    };
    // Since 2016 it has a plan.
    world.clock.set(leap);
    ask("fees.set_plan", "").await;
    for operation in ["outbox.run", "fees.statement"] {
        let [leap, before] = [ask(operation, "2016-12-31T23:59:60Z").await, ask(operation, &leap.to_string()).await];
        assert_eq!(leap, before, "{operation}");
    }
}

#[tokio::test]
async fn clk_05_a_link_lives_as_many_seconds_over_a_change_of_summer_time() {
    // Within a week clocks are put forward in New York, in London and on Lord Howe, and back in New York.
    let days = ["2026-03-06T07:00:00Z", "2026-03-27T01:00:00Z", "2026-10-03T15:30:00Z", "2026-10-30T06:00:00Z"];
    let world = World::on(Arc::new(Memory::new())).await;
    let acme = world.client("Acme").await;
    for day in days {
        let day: Timestamp = day.parse().unwrap();
        world.clock.set(day);
        let ends_at = world.invite(&acme).await.invite.ends_at;
        assert_eq!(ends_at, day.plus(Duration::from_secs(604_800)));
    }
}

/// Tests of this binary that would feel a time zone or a language.
const FEELING: [&str; 4] = [
    "clocks::clk_05_a_link_lives_as_many_seconds_over_a_change_of_summer_time",
    "clocks::clk_06_per_20_years_far_away_work_and_nothing_ends_or_is_tried_again_in_the_past",
    "clocks::clk_09_a_leap_second_is_the_last_instant_before_midnight_wherever_a_host_says_it",
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
        assert!(text.contains("4 passed"), "{language} {zone}: {text}");
    }
}
