//! Links under races and over many refreshes.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::future::join_all;
use handclasp::group_links::OfRole;
use handclasp::invites::ListInvites;
use handclasp::model::invite::Status;
use handclasp_tests::stores;
use handclasp_tests::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn grp_07_two_refreshes_at_once_leave_one_link_that_copy_shows() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let acme = world.client("Acme").await;
        world.group_link(&acme).await;
        for _ in 0..50 {
            let refreshed = join_all((0..2).map(|_| {
                let (handclasp, by, of) = (world.handclasp.clone(), acme.admin(), OfRole::new(acme.role()));
                tokio::spawn(async move { handclasp.group_links().refresh(by, of).await.unwrap().link.unwrap() })
            }))
            .await;
            let copied = world.handclasp.group_links().copy(acme.admin(), OfRole::new(acme.role())).await.unwrap();
            let copied = copied.link.unwrap();
            let mut live = 0;
            for link in refreshed {
                let link = link.unwrap();
                let opens = world.handclasp.invites().preview(link.expose()).await.is_ok();
                assert_eq!(opens, link.expose() == copied.expose(), "{name}");
                live += u32::from(opens);
            }
            assert_eq!(live, 1, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn grp_15_every_refreshed_link_is_dead_and_none_comes_again() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let acme = world.client("Acme").await;
        let mut links = vec![world.group_link(&acme).await];
        // In memory ten thousand; a file and a server take as long for some hundreds.
        let times = if name == "memory" { 10_000 } else { 300 };
        for _ in 0..times {
            let refreshed = world.handclasp.group_links().refresh(acme.admin(), OfRole::new(acme.role())).await;
            links.push(refreshed.unwrap().link.unwrap());
        }
        let distinct: HashSet<_> = links.iter().map(|link| link.expose()).collect();
        assert_eq!(distinct.len(), times + 1, "{name}");
        for old in links.iter().rev().skip(1).step_by(times / 100) {
            assert!(world.handclasp.invites().preview(old.expose()).await.is_err(), "{name}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn per_22_23_at_the_boundary_a_link_connects_or_is_dead_and_lists_say_which() {
    stores::each(async |name, storage| {
        let world = World::on(storage).await;
        let acme = world.client("Acme").await;
        let contractors = world.contractors(40).await;
        for contractor in &contractors {
            let created = world.invite(&acme).await;
            // Near enough that the step to the end passes no deadline.
            world.clock.advance(Duration::from_secs(604_799));
            let (handclasp, by, link) = (world.handclasp.clone(), contractor.admin(), created.link);
            let redeem = tokio::spawn(async move { handclasp.invites().redeem(by, &link).await });
            world.clock.set(created.invite.ends_at);
            let expected = match redeem.await.unwrap() {
                Ok(_) => Status::Accepted,
                Err(error) => {
                    assert_eq!(error.code(), "invite_invalid_or_expired", "{name}");
                    Status::Expired
                }
            };
            let mut list = ListInvites::default();
            (list.statuses, list.limit) = (Some(vec![expected]), Some(1));
            let page = world.handclasp.invites().list(acme.admin(), list).await.unwrap();
            assert_eq!(page.invites[0].id, created.invite.id, "{name}");
            let counts = page.counts;
            assert_eq!(counts.pending + counts.opened, 0, "{name}: time is over for all");
        }
    })
    .await;
}
