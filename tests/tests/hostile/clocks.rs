//! A clock that goes back or stands still.

use std::collections::BTreeSet;
use std::time::Duration;

use handclasp::history::{HistoryOf, HistorySince, Subject};
use handclasp::invites::ListInvites;
use handclasp::testing::configuration;
use handclasp::{Actor, Configuration, Timestamp};
use handclasp_tests::stores::Place;
use handclasp_tests::world::World;

fn unlimited() -> Configuration {
    let mut configuration = configuration();
    (configuration.limits.per_client, configuration.limits.per_inviter) = (1_000_000, 1_000_000);
    configuration
}

#[tokio::test]
async fn clk_01_when_the_clock_goes_back_a_day_links_work_and_history_keeps_its_order() {
    for place in [Place::memory(), Place::sqlite()] {
        let world = World::on(place.open().await).await;
        world.clock.advance(Duration::from_secs(10 * 86_400));
        let (acme, bolt) = (world.client("Acme").await, world.contractor("Bolt").await);
        let (first, second, third) = (world.invite(&acme).await, world.invite(&acme).await, world.invite(&acme).await);
        let end = "2026-01-22T09:00:00Z".parse::<Timestamp>().unwrap();
        world.clock.set("2026-01-14T09:00:00Z".parse().unwrap());
        let page = world.handclasp.invites().list(acme.admin(), ListInvites::default()).await.unwrap();
        assert_eq!(page.counts.pending, 3, "{}", place.name);
        let connected = world.handclasp.invites().redeem(bolt.admin(), &first.link).await.unwrap().connection;
        let of = HistoryOf::new(Subject::Invite { id: first.invite.id });
        let entries = world.handclasp.history().of(acme.admin(), of).await.unwrap().entries;
        let told: Vec<_> = entries.iter().map(|entry| (entry.version, entry.at)).collect();
        let versions: Vec<_> = told.iter().map(|(version, _)| *version).collect();
        assert_eq!(versions, (1..=i64::try_from(told.len()).unwrap()).collect::<Vec<_>>(), "by versions, not by times");
        assert!(told.first().unwrap().1 > told.last().unwrap().1, "the times are as the clock showed them");
        assert_eq!(connected.connected_since, Some("2026-01-14T09:00:00Z".parse().unwrap()), "{}", place.name);
        // A link lives neither longer nor shorter for it.
        let crane = world.contractor("Crane").await;
        world.clock.set(Timestamp::from_micros(end.as_micros() - 1).unwrap());
        world.handclasp.invites().redeem(crane.admin(), &second.link).await.unwrap();
        world.clock.set(end);
        let dead = world.handclasp.invites().redeem(bolt.admin(), &third.link).await.unwrap_err();
        assert_eq!(dead.code(), "invite_invalid_or_expired", "{}", place.name);
    }
}

#[tokio::test]
async fn clk_08_a_thousand_events_of_one_instant_have_one_order_and_cursors_walk_them_all() {
    for place in [Place::memory(), Place::sqlite()] {
        let name = place.name;
        let world = World::with(place.open().await, unlimited()).await;
        let acme = world.client("Acme").await;
        let mut made = BTreeSet::new();
        for _ in 0..1_000 {
            made.insert(world.invite(&acme).await.invite.id);
        }
        assert_eq!(made.len(), 1_000);
        for limit in [7, 100, 1_000] {
            let mut walks = Vec::new();
            for _ in 0..2 {
                let (mut list, mut found) = (ListInvites::default(), Vec::new());
                list.limit = Some(limit);
                loop {
                    let page = world.handclasp.invites().list(acme.admin(), list.clone()).await.unwrap();
                    found.extend(page.invites.iter().map(|invite| invite.id));
                    list.cursor = page.next;
                    if list.cursor.is_none() {
                        break;
                    }
                }
                walks.push(found);
            }
            assert_eq!(walks[0], walks[1], "{name}, by {limit}");
            assert_eq!(walks[0].len(), 1_000, "{name}, by {limit}: none twice");
            assert_eq!(walks[0].iter().copied().collect::<BTreeSet<_>>(), made, "{name}, by {limit}: none missing");
        }
        let (mut since, mut positions) = (HistorySince::default(), Vec::new());
        loop {
            let feed = world.handclasp.history().since(Actor::system(), since).await.unwrap();
            if feed.entries.is_empty() {
                break;
            }
            positions.extend(feed.entries.iter().map(|entry| entry.position));
            since.after = feed.next;
        }
        assert!(positions.len() > 1_000 && positions.is_sorted_by(|one, next| one < next), "{name}");
    }
}
